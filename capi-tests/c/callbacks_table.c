/* The table of callbacks: missing ones, pairs of an older and a newer one, unsetting. */
#include "support.h"

/* misc §5, session §2: none at all */
static void no_callback_is_needed(void) {
    struct recorder s, c;
    prepare_server(&s);
    prepare_client(&c);
    s.callbacks = c.callbacks = 0;
    start(&s);
    start(&c);
    handshake(&s);
    handshake(&c);
    struct body body = {.left = 20000};
    put_headers(&s.in, 1, EH, POST "a b: ignored\n");
    put_data(&s.in, 1, ES, "abc");
    put_headers(&s.in, 3, ES | EH, GET "Upper: refused\n");
    put_ping(&s.in, 0, "12345678");
    put_hex_frame(&s.in, 0xfa, 0, 0, "0011");
    deliver(&s);
    response(&s, 1, OK_200, &body);
    response(&s, 9, OK_200, NULL);
    EXPECT_SENT(&s, "> PING +ACK \"12345678\"\n"
                    "> RST_STREAM 3 PROTOCOL_ERROR\n"
                    "> HEADERS 1 +EH {:status: 200}\n"
                    "> DATA 1 len=16384\n"
                    "> DATA 1 +ES len=3616\n");
    request(&c, GET, NULL);
    drain(&c);
    put_push_promise(&c.in, 1, EH, 2, GET);
    put_headers(&c.in, 1, EH, OK_200);
    put_data(&c.in, 1, ES, "abc");
    put_rst_stream(&c.in, 2, NGHTTP2_CANCEL);
    put_goaway(&c.in, 1, NGHTTP2_NO_ERROR, "bye");
    CHECK(deliver(&c) > 0);
    CHECK_INT(nghttp2_session_want_read(c.session), 0);
    finish(&s);
    finish(&c);
}

static const char *called;

static nghttp2_ssize old_send(nghttp2_session *session, const uint8_t *data, size_t length,
                              int flags, void *user_data) {
    (void)session, (void)data, (void)flags, (void)user_data;
    called = "old";
    return (nghttp2_ssize)length;
}

static nghttp2_ssize new_send(nghttp2_session *session, const uint8_t *data, size_t length,
                              int flags, void *user_data) {
    (void)session, (void)data, (void)flags, (void)user_data;
    called = "new";
    return (nghttp2_ssize)length;
}

static nghttp2_ssize old_recv(nghttp2_session *session, uint8_t *buf, size_t length, int flags,
                              void *user_data) {
    (void)session, (void)buf, (void)length, (void)flags, (void)user_data;
    called = "old";
    return NGHTTP2_ERR_EOF;
}

static nghttp2_ssize new_recv(nghttp2_session *session, uint8_t *buf, size_t length, int flags,
                              void *user_data) {
    (void)session, (void)buf, (void)length, (void)flags, (void)user_data;
    called = "new";
    return NGHTTP2_ERR_EOF;
}

static nghttp2_ssize old_padding(nghttp2_session *session, const nghttp2_frame *frame, size_t max,
                                 void *user_data) {
    (void)session, (void)max, (void)user_data;
    called = "old";
    return (nghttp2_ssize)frame->hd.length;
}

static nghttp2_ssize new_padding(nghttp2_session *session, const nghttp2_frame *frame, size_t max,
                                 void *user_data) {
    (void)session, (void)max, (void)user_data;
    called = "new";
    return (nghttp2_ssize)frame->hd.length;
}

static nghttp2_ssize old_length(nghttp2_session *session, uint8_t type, int32_t id,
                                int32_t connection, int32_t stream, uint32_t max,
                                void *user_data) {
    (void)session, (void)type, (void)id, (void)connection, (void)stream, (void)max, (void)user_data;
    called = "old";
    return 100;
}

static nghttp2_ssize new_length(nghttp2_session *session, uint8_t type, int32_t id,
                                int32_t connection, int32_t stream, uint32_t max,
                                void *user_data) {
    (void)session, (void)type, (void)id, (void)connection, (void)stream, (void)max, (void)user_data;
    called = "new";
    return 100;
}

static nghttp2_ssize old_pack(nghttp2_session *session, uint8_t *buf, size_t length,
                              const nghttp2_frame *frame, void *user_data) {
    (void)session, (void)buf, (void)length, (void)frame, (void)user_data;
    called = "old";
    return 0;
}

static nghttp2_ssize new_pack(nghttp2_session *session, uint8_t *buf, size_t length,
                              const nghttp2_frame *frame, void *user_data) {
    (void)session, (void)buf, (void)length, (void)frame, (void)user_data;
    called = "new";
    return 0;
}

static int old_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                      size_t namelen, const uint8_t *value, size_t valuelen, uint8_t flags,
                      void *user_data) {
    (void)session, (void)frame, (void)name, (void)namelen, (void)value, (void)valuelen, (void)flags;
    (void)user_data;
    called = "old";
    return 0;
}

static int new_header(nghttp2_session *session, const nghttp2_frame *frame, nghttp2_rcbuf *name,
                      nghttp2_rcbuf *value, uint8_t flags, void *user_data) {
    (void)session, (void)frame, (void)name, (void)value, (void)flags, (void)user_data;
    called = "new";
    return 0;
}

static int old_error(nghttp2_session *session, const char *text, size_t length, void *user_data) {
    (void)session, (void)text, (void)length, (void)user_data;
    called = "old";
    return 0;
}

static int new_error(nghttp2_session *session, int code, const char *text, size_t length,
                     void *user_data) {
    (void)session, (void)code, (void)text, (void)length, (void)user_data;
    called = "new";
    return 0;
}

enum pair {
    SEND_PAIR,
    RECV_PAIR,
    PADDING_PAIR,
    LENGTH_PAIR,
    PACK_PAIR,
    HEADER_PAIR,
    INVALID_PAIR,
    ERROR_PAIR,
    PAIRS,
};

#define CHOOSE(cbs, setter, function, wanted)                                                      \
    nghttp2_session_callbacks_set_##setter(cbs, (wanted) ? (function) : NULL)

static void set_pair(nghttp2_session_callbacks *cbs, enum pair pair, bool older, bool newer) {
    switch (pair) {
    case SEND_PAIR:
        CHOOSE(cbs, send_callback, old_send, older);
        CHOOSE(cbs, send_callback2, new_send, newer);
        return;
    case RECV_PAIR:
        CHOOSE(cbs, recv_callback, old_recv, older);
        CHOOSE(cbs, recv_callback2, new_recv, newer);
        return;
    case PADDING_PAIR:
        CHOOSE(cbs, select_padding_callback, old_padding, older);
        CHOOSE(cbs, select_padding_callback2, new_padding, newer);
        return;
    case LENGTH_PAIR:
        CHOOSE(cbs, data_source_read_length_callback, old_length, older);
        CHOOSE(cbs, data_source_read_length_callback2, new_length, newer);
        return;
    case PACK_PAIR:
        CHOOSE(cbs, pack_extension_callback, old_pack, older);
        CHOOSE(cbs, pack_extension_callback2, new_pack, newer);
        return;
    case HEADER_PAIR:
        CHOOSE(cbs, on_header_callback, old_header, older);
        CHOOSE(cbs, on_header_callback2, new_header, newer);
        return;
    case INVALID_PAIR:
        CHOOSE(cbs, on_invalid_header_callback, old_header, older);
        CHOOSE(cbs, on_invalid_header_callback2, new_header, newer);
        return;
    case ERROR_PAIR:
        CHOOSE(cbs, error_callback, old_error, older);
        CHOOSE(cbs, error_callback2, new_error, newer);
        return;
    case PAIRS:
        return;
    }
}

static nghttp2_ssize end_of_data(nghttp2_session *session, int32_t id, uint8_t *buf, size_t length,
                                 uint32_t *flags, nghttp2_data_source *source, void *user_data) {
    (void)session, (void)id, (void)buf, (void)length, (void)source, (void)user_data;
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    return 0;
}

/* A server session does everything that needs a callback of any pair. */
static void use_session(nghttp2_session *session, enum pair pair) {
    struct bytes input = {0};
    put_magic(&input);
    put_settings(&input, "");
    bool bad_field = pair == INVALID_PAIR || pair == ERROR_PAIR;
    put_headers(&input, 1, ES | EH, bad_field ? GET "a b: c\n" : GET);
    CHECK(nghttp2_session_mem_recv2(session, input.data, input.length) > 0);
    bytes_free(&input);
    nghttp2_data_provider2 provider = {.read_callback = end_of_data};
    nghttp2_submit_response2(session, 1, NULL, 0, &provider);
    nghttp2_submit_extension(session, 0xfa, 0, 0, NULL);
    if (pair == SEND_PAIR) CHECK_INT(nghttp2_session_send(session), 0);
    if (pair == RECV_PAIR) CHECK_INT(nghttp2_session_recv(session), NGHTTP2_ERR_EOF);
    const uint8_t *data;
    while (nghttp2_session_mem_send2(session, &data) > 0) continue;
}

/* misc §5: the newer one wins, each one works alone, NULL unsets */
static void newer_callback_wins(void) {
    for (int pair = 0; pair < PAIRS; pair++) {
        static const struct {
            bool older, newer;
            const char *expected;
        } rows[] = {{true, true, "new"}, {false, true, "new"}, {true, false, "old"}};
        for (size_t i = 0; i < 3; i++) {
            nghttp2_session_callbacks *callbacks;
            nghttp2_session *session;
            CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
            set_pair(callbacks, pair, true, true);
            set_pair(callbacks, pair, rows[i].older, rows[i].newer);
            CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
            nghttp2_session_callbacks_del(callbacks);
            called = "none";
            use_session(session, pair);
            if (!CHECK_STR(called, rows[i].expected)) printf("  pair %d\n", pair);
            nghttp2_session_del(session);
        }
    }
}

/* misc §5: copied at creation */
static void later_changes_do_not_reach_a_session(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    set_pair(callbacks, SEND_PAIR, false, true);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
    nghttp2_session_callbacks_set_send_callback2(callbacks, old_send);
    called = "none";
    nghttp2_submit_ping(session, 0, NULL);
    CHECK_INT(nghttp2_session_send(session), 0);
    CHECK_STR(called, "new");
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_SINCE_1_70(no_callback_is_needed),
        TEST(newer_callback_wins),
        TEST(later_changes_do_not_reach_a_session),
    };
    return RUN_TESTS(tests);
}
