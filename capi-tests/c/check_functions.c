/* nghttp2_check_*: which octets may stand where. */
#include "support.h"

#define TCHAR_LOWER "21 23-27 2a 2b 2d 2e 30-39 5e-7a 7c 7e"
#define TCHAR "21 23-27 2a 2b 2d 2e 30-39 41-5a 5e-7a 7c 7e"
#define VALUE "09 20-7e 80-ff"

typedef int (*check_function)(const uint8_t *, size_t);

/* One octet alone, in the middle, and the last. */
static void expect_set(check_function check, const char *name, const char *inside) {
    for (unsigned octet = 0; octet < 256; octet++) {
        uint8_t text[] = {'a', (uint8_t)octet, 'a'};
        int expected = octet_in(octet, inside);
        if (!CHECK_INT(check(text, 3), expected)) printf("  %s, octet %02x\n", name, octet);
        if (!CHECK_INT(check(text, 2), expected)) printf("  %s, last octet %02x\n", name, octet);
        if (!CHECK_INT(check(text + 1, 1), expected)) printf("  %s, octet %02x\n", name, octet);
    }
}

static int check_text(check_function check, const char *text) {
    return check((const uint8_t *)text, strlen(text));
}

/* http §9 */
static void header_name(void) {
    expect_set(nghttp2_check_header_name, "name", TCHAR_LOWER);
    CHECK_INT(nghttp2_check_header_name(NULL, 0), 0);
    CHECK_INT(check_text(nghttp2_check_header_name, ":"), 0);
    CHECK_INT(check_text(nghttp2_check_header_name, ":a"), 1);
    CHECK_INT(check_text(nghttp2_check_header_name, "::"), 0);
    CHECK_INT(check_text(nghttp2_check_header_name, "a:"), 0);
    CHECK_INT(check_text(nghttp2_check_header_name, "content-length"), 1);
    CHECK_INT(check_text(nghttp2_check_header_name, "Content-length"), 0);
}

/* http §9 */
static void header_value(void) {
    expect_set(nghttp2_check_header_value, "value", VALUE);
    CHECK_INT(nghttp2_check_header_value(NULL, 0), 1);
    CHECK_INT(check_text(nghttp2_check_header_value, " a\t"), 1);
}

/* http §9: blanks at the edges */
static void header_value_rfc9113(void) {
    for (unsigned octet = 0; octet < 256; octet++) {
        uint8_t text[] = {'a', (uint8_t)octet, 'a'};
        CHECK_INT(nghttp2_check_header_value_rfc9113(text, 3), octet_in(octet, VALUE));
        CHECK_INT(nghttp2_check_header_value_rfc9113(text, 2), octet_in(octet, "21-7e 80-ff"));
        CHECK_INT(nghttp2_check_header_value_rfc9113(text + 1, 2), octet_in(octet, "21-7e 80-ff"));
        CHECK_INT(nghttp2_check_header_value_rfc9113(text + 1, 1), octet_in(octet, "21-7e 80-ff"));
    }
    CHECK_INT(nghttp2_check_header_value_rfc9113(NULL, 0), 1);
}

/* http §9 */
static void method(void) {
    expect_set(nghttp2_check_method, "method", TCHAR);
    CHECK_INT(nghttp2_check_method(NULL, 0), 0);
}

/* http §9 */
static void path(void) {
    expect_set(nghttp2_check_path, "path", "21-7e 80-ff");
    CHECK_INT(nghttp2_check_path(NULL, 0), 1);
}

/* http §9: with '@', other than in a session */
static void authority(void) {
    expect_set(nghttp2_check_authority, "authority", "21 24-2e 30-3b 3d 40-5b 5d 5f 61-7a 7e");
    CHECK_INT(nghttp2_check_authority(NULL, 0), 1);
    CHECK_INT(check_text(nghttp2_check_authority, "user@[::1]:8080%zz"), 1);
    CHECK_INT(check_text(nghttp2_check_authority, "user@[::1]:8080"), 1);
}

/* Long texts, with the fault at every place. */
static void faults_at_every_place(void) {
    static uint8_t text[100];
    static const check_function checks[] = {
        nghttp2_check_header_name, nghttp2_check_header_value, nghttp2_check_header_value_rfc9113,
        nghttp2_check_method,      nghttp2_check_path,         nghttp2_check_authority,
    };
    for (size_t c = 0; c < sizeof(checks) / sizeof(checks[0]); c++) {
        for (size_t length = 1; length <= sizeof(text); length++) {
            memset(text, 'a', sizeof(text));
            CHECK_INT(checks[c](text, length), 1);
            for (size_t at = 0; at < length; at++) {
                text[at] = 0x7f;
                CHECK_INT(checks[c](text, length), 0);
                text[at] = 'a';
            }
        }
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(header_name), TEST(header_value), TEST(header_value_rfc9113),
        TEST(method),      TEST(path),         TEST(authority),
        TEST(faults_at_every_place),
    };
    return RUN_TESTS(tests);
}
