/* Received requests: pseudo-header fields, host, content-length, and the message as a whole. */
#include "support.h"

#define AUTHORITY_SET "21 24-2e 30-3b 3d 41-5a 5b 5d 5f 61-7a 7e"
#define PATH_SET "21-7e 80-ff"
#define METHOD_SET "21 23-27 2a 2b 2d 2e 30-39 41-5a 5e-7a 7c 7e"

/* The complete request but for one pseudo-header field. */
#define NO_METHOD ":scheme: https\n:path: /\n:authority: ex\n"
#define NO_SCHEME ":method: GET\n:path: /\n:authority: ex\n"
#define NO_PATH ":method: GET\n:scheme: https\n:authority: ex\n"
#define NO_AUTHORITY ":method: GET\n:scheme: https\n:path: /\n"

static void expect(const char *before, const char *name, const char *value, enum verdict verdict) {
    EXPECT_VERDICT(((struct message){.before = before, .name = name, .value = value}), verdict);
}

/* Every octet as the second of three. */
static void expect_set(const char *before, const char *name, const char *set,
                       enum verdict outside) {
    for (unsigned octet = 0; octet < 256; octet++) {
        char value[] = {'/', (char)octet, 'b', 0};
        if (strcmp(name, ":path") != 0) value[0] = 'a';
        struct message m = {.before = before, .name = name, .value = value, .value_length = 3};
        EXPECT_VERDICT(m, octet_in(octet, set) ? DELIVERED : outside);
    }
}

/* http §3, §9: without '@' since 1.64 */
static void authority(void) {
    expect_set(NO_AUTHORITY, ":authority", AUTHORITY_SET, FIELD_ERROR);
    expect(NO_AUTHORITY, ":authority", "", FIELD_ERROR);
    expect(GET, ":authority", "ex", FIELD_ERROR);
}

/* http §3 */
static void method(void) {
    expect_set(NO_METHOD, ":method", METHOD_SET, FIELD_ERROR);
    expect(NO_METHOD, ":method", "", FIELD_ERROR);
    expect(NO_METHOD, ":method", "GET ", FIELD_ERROR);
    expect(GET, ":method", "GET", FIELD_ERROR);
}

/* http §3 */
static void path(void) {
    expect_set(NO_PATH, ":path", PATH_SET, FIELD_ERROR);
    expect(NO_PATH, ":path", "", FIELD_ERROR);
    expect(GET, ":path", "/", FIELD_ERROR);
}

/* http §3: ALPHA *( ALPHA / DIGIT / + / - / . ) */
static void scheme(void) {
    for (unsigned octet = 0; octet < 256; octet++) {
        char inside[] = {'a', (char)octet, 'b', 0};
        struct message m = {.before = NO_SCHEME, .name = ":scheme"};
        m.value = inside;
        m.value_length = 3;
        bool fits = octet_in(octet, "2b 2d 2e 30-39 41-5a 61-7a");
        EXPECT_VERDICT(m, fits ? DELIVERED : FIELD_ERROR);
        char first[] = {(char)octet, 'b', 0};
        m.value = first;
        m.value_length = 2;
        EXPECT_VERDICT(m, octet_in(octet, "41-5a 61-7a") ? DELIVERED : FIELD_ERROR);
    }
    expect(NO_SCHEME, ":scheme", "", FIELD_ERROR);
    expect(GET, ":scheme", "https", FIELD_ERROR);
}

/* http §3 */
static void status_is_not_for_requests(void) {
    expect(":method: GET\n", ":status", "200", FIELD_ERROR);
}

/* http §3: wrong octets are ignored, a second or empty host is an error */
static void host(void) {
    expect_set(GET, "host", AUTHORITY_SET, IGNORED);
    expect(GET, "host", "", FIELD_ERROR);
    expect(GET "host: a\n", "host", "a", FIELD_ERROR);
    expect(GET, "host", "a b", IGNORED);
    expect(GET, "host", "a/b", IGNORED);
    expect(NO_AUTHORITY, "host", "a", DELIVERED);
    /* An ignored host does not stand in for :authority. */
    expect(NO_AUTHORITY, "host", "a@b", MESSAGE_ERROR);
}

/* http §3 */
static void content_length(void) {
    static const struct {
        const char *value;
        enum verdict verdict;
    } rows[] = {
        {"0", DELIVERED},
        {"000", DELIVERED},
        {"", FIELD_ERROR},
        {"+1", FIELD_ERROR},
        {"-1", FIELD_ERROR},
        {"0 ", FIELD_ERROR},
        {" 0", FIELD_ERROR},
        {"1a", FIELD_ERROR},
        {"0x0", FIELD_ERROR},
        {"0,0", FIELD_ERROR},
        {"9223372036854775808", FIELD_ERROR},
        {"99999999999999999999999999", FIELD_ERROR},
        {"9223372036854775807", MESSAGE_ERROR},
        {"5", MESSAGE_ERROR},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect(GET, "content-length", rows[i].value, rows[i].verdict);
    }
    expect(GET "content-length: 0\n", "content-length", "0", FIELD_ERROR);
}

#define CONNECT_TO ":method: CONNECT\n:authority: ex\n"
#define EXTENDED CONNECT_TO ":scheme: https\n:path: /\n"

/* http §3, session §12.2 */
static void protocol_needs_the_setting(void) {
    struct message m = {.before = EXTENDED, .name = ":protocol", .value = "websocket"};
    EXPECT_VERDICT(m, FIELD_ERROR);
    m.settings = "8=0";
    EXPECT_VERDICT(m, FIELD_ERROR);
    m.settings = "8=1";
    EXPECT_VERDICT(m, DELIVERED);
    m.value = "";
    EXPECT_VERDICT(m, FIELD_ERROR);
    m.value = "a\x01";
    EXPECT_VERDICT(m, FIELD_ERROR);
    m.value = " a";
    EXPECT_VERDICT(m, FIELD_ERROR);
    m.edges_allowed = true;
    EXPECT_VERDICT(m, DELIVERED);
    m.value = " \t";
    EXPECT_VERDICT(m, FIELD_ERROR);
    m.edges_allowed = false;
    m.value = "b";
    m.before = EXTENDED ":protocol: a\n";
    EXPECT_VERDICT(m, FIELD_ERROR);
}

/* http §5: extended CONNECT needs everything, and is for CONNECT alone */
static void extended_connect(void) {
    struct message m = {.name = ":protocol", .value = "websocket", .settings = "8=1"};
    static const char *const incomplete[] = {
        CONNECT_TO, CONNECT_TO ":scheme: https\n", CONNECT_TO ":path: /\n",
        ":method: CONNECT\n:scheme: https\n:path: /\n", GET};
    for (size_t i = 0; i < sizeof(incomplete) / sizeof(incomplete[0]); i++) {
        m.before = incomplete[i];
        EXPECT_VERDICT(m, MESSAGE_ERROR);
    }
    m.before = ":method: CONNECT\n:scheme: https\n:path: /\n";
    m.behind = "host: ex\n";
    EXPECT_VERDICT(m, MESSAGE_ERROR);
    m.before = EXTENDED;
    m.behind = "";
    EXPECT_VERDICT(m, DELIVERED);
}

/* http §5: plain CONNECT */
static void plain_connect(void) {
    expect(CONNECT_TO, "foo", "bar", DELIVERED);
    expect(CONNECT_TO ":path: /\n", "foo", "bar", MESSAGE_ERROR);
    expect(CONNECT_TO ":scheme: https\n", "foo", "bar", MESSAGE_ERROR);
    expect(":method: CONNECT\n", "host", "ex", MESSAGE_ERROR);
    /* The case matters. */
    expect(":method: connect\n:authority: ex\n", "foo", "bar", MESSAGE_ERROR);
    /* Its content-length is forgotten. */
    expect(CONNECT_TO, "content-length", "5", DELIVERED);
}

/* http §5 */
static void requests_must_be_complete(void) {
    expect(NO_METHOD, "foo", "bar", MESSAGE_ERROR);
    expect(NO_SCHEME, "foo", "bar", MESSAGE_ERROR);
    expect(NO_PATH, "foo", "bar", MESSAGE_ERROR);
    expect(NO_AUTHORITY, "foo", "bar", MESSAGE_ERROR);
    expect(NO_AUTHORITY "host: ex\n", "foo", "bar", DELIVERED);
}

/* http §5: what the path has to look like */
static void path_and_scheme_belong_together(void) {
    static const struct {
        const char *method, *scheme, *path;
        enum verdict verdict;
    } rows[] = {
        {"GET", "https", "/x", DELIVERED},    {"GET", "https", "x", MESSAGE_ERROR},
        {"GET", "http", "x", MESSAGE_ERROR},  {"GET", "HTTPS", "x", MESSAGE_ERROR},
        {"GET", "Http", "x", MESSAGE_ERROR},  {"GET", "ftp", "x", DELIVERED},
        {"GET", "httpsx", "x", DELIVERED},    {"GET", "https", "*", MESSAGE_ERROR},
        {"OPTIONS", "https", "*", DELIVERED}, {"options", "https", "*", MESSAGE_ERROR},
        {"OPTIONS", "https", "**", MESSAGE_ERROR}, {"OPTIONS", "https", "x", MESSAGE_ERROR},
        {"OPTIONS", "ftp", "x", DELIVERED},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct bytes before = {0};
        text_printf(&before, ":method: %s\n:scheme: %s\n:path: %s\n:authority: ex\n",
                    rows[i].method, rows[i].scheme, rows[i].path);
        expect(text_of(&before), "foo", "bar", rows[i].verdict);
        bytes_free(&before);
    }
}

/* http §3: requests in a promise follow the same rules, with one more */
static void promised_requests(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_push_promise(&r.in, 1, EH, 2, ":method: CONNECT\n:authority: ex\n");
    put_push_promise(&r.in, 1, EH, 4, GET "te: gzip\n");
    put_push_promise(&r.in, 1, EH, 6, NO_PATH);
    put_push_promise(&r.in, 1, EH, 8, ":method: HEAD\n" NO_METHOD);
    put_push_promise(&r.in, 1, EH, 10, GET ":protocol: x\n");
    put_headers(&r.in, 8, ES | EH, OK_200 "content-length: 5\n");
    deliver(&r);
    EXPECT(&r, "invalid_frame PUSH_PROMISE 1 +EH -> 2: HTTP_HEADER\n"
               "invalid_frame PUSH_PROMISE 1 +EH -> 4: HTTP_HEADER\n"
               "invalid_frame PUSH_PROMISE 1 +EH -> 6: HTTP_MESSAGING\n"
               "frame_recv PUSH_PROMISE 1 +EH -> 8\n"
               "invalid_frame PUSH_PROMISE 1 +EH -> 10: HTTP_HEADER\n"
               "frame_recv HEADERS 8 +ES+EH PUSH_RESPONSE\n"
               "close 8 NO_ERROR\n");
    finish(&r);
}

/* http §3: delivered although it means nothing */
static void priority_field(void) {
    expect(GET, "priority", "u=1", DELIVERED);
    expect(GET, "priority", "u=99", DELIVERED);
    expect(GET, "priority", "???", DELIVERED);
    expect(GET, "priority", "", DELIVERED);
    expect(GET, "priority", "u=1\x01", IGNORED);
    expect(GET, "priority", " u=1", IGNORED);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(authority),
        TEST(method),
        TEST(path),
        TEST(scheme),
        TEST(status_is_not_for_requests),
        TEST(host),
        TEST_SINCE_1_70(content_length),
        TEST(protocol_needs_the_setting),
        TEST(extended_connect),
        TEST(plain_connect),
        TEST(requests_must_be_complete),
        TEST(path_and_scheme_belong_together),
        TEST(promised_requests),
        TEST(priority_field),
    };
    return RUN_TESTS(tests);
}
