/* Header blocks on their way out: frames, flags, what the callbacks see, effects. */
#include "support.h"

#define SEND_LINES                                                                                 \
    (BIT(BEFORE_FRAME_SEND) | BIT(ON_FRAME_SEND) | BIT(ON_FRAME_NOT_SEND) | BIT(ON_STREAM_CLOSE))

/* Text of a request with one long field. */
static void long_request(struct bytes *text, size_t length) {
    text_printf(text, ":method: GET\nlong: ");
    for (size_t i = 0; i < length; i++) text_printf(text, "~");
    text_printf(text, "\n");
}

/* §16.4 */
static void long_block_is_continued(void) {
    struct recorder r;
    client(&r);
    r.wire.ignore_blocks = r.wire.lengths = true;
    r.heard = SEND_LINES;
    struct bytes text = {0};
    long_request(&text, 40000);
    request(&r, text_of(&text), NULL);
    CHECK_INT(send_one(&r), 9 + 16384);
    EXPECT(&r, "before_send HEADERS 1 +ES+EH REQUEST\n> HEADERS 1 +ES len=16384\n");
    CHECK_INT(send_one(&r), 9 + 16384);
    EXPECT(&r, "> CONTINUATION 1 len=16384\n");
    send_one(&r);
    EXPECT(&r, "sent HEADERS 1 +ES+EH REQUEST\n> CONTINUATION 1 +EH len=7242 {40010}\n");
    bytes_free(&text);
    finish(&r);
}

/* §16.4: 16384 is used regardless of what the peer allows */
static void frames_stay_small_when_the_peer_allows_more(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "5=100000";
    start(&r);
    handshake(&r);
    r.wire.ignore_blocks = r.wire.lengths = true;
    struct bytes text = {0};
    long_request(&text, 16384);
    request(&r, text_of(&text), NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES len=16384\n> CONTINUATION 1 +EH len=9 {16393}\n");
    bytes_free(&text);
    finish(&r);
}

/* §16.4: a block of exactly one frame */
static void block_of_16384_octets_fits(void) {
    struct recorder r;
    client(&r);
    r.wire.ignore_blocks = r.wire.lengths = true;
    struct bytes text = {0};
    long_request(&text, 16375);
    request(&r, text_of(&text), NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH len=16384 {16384}\n");
    bytes_free(&text);
    finish(&r);
}

/* §16.4: the promised id takes four octets of the first frame */
static void long_promise_is_continued(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    r.wire.ignore_blocks = r.wire.lengths = true;
    struct bytes text = {0};
    long_request(&text, 16375);
    push(&r, 1, text_of(&text));
    EXPECT_SENT(&r, "> PUSH_PROMISE 1 -> 2 len=16384\n> CONTINUATION 1 +EH len=4 {16384}\n");
    bytes_free(&text);
    finish(&r);
}

/* §16.4: nothing comes between the frames of a block */
static void block_is_not_interrupted(void) {
    struct recorder r;
    client(&r);
    r.wire.ignore_blocks = true;
    struct bytes text = {0};
    long_request(&text, 20000);
    request(&r, text_of(&text), NULL);
    send_one(&r);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    submit_settings(&r, "");
    EXPECT_SENT(&r, "> HEADERS 1 +ES\n"
                    "> CONTINUATION 1 +EH {20010}\n"
                    "> PING \"12345678\"\n"
                    "> SETTINGS\n");
    bytes_free(&text);
    finish(&r);
}

static void check_sent_frame(struct recorder *r) {
    const nghttp2_headers *headers = &r->frame->headers;
    CHECK_INT(headers->hd.length, 20010);
    CHECK_INT(headers->nvlen, 2);
    CHECK_MEM(headers->nva[0].name, headers->nva[0].namelen, ":method");
    CHECK_INT(headers->nva[1].valuelen, 20000);
}

/* §16.5: hd.length is the sum */
static void sent_frame_shows_the_whole_length(void) {
    struct recorder r;
    client(&r);
    r.wire.ignore_blocks = true;
    struct bytes text = {0};
    long_request(&text, 20000);
    request(&r, text_of(&text), NULL);
    during(&r, BEFORE_FRAME_SEND, 1, check_sent_frame);
    during(&r, ON_FRAME_SEND, 1, check_sent_frame);
    drain(&r);
    CHECK_INT(r.calls[BEFORE_FRAME_SEND], 1);
    CHECK_INT(r.calls[ON_FRAME_SEND], 1);
    bytes_free(&text);
    finish(&r);
}

static void check_copied_fields(struct recorder *r) {
    const nghttp2_headers *headers = &r->frame->headers;
    CHECK_INT(headers->nvlen, 2);
    CHECK_MEM(headers->nva[0].name, headers->nva[0].namelen + 1, "upper\0");
    CHECK_MEM(headers->nva[0].value, headers->nva[0].valuelen + 1, "VaLuE\0");
    CHECK_MEM(headers->nva[1].name, headers->nva[1].namelen, "KEPT");
    CHECK(headers->nva[1].name == r->context);
}

/* hpack §3, §16.5: copies are lower-cased and NUL-terminated, kept pointers are not touched */
static void names_are_lower_cased_unless_kept(void) {
    struct recorder r;
    client(&r);
    static uint8_t kept[] = "KEPT";
    r.context = kept;
    nghttp2_nv nva[] = {
        {(uint8_t *)"UpPer", (uint8_t *)"VaLuE", 5, 5, NGHTTP2_NV_FLAG_NONE},
        {kept, (uint8_t *)"v", 4, 1, NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE},
    };
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, nva, 2, NULL, NULL), 1);
    during(&r, ON_FRAME_SEND, 1, check_copied_fields);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {upper: VaLuE; KEPT: v}\n");
    CHECK_INT(r.calls[ON_FRAME_SEND], 1);
    finish(&r);
}

/* hpack §3 */
static void copied_fields_may_be_released_at_once(void) {
    struct recorder r;
    client(&r);
    uint8_t name[] = "name", value[] = "value";
    nghttp2_nv nv = {name, value, 4, 5, NGHTTP2_NV_FLAG_NONE};
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, &nv, 1, NULL, NULL), 1);
    memset(name, 'X', 4);
    memset(value, 'X', 5);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {name: value}\n");
    finish(&r);
}

/* hpack §3 */
static void fields_may_be_empty_or_missing(void) {
    struct recorder r;
    client(&r);
    nghttp2_nv nv = {NULL, NULL, 0, 0, NGHTTP2_NV_FLAG_NONE};
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, &nv, 1, NULL, NULL), 1);
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, NULL, 0, NULL, NULL), 3);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {: }\n> HEADERS 3 +ES+EH {}\n");
    finish(&r);
}

/* hpack §3: the order is kept, the flag NO_INDEX arrives */
static void order_and_never_indexed_are_kept(void) {
    struct recorder r;
    client(&r);
    nghttp2_nv nva[] = {
        {(uint8_t *)"b", (uint8_t *)"1", 1, 1, NGHTTP2_NV_FLAG_NO_INDEX},
        {(uint8_t *)":method", (uint8_t *)"GET", 7, 3, NGHTTP2_NV_FLAG_NONE},
        {(uint8_t *)"a", (uint8_t *)"2", 1, 1, NGHTTP2_NV_FLAG_NONE},
    };
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, nva, 3, NULL, NULL), 1);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {b: 1 (never); :method: GET; a: 2}\n");
    finish(&r);
}

/* §16.5: CANCEL, after the HPACK state has moved on */
static void cancelled_headers_leave_the_stream_usable(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    answer(&r, BEFORE_FRAME_SEND, 1, NGHTTP2_ERR_CANCEL);
    response(&r, 1, ":status: 500\n", NULL);
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH RESPONSE: CANCEL\n");
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 0);
    response(&r, 1, ":status: 500\n", NULL);
    EXPECT_SENT(&r, "close 1 NO_ERROR\n> HEADERS 1 +ES+EH {:status: 500}\n");
    finish(&r);
}

/* §16.5: CANCEL is reported for WINDOW_UPDATE as well */
static void other_frames_can_be_cancelled(void) {
    struct recorder r;
    server(&r);
    answer(&r, BEFORE_FRAME_SEND, 0, NGHTTP2_ERR_CANCEL);
    nghttp2_submit_window_update(r.session, 0, 0, 5);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    submit_settings(&r, "3=1");
    EXPECT_SENT(&r, "not_sent PING \"12345678\": CANCEL\n"
                    "not_sent SETTINGS 3=1: CANCEL\n"
                    "not_sent WINDOW_UPDATE 0 5: CANCEL\n");
    finish(&r);
}

/* §16.5: before_frame_send is not called for DATA */
static void data_is_not_announced(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    r.heard = SEND_LINES;
    struct body body = {.left = 3};
    response(&r, 1, OK_200, &body);
    EXPECT_SENT(&r, "before_send HEADERS 1 +EH RESPONSE\n"
                    "sent HEADERS 1 +EH RESPONSE\n"
                    "> HEADERS 1 +EH {:status: 200}\n"
                    "sent DATA 1 +ES len=3\n"
                    "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=3 \"xxx\"\n");
    finish(&r);
}

static void check_half_closed(struct recorder *r) {
    CHECK_INT(nghttp2_session_get_stream_local_close(r->session, 1), 0);
}

/* §16.5: state effects come behind on_frame_send */
static void state_changes_behind_the_callback(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    during(&r, ON_FRAME_SEND, 1, check_half_closed);
    send_one(&r);
    CHECK_INT(r.calls[ON_FRAME_SEND], 1);
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 1);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(long_block_is_continued),
        TEST(frames_stay_small_when_the_peer_allows_more),
        TEST(block_of_16384_octets_fits),
        TEST(long_promise_is_continued),
        TEST(block_is_not_interrupted),
        TEST(sent_frame_shows_the_whole_length),
        TEST(names_are_lower_cased_unless_kept),
        TEST(copied_fields_may_be_released_at_once),
        TEST(fields_may_be_empty_or_missing),
        TEST(order_and_never_indexed_are_kept),
        TEST(cancelled_headers_leave_the_stream_usable),
        TEST(other_frames_can_be_cancelled),
        TEST(data_is_not_announced),
        TEST(state_changes_behind_the_callback),
    };
    return RUN_TESTS(tests);
}
