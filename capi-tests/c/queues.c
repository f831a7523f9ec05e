/* The outbound queues: who overtakes whom, and what is counted. */
#include "support.h"

static void server_with_requests(struct recorder *r, int count) {
    server(r);
    for (int i = 0; i < count; i++) put_headers(&r->in, (uint32_t)(1 + 2 * i), ES | EH, GET);
    deliver(r);
    forget(r);
}

/* §16.1 */
static void settings_and_ping_overtake_everything(void) {
    struct recorder r;
    client(&r);
    request(&r, ":method: GET\n", NULL);
    nghttp2_submit_window_update(r.session, 0, 0, 7);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    submit_settings(&r, "3=1");
    nghttp2_submit_ping(r.session, ACK, (const uint8_t *)"abcdefgh");
    EXPECT_SENT(&r, "> PING \"12345678\"\n"
                    "> SETTINGS 3=1\n"
                    "> PING +ACK \"abcdefgh\"\n"
                    "> WINDOW_UPDATE 0 7\n"
                    "> HEADERS 1 +ES+EH {:method: GET}\n");
    finish(&r);
}

/* §16.1 */
static void regular_frames_keep_their_order(void) {
    struct recorder r;
    server_with_requests(&r, 2);
    nghttp2_submit_window_update(r.session, 0, 0, 7);
    response(&r, 3, OK_200, NULL);
    nghttp2_submit_altsvc(r.session, 0, 0, (const uint8_t *)"o", 1, (const uint8_t *)"v", 1);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    nghttp2_submit_goaway(r.session, 0, 3, NGHTTP2_NO_ERROR, NULL, 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 7\n"
                    "close 3 NO_ERROR\n"
                    "> HEADERS 3 +ES+EH {:status: 200}\n"
                    "> ALTSVC 0 \"o\" \"v\"\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n"
                    "> GOAWAY last=3 NO_ERROR\n");
    finish(&r);
}

/* §16.1: data comes last, so trailers overtake the body that is not finished */
static void trailers_overtake_pending_data(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    struct body body = {.left = 5, .no_end_stream = true};
    response(&r, 1, OK_200, &body);
    trailer(&r, 1, "t: 1\n");
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {t: 1}\n");
    finish(&r);
}

static void submit_trailer_now(struct recorder *r) {
    CHECK_INT(trailer(r, 1, "t: 1\n"), 0);
}

/* §16.1, misc §1: the right moment for trailers */
static void trailers_submitted_in_the_last_read_follow_the_data(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    struct body body = {.left = 5, .no_end_stream = true};
    during(&r, READ_DATA, 1, submit_trailer_now);
    response(&r, 1, OK_200, &body);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "> DATA 1 len=5 \"xxxxx\"\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {t: 1}\n");
    finish(&r);
}

/* §16.1: one source per stream */
static void second_source_is_refused_while_one_is_there(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    struct body body = {.left = 5, .no_end_stream = true}, other = {.left = 3};
    nghttp2_data_provider2 provider = body_provider(&other);
    response(&r, 1, OK_200, &body);
    /* The response's source is attached when its HEADERS are sent. */
    send_one(&r);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 1, &provider), NGHTTP2_ERR_DATA_EXIST);
    send_one(&r);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 1, &provider), 0);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "> DATA 1 len=5 \"xxxxx\"\n"
                    "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=3 \"xxx\"\n");
    finish(&r);
}

/* misc §1: the second provider is dropped without a word */
static void second_response_loses_its_body(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    struct body body = {.left = 5, .text = "first"}, other = {.left = 6, .text = "second"};
    response(&r, 1, OK_200, &body);
    response(&r, 1, ":status: 201\n", &other);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "> HEADERS 1 +EH {:status: 201}\n"
                    "close 1 NO_ERROR\n"
                    "> DATA 1 +ES len=5 \"first\"\n");
    finish(&r);
}

/* §16.1 */
static void data_needs_a_stream(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    struct body body = {.left = 5};
    nghttp2_data_provider2 provider = body_provider(&body);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 0, &provider), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 3, &provider), NGHTTP2_ERR_STREAM_CLOSED);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, -1, &provider), NGHTTP2_ERR_STREAM_CLOSED);
    finish(&r);
}

/* §17.1: before the response HEADERS, DATA is dropped */
static void data_before_response_headers_is_dropped(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    struct body body = {.left = 5};
    nghttp2_data_provider2 provider = body_provider(&body);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 1, &provider), 0);
    EXPECT_SENT(&r, "");
    CHECK_INT(r.calls[READ_DATA], 0);
    CHECK_INT(nghttp2_submit_data2(r.session, ES, 1, &provider), 0);
    finish(&r);
}

/* §16.1: what the queue size counts */
static void queue_size_counts_frames_not_data(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 0);
    struct body body = {.left = 5};
    request(&r, POST, &body);
    nghttp2_submit_ping(r.session, 0, NULL);
    nghttp2_submit_window_update(r.session, 0, 0, 1);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 3);
    send_one(&r);
    send_one(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 1);
    send_one(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 0);
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    finish(&r);
}

/* §16.1: a frame with its CONTINUATIONs counts once */
static void long_header_block_counts_once(void) {
    struct recorder r;
    client(&r);
    char value[20001];
    memset(value, 'v', 20000);
    value[20000] = 0;
    struct bytes text = {0};
    text_printf(&text, GET "long: %s\n", value);
    request(&r, text_of(&text), NULL);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 1);
    send_one(&r);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 0);
    bytes_free(&text);
    finish(&r);
}

/* §16.1: HEADERS submitted while the stream was reserved wait like requests */
static void headers_of_a_reserved_stream_queue_with_requests(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    push(&r, 1, ":method: GET\n");
    headers(&r, 0, 2, ":status: 103\n");
    response(&r, 1, OK_200, NULL);
    nghttp2_submit_rst_stream(r.session, 0, 2, NGHTTP2_CANCEL);
    EXPECT_SENT(&r, "> PUSH_PROMISE 1 +EH -> 2 {:method: GET}\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n"
                    "close 2 CANCEL\n"
                    "> RST_STREAM 2 CANCEL\n"
                    "not_sent HEADERS 2 +EH HEADERS: STREAM_CLOSED\n");
    finish(&r);
}

/* §16.1: interim responses */
static void interim_response_precedes_the_final_one(void) {
    struct recorder r;
    server_with_requests(&r, 1);
    CHECK_INT(headers(&r, 0, 1, ":status: 103\n"), 0);
    CHECK_INT(response(&r, 1, OK_200, NULL), 0);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 103}\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(settings_and_ping_overtake_everything),
        TEST(regular_frames_keep_their_order),
        TEST(trailers_overtake_pending_data),
        TEST(trailers_submitted_in_the_last_read_follow_the_data),
        TEST(second_source_is_refused_while_one_is_there),
        TEST(second_response_loses_its_body),
        TEST(data_needs_a_stream),
        TEST(data_before_response_headers_is_dropped),
        TEST(queue_size_counts_frames_not_data),
        TEST(long_header_block_counts_once),
        TEST(headers_of_a_reserved_stream_queue_with_requests),
        TEST(interim_response_precedes_the_final_one),
    };
    return RUN_TESTS(tests);
}
