/* Bodies that the program writes itself: DATA_FLAG_NO_COPY and send_data. */
#include "support.h"

static void prepare_no_copy(struct recorder *r, uint32_t more_callbacks) {
    prepare_server(r);
    r->callbacks |= BIT(SEND_DATA) | more_callbacks;
    start(r);
    handshake(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
    r->heard = BIT(SEND_DATA) | BIT(ON_FRAME_SEND) | BIT(ON_STREAM_CLOSE) | BIT(READ_DATA);
}

static void respond(struct recorder *r, struct body *body) {
    body->no_copy = true;
    CHECK_INT(response(r, 1, OK_200, body), 0);
    send_one(r);
    forget(r);
}

/* §17.4 */
static void program_writes_the_payload(void) {
    struct recorder r;
    prepare_no_copy(&r, 0);
    struct body body = {.left = 20000};
    respond(&r, &body);
    EXPECT_SENT(&r, "read 1 length=16384\n"
                    "send_data DATA 1 len=16384 payload=16384\n"
                    "> DATA 1 len=16384\n"
                    "sent DATA 1 len=16384\n"
                    "read 1 length=16384\n"
                    "send_data DATA 1 +ES len=3616 payload=3616\n"
                    "> DATA 1 +ES len=3616\n"
                    "sent DATA 1 +ES len=3616\n"
                    "close 1 NO_ERROR\n");
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 65535 - 20000);
    finish(&r);
}

/* §17.4 */
static void padding_is_left_to_the_program(void) {
    struct recorder r;
    prepare_no_copy(&r, BIT(SELECT_PADDING));
    struct body body = {.left = 2};
    r.padding = 4;
    respond(&r, &body);
    r.heard = BIT(SEND_DATA);
    EXPECT_SENT(&r, "send_data DATA 1 +ES+PAD len=6 pad=4 payload=2\n"
                    "> DATA 1 +ES+PAD len=6 pad=4 \"nn\"\n");
    finish(&r);
}

static int check_head(nghttp2_session *session, nghttp2_frame *frame, const uint8_t *framehd,
                      size_t length, nghttp2_data_source *source, void *user_data) {
    (void)session;
    CHECK_MEM(framehd, 9, "\0\0\3\0\1\0\0\0\1");
    CHECK_INT(frame->hd.type, NGHTTP2_DATA);
    CHECK_INT(frame->hd.flags, NGHTTP2_FLAG_END_STREAM);
    CHECK_INT(frame->hd.length, 3);
    CHECK_INT(frame->data.padlen, 0);
    CHECK_INT(length, 3);
    CHECK(source->ptr == user_data);
    return 0;
}

static nghttp2_ssize three_octets(nghttp2_session *session, int32_t stream_id, uint8_t *buf,
                                  size_t length, uint32_t *flags, nghttp2_data_source *source,
                                  void *user_data) {
    (void)session, (void)stream_id, (void)buf, (void)length, (void)source, (void)user_data;
    *flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_COPY;
    return 3;
}

/* §17.4: the arguments */
static void callback_gets_frame_header_and_source(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    int object;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_send_data_callback(callbacks, check_head);
    CHECK_INT(nghttp2_session_client_new(&session, callbacks, &object), 0);
    nghttp2_data_provider2 provider = {.source = {.ptr = &object}, .read_callback = three_octets};
    CHECK_INT(nghttp2_submit_request2(session, NULL, NULL, 0, &provider, NULL), 1);
    const uint8_t *data;
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 24);
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 9);
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 0);
    CHECK_INT(nghttp2_session_get_stream_local_close(session, 1), 1);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

/* §17.4 */
static void no_copy_without_send_data_is_a_callback_failure(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    struct body body = {.left = 2, .no_copy = true};
    response(&r, 1, OK_200, &body);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\nsend = CALLBACK_FAILURE\n");
    finish(&r);
}

/* §17.4: the same frame is offered again, without reading */
static void blocked_frame_is_offered_again(void) {
    struct recorder r;
    prepare_no_copy(&r, 0);
    struct body body = {.left = 2};
    respond(&r, &body);
    answer(&r, SEND_DATA, 1, NGHTTP2_ERR_WOULDBLOCK);
    EXPECT_SENT(&r, "read 1 length=16384\nsend_data DATA 1 +ES len=2 payload=2\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    EXPECT_SENT(&r, "send_data DATA 1 +ES len=2 payload=2\n"
                    "> DATA 1 +ES len=2 \"nn\"\n"
                    "sent DATA 1 +ES len=2\n"
                    "close 1 NO_ERROR\n"
                    "sent PING \"12345678\"\n"
                    "> PING \"12345678\"\n");
    finish(&r);
}

/* §17.4: sent, but the call ends */
static void pause_ends_the_call_behind_the_frame(void) {
    struct recorder r;
    prepare_no_copy(&r, 0);
    struct body body = {.left = 20000};
    respond(&r, &body);
    r.heard = BIT(ON_FRAME_SEND);
    answer(&r, SEND_DATA, 1, NGHTTP2_ERR_PAUSE);
    CHECK_INT(send_one(&r), 0);
    EXPECT(&r, "> DATA 1 len=16384\nsent DATA 1 len=16384\n");
    CHECK_INT(send_one(&r), 0);
    EXPECT(&r, "> DATA 1 +ES len=3616\nsent DATA 1 +ES len=3616\n");
    finish(&r);
}

/* §17.4 */
static void temporal_failure_resets_the_stream(void) {
    struct recorder r;
    prepare_no_copy(&r, 0);
    struct body body = {.left = 2};
    respond(&r, &body);
    answer(&r, SEND_DATA, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    EXPECT_SENT(&r, "read 1 length=16384\n"
                    "send_data DATA 1 +ES len=2 payload=2\n"
                    "sent RST_STREAM 1 INTERNAL_ERROR\n"
                    "close 1 INTERNAL_ERROR\n"
                    "> RST_STREAM 1 INTERNAL_ERROR\n");
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 65535);
    finish(&r);
}

/* §17.4: the stream may vanish while its frame is blocked */
static void frame_of_a_vanished_stream_is_dropped(void) {
    struct recorder r;
    prepare_no_copy(&r, 0);
    struct body body = {.left = 2};
    respond(&r, &body);
    answer(&r, SEND_DATA, 1, NGHTTP2_ERR_WOULDBLOCK);
    drain(&r);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "");
    CHECK_INT(r.calls[SEND_DATA], 1);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    finish(&r);
}

/* §17.4: with session_send */
static void send_data_works_with_session_send(void) {
    struct recorder r;
    prepare_no_copy(&r, BIT(SEND));
    struct body body = {.left = 2, .no_copy = true};
    response(&r, 1, OK_200, &body);
    answer(&r, SEND_DATA, 1, NGHTTP2_ERR_WOULDBLOCK);
    r.heard = BIT(SEND_DATA) | BIT(SEND);
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "send 10\n"
               "> HEADERS 1 +EH {:status: 200}\n"
               "send_data DATA 1 +ES len=2 payload=2\n");
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "send_data DATA 1 +ES len=2 payload=2\n> DATA 1 +ES len=2 \"nn\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(program_writes_the_payload),
        TEST(padding_is_left_to_the_program),
        TEST(callback_gets_frame_header_and_source),
        TEST(no_copy_without_send_data_is_a_callback_failure),
        TEST(blocked_frame_is_offered_again),
        TEST(pause_ends_the_call_behind_the_frame),
        TEST(temporal_failure_resets_the_stream),
        TEST(frame_of_a_vanished_stream_is_dropped),
        TEST(send_data_works_with_session_send),
    };
    return RUN_TESTS(tests);
}
