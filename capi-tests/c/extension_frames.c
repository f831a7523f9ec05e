/* Frames of unknown type, and those that the program packs and unpacks itself. */
#include "support.h"

#define EXTENSION_CALLBACKS (BIT(ON_EXTENSION_CHUNK) | BIT(UNPACK_EXTENSION) | BIT(PACK_EXTENSION))

/* A server that hands type 0xfa to the unpack callback. */
static void user_server(struct recorder *r) {
    prepare_server(r);
    nghttp2_option_set_user_recv_extension_type(r->option, 0xfa);
    r->callbacks |= EXTENSION_CALLBACKS;
    start(r);
    handshake(r);
    r->heard |= EXTENSION_CALLBACKS | BIT(ON_BEGIN_FRAME);
}

/* §7.14 */
static void unknown_frames_are_skipped_without_callback(void) {
    struct recorder r;
    server(&r);
    r.heard = ALL_EVENTS;
    put_hex_frame(&r.in, 0xfa, 0xff, 7, "00112233");
    put_hex_frame(&r.in, 0x0b, 0, 0, "");
    put_hex_frame(&r.in, NGHTTP2_ALTSVC, 0, 0, "0000");
    put_hex_frame(&r.in, NGHTTP2_ORIGIN, 0, 0, "0000");
    put_hex_frame(&r.in, NGHTTP2_PRIORITY_UPDATE, 0, 0, "00000001");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §7.14: skipped payload is not flow controlled */
static void skipped_payload_is_not_flow_controlled(void) {
    struct recorder r;
    server(&r);
    put_hex_frame(&r.in, 0xfa, 0, 0, "00112233");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 0);
    finish(&r);
}

static void check_payload(struct recorder *r) {
    CHECK(r->frame->ext.payload == r->context);
}

/* §7.14 */
static void registered_type_goes_through_the_callbacks(void) {
    struct recorder r;
    user_server(&r);
    int object;
    r.context = &object;
    during(&r, ON_FRAME_RECV, 1, check_payload);
    put_frame(&r.in, 0xfa, 0xff, 7, "payload", 7);
    deliver(&r);
    EXPECT(&r, "begin_frame EXT(fa) 7 flags=ff len=7\n"
               "extension_chunk EXT(fa) 7 flags=ff \"payload\"\n"
               "unpack EXT(fa) 7 flags=ff\n"
               "frame_recv EXT(fa) 7 flags=ff\n");
    finish(&r);
}

/* §7.14 */
static void chunks_follow_the_input(void) {
    struct recorder r;
    user_server(&r);
    struct bytes frame = {0};
    put_frame(&frame, 0xfa, 0, 0, "payload", 7);
    receive(&r, frame.data, 9 + 3);
    receive(&r, frame.data + 12, 4);
    EXPECT(&r, "begin_frame EXT(fa) 0 len=7\n"
               "extension_chunk EXT(fa) 0 \"pay\"\n"
               "extension_chunk EXT(fa) 0 \"load\"\n"
               "unpack EXT(fa) 0\n"
               "frame_recv EXT(fa) 0\n");
    bytes_free(&frame);
    finish(&r);
}

/* §7.14: unpack is called for empty payloads as well */
static void empty_payload_is_unpacked(void) {
    struct recorder r;
    user_server(&r);
    put_frame(&r.in, 0xfa, 0, 1, NULL, 0);
    deliver(&r);
    EXPECT(&r, "begin_frame EXT(fa) 1 len=0\n"
               "unpack EXT(fa) 1\n"
               "frame_recv EXT(fa) 1\n");
    finish(&r);
}

/* §7.14 */
static void cancel_in_the_chunk_callback_skips_the_frame(void) {
    struct recorder r;
    user_server(&r);
    answer(&r, ON_EXTENSION_CHUNK, 1, NGHTTP2_ERR_CANCEL);
    put_frame(&r.in, 0xfa, 0, 0, "payload", 7);
    put_ping(&r.in, ACK, "12345678");
    deliver(&r);
    EXPECT(&r, "begin_frame EXT(fa) 0 len=7\n"
               "extension_chunk EXT(fa) 0 \"payload\"\n"
               "begin_frame PING +ACK len=8\n"
               "frame_recv PING +ACK \"12345678\"\n");
    finish(&r);
}

/* §7.14 */
static void cancel_in_unpack_drops_the_frame(void) {
    struct recorder r;
    user_server(&r);
    answer(&r, UNPACK_EXTENSION, 1, NGHTTP2_ERR_CANCEL);
    put_frame(&r.in, 0xfa, 0, 0, "p", 1);
    deliver(&r);
    EXPECT(&r, "begin_frame EXT(fa) 0 len=1\n"
               "extension_chunk EXT(fa) 0 \"p\"\n"
               "unpack EXT(fa) 0\n");
    finish(&r);
}

/* §7.14, §8 */
static void other_results_are_callback_failures(void) {
    static const enum event events[] = {ON_EXTENSION_CHUNK, UNPACK_EXTENSION};
    static const int codes[] = {1, -1, NGHTTP2_ERR_PAUSE, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE,
                                NGHTTP2_ERR_CALLBACK_FAILURE};
    for (size_t e = 0; e < 2; e++) {
        for (size_t c = 0; c < sizeof(codes) / sizeof(codes[0]); c++) {
            struct recorder r;
            user_server(&r);
            r.heard = USUAL_LINES;
            answer(&r, events[e], 1, codes[c]);
            put_frame(&r.in, 0xfa, 0, 0, "p", 1);
            deliver(&r);
            EXPECT(&r, "recv = CALLBACK_FAILURE\n");
            finish(&r);
        }
    }
}

/* §7.14 */
static void registered_type_without_unpack_callback_is_skipped(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_user_recv_extension_type(r.option, 0xfa);
    r.callbacks |= BIT(ON_EXTENSION_CHUNK);
    start(&r);
    handshake(&r);
    r.heard = ALL_EVENTS;
    put_frame(&r.in, 0xfa, 0, 0, "payload", 7);
    deliver(&r);
    EXPECT(&r, "");
    finish(&r);
}

/* §2.2: types below 10 cannot be registered */
static void core_types_cannot_be_registered(void) {
    struct recorder r;
    prepare_server(&r);
    for (unsigned type = 0; type < 10; type++) {
        nghttp2_option_set_user_recv_extension_type(r.option, (uint8_t)type);
    }
    r.callbacks |= EXTENSION_CALLBACKS;
    start(&r);
    handshake(&r);
    r.heard |= EXTENSION_CALLBACKS;
    put_ping(&r.in, 0, "12345678");
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT(&r, "frame_recv PING \"12345678\"\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

/* §2.2: several types accumulate, and the program comes before the built-in parser */
static void user_types_accumulate_and_win_over_builtin_ones(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_user_recv_extension_type(r.option, 0xfa);
    nghttp2_option_set_user_recv_extension_type(r.option, 0xff);
    nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ALTSVC);
    nghttp2_option_set_user_recv_extension_type(r.option, NGHTTP2_ALTSVC);
    r.callbacks |= EXTENSION_CALLBACKS;
    start(&r);
    handshake(&r);
    r.heard |= EXTENSION_CALLBACKS;
    put_frame(&r.in, 0xfa, 0, 0, "1", 1);
    put_frame(&r.in, 0xff, 0, 0, "2", 1);
    put_altsvc(&r.in, 0, "o", "v");
    deliver(&r);
    EXPECT(&r, "extension_chunk EXT(fa) 0 \"1\"\n"
               "unpack EXT(fa) 0\n"
               "frame_recv EXT(fa) 0\n"
               "extension_chunk EXT(ff) 0 \"2\"\n"
               "unpack EXT(ff) 0\n"
               "frame_recv EXT(ff) 0\n"
               "extension_chunk ALTSVC 0 \"\\x00\\x01ov\"\n"
               "unpack ALTSVC 0\n"
               "frame_recv ALTSVC 0\n");
    finish(&r);
}

/* Sending: misc §1 submit_extension, session §16.2 */
static void extension_is_packed_when_its_turn_comes(void) {
    for (unsigned old = 0; old < 2; old++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= BIT(PACK_EXTENSION);
        if (old) r.old_forms = BIT(PACK_EXTENSION);
        start(&r);
        handshake(&r);
        r.heard |= BIT(PACK_EXTENSION) | BIT(BEFORE_FRAME_SEND) | BIT(ON_FRAME_SEND);
        r.packed = "hello";
        int object;
        r.context = &object;
        during(&r, PACK_EXTENSION, 1, check_payload);
        CHECK_INT(nghttp2_submit_extension(r.session, 0xfa, 0x81, 3, &object), 0);
        CHECK_INT(r.calls[PACK_EXTENSION], 0);
        EXPECT_SENT(&r, "pack EXT(fa) 3 flags=81 room=16384\n"
                        "before_send EXT(fa) 3 flags=81\n"
                        "sent EXT(fa) 3 flags=81\n"
                        "> EXT(fa) 3 flags=81 \"hello\"\n");
        finish(&r);
    }
}

/* §16.2 */
static void built_in_types_may_be_packed_by_the_program(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(PACK_EXTENSION);
    start(&r);
    handshake(&r);
    r.packed = "xyz";
    CHECK_INT(nghttp2_submit_extension(r.session, 0x0b, 0, 0, NULL), 0);
    CHECK_INT(nghttp2_submit_extension(r.session, 0xff, 0, 0, NULL), 0);
    EXPECT_SENT(&r, "> EXT(0b) 0 \"xyz\"\n> EXT(ff) 0 \"xyz\"\n");
    finish(&r);
}

/* §8: pack results */
static void pack_results(void) {
    static const struct {
        int code;
        const char *transcript;
    } rows[] = {
        {NGHTTP2_ERR_CANCEL, "not_sent EXT(fa) 0: CANCEL\n"},
        {-1, "send = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, "send = CALLBACK_FAILURE\n"},
        {NGHTTP2_ERR_NOMEM, "send = CALLBACK_FAILURE\n"},
        {16385, "send = CALLBACK_FAILURE\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= BIT(PACK_EXTENSION);
        start(&r);
        handshake(&r);
        answer(&r, PACK_EXTENSION, 1, rows[i].code);
        CHECK_INT(nghttp2_submit_extension(r.session, 0xfa, 0, 0, NULL), 0);
        EXPECT_SENT(&r, rows[i].transcript);
        finish(&r);
    }
}

/* A frame that the program takes back while packing it is not on its way any more, whatever
   becomes of the program's being told. */
static void a_cancelled_extension_is_not_waited_for(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(PACK_EXTENSION);
    start(&r);
    handshake(&r);
    answer(&r, PACK_EXTENSION, 1, NGHTTP2_ERR_CANCEL);
    answer(&r, ON_FRAME_NOT_SEND, 1, -1);
    CHECK_INT(nghttp2_submit_extension(r.session, 0xfa, 0, 0, NULL), 0);
    EXPECT_SENT(&r, "not_sent EXT(fa) 0: CANCEL\nsend = CALLBACK_FAILURE\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    finish(&r);
}

/* misc §1 */
static void submit_extension_arguments(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(PACK_EXTENSION);
    start(&r);
    handshake(&r);
    for (unsigned type = 0; type < 10; type++) {
        CHECK_INT(nghttp2_submit_extension(r.session, (uint8_t)type, 0, 0, NULL),
                  NGHTTP2_ERR_INVALID_ARGUMENT);
    }
    finish(&r);
    server(&r);
    CHECK_INT(nghttp2_submit_extension(r.session, 0xfa, 0, 0, NULL), NGHTTP2_ERR_INVALID_STATE);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(unknown_frames_are_skipped_without_callback),
        TEST(skipped_payload_is_not_flow_controlled),
        TEST(registered_type_goes_through_the_callbacks),
        TEST(chunks_follow_the_input),
        TEST(empty_payload_is_unpacked),
        TEST(cancel_in_the_chunk_callback_skips_the_frame),
        TEST(cancel_in_unpack_drops_the_frame),
        TEST(other_results_are_callback_failures),
        TEST(registered_type_without_unpack_callback_is_skipped),
        TEST(core_types_cannot_be_registered),
        TEST(user_types_accumulate_and_win_over_builtin_ones),
        TEST(extension_is_packed_when_its_turn_comes),
        TEST(built_in_types_may_be_packed_by_the_program),
        TEST(pack_results),
        TEST(a_cancelled_extension_is_not_waited_for),
        TEST(submit_extension_arguments),
    };
    return RUN_TESTS(tests);
}
