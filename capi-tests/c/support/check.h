/*
 * Checks and the list of tests: what every program of this folder is made of.
 *
 * A failed check prints where it stands and both values, is counted, and does not end the test.
 */
#ifndef CAPI_TESTS_CHECK_H
#define CAPI_TESTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#define CHECK(condition) check_true(__FILE__, __LINE__, #condition, (condition))
#define CHECK_INT(actual, expected)                                                                \
    check_int(__FILE__, __LINE__, #actual, (long long)(actual), (long long)(expected))
#define CHECK_STR(actual, expected) check_str(__FILE__, __LINE__, #actual, actual, expected)
#define CHECK_MEM(actual, length, expected)                                                        \
    check_mem(__FILE__, __LINE__, #actual, actual, length, expected, sizeof(expected) - 1)

bool check_true(const char *file, int line, const char *what, bool holds);
bool check_int(const char *file, int line, const char *what, long long actual, long long expected);
bool check_str(const char *file, int line, const char *what, const char *actual,
               const char *expected);
bool check_mem(const char *file, int line, const char *what, const void *actual,
               size_t actual_length, const void *expected, size_t expected_length);

/* Counts a failure that the caller has described itself. */
void check_failed(void);
int check_failures(void);

/*
 * Which libraries a test speaks of.  The original lost the RFC 7540 dependency tree after release
 * 1.64 and got its present error scopes and limits with 1.70; our library has both, and a few
 * things the original never had.
 */
enum library {
    EVERY_LIBRARY,
    SINCE_1_70,
    WITH_TREE,
    ONLY_OURS,
};

struct test {
    const char *name;
    void (*run)(void);
    enum library library;
};

#define TEST(function) {#function, function, EVERY_LIBRARY}
#define TEST_SINCE_1_70(function) {#function, function, SINCE_1_70}
#define TEST_TREE(function) {#function, function, WITH_TREE}
#define TEST_OURS(function) {#function, function, ONLY_OURS}

#define RUN_TESTS(tests) run_tests(tests, sizeof(tests) / sizeof(tests[0]), argc, argv)

/* Runs all tests, or those named on the command line; 0 iff nothing failed. */
int run_tests(const struct test *tests, size_t count, int argc, char **argv);

/* True for our library: it has a function that the originals lack. */
bool library_is_ours(void);

#endif
