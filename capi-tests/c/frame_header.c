/* The stage that every received frame passes first: length, flags, on_begin_frame. */
#include "support.h"

/* Feeds one frame header with this length after the handshake and compares the outcome. */
static void expect_head(bool is_server, size_t length, unsigned type, unsigned flags,
                        uint32_t stream_id, const char *transcript) {
    struct recorder r;
    if (is_server) {
        server(&r);
    } else {
        client(&r);
    }
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_head(&r.in, length, type, flags, stream_id);
    deliver(&r);
    drain(&r);
    if (!EXPECT(&r, transcript)) {
        printf("  length %zu, type %u, flags %02x\n", length, type, flags);
    }
    finish(&r);
}

#define TOO_LARGE "> GOAWAY last=0 FRAME_SIZE_ERROR \"too large frame size\"\n"
#define WRONG_SIZE "> GOAWAY last=0 FRAME_SIZE_ERROR\n"

/* §6.1: before any payload, whatever the type */
static void frame_larger_than_the_limit_is_a_connection_error(void) {
    for (unsigned type = 0; type < 256; type += type < 0x12 ? 1 : 0x33) {
        expect_head(true, 16385, type, 0, 1, TOO_LARGE);
    }
    expect_head(true, 0xffffff, 0xfa, 0, 0, TOO_LARGE);
}

/* §6.1: the limit is the acknowledged one */
static void limit_changes_when_settings_are_acknowledged(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_settings(&r, "5=20000"), 0);
    drain(&r);
    put_settings_ack(&r.in);
    put_headers(&r.in, 1, EH, POST);
    put_data_of_length(&r.in, 1, 0, 20000);
    deliver(&r);
    forget(&r);
    put_head(&r.in, 20001, NGHTTP2_DATA, 0, 1);
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 FRAME_SIZE_ERROR \"too large frame size\"\n");
    finish(&r);
}

/* §6.1 */
static void announced_limit_counts_only_after_the_acknowledgement(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_settings(&r, "5=20000"), 0);
    drain(&r);
    forget(&r);
    put_head(&r.in, 16385, NGHTTP2_DATA, 0, 1);
    deliver(&r);
    EXPECT_SENT(&r, TOO_LARGE);
    finish(&r);
}

/* §6.1: an expected CONTINUATION is not subject to this check */
static void continuation_may_exceed_the_limit(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES, GET);
    struct bytes block = {0};
    char value[16385];
    memset(value, 'v', sizeof(value));
    put_literal(&block, "a", 1, value, sizeof(value));
    put_frame(&r.in, NGHTTP2_CONTINUATION, EH, 1, block.data, block.length);
    bytes_free(&block);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

/* §6: the table of fixed lengths */
static void fixed_lengths(void) {
    for (size_t length = 0; length < 14; length++) {
        if (length != 5) expect_head(true, length, NGHTTP2_PRIORITY, 0, 1, WRONG_SIZE);
        if (length != 4) expect_head(true, length, NGHTTP2_RST_STREAM, 0, 1, WRONG_SIZE);
        if (length != 4) expect_head(true, length, NGHTTP2_WINDOW_UPDATE, 0, 0, WRONG_SIZE);
        if (length % 6) expect_head(true, length, NGHTTP2_SETTINGS, 0, 0, WRONG_SIZE);
        if (length != 0) expect_head(true, length, NGHTTP2_SETTINGS, ACK, 0, WRONG_SIZE);
        if (length != 8) expect_head(true, length, NGHTTP2_PING, 0, 0, WRONG_SIZE);
        if (length < 8) expect_head(true, length, NGHTTP2_GOAWAY, 0, 0, WRONG_SIZE);
        if (length < 4) expect_head(false, length, NGHTTP2_PUSH_PROMISE, EH, 1, WRONG_SIZE);
        if (length < 5) expect_head(true, length, NGHTTP2_HEADERS, EH | PRI, 1, WRONG_SIZE);
    }
}

/* §6: of the built-in extension types */
static void fixed_lengths_of_extensions(void) {
    for (size_t length = 0; length < 4; length++) {
        struct recorder r;
        prepare_server(&r);
        nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_PRIORITY_UPDATE);
        r.settings = "9=1";
        start(&r);
        handshake(&r);
        put_head(&r.in, length, NGHTTP2_PRIORITY_UPDATE, 0, 0);
        deliver(&r);
        EXPECT_SENT(&r, WRONG_SIZE);
        finish(&r);
    }
    for (size_t length = 0; length < 2; length++) {
        struct recorder r;
        prepare_client(&r);
        nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ALTSVC);
        start(&r);
        handshake(&r);
        put_head(&r.in, length, NGHTTP2_ALTSVC, 0, 0);
        deliver(&r);
        EXPECT_SENT(&r, WRONG_SIZE);
        finish(&r);
    }
}

/* §6.2: what is not in the table is masked before anybody sees it */
static void unknown_flags_are_masked(void) {
    struct recorder r;
    server(&r);
    r.heard = BIT(ON_BEGIN_FRAME) | BIT(ON_FRAME_RECV);
    put_headers(&r.in, 1, 0xff & ~(PADDED | PRI), POST);
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +ES+EH len=53\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    put_headers(&r.in, 3, EH, POST);
    deliver(&r);
    forget(&r);
    put_data(&r.in, 3, 0xff & ~PADDED, "abc");
    deliver(&r);
    EXPECT(&r, "begin_frame DATA 3 +ES len=3\nframe_recv DATA 3 +ES len=3\n");
    put_frame(&r.in, NGHTTP2_RST_STREAM, 0xff, 3, "\0\0\0\0", 4);
    deliver(&r);
    EXPECT(&r, "begin_frame RST_STREAM 3 len=4\nframe_recv RST_STREAM 3 NO_ERROR\n");
    put_frame(&r.in, NGHTTP2_PING, 0xff, 0, "12345678", 8);
    deliver(&r);
    EXPECT(&r, "begin_frame PING +ACK len=8\nframe_recv PING +ACK \"12345678\"\n");
    put_hex_frame(&r.in, NGHTTP2_SETTINGS, 0xfe, 0, "000300000064");
    deliver(&r);
    EXPECT(&r, "begin_frame SETTINGS len=6\nframe_recv SETTINGS 3=100\n");
    put_hex_frame(&r.in, NGHTTP2_WINDOW_UPDATE, 0xff, 0, "00000001");
    deliver(&r);
    EXPECT(&r, "begin_frame WINDOW_UPDATE 0 len=4\nframe_recv WINDOW_UPDATE 0 1\n");
    put_hex_frame(&r.in, NGHTTP2_GOAWAY, 0xff, 0, "0000000000000000");
    deliver(&r);
    EXPECT(&r, "begin_frame GOAWAY len=8\nframe_recv GOAWAY last=0 NO_ERROR\n");
    finish(&r);
}

/* §6.2 */
static void push_promise_flags_are_masked(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(request(&r, GET, NULL), 1);
    drain(&r);
    forget(&r);
    r.heard = BIT(ON_BEGIN_FRAME) | BIT(ON_FRAME_RECV);
    put_push_promise(&r.in, 1, 0xff & ~PADDED, 2, GET);
    deliver(&r);
    EXPECT(&r, "begin_frame PUSH_PROMISE 1 +EH len=56\nframe_recv PUSH_PROMISE 1 +EH -> 2\n");
    finish(&r);
}

/* §6: the reserved bit of the stream id is dropped */
static void reserved_bit_is_dropped(void) {
    struct recorder r;
    server(&r);
    put_hex_frame(&r.in, NGHTTP2_WINDOW_UPDATE, 0, 0x80000000, "80000005");
    deliver(&r);
    EXPECT(&r, "frame_recv WINDOW_UPDATE 0 5\n");
    put_headers(&r.in, 0x80000001, ES | EH, GET);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

static void check_reserved(struct recorder *r) {
    CHECK_INT(r->frame->hd.reserved, 0);
}

/* §6 */
static void callbacks_never_see_the_reserved_bit(void) {
    struct recorder r;
    server(&r);
    during(&r, ON_FRAME_RECV, 1, check_reserved);
    put_hex_frame(&r.in, NGHTTP2_PING, 0, 0x80000000, "0000000000000000");
    deliver(&r);
    CHECK_INT(r.calls[ON_FRAME_RECV], 1);
    finish(&r);
}

/* §6.3: announced with its own header, flags unmasked, while its block is delivered */
static void begin_frame_of_continuation(void) {
    struct recorder r;
    server(&r);
    r.heard = BIT(ON_BEGIN_FRAME);
    put_headers(&r.in, 1, ES, GET);
    put_frame(&r.in, NGHTTP2_CONTINUATION, 0xff, 1, NULL, 0);
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +ES len=52\n"
               "begin_frame CONTINUATION 1 +ES+EH+PAD+PRI+d2 len=0\n");
    /* An older id: its block is ignored. */
    put_headers(&r.in, 5, ES | EH, GET);
    deliver(&r);
    forget(&r);
    put_headers(&r.in, 3, ES, GET);
    put_continuation(&r.in, 3, EH, "");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 3 +ES len=52\n");
    finish(&r);
}

/* §6.3: skipped frames are not announced */
static void skipped_frames_are_not_announced(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    forget(&r);
    r.heard = BIT(ON_BEGIN_FRAME);
    put_data(&r.in, 1, 0, "late");
    put_hex_frame(&r.in, 0xfa, 0, 0, "0011");
    put_altsvc(&r.in, 0, "o", "v");
    deliver(&r);
    EXPECT(&r, "");
    finish(&r);
}

/* §6.4 */
static void terminate(struct recorder *r) {
    CHECK_INT(nghttp2_session_terminate_session(r->session, NGHTTP2_NO_ERROR), 0);
}

static void termination_in_begin_frame_stops_the_frame(void) {
    struct recorder r;
    server(&r);
    r.heard |= BIT(ON_BEGIN_FRAME) | BIT(ON_BEGIN_HEADERS) | BIT(ON_HEADER);
    during(&r, ON_BEGIN_FRAME, 1, terminate);
    put_headers(&r.in, 1, ES | EH, GET);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +ES+EH len=52\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(frame_larger_than_the_limit_is_a_connection_error),
        TEST(limit_changes_when_settings_are_acknowledged),
        TEST(announced_limit_counts_only_after_the_acknowledgement),
        TEST(continuation_may_exceed_the_limit),
        TEST(fixed_lengths),
        TEST(fixed_lengths_of_extensions),
        TEST(unknown_flags_are_masked),
        TEST(push_promise_flags_are_masked),
        TEST(reserved_bit_is_dropped),
        TEST(callbacks_never_see_the_reserved_bit),
        TEST(begin_frame_of_continuation),
        TEST(skipped_frames_are_not_announced),
        TEST(termination_in_begin_frame_stops_the_frame),
    };
    return RUN_TESTS(tests);
}
