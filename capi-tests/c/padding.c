/* Padding of outgoing frames. */
#include "support.h"

static void padding_server(struct recorder *r, unsigned old) {
    prepare_server(r);
    r->callbacks |= BIT(SELECT_PADDING);
    if (old) r->old_forms = BIT(SELECT_PADDING);
    start(r);
    handshake(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
    r->heard = BIT(SELECT_PADDING) | BIT(ON_FRAME_SEND) | BIT(ON_STREAM_CLOSE);
}

/* §17.3: asked for HEADERS and DATA, with the length so far and the largest allowed */
static void callback_is_asked_for_headers_and_data(void) {
    for (unsigned old = 0; old < 2; old++) {
        struct recorder r;
        padding_server(&r, old);
        struct body body = {.left = 5};
        response(&r, 1, OK_200, &body);
        EXPECT_SENT(&r, "select_padding HEADERS 1 +EH len=1 max=257\n"
                        "sent HEADERS 1 +EH RESPONSE\n"
                        "> HEADERS 1 +EH {:status: 200}\n"
                        "select_padding DATA 1 +ES len=5 max=261\n"
                        "sent DATA 1 +ES len=5\n"
                        "close 1 NO_ERROR\n"
                        "> DATA 1 +ES len=5 \"xxxxx\"\n");
        finish(&r);
    }
}

/* §17.3: p octets in all, one of them the pad length */
static void padding_counts_the_pad_length_octet(void) {
    static const struct {
        size_t padding;
        const char *transcript;
    } rows[] = {
        {1, "> HEADERS 1 +EH+PAD pad=1 {:status: 200}\n> DATA 1 +ES+PAD len=3 pad=1 \"xx\"\n"},
        {2, "> HEADERS 1 +EH+PAD pad=2 {:status: 200}\n> DATA 1 +ES+PAD len=4 pad=2 \"xx\"\n"},
        {256,
         "> HEADERS 1 +EH+PAD pad=256 {:status: 200}\n> DATA 1 +ES+PAD len=258 pad=256 \"xx\"\n"},
        {9999,
         "> HEADERS 1 +EH+PAD pad=256 {:status: 200}\n> DATA 1 +ES+PAD len=258 pad=256 \"xx\"\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        padding_server(&r, 0);
        r.heard = 0;
        r.padding = rows[i].padding;
        struct body body = {.left = 2};
        response(&r, 1, OK_200, &body);
        EXPECT_SENT(&r, rows[i].transcript);
        finish(&r);
    }
}

/* §17.3, §16.5: callbacks see what was sent */
static void callbacks_see_the_padding(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.heard = BIT(BEFORE_FRAME_SEND) | BIT(ON_FRAME_SEND);
    r.padding = 10;
    struct body body = {.left = 2};
    response(&r, 1, OK_200, &body);
    EXPECT_SENT(&r, "before_send HEADERS 1 +EH+PAD RESPONSE pad=10\n"
                    "sent HEADERS 1 +EH+PAD RESPONSE pad=10\n"
                    "> HEADERS 1 +EH+PAD pad=10 {:status: 200}\n"
                    "sent DATA 1 +ES+PAD len=12 pad=10\n"
                    "> DATA 1 +ES+PAD len=12 pad=10 \"xx\"\n");
    finish(&r);
}

/* §17.3 */
static void padding_octets_are_zero(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.padding = 4;
    struct body body = {.left = 2};
    response(&r, 1, OK_200, &body);
    const uint8_t *data;
    CHECK_INT(nghttp2_session_mem_send2(r.session, &data), 9 + 5);
    CHECK_MEM(data, 14, "\0\0\5\1\14\0\0\0\1\3\x88\0\0\0");
    CHECK_INT(nghttp2_session_mem_send2(r.session, &data), 9 + 6);
    CHECK_MEM(data, 15, "\0\0\6\0\11\0\0\0\1\3xx\0\0\0");
    finish(&r);
}

/* §17.3 */
static void promises_are_padded(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.padding = 3;
    push(&r, 1, ":method: GET\n");
    EXPECT_SENT(&r, "select_padding PUSH_PROMISE 1 +EH len=5 max=261\n"
                    "sent PUSH_PROMISE 1 +EH+PAD -> 2 pad=3\n"
                    "> PUSH_PROMISE 1 +EH+PAD pad=3 -> 2 {:method: GET}\n");
    finish(&r);
}

/* §17.3 */
static void requests_and_trailers_are_padded(void) {
    struct recorder r;
    prepare_client(&r);
    r.callbacks |= BIT(SELECT_PADDING);
    start(&r);
    handshake(&r);
    r.padding = 3;
    struct body body = {.left = 1, .no_end_stream = true};
    request(&r, ":method: POST\n", &body);
    drain(&r);
    trailer(&r, 1, "t: 1\n");
    EXPECT_SENT(&r, "> HEADERS 1 +EH+PAD pad=3 {:method: POST}\n"
                    "> DATA 1 +PAD len=4 pad=3 \"x\"\n"
                    "> HEADERS 1 +ES+EH+PAD pad=3 {t: 1}\n");
    finish(&r);
}

/* §17.3 */
static void other_frames_are_not_padded(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.padding = 3;
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    submit_settings(&r, "3=1");
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    drain(&r);
    CHECK_INT(r.calls[SELECT_PADDING], 0);
    finish(&r);
}

static void long_response(struct bytes *text, size_t length) {
    text_printf(text, ":status: 200\nlong: ");
    for (size_t i = 0; i < length; i++) text_printf(text, "~");
    text_printf(text, "\n");
}

/* §17.3: nothing beyond 16384 */
static void maximum_of_a_large_header_block(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.heard = BIT(SELECT_PADDING);
    r.wire.ignore_blocks = true;
    r.padding = 256;
    struct bytes text = {0};
    long_response(&text, 16275);
    response(&r, 1, text_of(&text), NULL);
    EXPECT_SENT(&r, "select_padding HEADERS 1 +ES+EH len=16284 max=16384\n"
                    "> HEADERS 1 +ES+EH+PAD pad=100 {16284}\n");
    bytes_free(&text);
    finish(&r);
}

/* §17.3: a block that needs CONTINUATION is not padded, and the callback not asked */
static void continued_block_is_not_padded(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.heard = BIT(SELECT_PADDING);
    r.wire.ignore_blocks = true;
    r.padding = 256;
    struct bytes text = {0};
    long_response(&text, 20000);
    response(&r, 1, text_of(&text), NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES\n> CONTINUATION 1 +EH {20010}\n");
    bytes_free(&text);
    finish(&r);
}

/* §17.3: the room of DATA is bounded by what may be read */
static void full_data_frame_is_not_padded(void) {
    struct recorder r;
    padding_server(&r, 0);
    struct body body = {.left = 16384 + 16380};
    response(&r, 1, OK_200, &body);
    send_one(&r);
    forget(&r);
    r.heard = BIT(SELECT_PADDING);
    r.padding = 256;
    EXPECT_SENT(&r, "> DATA 1 len=16384\n"
                    "select_padding DATA 1 +ES len=16380 max=16384\n"
                    "> DATA 1 +ES+PAD len=16384 pad=4\n");
    finish(&r);
}

/* §17.3: ... and by the window */
static void window_bounds_the_padding(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(SELECT_PADDING);
    r.peer_settings = "4=10";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 4};
    response(&r, 1, OK_200, &body);
    send_one(&r);
    forget(&r);
    r.padding = 256;
    EXPECT_SENT(&r, "close 1 NO_ERROR\n> DATA 1 +ES+PAD len=10 pad=6 \"xxxx\"\n");
    finish(&r);
}

/* §17.2, §17.3: padding alone makes a frame at the end of a body without END_STREAM */
static void padding_of_an_empty_end(void) {
    struct recorder r;
    padding_server(&r, 0);
    r.heard = 0;
    r.padding = 3;
    struct body body = {.left = 0, .no_end_stream = true};
    response(&r, 1, OK_200, &body);
    EXPECT_SENT(&r, "> HEADERS 1 +EH+PAD pad=3 {:status: 200}\n> DATA 1 +PAD len=3 pad=3\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(callback_is_asked_for_headers_and_data),
        TEST(padding_counts_the_pad_length_octet),
        TEST(callbacks_see_the_padding),
        TEST(padding_octets_are_zero),
        TEST(promises_are_padded),
        TEST(requests_and_trailers_are_padded),
        TEST(other_frames_are_not_padded),
        TEST(maximum_of_a_large_header_block),
        TEST(continued_block_is_not_padded),
        TEST(full_data_frame_is_not_padded),
        TEST(window_bounds_the_padding),
        TEST(padding_of_an_empty_end),
    };
    return RUN_TESTS(tests);
}
