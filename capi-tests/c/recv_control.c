/* Received RST_STREAM, PING and GOAWAY. */
#include "support.h"

static void server_with_request(struct recorder *r, uint32_t stream_id, unsigned flags) {
    server(r);
    put_headers(&r->in, stream_id, flags | EH, POST);
    deliver(r);
    forget(r);
}

static void client_with_requests(struct recorder *r, int count) {
    client(r);
    for (int i = 0; i < count; i++) request(r, GET, NULL);
    drain(r);
    forget(r);
}

/* §7.5 */
static void reset_of_stream_0_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_rst_stream(&r.in, 0, NGHTTP2_CANCEL);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame RST_STREAM 0 CANCEL: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"RST_STREAM: stream_id == 0\"\n");
    finish(&r);
}

/* §7.5 */
static void reset_of_an_idle_stream_is_a_connection_error(void) {
    for (unsigned id = 1; id <= 2; id++) {
        struct recorder r;
        server(&r);
        put_rst_stream(&r.in, id, NGHTTP2_CANCEL);
        deliver(&r);
        EXPECT_SENT(&r, id == 1
                            ? "invalid_frame RST_STREAM 1 CANCEL: PROTO\n"
                              "> GOAWAY last=0 PROTOCOL_ERROR \"RST_STREAM: stream in idle\"\n"
                            : "invalid_frame RST_STREAM 2 CANCEL: PROTO\n"
                              "> GOAWAY last=0 PROTOCOL_ERROR \"RST_STREAM: stream in idle\"\n");
        finish(&r);
    }
}

/* §7.5 */
static void reset_closes_the_stream_with_its_code(void) {
    struct recorder r;
    server_with_request(&r, 1, 0);
    put_rst_stream(&r.in, 1, 0xdeadbeef);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv RST_STREAM 1 -559038737\nclose 1 -559038737\n");
    finish(&r);
}

/* §7.5: on_frame_recv always, on_stream_close once */
static void repeated_reset_is_shown_but_closes_once(void) {
    struct recorder r;
    server_with_request(&r, 1, 0);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    put_rst_stream(&r.in, 1, NGHTTP2_NO_ERROR);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv RST_STREAM 1 CANCEL\n"
                    "close 1 CANCEL\n"
                    "frame_recv RST_STREAM 1 NO_ERROR\n");
    finish(&r);
}

static void check_shut(struct recorder *r) {
    CHECK_INT(nghttp2_session_get_stream_remote_close(r->session, 1), 1);
    CHECK_INT(nghttp2_session_get_stream_local_close(r->session, 1), 0);
}

/* §7.5: the stream is shut before the callback, gone after on_stream_close */
static void stream_is_shut_before_the_callback(void) {
    struct recorder r;
    server_with_request(&r, 1, 0);
    during(&r, ON_FRAME_RECV, 1, check_shut);
    during(&r, ON_STREAM_CLOSE, 1, check_shut);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    CHECK_INT(r.calls[ON_STREAM_CLOSE], 1);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), -1);
    finish(&r);
}

/* §7.5: what was queued for the stream is dropped */
static void reset_drops_the_pending_body(void) {
    struct recorder r;
    server_with_request(&r, 1, ES);
    struct body body = {.left = 100000};
    response(&r, 1, OK_200, &body);
    send_one(&r);
    send_one(&r);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "> DATA 1 len=16384\n"
                    "frame_recv RST_STREAM 1 CANCEL\n"
                    "close 1 CANCEL\n");
    finish(&r);
}

/* §7.8 */
static void ping_is_answered(void) {
    struct recorder r;
    server(&r);
    put_ping(&r.in, 0, "12345678");
    put_ping(&r.in, 0, "abcdefgh");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING \"12345678\"\n"
                    "frame_recv PING \"abcdefgh\"\n"
                    "> PING +ACK \"12345678\"\n"
                    "> PING +ACK \"abcdefgh\"\n");
    finish(&r);
}

/* §7.8 */
static void ping_acks_are_not_matched(void) {
    struct recorder r;
    server(&r);
    put_ping(&r.in, ACK, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING +ACK \"12345678\"\n");
    finish(&r);
}

/* §7.8 */
static void ping_on_a_stream_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_frame(&r.in, NGHTTP2_PING, ACK, 3, "12345678", 8);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PING 3 +ACK \"12345678\": PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"PING: stream_id != 0\"\n");
    finish(&r);
}

/* §7.8 */
static void ping_may_be_left_to_the_program(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_ping_ack(r.option, 1);
    start(&r);
    handshake(&r);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING \"12345678\"\n");
    CHECK_INT(nghttp2_submit_ping(r.session, NGHTTP2_FLAG_ACK, (const uint8_t *)"12345678"), 0);
    EXPECT_SENT(&r, "> PING +ACK \"12345678\"\n");
    finish(&r);
}

/* §7.8: nothing is queued for a session that is closing */
static void ping_is_not_answered_when_closing(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(nghttp2_submit_goaway(r.session, 0, 0, NGHTTP2_NO_ERROR, NULL, 0), 0);
    drain(&r);
    forget(&r);
    CHECK_INT(nghttp2_session_want_read(r.session), 0);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §7.9 */
static void goaway_on_a_stream_is_a_connection_error(void) {
    struct recorder r;
    client(&r);
    put_hex_frame(&r.in, NGHTTP2_GOAWAY, 0, 1, "0000000000000000");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame GOAWAY 1 last=0 NO_ERROR: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"GOAWAY: stream_id != 0\"\n");
    finish(&r);
}

/* §7.9: the last id must be one of ours, and must not grow */
static void goaway_with_a_wrong_last_id_is_a_connection_error(void) {
    struct recorder r;
    client(&r);
    put_goaway(&r.in, 2, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame GOAWAY last=2 NO_ERROR: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"GOAWAY: invalid last_stream_id\"\n");
    finish(&r);

    client_with_requests(&r, 3);
    put_goaway(&r.in, 3, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv GOAWAY last=3 NO_ERROR\nclose 5 REFUSED_STREAM\n");
    put_goaway(&r.in, 5, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame GOAWAY last=5 NO_ERROR: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"GOAWAY: invalid last_stream_id\"\n");
    finish(&r);
}

/* §7.9: a later one may be smaller or equal */
static void goaway_may_be_repeated(void) {
    struct recorder r;
    client_with_requests(&r, 2);
    put_goaway(&r.in, 0x7fffffff, NGHTTP2_NO_ERROR, "soon");
    deliver(&r);
    EXPECT(&r, "frame_recv GOAWAY last=2147483647 NO_ERROR \"soon\"\n");
    put_goaway(&r.in, 1, NGHTTP2_INTERNAL_ERROR, "now");
    put_goaway(&r.in, 1, NGHTTP2_INTERNAL_ERROR, "now");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv GOAWAY last=1 INTERNAL_ERROR \"now\"\n"
                    "close 3 REFUSED_STREAM\n"
                    "frame_recv GOAWAY last=1 INTERNAL_ERROR \"now\"\n");
    finish(&r);
}

/* §7.9: last id 0 concerns every stream */
static void goaway_with_last_id_0_refuses_everything(void) {
    struct recorder r;
    client_with_requests(&r, 1);
    put_goaway(&r.in, 0, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    EXPECT(&r, "frame_recv GOAWAY last=0 NO_ERROR\nclose 1 REFUSED_STREAM\n");
    CHECK_INT(nghttp2_session_want_read(r.session), 0);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    finish(&r);
}

/* §7.9: requests that still wait fail when their turn comes */
static void goaway_leaves_queued_requests_in_the_queue(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "3=1";
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    drain(&r);
    request(&r, GET, NULL);
    put_goaway(&r.in, 1, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 1);
    forget(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH RESPONSE\n"
                    "close 1 NO_ERROR\n"
                    "not_sent HEADERS 3 +ES+EH REQUEST: START_STREAM_NOT_ALLOWED\n"
                    "close 3 REFUSED_STREAM\n");
    finish(&r);
}

/* §7.9: streams of the peer are not concerned */
static void goaway_to_a_server_closes_promised_streams(void) {
    struct recorder r;
    server_with_request(&r, 1, ES);
    CHECK_INT(push(&r, 1, GET), 2);
    CHECK_INT(push(&r, 1, GET), 4);
    drain(&r);
    forget(&r);
    put_goaway(&r.in, 2, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    EXPECT(&r, "frame_recv GOAWAY last=2 NO_ERROR\nclose 4 REFUSED_STREAM\n");
    response(&r, 1, OK_200, NULL);
    EXPECT_SENT(&r, "close 1 NO_ERROR\n> HEADERS 1 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* §7.9 */
static void goaway_debug_data_is_collected(void) {
    struct recorder r;
    client(&r);
    struct bytes payload = {0};
    put_hex(&payload, "00000000 00000002");
    for (int i = 0; i < 16376; i++) put_u8(&payload, 'd');
    put_head(&r.in, payload.length, NGHTTP2_GOAWAY, 0, 0);
    deliver(&r);
    for (size_t at = 0; at < payload.length; at += 1000) {
        size_t n = payload.length - at < 1000 ? payload.length - at : 1000;
        receive(&r, payload.data + at, n);
    }
    CHECK_INT(r.calls[ON_FRAME_RECV], 1);
    size_t frame = strlen("frame_recv GOAWAY last=0 INTERNAL_ERROR \"\"\n");
    CHECK_INT(strlen(text_of(&r.log)), frame + 16376);
    bytes_free(&payload);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(reset_of_stream_0_is_a_connection_error),
        TEST(reset_of_an_idle_stream_is_a_connection_error),
        TEST(reset_closes_the_stream_with_its_code),
        TEST(repeated_reset_is_shown_but_closes_once),
        TEST(stream_is_shut_before_the_callback),
        TEST(reset_drops_the_pending_body),
        TEST(ping_is_answered),
        TEST(ping_acks_are_not_matched),
        TEST(ping_on_a_stream_is_a_connection_error),
        TEST(ping_may_be_left_to_the_program),
        TEST(ping_is_not_answered_when_closing),
        TEST(goaway_on_a_stream_is_a_connection_error),
        TEST(goaway_with_a_wrong_last_id_is_a_connection_error),
        TEST(goaway_may_be_repeated),
        TEST(goaway_with_last_id_0_refuses_everything),
        TEST(goaway_leaves_queued_requests_in_the_queue),
        TEST(goaway_to_a_server_closes_promised_streams),
        TEST(goaway_debug_data_is_collected),
    };
    return RUN_TESTS(tests);
}
