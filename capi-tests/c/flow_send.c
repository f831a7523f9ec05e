/* Send windows: what DATA is charged to, and what blocks it. */
#include "support.h"

/* A server whose peer announced peer_settings, with the response HEADERS of stream 1 sent. */
static void server_responding(struct recorder *r, const char *peer_settings, struct body *body) {
    prepare_server(r);
    r->peer_settings = peer_settings;
    start(r);
    handshake(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    CHECK_INT(response(r, 1, OK_200, body), 0);
    send_one(r);
    forget(r);
}

static void expect_windows(struct recorder *r, int connection, int stream) {
    CHECK_INT(nghttp2_session_get_remote_window_size(r->session), connection);
    CHECK_INT(nghttp2_session_get_stream_remote_window_size(r->session, 1), stream);
}

/* §11: both windows, when the octets are returned */
static void data_is_charged_when_it_is_returned(void) {
    struct body body = {.left = 20000};
    struct recorder r;
    server_responding(&r, "", &body);
    expect_windows(&r, 65535, 65535);
    CHECK_INT(send_one(&r), 9 + 16384);
    expect_windows(&r, 65535 - 16384, 65535 - 16384);
    finish(&r);
}

/* §11: by all of the payload */
static void padding_is_charged_too(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(SELECT_PADDING);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 100, .stays_open = true};
    response(&r, 1, OK_200, &body);
    r.padding = 20;
    drain(&r);
    expect_windows(&r, 65535 - 120, 65535 - 120);
    finish(&r);
}

/* §11: headers are free */
static void headers_are_not_charged(void) {
    struct body body = {.left = 0, .stays_open = true};
    struct recorder r;
    server_responding(&r, "", &body);
    expect_windows(&r, 65535, 65535);
    finish(&r);
}

/* §11 */
static void stream_window_stops_the_stream(void) {
    struct body body = {.left = 20000};
    struct recorder r;
    server_responding(&r, "4=17000", &body);
    EXPECT_SENT(&r, "> DATA 1 len=16384\n> DATA 1 len=616\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    expect_windows(&r, 65535 - 17000, 0);
    finish(&r);
}

/* §11 */
static void connection_window_stops_every_stream(void) {
    struct body body = {.left = 70000};
    struct recorder r;
    server_responding(&r, "4=100000", &body);
    EXPECT_SENT(&r, "> DATA 1 len=16384\n"
                    "> DATA 1 len=16384\n"
                    "> DATA 1 len=16384\n"
                    "> DATA 1 len=16383\n");
    expect_windows(&r, 0, 100000 - 65535);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    struct body second = {.left = 1};
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    forget(&r);
    response(&r, 3, OK_200, &second);
    EXPECT_SENT(&r, "> HEADERS 3 +EH {:status: 200}\n");
    finish(&r);
}

/* §11: no read callback without a window */
static void body_is_not_read_without_window(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, "4=0", &body);
    drain(&r);
    CHECK_INT(r.calls[READ_DATA], 0);
    put_window_update(&r.in, 1, 2);
    deliver(&r);
    r.heard = BIT(READ_DATA);
    forget(&r);
    EXPECT_SENT(&r, "read 1 length=2\n> DATA 1 len=2 \"xx\"\n");
    finish(&r);
}

/* §11: the end of a body of length 0 needs a window, too */
static void empty_body_waits_for_the_window(void) {
    struct body body = {.left = 0};
    struct recorder r;
    server_responding(&r, "4=0", &body);
    EXPECT_SENT(&r, "");
    put_window_update(&r.in, 1, 1);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv WINDOW_UPDATE 1 1\nclose 1 NO_ERROR\n> DATA 1 +ES len=0\n");
    finish(&r);
}

/* §11: SETTINGS move the windows of all streams, not the connection's */
static void initial_window_size_moves_open_streams(void) {
    struct body body = {.left = 100000};
    struct recorder r;
    server_responding(&r, "4=20000", &body);
    drain(&r);
    expect_windows(&r, 45535, 0);
    put_settings(&r.in, "4=10000");
    deliver(&r);
    /* Negative: shown as 0. */
    expect_windows(&r, 45535, 0);
    put_settings(&r.in, "4=20010");
    deliver(&r);
    expect_windows(&r, 45535, 10);
    forget(&r);
    EXPECT_SENT(&r, "> SETTINGS +ACK\n> SETTINGS +ACK\n> DATA 1 len=10 \"xxxxxxxxxx\"\n");
    finish(&r);
}

/* §11 */
static void larger_initial_window_size_resumes_blocked_streams(void) {
    struct body body = {.left = 3, .text = "abc"};
    struct recorder r;
    server_responding(&r, "4=0", &body);
    drain(&r);
    put_settings(&r.in, "4=1");
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "> SETTINGS +ACK\n> DATA 1 len=1 \"a\"\n");
    finish(&r);
}

/* §2.1, §11: streams opened later start with the new size */
static void later_streams_start_with_the_announced_size(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "4=7";
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    drain(&r);
    expect_windows(&r, 65535, 7);
    finish(&r);
}

/* §17.2: user deferral and flow control are independent */
static void deferred_body_stays_out_when_the_window_opens(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, "", &body);
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
    EXPECT_SENT(&r, "");
    put_window_update(&r.in, 1, 10);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv WINDOW_UPDATE 1 10\n");
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), 0);
    EXPECT_SENT(&r, "close 1 NO_ERROR\n> DATA 1 +ES len=5 \"xxxxx\"\n");
    finish(&r);
}

/* §17.2 */
static void resume_does_not_lift_flow_control(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, "4=0", &body);
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), 0);
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    put_window_update(&r.in, 1, 10);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv WINDOW_UPDATE 1 10\nclose 1 NO_ERROR\n> DATA 1 +ES len=5 "
                    "\"xxxxx\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(data_is_charged_when_it_is_returned),
        TEST(padding_is_charged_too),
        TEST(headers_are_not_charged),
        TEST(stream_window_stops_the_stream),
        TEST(connection_window_stops_every_stream),
        TEST(body_is_not_read_without_window),
        TEST(empty_body_waits_for_the_window),
        TEST(initial_window_size_moves_open_streams),
        TEST(larger_initial_window_size_resumes_blocked_streams),
        TEST(later_streams_start_with_the_announced_size),
        TEST(deferred_body_stays_out_when_the_window_opens),
        TEST(resume_does_not_lift_flow_control),
    };
    return RUN_TESTS(tests);
}
