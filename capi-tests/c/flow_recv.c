/* Receive windows: automatic updates, manual consumption, changed sizes. */
#include "support.h"

/* A server with a POST on stream 1; manual = the program gives windows back. */
static void server_with_upload(struct recorder *r, bool manual) {
    prepare_server(r);
    nghttp2_option_set_no_auto_window_update(r->option, manual);
    start(r);
    handshake(r);
    put_headers(&r->in, 1, EH, POST);
    deliver(r);
    r->heard = BIT(ON_FRAME_NOT_SEND) | BIT(ON_STREAM_CLOSE);
    forget(r);
}

/* Receives size octets of DATA on stream 1. */
static void upload(struct recorder *r, size_t size) {
    while (size > 0) {
        size_t n = size < 16384 ? size : 16384;
        put_data_of_length(&r->in, 1, 0, n);
        size -= n;
    }
    deliver(r);
}

static void expect_connection(struct recorder *r, int received, int size, int left) {
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r->session), received);
    CHECK_INT(nghttp2_session_get_effective_local_window_size(r->session), size);
    CHECK_INT(nghttp2_session_get_local_window_size(r->session), left);
}

static void expect_stream(struct recorder *r, int received, int size, int left) {
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r->session, 1), received);
    CHECK_INT(nghttp2_session_get_stream_effective_local_window_size(r->session, 1), size);
    CHECK_INT(nghttp2_session_get_stream_local_window_size(r->session, 1), left);
}

/* §11 automatic mode: at half of the window, rounded down */
static void update_is_sent_at_half_of_the_window(void) {
    struct recorder r;
    server_with_upload(&r, false);
    upload(&r, 32766);
    EXPECT_SENT(&r, "");
    expect_connection(&r, 32766, 65535, 32769);
    upload(&r, 1);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32767\n> WINDOW_UPDATE 1 32767\n");
    expect_connection(&r, 0, 65535, 65535);
    expect_stream(&r, 0, 65535, 65535);
    finish(&r);
}

/* §11 automatic mode: one update in the queue at a time */
static void queued_update_is_not_repeated(void) {
    struct recorder r;
    server_with_upload(&r, false);
    upload(&r, 32767);
    upload(&r, 32767);
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 2);
    expect_connection(&r, 32767, 65535, 32768);
    /* Sent, the flag is cleared and the test repeated. */
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32767\n"
                    "> WINDOW_UPDATE 1 32767\n"
                    "> WINDOW_UPDATE 0 32767\n"
                    "> WINDOW_UPDATE 1 32767\n");
    expect_connection(&r, 0, 65535, 65535);
    finish(&r);
}

/* §11 automatic mode: not for a stream that has ended */
static void last_data_updates_only_the_connection(void) {
    struct recorder r;
    server_with_upload(&r, false);
    upload(&r, 30000);
    put_data_of_length(&r.in, 1, ES, 3000);
    deliver(&r);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 33000\n");
    expect_stream(&r, 33000, 65535, 32535);
    finish(&r);
}

/* §11 manual mode */
static void nothing_is_given_back_before_it_is_consumed(void) {
    struct recorder r;
    server_with_upload(&r, true);
    upload(&r, 40000);
    EXPECT_SENT(&r, "");
    expect_connection(&r, 40000, 65535, 25535);
    CHECK_INT(nghttp2_session_consume(r.session, 1, 32766), 0);
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_consume(r.session, 1, 1), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32767\n> WINDOW_UPDATE 1 32767\n");
    expect_connection(&r, 7233, 65535, 58302);
    expect_stream(&r, 7233, 65535, 58302);
    finish(&r);
}

/* §11 manual mode */
static void connection_and_stream_are_consumed_apart(void) {
    struct recorder r;
    server_with_upload(&r, true);
    upload(&r, 40000);
    CHECK_INT(nghttp2_session_consume_connection(r.session, 40000), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 40000\n");
    CHECK_INT(nghttp2_session_consume_stream(r.session, 1, 35000), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 35000\n");
    expect_connection(&r, 0, 65535, 65535);
    expect_stream(&r, 5000, 65535, 60535);
    finish(&r);
}

/* §11 manual mode: the surplus waits for more data */
static void consuming_too_much_is_no_error(void) {
    struct recorder r;
    server_with_upload(&r, true);
    upload(&r, 100);
    CHECK_INT(nghttp2_session_consume(r.session, 1, 50000), 0);
    EXPECT_SENT(&r, "");
    upload(&r, 40000);
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_consume(r.session, 1, 0), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 40100\n> WINDOW_UPDATE 1 40100\n");
    finish(&r);
}

/* §11 manual mode */
static void consumed_sum_must_not_overflow(void) {
    struct recorder r;
    server_with_upload(&r, true);
    CHECK_INT(nghttp2_session_consume_connection(r.session, 0x7fffffff), 0);
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_consume_connection(r.session, 1), 0);
    EXPECT_SENT(&r, "> GOAWAY last=1 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

/* §11: the table of arguments */
static void consume_arguments(void) {
    struct recorder r;
    server_with_upload(&r, true);
    CHECK_INT(nghttp2_session_consume(r.session, 0, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_consume_stream(r.session, 0, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_consume_stream(r.session, 99, 1), 0);
    upload(&r, 40000);
    CHECK_INT(nghttp2_session_consume(r.session, 99, 40000), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 40000\n");
    finish(&r);
    server_with_upload(&r, false);
    CHECK_INT(nghttp2_session_consume(r.session, 1, 1), NGHTTP2_ERR_INVALID_STATE);
    CHECK_INT(nghttp2_session_consume(r.session, 0, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_session_consume_connection(r.session, 1), NGHTTP2_ERR_INVALID_STATE);
    CHECK_INT(nghttp2_session_consume_stream(r.session, 1, 1), NGHTTP2_ERR_INVALID_STATE);
    CHECK_INT(nghttp2_session_consume_stream(r.session, 0, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
}

static void consume_chunk(struct recorder *r) {
    CHECK_INT(nghttp2_session_consume(r->session, 1, 16384), 0);
}

/* §11 manual mode, from inside the chunk callback */
static void chunks_may_be_consumed_in_their_callback(void) {
    struct recorder r;
    server_with_upload(&r, true);
    during(&r, ON_DATA_CHUNK, 0, consume_chunk);
    upload(&r, 3 * 16384);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32768\n> WINDOW_UPDATE 1 32768\n");
    expect_connection(&r, 16384, 65535, 49151);
    finish(&r);
}

/* §11 manual mode: padding is given back by the library */
static void padding_is_consumed_by_the_library(void) {
    struct recorder r;
    server_with_upload(&r, true);
    for (int i = 0; i < 128; i++) put_padded(&r.in, NGHTTP2_DATA, 0, 1, "", 0, 255);
    deliver(&r);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32768\n> WINDOW_UPDATE 1 32768\n");
    finish(&r);
}

/* §11: own INITIAL_WINDOW_SIZE takes effect with its acknowledgement, for every stream */
static void own_initial_window_size_moves_stream_windows(void) {
    struct recorder r;
    server_with_upload(&r, false);
    upload(&r, 1000);
    CHECK_INT(submit_settings(&r, "4=1000000"), 0);
    drain(&r);
    forget(&r);
    expect_stream(&r, 1000, 65535, 64535);
    put_settings_ack(&r.in);
    deliver(&r);
    expect_stream(&r, 1000, 1000000, 999000);
    expect_connection(&r, 1000, 65535, 64535);
    finish(&r);
}

/* §11: the update test runs for every stream on a change */
static void smaller_initial_window_size_may_trigger_an_update(void) {
    struct recorder r;
    server_with_upload(&r, false);
    upload(&r, 1000);
    CHECK_INT(submit_settings(&r, "4=2000"), 0);
    drain(&r);
    forget(&r);
    put_settings_ack(&r.in);
    deliver(&r);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 1000\n");
    expect_stream(&r, 0, 2000, 2000);
    finish(&r);
}

/* §11: results may be negative */
static void smaller_initial_window_size_may_make_a_window_negative(void) {
    struct recorder r;
    server_with_upload(&r, true);
    upload(&r, 1000);
    CHECK_INT(submit_settings(&r, "4=10"), 0);
    drain(&r);
    put_settings_ack(&r.in);
    deliver(&r);
    forget(&r);
    expect_stream(&r, 1000, 10, 0);
    upload(&r, 1);
    EXPECT_SENT(&r, "> GOAWAY last=1 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

/* §11, since 1.67 a connection error */
static void own_initial_window_size_must_not_overflow(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(nghttp2_session_set_local_window_size(r.session, 0, 1, 0x7fffffff), 0);
    CHECK_INT(submit_settings(&r, "4=65536"), 0);
    drain(&r);
    forget(&r);
    r.heard |= BIT(ON_INVALID_FRAME);
    put_settings_ack(&r.in);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame SETTINGS +ACK: FLOW_CONTROL\n"
                    "> GOAWAY last=1 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(update_is_sent_at_half_of_the_window),
        TEST(queued_update_is_not_repeated),
        TEST(last_data_updates_only_the_connection),
        TEST(nothing_is_given_back_before_it_is_consumed),
        TEST(connection_and_stream_are_consumed_apart),
        TEST(consuming_too_much_is_no_error),
        TEST(consumed_sum_must_not_overflow),
        TEST(consume_arguments),
        TEST(chunks_may_be_consumed_in_their_callback),
        TEST(padding_is_consumed_by_the_library),
        TEST(own_initial_window_size_moves_stream_windows),
        TEST(smaller_initial_window_size_may_trigger_an_update),
        TEST_SINCE_1_70(smaller_initial_window_size_may_make_a_window_negative),
        TEST_SINCE_1_70(own_initial_window_size_must_not_overflow),
    };
    return RUN_TESTS(tests);
}
