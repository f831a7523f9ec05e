/* mem_send and session_send: portions, blocking, order of effects. */
#include "support.h"

static void prepare_sending(struct recorder *r, unsigned old) {
    prepare_server(r);
    r->callbacks |= BIT(SEND);
    if (old) r->old_forms = BIT(SEND);
    start(r);
    handshake(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
}

/* §16.6 */
static void mem_send_returns_one_frame_a_call(void) {
    struct recorder r;
    server(&r);
    nghttp2_submit_ping(r.session, 0, NULL);
    submit_settings(&r, "3=1");
    const uint8_t *data = NULL;
    CHECK_INT(nghttp2_session_mem_send2(r.session, &data), 17);
    CHECK_INT(data[3], NGHTTP2_PING);
    CHECK_INT(nghttp2_session_mem_send(r.session, &data), 15);
    CHECK_INT(data[3], NGHTTP2_SETTINGS);
    CHECK_INT(nghttp2_session_mem_send2(r.session, &data), 0);
    CHECK(data == NULL);
    finish(&r);
}

/* §16.6: effects come before the octets */
static void mem_send_reports_before_it_returns(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    response(&r, 1, OK_200, NULL);
    const uint8_t *data;
    CHECK(nghttp2_session_mem_send2(r.session, &data) > 0);
    EXPECT(&r, "close 1 NO_ERROR\n");
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    finish(&r);
}

/* §16.6: the octets stay valid until the next send call */
static void returned_octets_survive_other_calls(void) {
    struct recorder r;
    server(&r);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    const uint8_t *data;
    CHECK_INT(nghttp2_session_mem_send2(r.session, &data), 17);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    response(&r, 1, OK_200, NULL);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"abcdefgh");
    CHECK_MEM(data + 9, 8, "12345678");
    finish(&r);
}

/* §16.7: effects come behind the last accepted octet */
static void session_send_reports_behind_the_octets(void) {
    for (unsigned old = 0; old < 2; old++) {
        struct recorder r;
        prepare_sending(&r, old);
        response(&r, 1, OK_200, NULL);
        r.heard |= BIT(ON_FRAME_SEND) | BIT(BEFORE_FRAME_SEND);
        CHECK_INT(nghttp2_session_send(r.session), 0);
        EXPECT(&r, "before_send HEADERS 1 +ES+EH RESPONSE\n"
                   "> HEADERS 1 +ES+EH {:status: 200}\n"
                   "sent HEADERS 1 +ES+EH RESPONSE\n"
                   "close 1 NO_ERROR\n");
        finish(&r);
    }
}

/* §16.7: the rest is offered again at once */
static void short_counts_are_continued(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    r.heard |= BIT(SEND);
    r.output_step = 7;
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "send 17\nsend 10\nsend 3\n> PING \"12345678\"\n");
    finish(&r);
}

/* §16.7: nothing is lost, and the frame counts as sent only then */
static void blocked_octets_are_offered_again(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    r.heard |= BIT(SEND) | BIT(ON_FRAME_SEND);
    r.output_step = 5;
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    answer(&r, SEND, 2, NGHTTP2_ERR_WOULDBLOCK);
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "send 17\nsend 12\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "send 12\nsend 7\nsend 2\n> PING \"12345678\"\nsent PING \"12345678\"\n");
    finish(&r);
}

/* §16.7 */
static void session_send_stops_at_fatal_errors(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    nghttp2_submit_ping(r.session, 0, NULL);
    answer(&r, SEND, 1, NGHTTP2_ERR_CALLBACK_FAILURE);
    CHECK_INT(nghttp2_session_send(r.session), NGHTTP2_ERR_CALLBACK_FAILURE);
    finish(&r);
    prepare_sending(&r, 0);
    nghttp2_submit_ping(r.session, 0, NULL);
    answer(&r, ON_FRAME_SEND, 1, -1);
    CHECK_INT(nghttp2_session_send(r.session), NGHTTP2_ERR_CALLBACK_FAILURE);
    finish(&r);
}

/* §3, §16.7: the client magic is a portion of its own */
static void magic_is_sent_alone(void) {
    struct recorder r;
    prepare_client(&r);
    r.callbacks |= BIT(SEND);
    start(&r);
    r.heard |= BIT(SEND);
    submit_settings(&r, "");
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "send 24\n> MAGIC\nsend 9\n> SETTINGS\n");
    finish(&r);
}

/* §16.7 */
static void body_is_sent_by_session_send(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    struct body body = {.left = 20000};
    r.output_step = 10000;
    response(&r, 1, OK_200, &body);
    CHECK_INT(nghttp2_session_send(r.session), 0);
    EXPECT(&r, "> HEADERS 1 +EH {:status: 200}\n"
               "> DATA 1 len=16384\n"
               "> DATA 1 +ES len=3616\n"
               "close 1 NO_ERROR\n");
    finish(&r);
}

/* §16.6: a paused source ends the call, also when another stream could go on */
static void paused_source_stops_mem_send(void) {
    struct recorder r;
    prepare_server(&r);
    r.settings = "9=1";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    struct body first = {.left = 1}, second = {.left = 1};
    response(&r, 1, OK_200, &first);
    response(&r, 3, OK_200, &second);
    send_one(&r);
    send_one(&r);
    forget(&r);
    answer(&r, READ_DATA, 1, NGHTTP2_ERR_PAUSE);
    CHECK_INT(send_one(&r), 0);
    EXPECT(&r, "");
    EXPECT_SENT(&r, "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=1 \"x\"\n"
                    "close 3 NO_ERROR\n"
                    "> DATA 3 +ES len=1 \"x\"\n");
    finish(&r);
}

static void send_in_recv(struct recorder *r) {
    send_one(r);
}

/* §8: sending from a receive callback */
static void mem_send_within_a_receive_callback(void) {
    struct recorder r;
    server(&r);
    during(&r, ON_FRAME_RECV, 0, send_in_recv);
    put_ping(&r.in, 0, "12345678");
    put_ping(&r.in, 0, "abcdefgh");
    deliver(&r);
    EXPECT(&r, "frame_recv PING \"12345678\"\n"
               "> PING +ACK \"12345678\"\n"
               "frame_recv PING \"abcdefgh\"\n"
               "> PING +ACK \"abcdefgh\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(mem_send_returns_one_frame_a_call),
        TEST(mem_send_reports_before_it_returns),
        TEST(returned_octets_survive_other_calls),
        TEST(session_send_reports_behind_the_octets),
        TEST(short_counts_are_continued),
        TEST(blocked_octets_are_offered_again),
        TEST(session_send_stops_at_fatal_errors),
        TEST(magic_is_sent_alone),
        TEST(body_is_sent_by_session_send),
        TEST(paused_source_stops_mem_send),
        TEST(mem_send_within_a_receive_callback),
    };
    return RUN_TESTS(tests);
}
