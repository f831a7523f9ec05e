/* Server push, both ends. */
#include "support.h"

static void client_with_request(struct recorder *r) {
    client(r);
    request(r, GET, NULL);
    drain(r);
    forget(r);
}

static void server_with_request(struct recorder *r) {
    server(r);
    put_headers(&r->in, 1, ES | EH, GET);
    deliver(r);
    forget(r);
}

/* Feeds a promise and compares. */
static void expect_promise(struct recorder *r, uint32_t stream_id, uint32_t promised_id,
                           const char *transcript) {
    put_push_promise(&r->in, stream_id, EH, promised_id, GET);
    deliver(r);
    EXPECT_SENT(r, transcript);
}

static void expect_connection_error(struct recorder *r, uint32_t stream_id, uint32_t promised_id,
                                    const char *lib, const char *goaway) {
    char expected[200];
    snprintf(expected, sizeof(expected),
             "invalid_frame PUSH_PROMISE %u +EH -> %u: %s\n"
             "> GOAWAY %s\n",
             stream_id, promised_id, lib, goaway);
    expect_promise(r, stream_id, promised_id, expected);
    finish(r);
}

/* §7.7 */
static void padding_errors_are_connection_errors(void) {
    struct recorder r;
    client_with_request(&r);
    put_head(&r.in, 0, NGHTTP2_PUSH_PROMISE, PADDED | EH, 1);
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"PUSH_PROMISE: insufficient padding "
                    "space\"\n");
    finish(&r);
    client_with_request(&r);
    put_hex_frame(&r.in, NGHTTP2_PUSH_PROMISE, PADDED | EH, 1, "01 00000002");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"PUSH_PROMISE: invalid padding\"\n");
    finish(&r);
}

/* §7.7, in the order of the table */
static void refused_promises(void) {
    struct recorder r;
    client_with_request(&r);
    expect_connection_error(&r, 0, 2, "PROTO",
                            "last=0 PROTOCOL_ERROR \"PUSH_PROMISE: stream_id == 0\"");
    server_with_request(&r);
    expect_connection_error(&r, 1, 2, "PROTO",
                            "last=1 PROTOCOL_ERROR \"PUSH_PROMISE: push disabled\"");
    client_with_request(&r);
    expect_connection_error(&r, 2, 4, "PROTO",
                            "last=0 PROTOCOL_ERROR \"PUSH_PROMISE: invalid stream_id\"");
    client_with_request(&r);
    expect_connection_error(&r, 1, 0, "PROTO",
                            "last=0 PROTOCOL_ERROR \"PUSH_PROMISE: invalid "
                            "promised_stream_id\"");
    client_with_request(&r);
    expect_connection_error(&r, 1, 3, "PROTO",
                            "last=0 PROTOCOL_ERROR \"PUSH_PROMISE: invalid "
                            "promised_stream_id\"");
    client_with_request(&r);
    expect_promise(&r, 1, 4, "frame_recv PUSH_PROMISE 1 +EH -> 4\n");
    expect_connection_error(&r, 1, 2, "PROTO",
                            "last=4 PROTOCOL_ERROR \"PUSH_PROMISE: invalid "
                            "promised_stream_id\"");
    client_with_request(&r);
    expect_connection_error(&r, 3, 2, "PROTO",
                            "last=0 PROTOCOL_ERROR \"PUSH_PROMISE: stream in idle\"");
}

/* §7.7: the acknowledged ENABLE_PUSH */
static void promise_is_an_error_once_push_is_disabled(void) {
    struct recorder r;
    prepare_client(&r);
    r.settings = "2=0";
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    expect_connection_error(&r, 1, 2, "PROTO",
                            "last=0 PROTOCOL_ERROR \"PUSH_PROMISE: push disabled\"");
}

/* §7.7: the announced one */
static void promise_is_cancelled_while_disabling_is_not_acknowledged(void) {
    struct recorder r;
    client_with_request(&r);
    CHECK_INT(submit_settings(&r, "2=0"), 0);
    expect_promise(&r, 1, 2, "> SETTINGS 2=0\n> RST_STREAM 2 CANCEL\n");
    finish(&r);
}

/* §7.7 */
static void promise_on_a_reset_stream_is_cancelled(void) {
    struct recorder r;
    client_with_request(&r);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    expect_promise(&r, 1, 2, "close 1 CANCEL\n> RST_STREAM 1 CANCEL\n> RST_STREAM 2 CANCEL\n");
    expect_promise(&r, 1, 4, "> RST_STREAM 4 CANCEL\n");
    finish(&r);
}

/* §7.7 */
static void promise_after_end_stream_is_stream_closed(void) {
    struct recorder r;
    client(&r);
    struct body body = {.left = 3, .stays_open = true};
    request(&r, POST, &body);
    drain(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    forget(&r);
    expect_connection_error(&r, 1, 2, "STREAM_CLOSED",
                            "last=0 STREAM_CLOSED \"PUSH_PROMISE: stream closed\"");
}

/* §7.7: reserved streams beyond the option's limit */
static void number_of_reserved_streams_is_limited(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_max_reserved_remote_streams(r.option, 1);
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    expect_promise(&r, 1, 2, "frame_recv PUSH_PROMISE 1 +EH -> 2\n");
    expect_promise(&r, 1, 4, "> RST_STREAM 4 CANCEL\n");
    put_headers(&r.in, 2, EH, OK_200);
    deliver(&r);
    forget(&r);
    expect_promise(&r, 1, 6, "frame_recv PUSH_PROMISE 1 +EH -> 6\n");
    finish(&r);
}

/* §7.7 */
static void promise_after_goaway_is_ignored(void) {
    struct recorder r;
    client_with_request(&r);
    nghttp2_submit_goaway(r.session, 0, 0, NGHTTP2_NO_ERROR, NULL, 0);
    drain(&r);
    forget(&r);
    expect_promise(&r, 1, 2, "");
    finish(&r);
}

/* §7.7: the whole way of a pushed response */
static void pushed_response_on_a_client(void) {
    struct recorder r;
    client_with_request(&r);
    r.heard |= BIT(ON_BEGIN_HEADERS) | BIT(ON_HEADER);
    put_push_promise(&r.in, 1, EH, 2, GET);
    put_headers(&r.in, 2, EH, OK_200);
    put_data(&r.in, 2, ES, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers PUSH_PROMISE 1 +EH -> 2\n"
                    "header 1 :method: GET\n"
                    "header 1 :scheme: https\n"
                    "header 1 :path: /\n"
                    "header 1 :authority: ex\n"
                    "frame_recv PUSH_PROMISE 1 +EH -> 2\n"
                    "begin_headers HEADERS 2 +EH PUSH_RESPONSE\n"
                    "header 2 :status: 200\n"
                    "frame_recv HEADERS 2 +EH PUSH_RESPONSE\n"
                    "chunk DATA 2 +ES \"abc\"\n"
                    "frame_recv DATA 2 +ES len=3\n"
                    "close 2 NO_ERROR\n");
    finish(&r);
}

/* §7.2 PUSH_RESPONSE: both limits of concurrent streams */
static void push_responses_beyond_the_limits(void) {
    struct recorder r;
    prepare_client(&r);
    r.settings = "3=1";
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    put_push_promise(&r.in, 1, EH, 4, GET);
    put_headers(&r.in, 2, EH, OK_200);
    deliver(&r);
    forget(&r);
    put_headers(&r.in, 4, EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 4 +EH PUSH_RESPONSE: PROTO\n"
                    "> GOAWAY last=4 PROTOCOL_ERROR \"push response HEADERS: max concurrent "
                    "streams exceeded\"\n");
    finish(&r);

    client_with_request(&r);
    CHECK_INT(submit_settings(&r, "3=0"), 0);
    put_push_promise(&r.in, 1, EH, 2, GET);
    put_headers(&r.in, 2, EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PUSH_PROMISE 1 +EH -> 2\n"
                    "invalid_frame HEADERS 2 +EH PUSH_RESPONSE: REFUSED_STREAM\n"
                    "> SETTINGS 3=0\n"
                    "close 2 REFUSED_STREAM\n"
                    "> RST_STREAM 2 REFUSED_STREAM\n");
    finish(&r);
}

/* §7.7: the subject of a refusal is the promised stream */
static void refusal_in_begin_headers_resets_the_promised_stream(void) {
    struct recorder r;
    client_with_request(&r);
    answer(&r, ON_BEGIN_HEADERS, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    expect_promise(&r, 1, 2, "close 2 INTERNAL_ERROR\n> RST_STREAM 2 INTERNAL_ERROR\n");
    answer(&r, ON_HEADER, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    expect_promise(&r, 1, 4, "close 4 INTERNAL_ERROR\n> RST_STREAM 4 INTERNAL_ERROR\n");
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 0);
    finish(&r);
}

/* §7.7: an incomplete request in a promise */
static void broken_promise_resets_the_promised_stream(void) {
    struct recorder r;
    client_with_request(&r);
    put_push_promise(&r.in, 1, EH, 2, ":method: GET\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PUSH_PROMISE 1 +EH -> 2: HTTP_MESSAGING\n"
                    "close 2 PROTOCOL_ERROR\n"
                    "> RST_STREAM 2 PROTOCOL_ERROR\n");
    put_push_promise(&r.in, 1, EH, 4, GET "Upper: x\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PUSH_PROMISE 1 +EH -> 4: HTTP_HEADER\n"
                    "close 4 PROTOCOL_ERROR\n"
                    "> RST_STREAM 4 PROTOCOL_ERROR\n");
    finish(&r);
}

/* §16: the promise first, then the response of stream 1, because pushed responses queue with
 * requests */
static void server_pushes(void) {
    struct recorder r;
    server_with_request(&r);
    r.heard |= BIT(ON_FRAME_SEND);
    CHECK_INT(push(&r, 1, GET), 2);
    CHECK_INT(response(&r, 2, OK_200 "a: 2\n", NULL), 0);
    CHECK_INT(response(&r, 1, OK_200 "a: 1\n", NULL), 0);
    EXPECT_SENT(&r, "sent PUSH_PROMISE 1 +EH -> 2\n"
                    "> PUSH_PROMISE 1 +EH -> 2 {:method: GET; :scheme: https; :path: /; "
                    ":authority: ex}\n"
                    "sent HEADERS 1 +ES+EH RESPONSE\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200; a: 1}\n"
                    "sent HEADERS 2 +ES+EH PUSH_RESPONSE\n"
                    "close 2 NO_ERROR\n"
                    "> HEADERS 2 +ES+EH {:status: 200; a: 2}\n");
    finish(&r);
}

/* §16.1 */
static void push_response_waits_for_the_peers_limit(void) {
    struct recorder r;
    prepare_server(&r);
    r.peer_settings = "3=1";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    push(&r, 1, GET);
    push(&r, 1, GET);
    struct body body = {.left = 3, .stays_open = true};
    response(&r, 2, OK_200, &body);
    response(&r, 4, OK_200, NULL);
    drain(&r);
    forget(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 1);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    nghttp2_submit_rst_stream(r.session, 0, 2, NGHTTP2_CANCEL);
    EXPECT_SENT(&r, "close 2 CANCEL\n"
                    "> RST_STREAM 2 CANCEL\n"
                    "close 4 NO_ERROR\n"
                    "> HEADERS 4 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* §16.2 */
static void push_is_not_sent_to_a_peer_that_disabled_it(void) {
    struct recorder r;
    prepare_server(&r);
    r.peer_settings = "2=0";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    CHECK_INT(push(&r, 1, GET), 2);
    EXPECT_SENT(&r, "not_sent PUSH_PROMISE 1 +EH -> 2: PUSH_DISABLED\nclose 2 INTERNAL_ERROR\n");
    finish(&r);
}

/* §9: a promise withdrawn by the program */
static void cancelled_promise_closes_the_promised_stream(void) {
    struct recorder r;
    server_with_request(&r);
    answer(&r, BEFORE_FRAME_SEND, 1, NGHTTP2_ERR_CANCEL);
    CHECK_INT(push(&r, 1, GET), 2);
    EXPECT_SENT(&r, "not_sent PUSH_PROMISE 1 +EH -> 2: CANCEL\nclose 2 INTERNAL_ERROR\n");
    CHECK_INT(push(&r, 1, GET), 4);
    finish(&r);
}

/* §16.2 */
static void push_on_a_stream_that_ended_meanwhile(void) {
    struct recorder r;
    server_with_request(&r);
    response(&r, 1, OK_200, NULL);
    CHECK_INT(push(&r, 1, GET), 2);
    EXPECT_SENT(&r, "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n"
                    "not_sent PUSH_PROMISE 1 +EH -> 2: STREAM_CLOSED\n"
                    "close 2 INTERNAL_ERROR\n");
    CHECK_INT(push(&r, 1, GET), NGHTTP2_ERR_STREAM_CLOSED);
    /* The id of the failed submission is spent. */
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 6);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(padding_errors_are_connection_errors),
        TEST(refused_promises),
        TEST(promise_is_an_error_once_push_is_disabled),
        TEST(promise_is_cancelled_while_disabling_is_not_acknowledged),
        TEST(promise_on_a_reset_stream_is_cancelled),
        TEST(promise_after_end_stream_is_stream_closed),
        TEST(number_of_reserved_streams_is_limited),
        TEST(promise_after_goaway_is_ignored),
        TEST(pushed_response_on_a_client),
        TEST(push_responses_beyond_the_limits),
        TEST(refusal_in_begin_headers_resets_the_promised_stream),
        TEST(broken_promise_resets_the_promised_stream),
        TEST(server_pushes),
        TEST(push_response_waits_for_the_peers_limit),
        TEST(push_is_not_sent_to_a_peer_that_disabled_it),
        TEST(cancelled_promise_closes_the_promised_stream),
        TEST(push_on_a_stream_that_ended_meanwhile),
    };
    return RUN_TESTS(tests);
}
