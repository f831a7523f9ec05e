/* Message bodies: how much is asked for, what a source may answer, how it ends. */
#include "support.h"

#define BODY_LINES (BIT(READ_DATA) | BIT(READ_LENGTH) | BIT(ON_STREAM_CLOSE) | BIT(ON_FRAME_SEND))

/* A request on stream 1, its response HEADERS sent, the body next. */
static void responding(struct recorder *r, struct body *body) {
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    CHECK_INT(response(r, 1, OK_200, body), 0);
    send_one(r);
    r->heard = BODY_LINES;
    forget(r);
}

static void server_responding(struct recorder *r, struct body *body) {
    server(r);
    responding(r, body);
}

/* §17.1 */
static void room_is_the_smallest_of_four_limits(void) {
    static const struct {
        const char *peer_settings;
        uint32_t connection_update;
        const char *first_read;
    } rows[] = {
        {"4=1000000", 1000000, "read 1 length=16384\n"},
        {"4=1000000 5=100000", 1000000, "read 1 length=16384\n"},
        {"4=1000", 1000000, "read 1 length=1000\n"},
        {"4=1", 1000000, "read 1 length=1\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        prepare_server(&r);
        r.peer_settings = rows[i].peer_settings;
        start(&r);
        handshake(&r);
        put_window_update(&r.in, 0, rows[i].connection_update);
        struct body body = {.left = 1 << 20};
        responding(&r, &body);
        r.heard = BIT(READ_DATA);
        answer(&r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
        EXPECT_SENT(&r, rows[i].first_read);
        finish(&r);
    }
}

/* §17.1 */
static void read_length_callback_sees_the_limits(void) {
    for (unsigned old = 0; old < 2; old++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= BIT(READ_LENGTH);
        if (old) r.old_forms = BIT(READ_LENGTH);
        r.peer_settings = "4=70000 5=20000";
        start(&r);
        handshake(&r);
        struct body body = {.left = 30000};
        responding(&r, &body);
        r.read_length = 18000;
        EXPECT_SENT(&r, "read_length type=0 1 windows=65535,70000 max=20000\n"
                        "read 1 length=18000\n"
                        "sent DATA 1 len=18000\n"
                        "> DATA 1 len=18000\n"
                        "read_length type=0 1 windows=47535,52000 max=20000\n"
                        "read 1 length=18000\n"
                        "sent DATA 1 +ES len=12000\n"
                        "close 1 NO_ERROR\n"
                        "> DATA 1 +ES len=12000\n");
        finish(&r);
    }
}

/* §17.1: clamped by the windows and the peer's frame size */
static void read_length_is_clamped(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(READ_LENGTH);
    r.peer_settings = "5=20000";
    start(&r);
    handshake(&r);
    struct body body = {.left = 100000};
    responding(&r, &body);
    r.heard = BIT(READ_DATA);
    r.read_length = 1 << 30;
    EXPECT_SENT(&r, "read 1 length=20000\n> DATA 1 len=20000\n"
                    "read 1 length=20000\n> DATA 1 len=20000\n"
                    "read 1 length=20000\n> DATA 1 len=20000\n"
                    "read 1 length=5535\n> DATA 1 len=5535\n");
    finish(&r);
}

static nghttp2_ssize no_length(nghttp2_session *session, uint8_t type, int32_t stream_id,
                               int32_t connection_window, int32_t stream_window,
                               uint32_t max_frame_size, void *user_data) {
    (void)session, (void)type, (void)stream_id, (void)connection_window, (void)stream_window;
    (void)max_frame_size, (void)user_data;
    return 0;
}

static nghttp2_ssize end_at_once(nghttp2_session *session, int32_t stream_id, uint8_t *buf,
                                 size_t length, uint32_t *flags, nghttp2_data_source *source,
                                 void *user_data) {
    (void)session, (void)stream_id, (void)buf, (void)length, (void)source, (void)user_data;
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    return 0;
}

/* §17.1 */
static void read_length_zero_is_a_callback_failure(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_data_source_read_length_callback2(callbacks, no_length);
    CHECK_INT(nghttp2_session_client_new(&session, callbacks, NULL), 0);
    nghttp2_data_provider2 provider = {.read_callback = end_at_once};
    CHECK_INT(nghttp2_submit_request2(session, NULL, NULL, 0, &provider, NULL), 1);
    const uint8_t *data;
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 24);
    CHECK_INT(nghttp2_session_mem_send2(session, &data), 9);
    CHECK_INT(nghttp2_session_mem_send2(session, &data), NGHTTP2_ERR_CALLBACK_FAILURE);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

/* §17.2 */
static void deferred_body_waits_for_resume(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, &body);
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
    EXPECT_SENT(&r, "read 1 length=16384\n");
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), 0);
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    EXPECT_SENT(&r, "read 1 length=16384\n"
                    "sent DATA 1 +ES len=5\n"
                    "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=5 \"xxxxx\"\n");
    finish(&r);
}

/* §17.2 */
static void resume_needs_a_deferred_source(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(nghttp2_session_resume_data(r.session, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    struct body body = {.left = 5};
    response(&r, 1, OK_200, &body);
    send_one(&r);
    CHECK_INT(nghttp2_session_resume_data(r.session, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
}

/* §17.2: mem_send goes on with other frames */
static void deferred_body_does_not_hold_up_other_frames(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, &body);
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    struct body second = {.left = 1};
    response(&r, 3, OK_200, &second);
    r.heard = 0;
    EXPECT_SENT(&r, "> HEADERS 3 +EH {:status: 200}\n> DATA 3 +ES len=1 \"x\"\n");
    finish(&r);
}

/* §17.2 */
static void paused_body_is_asked_again(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, &body);
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_PAUSE);
    answer(&r, READ_DATA, 2, NGHTTP2_ERR_PAUSE);
    CHECK_INT(drain(&r), 0);
    CHECK_INT(drain(&r), 0);
    r.heard = 0;
    forget(&r);
    EXPECT_SENT(&r, "> DATA 1 +ES len=5 \"xxxxx\"\n");
    finish(&r);
}

/* §17.2 */
static void failing_body_resets_the_stream(void) {
    struct body body = {.left = 5};
    struct recorder r;
    server_responding(&r, &body);
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    EXPECT_SENT(&r, "read 1 length=16384\n"
                    "sent RST_STREAM 1 INTERNAL_ERROR\n"
                    "close 1 INTERNAL_ERROR\n"
                    "> RST_STREAM 1 INTERNAL_ERROR\n");
    finish(&r);
}

static void nothing_yet(struct recorder *r) {
    ((struct body *)r->context)->left = 0;
}

static void one_at_last(struct recorder *r) {
    struct body *body = r->context;
    body->left = 1;
    body->goes_on = false;
}

/* §17.2: no octets and no EOF make an empty frame, and another question */
static void empty_pieces_are_sent(void) {
    struct body body = {.left = 1, .goes_on = true};
    struct recorder r;
    server_responding(&r, &body);
    r.heard = 0;
    r.context = &body;
    during(&r, READ_DATA, 1, nothing_yet);
    during(&r, READ_DATA, 3, one_at_last);
    EXPECT_SENT(&r, "> DATA 1 len=0\n> DATA 1 len=0\n> DATA 1 +ES len=1 \"x\"\n");
    finish(&r);
}

/* §17.2: EOF with NO_END_STREAM and nothing to send */
static void empty_end_without_end_stream_sends_nothing(void) {
    struct body body = {.left = 0, .no_end_stream = true};
    struct recorder r;
    server_responding(&r, &body);
    EXPECT_SENT(&r, "read 1 length=16384\n");
    struct body second = {.left = 2};
    nghttp2_data_provider2 provider = body_provider(&second);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 1, &provider), 0);
    EXPECT_SENT(&r, "read 1 length=16384\n"
                    "sent DATA 1 +ES len=2\n"
                    "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=2 \"xx\"\n");
    finish(&r);
}

/* §17.2: only EOF gives NO_END_STREAM a meaning; submit_data without END_STREAM ends nothing */
static void end_stream_is_sent_only_if_it_was_asked_for(void) {
    struct body body = {.left = 2, .at_most = 1, .no_end_stream = true};
    struct recorder r;
    server_responding(&r, &body);
    r.heard = 0;
    EXPECT_SENT(&r, "> DATA 1 len=1 \"x\"\n> DATA 1 len=1 \"x\"\n");
    struct body second = {.left = 1};
    nghttp2_data_provider2 provider = body_provider(&second);
    CHECK_INT(nghttp2_submit_data2(r.session, NGHTTP2_FLAG_NONE, 1, &provider), 0);
    EXPECT_SENT(&r, "> DATA 1 len=1 \"x\"\n");
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 0);
    finish(&r);
}

static void submit_more(struct recorder *r) {
    nghttp2_data_provider2 provider = body_provider(r->context);
    CHECK_INT(nghttp2_submit_data2(r->session, ES, 1, &provider), 0);
}

/* §17.2: the source is detached before on_frame_send */
static void next_source_may_be_submitted_in_on_frame_send(void) {
    struct body body = {.left = 2, .no_end_stream = true}, second = {.left = 3, .text = "abc"};
    struct recorder r;
    server_responding(&r, &body);
    r.heard = 0;
    r.context = &second;
    during(&r, ON_FRAME_SEND, 1, submit_more);
    EXPECT_SENT(&r, "> DATA 1 len=2 \"xx\"\n> DATA 1 +ES len=3 \"abc\"\n");
    finish(&r);
}

/* misc §1: providers of both generations, and missing ones */
static void old_providers_work_with_the_new_send(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    forget(&r);
    struct body body = {.left = 3, .text = "abc"};
    nghttp2_data_provider provider = old_body_provider(&body);
    struct fields list = fields(OK_200);
    CHECK_INT(nghttp2_submit_response(r.session, 1, list.nva, list.count, &provider), 0);
    provider.read_callback = NULL;
    CHECK_INT(nghttp2_submit_response(r.session, 3, list.nva, list.count, &provider), 0);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "close 3 NO_ERROR\n"
                    "> HEADERS 3 +ES+EH {:status: 200}\n"
                    "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=3 \"abc\"\n");
    finish(&r);

    client(&r);
    body = (struct body){.left = 3, .text = "abc", .no_end_stream = true};
    provider = old_body_provider(&body);
    CHECK_INT(nghttp2_submit_request(r.session, NULL, NULL, 0, &provider, NULL), 1);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {}\n> DATA 1 len=3 \"abc\"\n");
    body = (struct body){.left = 3, .text = "def"};
    CHECK_INT(nghttp2_submit_data(r.session, ES, 1, &provider), 0);
    EXPECT_SENT(&r, "> DATA 1 +ES len=3 \"def\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(room_is_the_smallest_of_four_limits),
        TEST(read_length_callback_sees_the_limits),
        TEST(read_length_is_clamped),
        TEST(read_length_zero_is_a_callback_failure),
        TEST(deferred_body_waits_for_resume),
        TEST(resume_needs_a_deferred_source),
        TEST(deferred_body_does_not_hold_up_other_frames),
        TEST(paused_body_is_asked_again),
        TEST(failing_body_resets_the_stream),
        TEST(empty_pieces_are_sent),
        TEST(empty_end_without_end_stream_sends_nothing),
        TEST(end_stream_is_sent_only_if_it_was_asked_for),
        TEST(next_source_may_be_submitted_in_on_frame_send),
        TEST(old_providers_work_with_the_new_send),
    };
    return RUN_TESTS(tests);
}
