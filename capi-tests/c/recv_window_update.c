/* Received WINDOW_UPDATE, for the connection and for streams. */
#include "support.h"

static void expect_update(struct recorder *r, uint32_t stream_id, uint32_t increment,
                          const char *transcript) {
    put_window_update(&r->in, stream_id, increment);
    deliver(r);
    EXPECT_SENT(r, transcript);
}

static void server_with_request(struct recorder *r) {
    server(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
}

/* §7.10 connection */
static void connection_window_grows(void) {
    struct recorder r;
    server(&r);
    expect_update(&r, 0, 1000, "frame_recv WINDOW_UPDATE 0 1000\n");
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 66535);
    finish(&r);
}

/* §7.10 connection */
static void zero_increment_of_the_connection_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_update(&r, 0, 0,
                  "invalid_frame WINDOW_UPDATE 0 0: PROTO\n"
                  "> GOAWAY last=0 PROTOCOL_ERROR \"WINDOW_UPDATE: window_size_increment == "
                  "0\"\n");
    finish(&r);
}

/* §7.10 connection */
static void connection_window_overflow_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_update(&r, 0, 0x7fffffff - 65535,
                  "frame_recv WINDOW_UPDATE 0 2147418112\n");
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 0x7fffffff);
    expect_update(&r, 0, 1,
                  "invalid_frame WINDOW_UPDATE 0 1: FLOW_CONTROL\n"
                  "> GOAWAY last=0 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

/* §7.10 */
static void reserved_bit_of_the_increment_is_dropped(void) {
    struct recorder r;
    server(&r);
    expect_update(&r, 0, 0x80000007, "frame_recv WINDOW_UPDATE 0 7\n");
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 65542);
    expect_update(&r, 0, 0x80000000,
                  "invalid_frame WINDOW_UPDATE 0 0: PROTO\n"
                  "> GOAWAY last=0 PROTOCOL_ERROR \"WINDOW_UPDATE: window_size_increment == "
                  "0\"\n");
    finish(&r);
}

/* §7.10 stream */
static void stream_window_grows(void) {
    struct recorder r;
    server_with_request(&r);
    expect_update(&r, 1, 1000, "frame_recv WINDOW_UPDATE 1 1000\n");
    CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, 1), 66535);
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 65535);
    finish(&r);
}

/* §7.10 stream */
static void update_of_an_idle_stream_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_update(&r, 1, 1,
                  "invalid_frame WINDOW_UPDATE 1 1: PROTO\n"
                  "> GOAWAY last=0 PROTOCOL_ERROR \"WINDOW_UPDATE to idle stream\"\n");
    finish(&r);
    client(&r);
    expect_update(&r, 1, 1,
                  "invalid_frame WINDOW_UPDATE 1 1: PROTO\n"
                  "> GOAWAY last=0 PROTOCOL_ERROR \"WINDOW_UPDATE to idle stream\"\n");
    finish(&r);
}

/* §7.10 stream */
static void update_of_a_closed_stream_is_dropped(void) {
    struct recorder r;
    server_with_request(&r);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    forget(&r);
    expect_update(&r, 1, 1, "");
    expect_update(&r, 1, 0, "");
    finish(&r);
}

/* §7.10 stream: an id that was skipped is closed, too */
static void update_of_a_skipped_stream_is_dropped(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 5, ES | EH, GET);
    deliver(&r);
    forget(&r);
    expect_update(&r, 3, 1, "");
    finish(&r);
}

/* §7.10 stream: the peer's promise cannot get DATA from us */
static void update_of_a_reserved_stream_is_a_connection_error(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    forget(&r);
    expect_update(&r, 2, 1,
                  "invalid_frame WINDOW_UPDATE 2 1: PROTO\n"
                  "> GOAWAY last=2 PROTOCOL_ERROR \"WINDOW_UPADATE to reserved stream\"\n");
    finish(&r);
}

/* §7.10 stream: our own promise may */
static void update_of_a_promised_stream_of_ours(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(push(&r, 1, GET), 2);
    drain(&r);
    forget(&r);
    expect_update(&r, 2, 5, "frame_recv WINDOW_UPDATE 2 5\n");
    CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, 2), 65540);
    finish(&r);
}

/* §7.10 stream */
static void zero_increment_of_a_stream_is_a_connection_error(void) {
    struct recorder r;
    server_with_request(&r);
    expect_update(&r, 1, 0,
                  "invalid_frame WINDOW_UPDATE 1 0: PROTO\n"
                  "> GOAWAY last=1 PROTOCOL_ERROR \"WINDOW_UPDATE: window_size_increment == "
                  "0\"\n");
    finish(&r);
}

/* §7.10 stream, since 1.67 for the whole connection */
static void stream_window_overflow_is_a_connection_error(void) {
    struct recorder r;
    server_with_request(&r);
    expect_update(&r, 1, 0x7fffffff - 65535, "frame_recv WINDOW_UPDATE 1 2147418112\n");
    expect_update(&r, 1, 1,
                  "invalid_frame WINDOW_UPDATE 1 1: FLOW_CONTROL\n"
                  "> GOAWAY last=1 FLOW_CONTROL_ERROR \"WINDOW_UPDATE: window size overflow\"\n");
    finish(&r);
}

/* §7.10: a body that waits for the stream's window goes on */
static void stream_update_resumes_a_blocked_body(void) {
    struct recorder r;
    prepare_server(&r);
    r.peer_settings = "4=5";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    struct body body = {.left = 12, .text = "abcdefghijkl"};
    response(&r, 1, OK_200, &body);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n> DATA 1 len=5 \"abcde\"\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    expect_update(&r, 1, 3, "frame_recv WINDOW_UPDATE 1 3\n> DATA 1 len=3 \"fgh\"\n");
    expect_update(&r, 1, 100,
                  "frame_recv WINDOW_UPDATE 1 100\nclose 1 NO_ERROR\n> DATA 1 +ES len=4 "
                  "\"ijkl\"\n");
    finish(&r);
}

/* §7.10: ... only when the window is above 0 again */
static void update_that_leaves_the_window_negative_resumes_nothing(void) {
    struct recorder r;
    server_with_request(&r);
    struct body body = {.left = 20000};
    response(&r, 1, OK_200, &body);
    send_one(&r);
    send_one(&r);
    put_settings(&r.in, "4=0");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, 1), 0);
    drain(&r);
    forget(&r);
    expect_update(&r, 1, 16384, "frame_recv WINDOW_UPDATE 1 16384\n");
    expect_update(&r, 1, 1, "frame_recv WINDOW_UPDATE 1 1\n> DATA 1 len=1 \"x\"\n");
    finish(&r);
}

/* §7.10: a body that waits for the connection's window goes on */
static void connection_update_resumes_a_blocked_body(void) {
    struct recorder r;
    prepare_server(&r);
    r.peer_settings = "4=100000";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 65540};
    response(&r, 1, OK_200, &body);
    drain(&r);
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 0);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    forget(&r);
    put_window_update(&r.in, 0, 100);
    deliver(&r);
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    EXPECT_SENT(&r, "frame_recv WINDOW_UPDATE 0 100\nclose 1 NO_ERROR\n> DATA 1 +ES len=5 "
                    "\"xxxxx\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(connection_window_grows),
        TEST(zero_increment_of_the_connection_is_a_connection_error),
        TEST(connection_window_overflow_is_a_connection_error),
        TEST(reserved_bit_of_the_increment_is_dropped),
        TEST(stream_window_grows),
        TEST(update_of_an_idle_stream_is_a_connection_error),
        TEST(update_of_a_closed_stream_is_dropped),
        TEST(update_of_a_skipped_stream_is_dropped),
        TEST(update_of_a_reserved_stream_is_a_connection_error),
        TEST(update_of_a_promised_stream_of_ours),
        TEST(zero_increment_of_a_stream_is_a_connection_error),
        TEST_SINCE_1_70(stream_window_overflow_is_a_connection_error),
        TEST(stream_update_resumes_a_blocked_body),
        TEST(update_that_leaves_the_window_negative_resumes_nothing),
        TEST(connection_update_resumes_a_blocked_body),
    };
    return RUN_TESTS(tests);
}
