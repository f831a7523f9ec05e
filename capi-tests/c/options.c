/* The option object: what every option changes, and that nothing is checked when it is set. */
#include "support.h"

/* misc §4 */
static void option_objects_are_reusable(void) {
    nghttp2_option *option;
    nghttp2_session_callbacks *callbacks;
    CHECK_INT(nghttp2_option_new(&option), 0);
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session *sessions[3];
    for (uint32_t i = 0; i < 3; i++) {
        nghttp2_option_set_peer_max_concurrent_streams(option, 10 + i);
        CHECK_INT(nghttp2_session_client_new2(&sessions[i], callbacks, NULL, option), 0);
    }
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    for (uint32_t i = 0; i < 3; i++) {
        CHECK_INT(nghttp2_session_get_remote_settings(sessions[i],
                                                      NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS),
                  10 + i);
        nghttp2_session_del(sessions[i]);
    }
}

/* misc §4: extreme values are stored, not judged */
static void extreme_values_are_accepted(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_window_update(r.option, -1);
    nghttp2_option_set_peer_max_concurrent_streams(r.option, UINT32_MAX);
    nghttp2_option_set_no_http_messaging(r.option, INT32_MIN);
    nghttp2_option_set_max_reserved_remote_streams(r.option, UINT32_MAX);
    nghttp2_option_set_user_recv_extension_type(r.option, 0);
    nghttp2_option_set_user_recv_extension_type(r.option, 255);
    nghttp2_option_set_builtin_recv_extension_type(r.option, 0);
    nghttp2_option_set_builtin_recv_extension_type(r.option, 255);
    nghttp2_option_set_no_auto_ping_ack(r.option, -7);
    nghttp2_option_set_max_send_header_block_length(r.option, SIZE_MAX);
    nghttp2_option_set_max_deflate_dynamic_table_size(r.option, SIZE_MAX);
    nghttp2_option_set_max_outbound_ack(r.option, SIZE_MAX);
    nghttp2_option_set_max_settings(r.option, SIZE_MAX);
    nghttp2_option_set_server_fallback_rfc7540_priorities(r.option, -1);
    nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(r.option, -1);
    nghttp2_option_set_stream_reset_rate_limit(r.option, UINT64_MAX, UINT64_MAX);
    nghttp2_option_set_max_continuations(r.option, SIZE_MAX);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n"
                    "frame_recv RST_STREAM 1 CANCEL\n"
                    "close 1 CANCEL\n");
    CHECK_INT(nghttp2_session_consume(r.session, 1, 1), 0);
    finish(&r);
}

/* misc §4: with the rate limits, too */
static void extreme_glitch_limit_is_accepted(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_glitch_rate_limit(r.option, UINT64_MAX, UINT64_MAX);
    start(&r);
    handshake(&r);
    for (int i = 0; i < 20000; i++) put_hex_frame(&r.in, 0xfa, 0, 0, "");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* misc §4: the last call counts */
static void last_value_counts(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_ping_ack(r.option, 1);
    nghttp2_option_set_no_auto_ping_ack(r.option, 0);
    nghttp2_option_set_max_continuations(r.option, 0);
    nghttp2_option_set_max_continuations(r.option, 1);
    start(&r);
    handshake(&r);
    put_ping(&r.in, 0, "12345678");
    put_headers(&r.in, 1, ES, GET);
    put_continuation(&r.in, 1, EH, "a: b\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING \"12345678\"\n"
                    "frame_recv HEADERS 1 +ES+EH REQUEST\n"
                    "> PING +ACK \"12345678\"\n");
    finish(&r);
}

/* misc §4, session §10 */
static void peer_max_concurrent_streams(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_peer_max_concurrent_streams(r.option, 1);
    start(&r);
    request(&r, ":method: GET\n", NULL);
    request(&r, ":method: GET\n", NULL);
    EXPECT_SENT(&r, "> MAGIC\n> HEADERS 1 +ES+EH {:method: GET}\n");
    put_settings(&r.in, "");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS\n> SETTINGS +ACK\n> HEADERS 3 +ES+EH {:method: GET}\n");
    finish(&r);
}

/* misc §4: the default is 100 */
static void default_peer_max_concurrent_streams(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    for (int i = 0; i < 101; i++) request(&r, ":method: GET\n", NULL);
    drain(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 1);
    finish(&r);
}

/* misc §4: 0 keeps the default */
static void max_settings_zero_keeps_the_default(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_settings(r.option, 0);
    start(&r);
    handshake(&r);
    put_settings(&r.in, "3=1 4=1 6=1");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS 3=1 4=1 6=1\n> SETTINGS +ACK\n");
    finish(&r);
}

/* misc §4: 65536, of the estimated size */
static void default_header_block_limit(void) {
    struct recorder r;
    client(&r);
    static char value[65536];
    memset(value, '~', sizeof(value));
    /* 12 + 12 + 1 + length + 5 <= 65536 */
    nghttp2_nv nv = {(uint8_t *)"a", (uint8_t *)value, 1, 65506, NGHTTP2_NV_FLAG_NONE};
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, &nv, 1, NULL, NULL), 1);
    nv.valuelen++;
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, &nv, 1, NULL, NULL), 3);
    r.wire.ignore_blocks = true;
    EXPECT_SENT(&r, "> HEADERS 1 +ES\n"
                    "> CONTINUATION 1\n"
                    "> CONTINUATION 1\n"
                    "> CONTINUATION 1 +EH {65513}\n"
                    "not_sent HEADERS 3 +ES+EH REQUEST: FRAME_SIZE_ERROR\n"
                    "close 3 REFUSED_STREAM\n");
    finish(&r);
}

/* misc §4 */
static void larger_header_block_limit(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_max_send_header_block_length(r.option, 1000000);
    start(&r);
    handshake(&r);
    static char value[200000];
    memset(value, '~', sizeof(value));
    nghttp2_nv nv = {(uint8_t *)"a", (uint8_t *)value, 1, sizeof(value), NGHTTP2_NV_FLAG_NONE};
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, &nv, 1, NULL, NULL), 1);
    r.wire.ignore_blocks = true;
    drain(&r);
    CHECK(strstr(text_of(&r.log), "> CONTINUATION 1 +EH {200007}\n") != NULL);
    finish(&r);
}

/* misc §4: the default of reserved streams is 200 */
static void default_number_of_reserved_streams(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    for (uint32_t i = 1; i <= 200; i++) put_push_promise(&r.in, 1, EH, 2 * i, GET);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "");
    put_push_promise(&r.in, 1, EH, 402, GET);
    deliver(&r);
    EXPECT_SENT(&r, "> RST_STREAM 402 CANCEL\n");
    finish(&r);
}

/* Options that only concern one side are harmless on the other. */
static void options_of_the_other_side(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_no_recv_client_magic(r.option, 1);
    nghttp2_option_set_server_fallback_rfc7540_priorities(r.option, 1);
    nghttp2_option_set_stream_reset_rate_limit(r.option, 0, 0);
    start(&r);
    submit_settings(&r, "");
    EXPECT_SENT(&r, "> MAGIC\n> SETTINGS\n");
    put_settings(&r.in, "");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS\n> SETTINGS +ACK\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(option_objects_are_reusable),
        TEST(extreme_values_are_accepted),
        TEST_SINCE_1_70(extreme_glitch_limit_is_accepted),
        TEST(last_value_counts),
        TEST(peer_max_concurrent_streams),
        TEST(default_peer_max_concurrent_streams),
        TEST(max_settings_zero_keeps_the_default),
        TEST(default_header_block_limit),
        TEST(larger_header_block_limit),
        TEST(default_number_of_reserved_streams),
        TEST(options_of_the_other_side),
    };
    return RUN_TESTS(tests);
}
