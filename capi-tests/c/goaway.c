/* Our own GOAWAY: termination, graceful shutdown, notice. */
#include "support.h"

static void server_with_request(struct recorder *r) {
    server(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
}

static int goaway(struct recorder *r, int32_t last, uint32_t code, const char *debug) {
    return nghttp2_submit_goaway(r->session, NGHTTP2_FLAG_NONE, last, code, (const uint8_t *)debug,
                                 strlen(debug));
}

static void expect_wants(struct recorder *r, int read, int write) {
    CHECK_INT(nghttp2_session_want_read(r->session), read);
    CHECK_INT(nghttp2_session_want_write(r->session), write);
}

/* §13 */
static void terminate_reports_the_last_processed_stream(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(nghttp2_session_terminate_session(r.session, NGHTTP2_INTERNAL_ERROR), 0);
    expect_wants(&r, 1, 1);
    EXPECT_SENT(&r, "> GOAWAY last=1 INTERNAL_ERROR\n");
    expect_wants(&r, 0, 0);
    finish(&r);
}

/* §13 */
static void terminate_with_a_chosen_last_id(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(nghttp2_session_terminate_session2(r.session, 0, NGHTTP2_NO_ERROR), 0);
    EXPECT_SENT(&r, "close 1 REFUSED_STREAM\n> GOAWAY last=0 NO_ERROR\n");
    finish(&r);
}

/* §13: an own id is refused, but input is ignored from then on */
static void terminate_with_an_own_id_is_invalid(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(nghttp2_session_terminate_session2(r.session, 2, NGHTTP2_NO_ERROR),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §13: input is swallowed from the call on */
static void terminating_session_swallows_input(void) {
    struct recorder r;
    server_with_request(&r);
    nghttp2_session_terminate_session(r.session, NGHTTP2_NO_ERROR);
    put_ping(&r.in, 0, "12345678");
    put_headers(&r.in, 3, ES | EH, GET);
    put_hex(&r.in, "ffffff ffffffff");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 NO_ERROR\n");
    finish(&r);
}

/* §13: what else is queued fails; SETTINGS and GOAWAY still go out, in the order of the queue */
static void terminating_session_sends_only_settings_and_goaway(void) {
    struct recorder r;
    server_with_request(&r);
    struct body body = {.left = 5};
    response(&r, 1, OK_200, &body);
    nghttp2_submit_ping(r.session, 0, NULL);
    submit_settings(&r, "3=1");
    goaway(&r, 1, NGHTTP2_NO_ERROR, "first");
    nghttp2_session_terminate_session(r.session, NGHTTP2_CANCEL);
    nghttp2_submit_window_update(r.session, 0, 0, 5);
    EXPECT_SENT(&r, "not_sent PING \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\": SESSION_CLOSING\n"
                    "> SETTINGS 3=1\n"
                    "not_sent HEADERS 1 +EH HEADERS: SESSION_CLOSING\n"
                    "> GOAWAY last=1 NO_ERROR \"first\"\n"
                    "> GOAWAY last=1 CANCEL\n");
    finish(&r);
}

/* §13 */
static void terminating_client_fails_requests(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    nghttp2_session_terminate_session(r.session, NGHTTP2_NO_ERROR);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 0);
    EXPECT_SENT(&r, "> GOAWAY last=0 NO_ERROR\n"
                    "not_sent HEADERS 1 +ES+EH REQUEST: START_STREAM_NOT_ALLOWED\n"
                    "close 1 REFUSED_STREAM\n");
    CHECK_INT(request(&r, GET, NULL), 3);
    expect_wants(&r, 0, 0);
    finish(&r);
}

/* §13: every function does nothing once terminating */
static void further_goaways_do_nothing(void) {
    struct recorder r;
    server(&r);
    nghttp2_session_terminate_session(r.session, NGHTTP2_CANCEL);
    CHECK_INT(nghttp2_session_terminate_session(r.session, NGHTTP2_NO_ERROR), 0);
    CHECK_INT(nghttp2_session_terminate_session2(r.session, 5, NGHTTP2_NO_ERROR), 0);
    CHECK_INT(goaway(&r, 0, NGHTTP2_NO_ERROR, ""), 0);
    CHECK_INT(goaway(&r, 2, NGHTTP2_NO_ERROR, ""), 0);
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    EXPECT_SENT(&r, "> GOAWAY last=0 CANCEL\n");
    finish(&r);
}

/* §13: graceful */
static void goaway_lets_running_streams_finish(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(goaway(&r, 1, NGHTTP2_NO_ERROR, "bye"), 0);
    EXPECT_SENT(&r, "> GOAWAY last=1 NO_ERROR \"bye\"\n");
    expect_wants(&r, 1, 0);
    put_headers(&r.in, 3, ES | EH, GET);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING \"12345678\"\n> PING +ACK \"12345678\"\n");
    response(&r, 1, OK_200, NULL);
    EXPECT_SENT(&r, "close 1 NO_ERROR\n> HEADERS 1 +ES+EH {:status: 200}\n");
    expect_wants(&r, 0, 0);
    finish(&r);
}

/* §13 */
static void goaway_arguments(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(goaway(&r, 2, NGHTTP2_NO_ERROR, ""), NGHTTP2_ERR_INVALID_ARGUMENT);
    static const uint8_t debug[16384];
    CHECK_INT(nghttp2_submit_goaway(r.session, 0, 1, 0, debug, 16377),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_goaway(r.session, 0, 1, 0, debug, 16376), 0);
    CHECK_INT(send_one(&r), 9 + 16384);
    finish(&r);
    client(&r);
    CHECK_INT(goaway(&r, 1, NGHTTP2_NO_ERROR, ""), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(goaway(&r, 0, NGHTTP2_NO_ERROR, ""), 0);
    finish(&r);
}

/* §13: capped at submission by what was converted before */
static void last_id_does_not_grow_on_the_wire(void) {
    struct recorder r;
    server(&r);
    goaway(&r, 7, NGHTTP2_NO_ERROR, "");
    EXPECT_SENT(&r, "> GOAWAY last=7 NO_ERROR\n");
    goaway(&r, 9, NGHTTP2_NO_ERROR, "");
    EXPECT_SENT(&r, "> GOAWAY last=7 NO_ERROR\n");
    goaway(&r, 3, NGHTTP2_NO_ERROR, "");
    nghttp2_session_terminate_session2(r.session, 0x7fffffff, NGHTTP2_NO_ERROR);
    EXPECT_SENT(&r, "> GOAWAY last=3 NO_ERROR\n> GOAWAY last=7 NO_ERROR\n");
    finish(&r);
}

/* §13: a notice announces, and changes nothing */
static void shutdown_notice_changes_nothing(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    EXPECT_SENT(&r, "> GOAWAY last=2147483647 NO_ERROR\n");
    expect_wants(&r, 1, 0);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 3 +ES+EH REQUEST\n");
    goaway(&r, 3, NGHTTP2_NO_ERROR, "");
    EXPECT_SENT(&r, "> GOAWAY last=3 NO_ERROR\n");
    put_headers(&r.in, 5, ES | EH, GET);
    deliver(&r);
    EXPECT(&r, "");
    finish(&r);
}

/* §13 */
static void shutdown_notice_comes_first_or_not_at_all(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), NGHTTP2_ERR_INVALID_STATE);
    finish(&r);

    server(&r);
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    EXPECT_SENT(&r, "> GOAWAY last=2147483647 NO_ERROR\n");
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    EXPECT_SENT(&r, "");
    finish(&r);

    server(&r);
    goaway(&r, 0, NGHTTP2_NO_ERROR, "");
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    EXPECT_SENT(&r, "> GOAWAY last=0 NO_ERROR\n");
    finish(&r);

    server(&r);
    put_goaway(&r.in, 0, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    forget(&r);
    CHECK_INT(nghttp2_submit_shutdown_notice(r.session), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §13: the peer's */
static void received_goaway_forbids_new_requests_only(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 1);
    put_goaway(&r.in, 1, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    forget(&r);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 0);
    CHECK_INT(request(&r, GET, NULL), 3);
    EXPECT_SENT(&r, "not_sent HEADERS 3 +ES+EH REQUEST: START_STREAM_NOT_ALLOWED\n"
                    "close 3 REFUSED_STREAM\n");
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH RESPONSE\nclose 1 NO_ERROR\n");
    expect_wants(&r, 0, 0);
    finish(&r);
}

/* §13, §16.2 */
static void received_goaway_forbids_push(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(push(&r, 1, GET), 2);
    drain(&r);
    put_goaway(&r.in, 2, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    forget(&r);
    CHECK_INT(push(&r, 1, GET), 4);
    response(&r, 2, OK_200, NULL);
    EXPECT_SENT(&r, "not_sent PUSH_PROMISE 1 +EH -> 4: START_STREAM_NOT_ALLOWED\n"
                    "close 4 INTERNAL_ERROR\n"
                    "not_sent HEADERS 2 +ES+EH HEADERS: START_STREAM_NOT_ALLOWED\n");
    finish(&r);
}

/* §16.2: the last frame on a connection that has nothing else to do */
static void last_frame_of_a_closing_session_fails(void) {
    struct recorder r;
    server(&r);
    goaway(&r, 0, NGHTTP2_NO_ERROR, "");
    drain(&r);
    forget(&r);
    nghttp2_submit_window_update(r.session, 0, 0, 5);
    nghttp2_submit_origin(r.session, 0, NULL, 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 5\nnot_sent ORIGIN: SESSION_CLOSING\n");
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    EXPECT_SENT(&r, "> PING \"12345678\"\n");
    submit_settings(&r, "");
    EXPECT_SENT(&r, "> SETTINGS\n");
    goaway(&r, 0, NGHTTP2_NO_ERROR, "");
    EXPECT_SENT(&r, "> GOAWAY last=0 NO_ERROR\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(terminate_reports_the_last_processed_stream),
        TEST(terminate_with_a_chosen_last_id),
        TEST(terminate_with_an_own_id_is_invalid),
        TEST(terminating_session_swallows_input),
        TEST(terminating_session_sends_only_settings_and_goaway),
        TEST(terminating_client_fails_requests),
        TEST(further_goaways_do_nothing),
        TEST(goaway_lets_running_streams_finish),
        TEST(goaway_arguments),
        TEST(last_id_does_not_grow_on_the_wire),
        TEST(shutdown_notice_changes_nothing),
        TEST(shutdown_notice_comes_first_or_not_at_all),
        TEST(received_goaway_forbids_new_requests_only),
        TEST(received_goaway_forbids_push),
        TEST(last_frame_of_a_closing_session_fails),
    };
    return RUN_TESTS(tests);
}
