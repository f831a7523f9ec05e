/* The life of a stream: states, closing, ids and limits. */
#include "support.h"

static void server_with_request(struct recorder *r, unsigned flags) {
    server(r);
    put_headers(&r->in, 1, flags | EH, POST);
    deliver(r);
    forget(r);
}

static nghttp2_stream_proto_state state(struct recorder *r, int32_t stream_id) {
    nghttp2_stream *stream = nghttp2_session_find_stream(r->session, stream_id);
    return stream ? nghttp2_stream_get_state(stream) : 0;
}

static void expect_closes(struct recorder *r, int32_t stream_id, int local, int remote) {
    CHECK_INT(nghttp2_session_get_stream_local_close(r->session, stream_id), local);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r->session, stream_id), remote);
}

/* §9: the object of a request appears when its HEADERS are taken from the queue */
static void request_exists_from_conversion_on(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(request(&r, GET, NULL), 1);
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    expect_closes(&r, 1, -1, -1);
    send_one(&r);
    CHECK(nghttp2_session_find_stream(r.session, 1) != NULL);
    expect_closes(&r, 1, 1, 0);
    finish(&r);
}

/* §9: getters of state */
static void states_of_a_request_on_a_client(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(state(&r, 1), 0);
    struct body body = {.left = 3, .stays_open = true};
    request(&r, POST, &body);
    drain(&r);
    CHECK_INT(state(&r, 1), NGHTTP2_STREAM_STATE_OPEN);
    body.stays_open = false;
    nghttp2_session_resume_data(r.session, 1);
    drain(&r);
    CHECK_INT(state(&r, 1), NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    CHECK_INT(state(&r, 1), 0);
    finish(&r);
}

static void states_of_a_request_on_a_server(void) {
    struct recorder r;
    server_with_request(&r, 0);
    CHECK_INT(state(&r, 1), NGHTTP2_STREAM_STATE_OPEN);
    put_data(&r.in, 1, ES, "");
    deliver(&r);
    CHECK_INT(state(&r, 1), NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    CHECK_INT(state(&r, 1), 0);
    finish(&r);
}

static void states_of_a_promise(void) {
    struct recorder r;
    server_with_request(&r, ES);
    push(&r, 1, GET);
    CHECK_INT(state(&r, 2), NGHTTP2_STREAM_STATE_RESERVED_LOCAL);
    expect_closes(&r, 2, 0, 1);
    struct body body = {.left = 3, .stays_open = true};
    response(&r, 2, OK_200, &body);
    drain(&r);
    CHECK_INT(state(&r, 2), NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE);
    finish(&r);

    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    CHECK_INT(state(&r, 2), NGHTTP2_STREAM_STATE_RESERVED_REMOTE);
    expect_closes(&r, 2, 1, 0);
    put_headers(&r.in, 2, EH, OK_200);
    deliver(&r);
    CHECK_INT(state(&r, 2), NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL);
    finish(&r);
}

/* §9: the root */
static void root_stream(void) {
    struct recorder r;
    server(&r);
    nghttp2_stream *root = nghttp2_session_get_root_stream(r.session);
    CHECK(root != NULL);
    CHECK(nghttp2_session_find_stream(r.session, 0) == root);
    CHECK_INT(nghttp2_stream_get_state(root), NGHTTP2_STREAM_STATE_IDLE);
    CHECK_INT(nghttp2_stream_get_stream_id(root), 0);
    finish(&r);
}

static void check_still_there(struct recorder *r) {
    CHECK_STR(nghttp2_session_get_stream_user_data(r->session, 1), "data");
    CHECK(nghttp2_session_find_stream(r->session, 1) != NULL);
    CHECK_INT(nghttp2_session_get_stream_local_close(r->session, 1), 0);
    /* The data source has not been taken away yet (since 1.61). */
    struct body body = {.left = 1};
    nghttp2_data_provider2 provider = body_provider(&body);
    CHECK_INT(nghttp2_submit_data2(r->session, 0, 1, &provider), NGHTTP2_ERR_DATA_EXIST);
}

/* §9: the object outlives the callback, not more */
static void stream_is_complete_in_on_stream_close(void) {
    struct recorder r;
    server_with_request(&r, 0);
    nghttp2_session_set_stream_user_data(r.session, 1, "data");
    struct body body = {.left = 3, .stays_open = true};
    response(&r, 1, OK_200, &body);
    drain(&r);
    during(&r, ON_STREAM_CLOSE, 1, check_still_there);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    CHECK_INT(r.calls[ON_STREAM_CLOSE], 1);
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    CHECK(nghttp2_session_get_stream_user_data(r.session, 1) == NULL);
    finish(&r);
}

/* §9 */
static void reset_is_reported_when_sent_not_when_queued(void) {
    struct recorder r;
    server_with_request(&r, 0);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    CHECK_INT(r.calls[ON_STREAM_CLOSE], 0);
    CHECK(nghttp2_session_find_stream(r.session, 1) != NULL);
    EXPECT_SENT(&r, "close 1 CANCEL\n> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

/* §9 */
static void goaway_closes_the_peers_later_streams(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_headers(&r.in, 3, EH, POST);
    deliver(&r);
    forget(&r);
    nghttp2_submit_goaway(r.session, 0, 1, NGHTTP2_NO_ERROR, NULL, 0);
    EXPECT_SENT(&r, "close 3 REFUSED_STREAM\n> GOAWAY last=1 NO_ERROR\n");
    finish(&r);
}

/* §9 */
static void request_cancelled_by_before_frame_send_is_refused(void) {
    struct recorder r;
    client(&r);
    answer(&r, BEFORE_FRAME_SEND, 1, NGHTTP2_ERR_CANCEL);
    request(&r, GET, NULL);
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH REQUEST: CANCEL\nclose 1 REFUSED_STREAM\n");
    finish(&r);
}

/* §5 rule 3, §22: a request that waits is cancelled without a frame */
static void waiting_request_is_cancelled_with_its_code(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    CHECK_INT(nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_INTERNAL_ERROR), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH REQUEST: STREAM_CLOSING\nclose 1 INTERNAL_ERROR\n");
    finish(&r);
}

/* §10 */
static void ids_are_assigned_at_submission(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 1);
    CHECK_INT(request(&r, GET, NULL), 1);
    CHECK_INT(request(&r, GET, NULL), 3);
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 5);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 101), 0);
    CHECK_INT(request(&r, GET, NULL), 101);
    CHECK_INT(headers(&r, 0, -1, GET), 103);
    finish(&r);
}

/* §10 */
static void ids_run_out(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 0x7fffffff), 0);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 1);
    CHECK_INT(request(&r, GET, NULL), 0x7fffffff);
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 0x80000001);
    CHECK_INT(request(&r, GET, NULL), NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE);
    CHECK_INT(headers(&r, 0, -1, GET), NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 0);
    EXPECT_SENT(&r, "> HEADERS 2147483647 +ES+EH {:method: GET; :scheme: https; :path: /; "
                    ":authority: ex}\n");
    finish(&r);

    server_with_request(&r, ES);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 0x7ffffffe), 0);
    CHECK_INT(push(&r, 1, GET), 0x7ffffffe);
    CHECK_INT(push(&r, 1, GET), NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE);
    finish(&r);
}

/* §13 */
static void next_stream_id_only_grows_and_keeps_parity(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, -1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 2), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 7), 0);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 7), 0);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 5), NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
    server(&r);
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 2);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_set_next_stream_id(r.session, 10), 0);
    finish(&r);
}

/* §10: more requests wait */
static void requests_wait_for_the_peers_limit(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "3=1";
    start(&r);
    handshake(&r);
    wire_free(&r.wire);
    wire_init(&r.wire);
    for (int i = 0; i < 3; i++) request(&r, ":method: GET\n", NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:method: GET}\n");
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 2);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH RESPONSE\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 3 +ES+EH {:method: GET}\n");
    put_settings(&r.in, "3=2");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS 3=2\n"
                    "> SETTINGS +ACK\n"
                    "> HEADERS 5 +ES+EH {:method: GET}\n");
    finish(&r);
}

/* §10: a lower limit does not affect open streams */
static void lower_limit_leaves_open_streams_alone(void) {
    struct recorder r;
    client(&r);
    for (int i = 0; i < 3; i++) request(&r, ":method: GET\n", NULL);
    drain(&r);
    put_settings(&r.in, "3=1");
    put_headers(&r.in, 1, ES | EH, OK_200);
    put_headers(&r.in, 3, ES | EH, OK_200);
    deliver(&r);
    drain(&r);
    forget(&r);
    request(&r, ":method: GET\n", NULL);
    EXPECT_SENT(&r, "");
    put_headers(&r.in, 5, ES | EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 5 +ES+EH RESPONSE\n"
                    "close 5 NO_ERROR\n"
                    "> HEADERS 7 +ES+EH {:method: GET}\n");
    finish(&r);
}

/* §10: what is known of a request that waits */
static void waiting_request_has_user_data_that_can_be_changed(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "3=0";
    start(&r);
    handshake(&r);
    CHECK_INT(request(&r, GET, NULL), 1);
    CHECK(nghttp2_session_get_stream_user_data(r.session, 1) == NULL);
    CHECK_INT(nghttp2_session_set_stream_user_data(r.session, 1, "late"), 0);
    CHECK_INT(nghttp2_session_set_stream_user_data(r.session, 3, "none"),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    put_settings(&r.in, "3=1");
    deliver(&r);
    drain(&r);
    CHECK_STR(nghttp2_session_get_stream_user_data(r.session, 1), "late");
    finish(&r);
}

/* §18.6 of the original is not ours: nothing of a closed stream is kept, whatever the option */
static void closed_streams_are_not_retained_by_default(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_closed_streams(r.option, 0);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    forget(&r);
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    put_data(&r.in, 1, 0, "late");
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* Programs use the root without asking whether it is there. */
static void the_root_needs_no_memory(void) {
    struct recorder r;
    server(&r);
    r.heap.fail_at = r.heap.requests + 1;
    r.heap.for_ever = true;
    nghttp2_stream *root = nghttp2_session_get_root_stream(r.session);
    CHECK(root != NULL);
    CHECK(nghttp2_stream_get_first_child(root) == NULL);
    CHECK_INT(r.heap.refused, 0);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(request_exists_from_conversion_on),
        TEST(states_of_a_request_on_a_client),
        TEST(states_of_a_request_on_a_server),
        TEST(states_of_a_promise),
        TEST(root_stream),
        TEST(stream_is_complete_in_on_stream_close),
        TEST(reset_is_reported_when_sent_not_when_queued),
        TEST(goaway_closes_the_peers_later_streams),
        TEST(request_cancelled_by_before_frame_send_is_refused),
        TEST(waiting_request_is_cancelled_with_its_code),
        TEST(ids_are_assigned_at_submission),
        TEST(ids_run_out),
        TEST(next_stream_id_only_grows_and_keeps_parity),
        TEST(requests_wait_for_the_peers_limit),
        TEST(lower_limit_leaves_open_streams_alone),
        TEST(waiting_request_has_user_data_that_can_be_changed),
        TEST_SINCE_1_70(closed_streams_are_not_retained_by_default),
        TEST(the_root_needs_no_memory),
    };
    return RUN_TESTS(tests);
}
