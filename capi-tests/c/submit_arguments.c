/* The submit functions: which arguments they refuse, and what they accept without looking. */
#include "support.h"

static nghttp2_data_provider2 no_provider(void) {
    return (nghttp2_data_provider2){.read_callback = NULL};
}

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

/* misc §1 submit_request */
static void submit_request_arguments(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(request(&r, GET, NULL), NGHTTP2_ERR_PROTO);
    finish(&r);
    client(&r);
    nghttp2_data_provider2 provider = no_provider();
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, NULL, 0, &provider, NULL), 1);
    CHECK_INT(nghttp2_submit_request(r.session, NULL, NULL, 0, NULL, "user data"), 3);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {}\n> HEADERS 3 +ES+EH {}\n");
    CHECK_STR(nghttp2_session_get_stream_user_data(r.session, 3), "user data");
    finish(&r);
}

/* misc §1: the default specification is no specification */
static void default_priority_is_not_sent(void) {
    struct recorder r;
    client(&r);
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_default_init(&spec);
    CHECK_INT(nghttp2_submit_request2(r.session, &spec, NULL, 0, NULL, NULL), 1);
    CHECK_INT(nghttp2_submit_headers(r.session, PRI, -1, &spec, NULL, 0, NULL), 3);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {}\n> HEADERS 3 +EH {}\n");
    finish(&r);
}

/* misc §1 submit_response */
static void submit_response_arguments(void) {
    struct recorder r;
    client_with_request(&r);
    CHECK_INT(response(&r, 1, OK_200, NULL), NGHTTP2_ERR_PROTO);
    CHECK_INT(response(&r, 0, OK_200, NULL), NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
    server_with_request(&r);
    CHECK_INT(response(&r, 0, OK_200, NULL), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(response(&r, -1, OK_200, NULL), NGHTTP2_ERR_INVALID_ARGUMENT);
    /* The state of the stream shows later. */
    CHECK_INT(response(&r, 2, OK_200, NULL), 0);
    CHECK_INT(response(&r, 99, OK_200, NULL), 0);
    nghttp2_data_provider2 provider = no_provider();
    struct fields list = fields(OK_200);
    CHECK_INT(nghttp2_submit_response2(r.session, 1, list.nva, list.count, &provider), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 2 +ES+EH HEADERS: STREAM_CLOSED\n"
                    "not_sent HEADERS 99 +ES+EH HEADERS: STREAM_CLOSED\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* misc §1 submit_headers */
static void submit_headers_arguments(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(headers(&r, 0, -1, GET), NGHTTP2_ERR_PROTO);
    CHECK_INT(headers(&r, 0, 0, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(headers(&r, 0, -2, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(headers(&r, 0xfe, 1, OK_200), 0);
    CHECK_INT(headers(&r, 0xff, 1, "t: 1\n"), 0);
    EXPECT_SENT(&r, "> HEADERS 1 +EH {:status: 200}\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {t: 1}\n");
    finish(&r);
    client(&r);
    CHECK_INT(headers(&r, ES, -1, ":method: GET\n"), 1);
    CHECK_INT(nghttp2_submit_headers(r.session, 0, -1, NULL, NULL, 0, "user data"), 3);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:method: GET}\n> HEADERS 3 +EH {}\n");
    CHECK_STR(nghttp2_session_get_stream_user_data(r.session, 3), "user data");
    /* No category is asked for, and none is checked. */
    CHECK_INT(headers(&r, 0, 99, GET), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 99 +EH HEADERS: STREAM_CLOSED\n");
    finish(&r);
}

/* misc §1 submit_trailer */
static void submit_trailer_arguments(void) {
    struct recorder r;
    server_with_request(&r);
    CHECK_INT(trailer(&r, 0, "t: 1\n"), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(trailer(&r, -1, "t: 1\n"), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(trailer(&r, 99, "t: 1\n"), 0);
    CHECK_INT(nghttp2_submit_trailer(r.session, 1, NULL, 0), 0);
    EXPECT_SENT(&r, "not_sent HEADERS 99 +ES+EH HEADERS: STREAM_CLOSED\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {}\n");
    finish(&r);
}

/* misc §1 submit_push_promise */
static void submit_push_promise_arguments(void) {
    struct recorder r;
    client_with_request(&r);
    CHECK_INT(push(&r, 0, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(push(&r, 1, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(push(&r, 2, GET), NGHTTP2_ERR_PROTO);
    finish(&r);
    server_with_request(&r);
    CHECK_INT(push(&r, 0, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(push(&r, -1, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(push(&r, 2, GET), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(push(&r, 3, GET), NGHTTP2_ERR_STREAM_CLOSED);
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 4);
    CHECK_INT(nghttp2_submit_push_promise(r.session, 0xff, 1, NULL, 0, "user data"), 4);
    CHECK_STR(nghttp2_session_get_stream_user_data(r.session, 4), "user data");
    EXPECT_SENT(&r, "> PUSH_PROMISE 1 +EH -> 4 {}\n");
    finish(&r);
}

/* misc §1 submit_data */
static void submit_data_arguments(void) {
    struct recorder r;
    client_with_request(&r);
    struct body body = {.left = 1};
    nghttp2_data_provider2 provider = body_provider(&body);
    nghttp2_data_provider older = old_body_provider(&body);
    CHECK_INT(nghttp2_submit_data2(r.session, 0, 0, &provider), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_data2(r.session, 0, 99, &provider), NGHTTP2_ERR_STREAM_CLOSED);
    CHECK_INT(nghttp2_submit_data(r.session, 0, 0, &older), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_data(r.session, 0, 99, &older), NGHTTP2_ERR_STREAM_CLOSED);
    CHECK_INT(nghttp2_submit_data2(r.session, 0, 1, &provider), 0);
    CHECK_INT(nghttp2_submit_data(r.session, 0, 1, &older), NGHTTP2_ERR_DATA_EXIST);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* misc §1 submit_rst_stream */
static void submit_rst_stream_arguments(void) {
    struct recorder r;
    client_with_request(&r);
    CHECK_INT(nghttp2_submit_rst_stream(r.session, 0, 0, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_rst_stream(r.session, 0xff, 1, 0xffffffff), 0);
    EXPECT_SENT(&r, "close 1 -1\n> RST_STREAM 1 -1\n");
    finish(&r);
}

/* misc §1 submit_ping */
static void submit_ping_arguments(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_submit_ping(r.session, 0xfe, NULL), 0);
    CHECK_INT(nghttp2_submit_ping(r.session, 0xff, (const uint8_t *)"12345678"), 0);
    EXPECT_SENT(&r, "> PING \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"\n"
                    "> PING +ACK \"12345678\"\n");
    finish(&r);
}

/* misc §1 submit_priority, where the dependency tree is not in use */
static void submit_priority_without_use(void) {
    struct recorder r;
    prepare_client(&r);
    r.settings = "9=1";
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    nghttp2_priority_spec spec = {0, 50, 0};
    CHECK_INT(nghttp2_submit_priority(r.session, 0, 1, &spec), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* misc §1: nothing is written before the session is asked to */
static void submission_alone_sends_nothing(void) {
    struct recorder r;
    prepare_client(&r);
    r.callbacks |= BIT(SEND);
    start(&r);
    request(&r, GET, NULL);
    submit_settings(&r, "");
    nghttp2_submit_ping(r.session, 0, NULL);
    CHECK_INT(r.calls[SEND], 0);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(submit_request_arguments),
        TEST(default_priority_is_not_sent),
        TEST(submit_response_arguments),
        TEST(submit_headers_arguments),
        TEST(submit_trailer_arguments),
        TEST(submit_push_promise_arguments),
        TEST(submit_data_arguments),
        TEST(submit_rst_stream_arguments),
        TEST(submit_ping_arguments),
        TEST(submit_priority_without_use),
        TEST(submission_alone_sends_nothing),
    };
    return RUN_TESTS(tests);
}
