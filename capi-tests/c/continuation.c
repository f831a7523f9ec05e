/* CONTINUATION frames: sequence, count, ignored blocks. */
#include "support.h"

#define UNEXPECTED "> GOAWAY last=0 PROTOCOL_ERROR \"CONTINUATION: unexpected\"\n"
#define INTERRUPTED                                                                                \
    "> GOAWAY last=1 PROTOCOL_ERROR \"unexpected non-CONTINUATION frame or stream_id is "          \
    "invalid\"\n"

static void put_request_and_continuations(struct bytes *in, uint32_t stream_id, unsigned count) {
    put_headers(in, stream_id, count ? ES : ES | EH, GET);
    for (unsigned i = 1; i <= count; i++) {
        put_continuation(in, stream_id, i == count ? EH : 0, "a: b\n");
    }
}

/* §7.3 */
static void continuation_without_an_open_block_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_continuation(&r.in, 1, EH, "a: b\n");
    deliver(&r);
    EXPECT_SENT(&r, UNEXPECTED);
    finish(&r);
    server(&r);
    put_continuation(&r.in, 0, EH, "");
    deliver(&r);
    EXPECT_SENT(&r, UNEXPECTED);
    finish(&r);
}

/* §7.3 */
static void anything_else_in_an_open_block_is_a_connection_error(void) {
    for (unsigned type = 0; type < 0x12; type++) {
        if (type == NGHTTP2_CONTINUATION) continue;
        struct recorder r;
        server(&r);
        put_headers(&r.in, 1, ES, GET);
        put_head(&r.in, 0, type, EH, 1);
        deliver(&r);
        EXPECT_SENT(&r, INTERRUPTED);
        finish(&r);
    }
}

/* §7.3 */
static void continuation_of_another_stream_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES, GET);
    put_continuation(&r.in, 3, EH, "a: b\n");
    deliver(&r);
    EXPECT_SENT(&r, INTERRUPTED);
    finish(&r);
}

/* §7.3 */
static void eight_continuations_are_accepted(void) {
    struct recorder r;
    server(&r);
    put_request_and_continuations(&r.in, 1, 8);
    put_request_and_continuations(&r.in, 3, 8);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\nframe_recv HEADERS 3 +ES+EH REQUEST\n");
    finish(&r);
}

/* §7.3: fatal, without a GOAWAY */
static void ninth_continuation_is_fatal(void) {
    struct recorder r;
    server(&r);
    put_request_and_continuations(&r.in, 1, 9);
    deliver(&r);
    EXPECT_SENT(&r, "recv = TOO_MANY_CONTINUATIONS\n");
    finish(&r);
}

/* §7.3: also an empty one, as soon as its header is complete */
static void ninth_continuation_header_is_enough(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES, GET);
    for (unsigned i = 0; i < 9; i++) put_head(&r.in, 0, NGHTTP2_CONTINUATION, 0, 1);
    deliver(&r);
    EXPECT_SENT(&r, "recv = TOO_MANY_CONTINUATIONS\n");
    finish(&r);
}

/* §7.3: counted once a frame, however it is cut (since 1.70) */
static void cut_continuation_headers_count_once(void) {
    struct recorder r;
    server(&r);
    struct bytes input = {0};
    put_request_and_continuations(&input, 1, 8);
    for (size_t i = 0; i < input.length; i++) receive(&r, input.data + i, 1);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    bytes_free(&input);
    finish(&r);
}

/* §7.3 */
static void limit_of_continuations_is_an_option(void) {
    for (unsigned limit = 0; limit < 4; limit++) {
        struct recorder r;
        prepare_server(&r);
        nghttp2_option_set_max_continuations(r.option, limit);
        start(&r);
        handshake(&r);
        put_request_and_continuations(&r.in, 1, limit);
        deliver(&r);
        EXPECT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
        put_request_and_continuations(&r.in, 3, limit + 1);
        deliver(&r);
        EXPECT(&r, "recv = TOO_MANY_CONTINUATIONS\n");
        finish(&r);
    }
}

/* §7.3: the same for blocks that are only decoded */
static void continuations_of_ignored_blocks_count_too(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 5, ES | EH, GET);
    put_request_and_continuations(&r.in, 1, 8);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 5 +ES+EH REQUEST\n");
    put_request_and_continuations(&r.in, 3, 9);
    deliver(&r);
    EXPECT(&r, "recv = TOO_MANY_CONTINUATIONS\n");
    finish(&r);
}

/* §7.3 */
static void ignored_block_must_not_be_interrupted_either(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    nghttp2_submit_goaway(r.session, 0, 1, NGHTTP2_NO_ERROR, NULL, 0);
    drain(&r);
    forget(&r);
    put_headers(&r.in, 3, ES, GET);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, INTERRUPTED);
    finish(&r);
}

/* §7.3, RFC 7541: strings may be cut anywhere */
static void block_may_be_cut_at_every_octet(void) {
    struct bytes block = {0};
    put_fields(&block, GET "name: value\n");
    for (size_t cut = 0; cut <= block.length; cut++) {
        struct recorder r;
        server(&r);
        r.heard |= BIT(ON_HEADER);
        put_frame(&r.in, NGHTTP2_HEADERS, ES, 1, block.data, cut);
        put_frame(&r.in, NGHTTP2_CONTINUATION, EH, 1, block.data + cut, block.length - cut);
        deliver(&r);
        EXPECT(&r, "header 1 :method: GET\n"
                   "header 1 :scheme: https\n"
                   "header 1 :path: /\n"
                   "header 1 :authority: ex\n"
                   "header 1 name: value\n"
                   "frame_recv HEADERS 1 +ES+EH REQUEST\n");
        finish(&r);
    }
    bytes_free(&block);
}

/* §7.3, §7.7: PUSH_PROMISE is continued in the same way */
static void push_promise_is_continued(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_push_promise(&r.in, 1, 0, 2, GET);
    put_continuation(&r.in, 1, EH, "a: b\n");
    deliver(&r);
    EXPECT(&r, "frame_recv PUSH_PROMISE 1 +EH -> 2\n");
    finish(&r);
}

/* §7.3: padding belongs to the first frame alone */
static void padded_headers_are_continued(void) {
    struct recorder r;
    server(&r);
    struct bytes block = {0};
    put_fields(&block, GET);
    put_padded(&r.in, NGHTTP2_HEADERS, ES, 1, block.data, 20, 7);
    put_frame(&r.in, NGHTTP2_CONTINUATION, EH, 1, block.data + 20, block.length - 20);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH+PAD REQUEST pad=8\n");
    bytes_free(&block);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(continuation_without_an_open_block_is_a_connection_error),
        TEST(anything_else_in_an_open_block_is_a_connection_error),
        TEST(continuation_of_another_stream_is_a_connection_error),
        TEST(eight_continuations_are_accepted),
        TEST(ninth_continuation_is_fatal),
        TEST(ninth_continuation_header_is_enough),
        TEST_SINCE_1_70(cut_continuation_headers_count_once),
        TEST(limit_of_continuations_is_an_option),
        TEST(continuations_of_ignored_blocks_count_too),
        TEST(ignored_block_must_not_be_interrupted_either),
        TEST(block_may_be_cut_at_every_octet),
        TEST(push_promise_is_continued),
        TEST(padded_headers_are_continued),
    };
    return RUN_TESTS(tests);
}
