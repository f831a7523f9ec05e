#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "check.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nghttp2/nghttp2.h>

static int failures;

void check_failed(void) {
    failures++;
}

int check_failures(void) {
    return failures;
}

bool check_true(const char *file, int line, const char *what, bool holds) {
    if (holds) return true;
    printf("%s:%d: %s does not hold\n", file, line, what);
    failures++;
    return false;
}

bool check_int(const char *file, int line, const char *what, long long actual, long long expected) {
    if (actual == expected) return true;
    printf("%s:%d: %s is %lld, expected %lld\n", file, line, what, actual, expected);
    failures++;
    return false;
}

bool check_str(const char *file, int line, const char *what, const char *actual,
               const char *expected) {
    if (actual == expected) return true;
    if (actual && expected && strcmp(actual, expected) == 0) return true;
    printf("%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, what, actual ? actual : "(null)",
           expected ? expected : "(null)");
    failures++;
    return false;
}

static void print_hex(const char *label, const unsigned char *octets, size_t length) {
    printf("  %s", label);
    for (size_t i = 0; i < length; i++) printf(" %02x", octets[i]);
    printf("\n");
}

bool check_mem(const char *file, int line, const char *what, const void *actual,
               size_t actual_length, const void *expected, size_t expected_length) {
    bool same = actual_length == expected_length &&
                (expected_length == 0 || memcmp(actual, expected, expected_length) == 0);
    if (same) return true;
    printf("%s:%d: %s differs\n", file, line, what);
    print_hex("is      ", actual, actual_length);
    print_hex("expected", expected, expected_length);
    failures++;
    return false;
}

bool library_is_ours(void) {
    return dlsym(RTLD_DEFAULT, "nghttp2_option_set_max_outbound_queue_size") != NULL;
}

/* The reason why the loaded library is not asked, or NULL. */
static const char *not_for_this_library(enum library wanted) {
    if (library_is_ours()) return NULL;
    int version = nghttp2_version(0)->version_num;
    switch (wanted) {
    case EVERY_LIBRARY:
        return NULL;
    case SINCE_1_70:
        return version < 0x014600 ? "release 1.70 or later" : NULL;
    case WITH_TREE:
        return version >= 0x014100 ? "RFC 7540 dependency tree" : NULL;
    case ONLY_OURS:
        return "not in the original";
    }
    return NULL;
}

static bool selected(const char *name, int argc, char **argv) {
    if (argc < 2) return true;
    for (int i = 1; i < argc; i++) {
        if (strcmp(name, argv[i]) == 0) return true;
    }
    return false;
}

/* For whoever wonders, and for the test that started this program. */
static void print_library(void) {
    void *function = dlsym(RTLD_DEFAULT, "nghttp2_version");
    Dl_info info;
    if (!function || !dladdr(function, &info)) return;
    char *path = realpath(info.dli_fname, NULL);
    printf("library: %s\n", path ? path : info.dli_fname);
    free(path);
}

int run_tests(const struct test *tests, size_t count, int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    print_library();
    int ran = 0, failed = 0, skipped = 0;
    for (size_t i = 0; i < count; i++) {
        if (!selected(tests[i].name, argc, argv)) continue;
        const char *reason = not_for_this_library(tests[i].library);
        if (reason) {
            printf("skip %s (%s)\n", tests[i].name, reason);
            skipped++;
            continue;
        }
        int before = failures;
        tests[i].run();
        bool ok = failures == before;
        printf("%s %s\n", ok ? "ok" : "FAIL", tests[i].name);
        ran++;
        failed += !ok;
    }
    printf("%d run, %d failed, %d skipped\n", ran, failed, skipped);
    if (ran + skipped == 0) printf("no such test\n");
    return failed > 0 || ran + skipped == 0;
}
