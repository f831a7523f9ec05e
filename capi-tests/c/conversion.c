/* Frames that fail when their turn comes, and RST_STREAM that is not needed. */
#include "support.h"

static void server_with_request(struct recorder *r) {
    server(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
}

static void client_with_request(struct recorder *r) {
    client(r);
    request(r, GET, NULL);
    drain(r);
    forget(r);
}

static int reset(struct recorder *r, int32_t stream_id, uint32_t code) {
    return nghttp2_submit_rst_stream(r->session, NGHTTP2_FLAG_NONE, stream_id, code);
}

/* §16.2 response HEADERS */
static void response_without_stream(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(response(&r, 1, OK_200, NULL), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH HEADERS: STREAM_CLOSED\n");
    finish(&r);
}

/* §16.2: END_STREAM was sent */
static void headers_after_end_stream(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    forget(&r);
    response(&r, 1, OK_200, NULL);
    trailer(&r, 1, "t: 1\n");
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:status: 200}\n"
                    "not_sent HEADERS 1 +ES+EH HEADERS: STREAM_SHUT_WR\n");
    finish(&r);
}

/* §16.2: the stream is being reset */
static void headers_on_a_closing_stream(void) {
    struct recorder r;
    server_with_request(&r);
    response(&r, 1, OK_200, NULL);
    reset(&r, 1, NGHTTP2_CANCEL);
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH HEADERS: STREAM_CLOSING\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

/* §16.2: trailers by a client whose request is still on its way */
static void other_headers_of_a_client(void) {
    struct recorder r;
    client(&r);
    struct body body = {.left = 1, .stays_open = true};
    request(&r, POST, &body);
    trailer(&r, 1, "t: 1\n");
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH HEADERS: STREAM_CLOSED\n"
                    "> HEADERS 1 +EH {:method: POST; :scheme: https; :path: /; :authority: ex}\n"
                    "> DATA 1 len=1 \"x\"\n");
    trailer(&r, 1, "t: 1\n");
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {t: 1}\n");
    finish(&r);
}

/* §16.2: HEADERS of a client on a stream that the server has opened */
static void client_headers_on_a_promised_stream(void) {
    struct recorder r;
    client_with_request(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    forget(&r);
    CHECK_INT(headers(&r, 0, 2, "a: b\n"), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 2 +EH HEADERS: STREAM_SHUT_WR\n");
    finish(&r);
}

/* §16.2: a promise by a client does not even get that far */
static void push_promise_needs_a_server(void) {
    struct recorder r;
    client_with_request(&r);
    CHECK_INT(push(&r, 2, GET), NGHTTP2_ERR_PROTO);
    CHECK_INT(push(&r, 1, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
}

/* §16.2, §20: the estimate counts, not the result */
static void header_block_beyond_the_limit(void) {
    struct recorder r;
    prepare_client(&r);
    /* 12 + (12 + 7 + 3) + 5 = 39 octets are allotted to ":method: GET". */
    nghttp2_option_set_max_send_header_block_length(r.option, 39);
    start(&r);
    handshake(&r);
    request(&r, ":method: GET\n", NULL);
    request(&r, ":method: POST\n", NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:method: GET}\n"
                    "not_sent HEADERS 3 +ES+EH REQUEST: FRAME_SIZE_ERROR\n"
                    "close 3 REFUSED_STREAM\n");
    finish(&r);
}

/* §16.2: for promises without the 5 octets of priority */
static void promise_beyond_the_limit(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_send_header_block_length(r.option, 34);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    push(&r, 1, ":method: GET\n");
    push(&r, 1, ":method: POST\n");
    EXPECT_SENT(&r, "> PUSH_PROMISE 1 +EH -> 2 {:method: GET}\n"
                    "not_sent PUSH_PROMISE 1 +EH -> 4: FRAME_SIZE_ERROR\n"
                    "close 4 INTERNAL_ERROR\n");
    finish(&r);
}

/* §5, §9: RST_STREAM, first rule: once is enough */
static void second_reset_is_not_sent(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(reset(&r, 1, NGHTTP2_CANCEL), 0);
    CHECK_INT(reset(&r, 1, NGHTTP2_INTERNAL_ERROR), 0);
    EXPECT_SENT(&r, "close 1 CANCEL\n> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

/* §5: second rule: idle streams need none */
static void reset_of_an_idle_stream_is_not_sent(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(reset(&r, 1, NGHTTP2_CANCEL), 0);
    CHECK_INT(reset(&r, 2, NGHTTP2_CANCEL), 0);
    CHECK_INT(reset(&r, 0, NGHTTP2_CANCEL), NGHTTP2_ERR_INVALID_ARGUMENT);
    EXPECT_SENT(&r, "");
    finish(&r);
    server(&r);
    CHECK_INT(reset(&r, 1, NGHTTP2_CANCEL), 0);
    CHECK_INT(reset(&r, 2, NGHTTP2_CANCEL), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §5: fourth rule (since 1.66) */
static void reset_of_a_closed_stream_is_not_sent(void) {
    struct recorder r;
    server_with_request(&r);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    forget(&r);
    CHECK_INT(reset(&r, 1, NGHTTP2_NO_ERROR), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §16.2: dropped silently when the stream has gone meanwhile (since 1.69) */
static void reset_of_a_stream_that_closed_meanwhile_is_dropped(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(reset(&r, 1, NGHTTP2_CANCEL), 0);
    put_rst_stream(&r.in, 1, NGHTTP2_INTERNAL_ERROR);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv RST_STREAM 1 INTERNAL_ERROR\nclose 1 INTERNAL_ERROR\n");
    finish(&r);
}

/* §16.2: ... but the library's own is sent */
static void reset_by_the_library_is_sent_anyway(void) {
    struct recorder r;
    server_with_request(&r);
    put_headers(&r.in, 3, ES | EH, ":method: GET\n");
    put_rst_stream(&r.in, 3, NGHTTP2_CANCEL);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 3 +ES+EH REQUEST: HTTP_MESSAGING\n"
                    "frame_recv RST_STREAM 3 CANCEL\n"
                    "close 3 CANCEL\n"
                    "> RST_STREAM 3 PROTOCOL_ERROR\n");
    finish(&r);
}

/* §5: third rule; a request cancelled twice */
static void waiting_request_is_cancelled_once(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    CHECK_INT(reset(&r, 1, NGHTTP2_CANCEL), 0);
    CHECK_INT(reset(&r, 1, NGHTTP2_INTERNAL_ERROR), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 1 +ES+EH REQUEST: STREAM_CLOSING\nclose 1 CANCEL\n");
    finish(&r);
}

/* §16.3: hd.length of a frame that was not serialised */
static void check_no_length(struct recorder *r) {
    CHECK_INT(r->frame->hd.length, 0);
}

static void failed_headers_have_no_length(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    reset(&r, 1, NGHTTP2_CANCEL);
    during(&r, ON_FRAME_NOT_SEND, 1, check_no_length);
    drain(&r);
    CHECK_INT(r.calls[ON_FRAME_NOT_SEND], 1);
    finish(&r);
}

/* §16.2: PING and SETTINGS ACK of a session that is closing down */
static void acknowledgements_of_a_closing_session(void) {
    struct recorder r;
    server(&r);
    put_ping(&r.in, 0, "12345678");
    put_settings(&r.in, "3=1");
    deliver(&r);
    forget(&r);
    nghttp2_session_terminate_session(r.session, NGHTTP2_NO_ERROR);
    EXPECT_SENT(&r, "not_sent PING +ACK \"12345678\": SESSION_CLOSING\n"
                    "not_sent SETTINGS +ACK: SESSION_CLOSING\n"
                    "> GOAWAY last=0 NO_ERROR\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(response_without_stream),
        TEST(headers_after_end_stream),
        TEST(headers_on_a_closing_stream),
        TEST(other_headers_of_a_client),
        TEST(client_headers_on_a_promised_stream),
        TEST(push_promise_needs_a_server),
        TEST(header_block_beyond_the_limit),
        TEST(promise_beyond_the_limit),
        TEST(second_reset_is_not_sent),
        TEST(reset_of_an_idle_stream_is_not_sent),
        TEST_SINCE_1_70(reset_of_a_closed_stream_is_not_sent),
        TEST_SINCE_1_70(reset_of_a_stream_that_closed_meanwhile_is_dropped),
        TEST(reset_by_the_library_is_sent_anyway),
        TEST_SINCE_1_70(waiting_request_is_cancelled_once),
        TEST(failed_headers_have_no_length),
        TEST(acknowledgements_of_a_closing_session),
    };
    return RUN_TESTS(tests);
}
