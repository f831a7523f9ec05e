/* want_read and want_write: when a connection is over, and when there is something to send. */
#include "support.h"

#define EXPECT_WANTS(r, read, write) expect_wants(__LINE__, r, read, write)

static void expect_wants(int line, struct recorder *r, int read, int write) {
    check_int(__FILE__, line, "want_read", nghttp2_session_want_read(r->session), read);
    check_int(__FILE__, line, "want_write", nghttp2_session_want_write(r->session), write);
}

/* §14 */
static void new_sessions_want_to_read(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
    prepare_server(&r);
    start(&r);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
}

/* §14: each queue */
static void queued_frames_want_to_be_written(void) {
    struct recorder r;
    client(&r);
    nghttp2_submit_ping(r.session, 0, NULL);
    EXPECT_WANTS(&r, 1, 1);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    nghttp2_submit_window_update(r.session, 0, 0, 1);
    EXPECT_WANTS(&r, 1, 1);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    request(&r, GET, NULL);
    EXPECT_WANTS(&r, 1, 1);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
}

/* §14: a frame is finished lazily */
static void last_octets_may_leave_want_write_set(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 3};
    response(&r, 1, OK_200, &body);
    CHECK(send_one(&r) > 0);
    EXPECT_WANTS(&r, 1, 1);
    CHECK_INT(send_one(&r), 12);
    EXPECT_WANTS(&r, 1, 1);
    CHECK_INT(send_one(&r), 0);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
}

/* §14 */
static void deferred_body_does_not_want_to_write(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 3};
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
    response(&r, 1, OK_200, &body);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    nghttp2_session_resume_data(r.session, 1);
    EXPECT_WANTS(&r, 1, 1);
    finish(&r);
}

/* §14: a paused source stays schedulable */
static void paused_body_wants_to_write(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 3};
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_PAUSE);
    response(&r, 1, OK_200, &body);
    drain(&r);
    EXPECT_WANTS(&r, 1, 1);
    finish(&r);
}

/* §14 */
static void blocked_connection_window_does_not_want_to_write(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_window_update(&r.in, 1, 100000);
    deliver(&r);
    struct body body = {.left = 70000};
    response(&r, 1, OK_200, &body);
    drain(&r);
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 0);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
}

/* §14: gated by the peer's stream limit */
static void waiting_requests_do_not_want_to_write(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "3=0";
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
}

/* §14: reserved and closing streams are active, idle ones are not */
static void active_streams_keep_a_closing_session_open(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    nghttp2_submit_goaway(r.session, 0, 2, NGHTTP2_NO_ERROR, NULL, 0);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    EXPECT_WANTS(&r, 1, 0);
    nghttp2_submit_rst_stream(r.session, 0, 2, NGHTTP2_CANCEL);
    EXPECT_WANTS(&r, 1, 1);
    drain(&r);
    EXPECT_WANTS(&r, 0, 0);
    finish(&r);
}

/* §14 */
static void goaway_ends_an_unused_connection(void) {
    struct recorder r;
    server(&r);
    nghttp2_submit_goaway(r.session, 0, 0, NGHTTP2_NO_ERROR, NULL, 0);
    EXPECT_WANTS(&r, 1, 1);
    drain(&r);
    EXPECT_WANTS(&r, 0, 0);
    finish(&r);
    client(&r);
    put_goaway(&r.in, 0, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    EXPECT_WANTS(&r, 0, 0);
    finish(&r);
}

/* §14: even with streams open */
static void terminating_goaway_ends_everything_once_sent(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    nghttp2_session_terminate_session(r.session, NGHTTP2_NO_ERROR);
    EXPECT_WANTS(&r, 1, 1);
    drain(&r);
    EXPECT_WANTS(&r, 0, 0);
    nghttp2_submit_ping(r.session, 0, NULL);
    EXPECT_WANTS(&r, 0, 0);
    finish(&r);
}

/* §14: a shutdown notice is no GOAWAY in this sense */
static void shutdown_notice_keeps_an_unused_connection(void) {
    struct recorder r;
    server(&r);
    nghttp2_submit_shutdown_notice(r.session);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    finish(&r);
}

/* §14: own promises that were not answered */
static void reserved_streams_keep_a_closing_server_open(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    push(&r, 1, GET);
    response(&r, 1, OK_200, NULL);
    nghttp2_submit_goaway(r.session, 0, 1, NGHTTP2_NO_ERROR, NULL, 0);
    drain(&r);
    EXPECT_WANTS(&r, 1, 0);
    response(&r, 2, OK_200, NULL);
    drain(&r);
    EXPECT_WANTS(&r, 0, 0);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(new_sessions_want_to_read),
        TEST(queued_frames_want_to_be_written),
        TEST(last_octets_may_leave_want_write_set),
        TEST(deferred_body_does_not_want_to_write),
        TEST(paused_body_wants_to_write),
        TEST(blocked_connection_window_does_not_want_to_write),
        TEST(waiting_requests_do_not_want_to_write),
        TEST(active_streams_keep_a_closing_session_open),
        TEST(goaway_ends_an_unused_connection),
        TEST(terminating_goaway_ends_everything_once_sent),
        TEST(shutdown_notice_keeps_an_unused_connection),
        TEST(reserved_streams_keep_a_closing_server_open),
    };
    return RUN_TESTS(tests);
}
