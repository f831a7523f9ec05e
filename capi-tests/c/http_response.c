/* Received responses: status, content-length, interim and final responses, trailers. */
#include "support.h"

/* A response that consists of this field behind these others. */
static void expect(const char *before, const char *name, const char *value, enum verdict verdict) {
    EXPECT_VERDICT(
        ((struct message){.to_client = true, .before = before, .name = name, .value = value}),
        verdict);
}

/* http §4: three digits, the first not 0, and not 101 */
static void status(void) {
    static const struct {
        const char *value;
        enum verdict verdict;
    } rows[] = {
        {"200", DELIVERED},    {"999", DELIVERED},    {"600", DELIVERED},  {"099", FIELD_ERROR},
        {"000", FIELD_ERROR},  {"20", FIELD_ERROR},   {"2000", FIELD_ERROR}, {"", FIELD_ERROR},
        {"2 0", FIELD_ERROR},  {"+20", FIELD_ERROR},  {"2x0", FIELD_ERROR}, {"101", FIELD_ERROR},
        /* An interim response must not end the stream. */
        {"100", MESSAGE_ERROR}, {"199", MESSAGE_ERROR},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect("", ":status", rows[i].value, rows[i].verdict);
    }
    expect(OK_200, ":status", "200", FIELD_ERROR);
}

/* http §4 */
static void other_pseudo_fields(void) {
    static const char *const names[] = {":method", ":path", ":scheme", ":authority", ":protocol"};
    for (size_t i = 0; i < 5; i++) {
        expect("", names[i], "x", FIELD_ERROR);
        expect(OK_200, names[i], "x", FIELD_ERROR);
    }
}

/* http §4, §6 */
static void content_length_by_status(void) {
    expect(OK_200, "content-length", "0", DELIVERED);
    expect(OK_200, "content-length", "5", MESSAGE_ERROR);
    expect(OK_200, "content-length", "x", FIELD_ERROR);
    expect(OK_200, "content-length", "", FIELD_ERROR);
    expect(OK_200 "content-length: 0\n", "content-length", "0", FIELD_ERROR);
    expect(":status: 204\n", "content-length", "0", DROPPED);
    expect(":status: 204\n", "content-length", "00", FIELD_ERROR);
    expect(":status: 204\n", "content-length", "1", FIELD_ERROR);
    expect(":status: 204\ncontent-length: 0\n", "content-length", "0", FIELD_ERROR);
    expect(":status: 304\n", "content-length", "5", DELIVERED);
    expect(":status: 100\n", "content-length", "0", FIELD_ERROR);
}

/* http §4: responses to CONNECT and HEAD */
static void content_length_by_method(void) {
    struct message m = {.to_client = true, .name = "content-length", .value = "5"};
    m.request = ":method: CONNECT\n:authority: ex\n";
    EXPECT_VERDICT(m, DROPPED);
    m.before = ":status: 404\n";
    EXPECT_VERDICT(m, DELIVERED);
    m.before = OK_200;
    m.request = ":method: HEAD\n:scheme: https\n:path: /\n:authority: ex\n";
    EXPECT_VERDICT(m, DELIVERED);
    /* Exact case, and the first of several. */
    m.request = ":method: head\n:scheme: https\n:path: /\n:authority: ex\n";
    EXPECT_VERDICT(m, MESSAGE_ERROR);
    m.request = ":method: HEAD\n:method: GET\n:scheme: https\n:path: /\n:authority: ex\n";
    EXPECT_VERDICT(m, DELIVERED);
    m.request = "foo: bar\n:method: HEAD\n";
    EXPECT_VERDICT(m, DELIVERED);
}

/* http §4: fields with a meaning in requests only */
static void request_fields_are_ordinary(void) {
    expect(OK_200, "host", "a@b c", DELIVERED);
    expect(OK_200 "host: a\n", "host", "", DELIVERED);
    expect(OK_200, "priority", "???", DELIVERED);
    expect(OK_200, "priority", "u=1\x01", IGNORED);
}

static void client_with_request(struct recorder *r) {
    client(r);
    request(r, GET, NULL);
    drain(r);
    forget(r);
}

/* http §6 */
static void status_is_required(void) {
    struct recorder r;
    client_with_request(&r);
    put_headers(&r.in, 1, ES | EH, "foo: bar\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH RESPONSE: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §6: any number of interim responses, each starting afresh */
static void interim_responses(void) {
    struct recorder r;
    client_with_request(&r);
    for (int i = 0; i < 3; i++) put_headers(&r.in, 1, EH, ":status: 103\nlink: x\n");
    put_headers(&r.in, 1, EH, OK_200 "content-length: 3\n");
    put_data(&r.in, 1, 0, "abc");
    put_headers(&r.in, 1, ES | EH, "t: 1\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH RESPONSE\n"
                    "frame_recv HEADERS 1 +EH HEADERS\n"
                    "frame_recv HEADERS 1 +EH HEADERS\n"
                    "frame_recv HEADERS 1 +EH HEADERS\n"
                    "chunk DATA 1 \"abc\"\n"
                    "frame_recv DATA 1 len=3\n"
                    "frame_recv HEADERS 1 +ES+EH HEADERS\n"
                    "close 1 NO_ERROR\n");
    finish(&r);
}

/* http §6 */
static void interim_response_that_ends_the_stream(void) {
    struct recorder r;
    client_with_request(&r);
    put_headers(&r.in, 1, ES | EH, ":status: 103\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH RESPONSE: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §6: after the final response, HEADERS are trailers and end the stream */
static void trailers_end_the_stream(void) {
    struct recorder r;
    client_with_request(&r);
    put_headers(&r.in, 1, EH, OK_200);
    put_headers(&r.in, 1, EH, "t: 1\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH RESPONSE\n"
                    "invalid_frame HEADERS 1 +EH HEADERS: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_headers(&r.in, 1, EH, "t: 1\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH REQUEST\n"
                    "invalid_frame HEADERS 1 +EH HEADERS: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §6: a pushed response follows the rules of responses */
static void pushed_responses(void) {
    struct recorder r;
    client_with_request(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    put_push_promise(&r.in, 1, EH, 4, GET);
    put_headers(&r.in, 2, ES | EH, "foo: bar\n");
    put_headers(&r.in, 4, EH, ":status: 103\n");
    put_headers(&r.in, 4, ES | EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PUSH_PROMISE 1 +EH -> 2\n"
                    "frame_recv PUSH_PROMISE 1 +EH -> 4\n"
                    "invalid_frame HEADERS 2 +ES+EH PUSH_RESPONSE: HTTP_MESSAGING\n"
                    "frame_recv HEADERS 4 +EH PUSH_RESPONSE\n"
                    "frame_recv HEADERS 4 +ES+EH HEADERS\n"
                    "close 4 NO_ERROR\n"
                    "close 2 PROTOCOL_ERROR\n"
                    "> RST_STREAM 2 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http preamble: what the program sends is its own business */
static void sent_messages_are_not_checked(void) {
    struct recorder r;
    client(&r);
    request(&r, "connection: x\n:nonsense: \n", NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {connection: x; :nonsense: }\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_SINCE_1_70(status),
        TEST(other_pseudo_fields),
        TEST(content_length_by_status),
        TEST(content_length_by_method),
        TEST(request_fields_are_ordinary),
        TEST(status_is_required),
        TEST(interim_responses),
        TEST(interim_response_that_ends_the_stream),
        TEST(trailers_end_the_stream),
        TEST(pushed_responses),
        TEST(sent_messages_are_not_checked),
    };
    return RUN_TESTS(tests);
}
