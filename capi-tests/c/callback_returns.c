/* What every callback may return, row by row. */
#include "support.h"

/* A code and what it leads to. */
struct row {
    int code;
    const char *transcript;
};

#define ROWS(table) table, sizeof(table) / sizeof(table[0])

static const int failures[] = {1,
                               -1,
                               NGHTTP2_ERR_PAUSE,
                               NGHTTP2_ERR_CANCEL,
                               NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE,
                               NGHTTP2_ERR_DEFERRED,
                               NGHTTP2_ERR_NOMEM,
                               NGHTTP2_ERR_CALLBACK_FAILURE};
enum { FAILURES = sizeof(failures) / sizeof(failures[0]) };

/* A server with a request on stream 1, an event about to happen when its input is delivered. */
static void expect_recv_failure(enum event event, void (*provoke)(struct bytes *)) {
    for (size_t i = 0; i < FAILURES; i++) {
        struct recorder r;
        server(&r);
        put_headers(&r.in, 1, EH, POST);
        deliver(&r);
        forget(&r);
        r.heard = 0;
        answer(&r, event, 1, failures[i]);
        provoke(&r.in);
        deliver(&r);
        if (!EXPECT(&r, "recv = CALLBACK_FAILURE\n")) printf("  code %d\n", failures[i]);
        finish(&r);
    }
}

static void provoke_ping(struct bytes *in) {
    put_ping(in, 0, "12345678");
}

static void provoke_invalid_frame(struct bytes *in) {
    put_window_update(in, 0, 0);
}

static void provoke_stream_close(struct bytes *in) {
    put_rst_stream(in, 1, NGHTTP2_CANCEL);
}

static void provoke_error(struct bytes *in) {
    put_headers(in, 3, ES | EH, GET "a b: c\n");
}

static void provoke_stream_error(struct bytes *in) {
    put_headers(in, 3, ES | EH, GET ":bad: c\n");
}

/* §8, first row, on the way in */
static void any_result_but_zero_fails_on_begin_frame(void) {
    expect_recv_failure(ON_BEGIN_FRAME, provoke_ping);
}

static void any_result_but_zero_fails_on_frame_recv(void) {
    expect_recv_failure(ON_FRAME_RECV, provoke_ping);
}

static void any_result_but_zero_fails_on_invalid_frame_recv(void) {
    expect_recv_failure(ON_INVALID_FRAME, provoke_invalid_frame);
    expect_recv_failure(ON_INVALID_FRAME, provoke_stream_error);
}

static void any_result_but_zero_fails_on_stream_close(void) {
    expect_recv_failure(ON_STREAM_CLOSE, provoke_stream_close);
}

static void any_result_but_zero_fails_error_callback(void) {
    expect_recv_failure(ON_ERROR, provoke_error);
    expect_recv_failure(ON_ERROR, provoke_stream_error);
}

/* A session that is to answer a request and does something at its first event. */
static void expect_send(enum event event, const struct row *rows, size_t count,
                        uint32_t more_callbacks, bool no_copy) {
    for (size_t i = 0; i < count; i++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= more_callbacks;
        start(&r);
        handshake(&r);
        put_headers(&r.in, 1, ES | EH, GET);
        deliver(&r);
        forget(&r);
        struct body body = {.left = 3, .text = "abc", .no_copy = no_copy};
        response(&r, 1, OK_200, &body);
        answer(&r, event, 1, rows[i].code);
        drain(&r);
        if (!EXPECT(&r, rows[i].transcript)) printf("  code %d\n", rows[i].code);
        finish(&r);
    }
}

#define FAILED {1, "send = CALLBACK_FAILURE\n"}, {-1, "send = CALLBACK_FAILURE\n"}, \
               {NGHTTP2_ERR_PAUSE, "send = CALLBACK_FAILURE\n"}, \
               {NGHTTP2_ERR_NOMEM, "send = CALLBACK_FAILURE\n"}, \
               {NGHTTP2_ERR_CALLBACK_FAILURE, "send = CALLBACK_FAILURE\n"}
#define COMPLETE \
    "> HEADERS 1 +EH {:status: 200}\nclose 1 NO_ERROR\n> DATA 1 +ES len=3 \"abc\"\n"

/* §8 */
static void on_frame_send_results(void) {
    static const struct row rows[] = {
        {0, COMPLETE}, FAILED, {NGHTTP2_ERR_CANCEL, "send = CALLBACK_FAILURE\n"}};
    expect_send(ON_FRAME_SEND, ROWS(rows), 0, false);
}

/* §8 */
static void before_frame_send_results(void) {
    static const struct row rows[] = {
        {0, COMPLETE},
        FAILED,
        {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, "send = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CANCEL, "not_sent HEADERS 1 +EH RESPONSE: CANCEL\n"}};
    expect_send(BEFORE_FRAME_SEND, ROWS(rows), 0, false);
}

/* §8: between hd.length and the maximum */
static void select_padding_results(void) {
    static const struct row rows[] = {
        {0, "> HEADERS 1 +EH {:status: 200}\n"
            "close 1 NO_ERROR\n"
            "> DATA 1 +ES len=3 \"abc\"\n"},
        {-1, "send = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CANCEL, "send = CALLBACK_FAILURE\n"},
        {258, "send = CALLBACK_FAILURE\n"},
        {257, "> HEADERS 1 +EH+PAD pad=256 {:status: 200}\n"
              "close 1 NO_ERROR\n"
              "> DATA 1 +ES len=3 \"abc\"\n"},
    };
    expect_send(SELECT_PADDING, ROWS(rows), BIT(SELECT_PADDING), false);
}

/* §8: > 0 after clamping */
static void data_source_read_length_results(void) {
    static const struct row rows[] = {
        {-1, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CANCEL, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {2, "> HEADERS 1 +EH {:status: 200}\n"
            "> DATA 1 len=2 \"ab\"\n"
            "close 1 NO_ERROR\n"
            "> DATA 1 +ES len=1 \"c\"\n"},
        {1 << 30, COMPLETE},
    };
    expect_send(READ_LENGTH, ROWS(rows), BIT(READ_LENGTH), false);
}

/* §8 */
static void read_callback_results(void) {
    static const struct row rows[] = {
        {NGHTTP2_ERR_DEFERRED, "> HEADERS 1 +EH {:status: 200}\n"},
        {NGHTTP2_ERR_PAUSE, "> HEADERS 1 +EH {:status: 200}\n"},
        {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE,
         "> HEADERS 1 +EH {:status: 200}\n"
         "close 1 INTERNAL_ERROR\n"
         "> RST_STREAM 1 INTERNAL_ERROR\n"},
        {-1, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CANCEL, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_NOMEM, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {16385, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
    };
    expect_send(READ_DATA, ROWS(rows), 0, false);
}

/* §8 */
static void send_data_results(void) {
    static const struct row rows[] = {
        {NGHTTP2_ERR_WOULDBLOCK, "> HEADERS 1 +EH {:status: 200}\n"},
        {NGHTTP2_ERR_PAUSE, "> HEADERS 1 +EH {:status: 200}\n"
                            "> DATA 1 +ES len=3 \"nnn\"\n"
                            "close 1 NO_ERROR\n"},
        {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE,
         "> HEADERS 1 +EH {:status: 200}\n"
         "close 1 INTERNAL_ERROR\n"
         "> RST_STREAM 1 INTERNAL_ERROR\n"},
        {1, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {-1, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CANCEL, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n"},
    };
    expect_send(SEND_DATA, ROWS(rows), BIT(SEND_DATA), true);
}

/* §8: on_stream_close while sending */
static void on_stream_close_failure_while_sending(void) {
    static const struct row rows[] = {
        {-1, "> HEADERS 1 +EH {:status: 200}\nclose 1 NO_ERROR\nsend = CALLBACK_FAILURE\n"}};
    expect_send(ON_STREAM_CLOSE, ROWS(rows), 0, false);
}

/* §8 */
static void on_frame_not_send_results(void) {
    for (size_t i = 0; i < FAILURES; i++) {
        struct recorder r;
        server(&r);
        response(&r, 1, OK_200, NULL);
        answer(&r, ON_FRAME_NOT_SEND, 1, failures[i]);
        EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH HEADERS: STREAM_CLOSED\n"
                        "send = CALLBACK_FAILURE\n");
        finish(&r);
    }
}

/* §8: of the callback that session_send uses */
static void send_callback_results(void) {
    static const struct row rows[] = {
        {NGHTTP2_ERR_WOULDBLOCK, ""},
        {-1, "CALLBACK_FAILURE"},
        {NGHTTP2_ERR_PAUSE, "CALLBACK_FAILURE"},
        {NGHTTP2_ERR_NOMEM, "CALLBACK_FAILURE"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= BIT(SEND);
        start(&r);
        handshake(&r);
        nghttp2_submit_ping(r.session, 0, NULL);
        answer(&r, SEND, 1, rows[i].code);
        int expected = *rows[i].transcript ? NGHTTP2_ERR_CALLBACK_FAILURE : 0;
        CHECK_INT(nghttp2_session_send(r.session), expected);
        finish(&r);
    }
}

/* §8: on_invalid_header */
static void on_invalid_header_results(void) {
    static const struct row rows[] = {
        {0, "error HTTP_HEADER\nframe_recv HEADERS 1 +ES+EH REQUEST\n"},
        {NGHTTP2_ERR_PAUSE, "frame_recv HEADERS 1 +ES+EH REQUEST\n"},
        {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE,
         "error HTTP_HEADER\n"
         "invalid_frame HEADERS 1 +ES+EH REQUEST: HTTP_HEADER\n"
         "close 1 PROTOCOL_ERROR\n"
         "> RST_STREAM 1 PROTOCOL_ERROR\n"},
        {1, "recv = CALLBACK_FAILURE\n"},
        {-1, "recv = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CANCEL, "recv = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_CALLBACK_FAILURE, "recv = CALLBACK_FAILURE\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        server(&r);
        r.heard = (USUAL_LINES | BIT(ON_ERROR)) & ~BIT(ON_INVALID_HEADER);
        answer(&r, ON_INVALID_HEADER, 1, rows[i].code);
        put_headers(&r.in, 1, ES | EH, GET "a b: c\n");
        nghttp2_ssize length = (nghttp2_ssize)r.in.length;
        nghttp2_ssize rv = deliver(&r);
        if (rows[i].code == NGHTTP2_ERR_PAUSE) {
            CHECK_INT(rv, length);
            receive(&r, NULL, 0);
        }
        drain(&r);
        if (!EXPECT(&r, rows[i].transcript)) printf("  code %d\n", rows[i].code);
        finish(&r);
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(any_result_but_zero_fails_on_begin_frame),
        TEST(any_result_but_zero_fails_on_frame_recv),
        TEST(any_result_but_zero_fails_on_invalid_frame_recv),
        TEST(any_result_but_zero_fails_on_stream_close),
        TEST(any_result_but_zero_fails_error_callback),
        TEST(on_frame_send_results),
        TEST(before_frame_send_results),
        TEST(select_padding_results),
        TEST(data_source_read_length_results),
        TEST(read_callback_results),
        TEST(send_data_results),
        TEST(on_stream_close_failure_while_sending),
        TEST(on_frame_not_send_results),
        TEST(send_callback_results),
        TEST(on_invalid_header_results),
    };
    return RUN_TESTS(tests);
}
