/* nghttp2_extpri_parse_priority: the value of the Priority field, a dictionary of RFC 9651. */
#include "support.h"

static int parse(nghttp2_extpri *priority, const char *value) {
    return nghttp2_extpri_parse_priority(priority, (const uint8_t *)value, strlen(value));
}

/* Starts from u=3, not incremental. */
static void expect_at(int line, const char *value, uint32_t urgency, int inc) {
    nghttp2_extpri priority = {3, 0};
    bool ok = check_int(__FILE__, line, value, parse(&priority, value), 0);
    ok = ok && check_int(__FILE__, line, "urgency", priority.urgency, urgency);
    ok = ok && check_int(__FILE__, line, "inc", priority.inc, inc);
    if (!ok) printf("  value \"%s\"\n", value);
}
#define EXPECT_PRIORITY(value, urgency, inc) expect_at(__LINE__, value, urgency, inc)

static void expect_invalid_at(int line, const char *value) {
    nghttp2_extpri priority = {5, 1};
    int rv = parse(&priority, value);
    bool ok = check_int(__FILE__, line, value, rv, NGHTTP2_ERR_INVALID_ARGUMENT);
    ok = ok && check_int(__FILE__, line, "urgency", priority.urgency, 5);
    ok = ok && check_int(__FILE__, line, "inc", priority.inc, 1);
    if (!ok) printf("  value \"%s\"\n", value);
}
#define EXPECT_INVALID(value) expect_invalid_at(__LINE__, value)

/* http §8 */
static void urgency_and_incremental(void) {
    EXPECT_PRIORITY("u=0", 0, 0);
    EXPECT_PRIORITY("u=7", 7, 0);
    EXPECT_PRIORITY("i", 3, 1);
    EXPECT_PRIORITY("i=?1", 3, 1);
    EXPECT_PRIORITY("i=?0", 3, 0);
    EXPECT_PRIORITY("u=1, i", 1, 1);
    EXPECT_PRIORITY("i,u=1", 1, 1);
    EXPECT_PRIORITY("u=00000000000001", 1, 0);
    EXPECT_PRIORITY("u=-0", 0, 0);
}

/* http §8: members that are not mentioned keep the caller's values */
static void missing_members_keep_their_values(void) {
    nghttp2_extpri priority = {6, 1};
    CHECK_INT(parse(&priority, "u=2"), 0);
    CHECK_INT(priority.urgency, 2);
    CHECK_INT(priority.inc, 1);
    CHECK_INT(parse(&priority, "i=?0"), 0);
    CHECK_INT(priority.urgency, 2);
    CHECK_INT(priority.inc, 0);
    CHECK_INT(nghttp2_extpri_parse_priority(&priority, NULL, 0), 0);
    CHECK_INT(priority.urgency, 2);
}

/* http §8 */
static void white_space(void) {
    EXPECT_PRIORITY("", 3, 0);
    EXPECT_PRIORITY("  u=1", 1, 0);
    EXPECT_PRIORITY("u=1  ", 1, 0);
    EXPECT_PRIORITY("u=1 \t , \t i", 1, 1);
    EXPECT_PRIORITY("   ", 3, 0);
    EXPECT_INVALID("\tu=1");
    EXPECT_INVALID("u =1");
    EXPECT_INVALID("u= 1");
    EXPECT_INVALID("u=1\n");
}

/* http §8 */
static void commas(void) {
    EXPECT_INVALID("u=1,");
    EXPECT_INVALID("u=1, ");
    EXPECT_INVALID(",u=1");
    EXPECT_INVALID("u=1,,i");
    EXPECT_INVALID("u=1 i");
    EXPECT_INVALID("u=1;i=");
}

/* http §8: values of the wrong type or range fail the whole */
static void wrong_values(void) {
    EXPECT_INVALID("u=8");
    EXPECT_INVALID("u=-1");
    EXPECT_INVALID("u=1.0");
    EXPECT_INVALID("u=\"1\"");
    EXPECT_INVALID("u=a");
    EXPECT_INVALID("u");
    EXPECT_INVALID("u=?1");
    EXPECT_INVALID("u=(1)");
    EXPECT_INVALID("u=");
    EXPECT_INVALID("i=1");
    EXPECT_INVALID("i=?2");
    EXPECT_INVALID("i=?");
    EXPECT_INVALID("i=true");
    EXPECT_INVALID("i=()");
    EXPECT_INVALID("u=1, i, u=9");
}

/* http §8 */
static void last_of_repeated_members_counts(void) {
    EXPECT_PRIORITY("u=1, u=5", 5, 0);
    EXPECT_PRIORITY("i, i=?0", 3, 0);
    EXPECT_PRIORITY("u=1, i, u=2, i=?0, i", 2, 1);
    /* A wrong one is an error even if a right one follows. */
    EXPECT_INVALID("u=9, u=1");
}

/* http §8: other keys must be well-formed */
static void other_keys(void) {
    EXPECT_PRIORITY("a, b=1, u=2", 2, 0);
    EXPECT_PRIORITY("*key, u=2", 2, 0);
    EXPECT_PRIORITY("ab_c-d.e*f9=?1, u=2", 2, 0);
    EXPECT_PRIORITY("uu=9, ii=7, u=2", 2, 0);
    EXPECT_INVALID("A=1");
    EXPECT_INVALID("9a=1");
    EXPECT_INVALID("-a=1");
    EXPECT_INVALID("a!=1");
    EXPECT_INVALID("=1");
    EXPECT_INVALID("U=1");
}

/* http §8: parameters are accepted and ignored */
static void parameters(void) {
    EXPECT_PRIORITY("u=1;a;b=2;c=\"x\"", 1, 0);
    EXPECT_PRIORITY("i;u=5", 3, 1);
    EXPECT_PRIORITY("u=1; a=1", 1, 0);
    EXPECT_PRIORITY("a;b, u=2", 2, 0);
    EXPECT_INVALID("u=1;");
    EXPECT_INVALID("u=1;A");
    EXPECT_INVALID("u=1 ;a");
    EXPECT_INVALID("u=1;a=");
}

/* http §8: bare items of every type; dates and display strings are younger than 1.64 */
static void items(void) {
    EXPECT_PRIORITY("a=123456789012345, u=1", 1, 0);
    EXPECT_INVALID("a=1234567890123456, u=1");
    EXPECT_PRIORITY("a=-15, u=1", 1, 0);
    EXPECT_INVALID("a=-, u=1");
    EXPECT_PRIORITY("a=123456789012.123, u=1", 1, 0);
    EXPECT_INVALID("a=1234567890123.1, u=1");
    EXPECT_INVALID("a=1.1234, u=1");
    EXPECT_INVALID("a=1., u=1");
    EXPECT_PRIORITY("a=\"str \\\" \\\\ ing\", u=1", 1, 0);
    EXPECT_PRIORITY("a=\"\", u=1", 1, 0);
    EXPECT_INVALID("a=\"open, u=1");
    EXPECT_INVALID("a=\"\\x\", u=1");
    EXPECT_INVALID("a=\"\x7f\", u=1");
    EXPECT_INVALID("a=\"\xc3\xa4\", u=1");
    EXPECT_PRIORITY("a=token, u=1", 1, 0);
    EXPECT_PRIORITY("a=*tok:en/x!#, u=1", 1, 0);
    EXPECT_PRIORITY("a=Token, u=1", 1, 0);
    EXPECT_INVALID("a=!token, u=1");
    EXPECT_PRIORITY("a=:aGVsbG8=:, u=1", 1, 0);
    EXPECT_PRIORITY("a=::, u=1", 1, 0);
    EXPECT_INVALID("a=:aGVsbG8=, u=1");
    EXPECT_INVALID("a=:a_b:, u=1");
    EXPECT_PRIORITY("a=@1659578233, u=1", 1, 0);
    EXPECT_INVALID("a=@1.5, u=1");
    EXPECT_INVALID("a=@, u=1");
    EXPECT_PRIORITY("a=%\"f%c3%bc%20\", u=1", 1, 0);
    EXPECT_INVALID("a=%\"%C3%BC\", u=1");
    EXPECT_INVALID("a=%\"%ff\", u=1");
    EXPECT_INVALID("a=%\"%c3\", u=1");
    EXPECT_INVALID("a=%\"%4\", u=1");
    EXPECT_INVALID("a=%x, u=1");
}

/* http §8: inner lists */
static void inner_lists(void) {
    EXPECT_PRIORITY("a=(), u=1", 1, 0);
    EXPECT_PRIORITY("a=(1 2 \"x\"), u=1", 1, 0);
    EXPECT_PRIORITY("a=( 1  2 );p=1, u=1", 1, 0);
    EXPECT_PRIORITY("a=(1;x=2 b;y), u=1", 1, 0);
    EXPECT_INVALID("a=(1 2, u=1");
    EXPECT_INVALID("a=(1,2), u=1");
    EXPECT_INVALID("a=(1(2)), u=1");
    EXPECT_INVALID("a=(1\t2), u=1");
    EXPECT_INVALID("a=(\"x\"\"y\"), u=1");
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(urgency_and_incremental),
        TEST(missing_members_keep_their_values),
        TEST(white_space),
        TEST(commas),
        TEST(wrong_values),
        TEST(last_of_repeated_members_counts),
        TEST(other_keys),
        TEST(parameters),
        TEST_SINCE_1_70(items),
        TEST(inner_lists),
    };
    return RUN_TESTS(tests);
}
