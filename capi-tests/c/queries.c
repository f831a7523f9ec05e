/* What can be asked of a session, and what can be set. */
#include "support.h"

static void server_with_request(struct recorder *r) {
    server(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
}

/* misc §2: per-stream functions for streams that do not live */
static void missing_streams(void) {
    struct recorder r;
    server_with_request(&r);
    static const int32_t ids[] = {-1, INT32_MIN, 0, 2, 3, 4, INT32_MAX};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        int32_t id = ids[i];
        CHECK(nghttp2_session_get_stream_user_data(r.session, id) == NULL);
        CHECK_INT(nghttp2_session_set_stream_user_data(r.session, id, "x"),
                  NGHTTP2_ERR_INVALID_ARGUMENT);
        CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r.session, id), -1);
        CHECK_INT(nghttp2_session_get_stream_effective_local_window_size(r.session, id), -1);
        CHECK_INT(nghttp2_session_get_stream_local_window_size(r.session, id), -1);
        CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, id), -1);
        CHECK_INT(nghttp2_session_get_stream_local_close(r.session, id), -1);
        CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, id), -1);
        CHECK_INT(nghttp2_session_resume_data(r.session, id), NGHTTP2_ERR_INVALID_ARGUMENT);
        if (id != 0) CHECK(nghttp2_session_find_stream(r.session, id) == NULL);
    }
    finish(&r);
}

/* misc §2 */
static void values_of_a_new_stream(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r.session, 1), 0);
    CHECK_INT(nghttp2_session_get_stream_effective_local_window_size(r.session, 1), 65535);
    CHECK_INT(nghttp2_session_get_stream_local_window_size(r.session, 1), 65535);
    CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, 1), 65535);
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 0);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 1);
    nghttp2_stream *stream = nghttp2_session_find_stream(r.session, 1);
    CHECK_INT(nghttp2_stream_get_stream_id(stream), 1);
    finish(&r);
}

/* misc §2 */
static void stream_user_data(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK(nghttp2_session_get_stream_user_data(r.session, 1) == NULL);
    CHECK_INT(nghttp2_session_set_stream_user_data(r.session, 1, "one"), 0);
    CHECK_STR(nghttp2_session_get_stream_user_data(r.session, 1), "one");
    CHECK_INT(nghttp2_session_set_stream_user_data(r.session, 1, NULL), 0);
    CHECK(nghttp2_session_get_stream_user_data(r.session, 1) == NULL);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    CHECK_INT(nghttp2_session_set_stream_user_data(r.session, 1, "late"),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
}

static void *seen_user_data;

static int remember_user_data(nghttp2_session *session, const nghttp2_frame *frame,
                              void *user_data) {
    (void)session, (void)frame;
    seen_user_data = user_data;
    return 0;
}

/* misc §2 */
static void session_user_data_can_be_replaced(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, remember_user_data);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, "first"), 0);
    const uint8_t *data;
    nghttp2_submit_ping(session, 0, NULL);
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 17);
    CHECK_STR(seen_user_data, "first");
    nghttp2_session_set_user_data(session, "second");
    nghttp2_submit_ping(session, 0, NULL);
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 17);
    CHECK_STR(seen_user_data, "second");
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

/* misc §2 */
static void last_processed_stream(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 0);
    put_headers(&r.in, 5, ES | EH, GET);
    deliver(&r);
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 5);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 5);
    finish(&r);
}

/* misc §2 */
static void request_allowed(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 0);
    CHECK_INT(nghttp2_session_check_server_session(r.session), 1);
    finish(&r);
    client(&r);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 1);
    CHECK_INT(nghttp2_session_check_server_session(r.session), 0);
    nghttp2_submit_goaway(r.session, 0, 0, 0, NULL, 0);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 1);
    drain(&r);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 0);
    finish(&r);
    client(&r);
    nghttp2_session_terminate_session(r.session, 0);
    CHECK_INT(nghttp2_session_check_request_allowed(r.session), 0);
    finish(&r);
}

/* misc §2 */
static void find_stream(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK(nghttp2_session_find_stream(r.session, 0) == nghttp2_session_get_root_stream(r.session));
    nghttp2_stream *stream = nghttp2_session_find_stream(r.session, 1);
    CHECK(stream != NULL);
    CHECK(nghttp2_session_find_stream(r.session, 1) == stream);
    /* A stream that is being reset is still there. */
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    CHECK(nghttp2_session_find_stream(r.session, 1) == stream);
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 0);
    drain(&r);
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    finish(&r);
}

/* Handles of several streams are distinct and answer for their own stream. */
static void handles_are_distinct(void) {
    struct recorder r;
    server(&r);
    for (uint32_t id = 1; id < 20; id += 2) put_headers(&r.in, id, ES | EH, GET);
    deliver(&r);
    nghttp2_stream *handles[10];
    for (int i = 0; i < 10; i++) {
        handles[i] = nghttp2_session_find_stream(r.session, 1 + 2 * i);
        for (int j = 0; j < i; j++) CHECK(handles[i] != handles[j]);
    }
    for (int i = 0; i < 10; i++) {
        CHECK_INT(nghttp2_stream_get_stream_id(handles[i]), 1 + 2 * i);
        CHECK_INT(nghttp2_stream_get_state(handles[i]), NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE);
    }
    finish(&r);
}

/* session §11: negative and large window values through the getters */
static void window_getters(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_window_update(r.option, 1);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, EH, POST);
    put_data_of_length(&r.in, 1, 0, 10000);
    deliver(&r);
    CHECK_INT(nghttp2_session_set_local_window_size(r.session, 0, 0, 5000), 0);
    CHECK_INT(nghttp2_session_get_effective_local_window_size(r.session), 5000);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 0);
    CHECK_INT(nghttp2_session_get_local_window_size(r.session), 65535 - 10000);
    CHECK_INT(nghttp2_session_set_local_window_size(r.session, 0, 1, 5000), 0);
    CHECK_INT(nghttp2_session_get_stream_effective_local_window_size(r.session, 1), 5000);
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r.session, 1), 0);
    CHECK_INT(nghttp2_session_get_stream_local_window_size(r.session, 1), 65535 - 10000);
    finish(&r);
}

/* session §9: closed streams have no getters, whatever the reason */
static void closed_streams_are_unknown(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    request(&r, GET, NULL);
    request(&r, GET, NULL);
    drain(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    put_rst_stream(&r.in, 3, NGHTTP2_CANCEL);
    put_goaway(&r.in, 3, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    for (int32_t id = 1; id <= 5; id += 2) {
        CHECK(nghttp2_session_find_stream(r.session, id) == NULL);
        CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, id), -1);
    }
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(missing_streams),
        TEST(values_of_a_new_stream),
        TEST(stream_user_data),
        TEST(session_user_data_can_be_replaced),
        TEST(last_processed_stream),
        TEST(request_allowed),
        TEST(find_stream),
        TEST(handles_are_distinct),
        TEST(window_getters),
        TEST(closed_streams_are_unknown),
    };
    return RUN_TESTS(tests);
}
