/* Received DATA frames: stream states, padding, body checks, what is ignored. */
#include "support.h"

static void server_with_request(struct recorder *r, unsigned flags) {
    server(r);
    put_headers(&r->in, 1, flags | EH, POST);
    deliver(r);
    forget(r);
}

/* Feeds DATA with these parameters and compares. */
static void expect_data(struct recorder *r, uint32_t stream_id, const char *transcript) {
    put_data(&r->in, stream_id, 0, "hello");
    deliver(r);
    EXPECT_SENT(r, transcript);
    finish(r);
}

/* §7.1 */
static void data_on_stream_0_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_data(&r, 0, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream_id == 0\"\n");
}

/* §7.1 */
static void data_on_an_idle_stream_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_data(&r, 1, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream in idle\"\n");
    server(&r);
    expect_data(&r, 2, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream in idle\"\n");
    client(&r);
    expect_data(&r, 1, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream in idle\"\n");
    client(&r);
    expect_data(&r, 2, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream in idle\"\n");
}

/* §7.1 */
static void data_after_end_stream_is_stream_closed(void) {
    struct recorder r;
    server_with_request(&r, ES);
    expect_data(&r, 1,
                "> GOAWAY last=1 STREAM_CLOSED \"DATA: stream in half-closed(remote)\"\n");
}

/* §7.1: no retention, so a stream that is gone is only ignored */
static void data_on_a_closed_stream_is_ignored(void) {
    struct recorder r;
    server_with_request(&r, 0);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    forget(&r);
    expect_data(&r, 1, "");
    server_with_request(&r, ES);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    forget(&r);
    expect_data(&r, 1, "");
}

/* §7.1 */
static void data_on_a_stream_being_reset_is_ignored(void) {
    struct recorder r;
    server_with_request(&r, 0);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    expect_data(&r, 1, "close 1 CANCEL\n> RST_STREAM 1 CANCEL\n");
}

/* §7.1: ... also when it is our own */
static void data_on_an_own_stream_being_reset_is_ignored(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    forget(&r);
    expect_data(&r, 1, "close 1 CANCEL\n> RST_STREAM 1 CANCEL\n");
}

/* §7.1 */
static void data_before_response_headers_is_a_connection_error(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    expect_data(&r, 1, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream not opened\"\n");
}

/* §7.1 */
static void data_on_a_reserved_stream_is_a_connection_error(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    forget(&r);
    expect_data(&r, 2, "> GOAWAY last=2 PROTOCOL_ERROR \"DATA: stream in reserved\"\n");
}

/* §7.1: a stream we have promised takes no DATA */
static void data_on_a_promised_stream_of_ours_is_stream_closed(void) {
    struct recorder r;
    server_with_request(&r, ES);
    CHECK_INT(push(&r, 1, GET), 2);
    drain(&r);
    forget(&r);
    expect_data(&r, 2,
                "> GOAWAY last=1 STREAM_CLOSED \"DATA: stream in half-closed(remote)\"\n");
}

/* §7.1 */
static void padding_errors_are_connection_errors(void) {
    struct recorder r;
    server_with_request(&r, 0);
    put_head(&r.in, 0, NGHTTP2_DATA, PADDED, 1);
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 PROTOCOL_ERROR \"DATA: insufficient padding space\"\n");
    finish(&r);

    server_with_request(&r, 0);
    put_hex_frame(&r.in, NGHTTP2_DATA, PADDED, 1, "03 0000");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 PROTOCOL_ERROR \"DATA: invalid padding\"\n");
    finish(&r);

    server_with_request(&r, 0);
    put_hex_frame(&r.in, NGHTTP2_DATA, PADDED, 1, "01");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 PROTOCOL_ERROR \"DATA: invalid padding\"\n");
    finish(&r);
}

/* §7.1: padding is removed, and may be all there is */
static void padding_is_not_delivered(void) {
    struct recorder r;
    server_with_request(&r, 0);
    put_padded(&r.in, NGHTTP2_DATA, 0, 1, "abc", 3, 5);
    put_padded(&r.in, NGHTTP2_DATA, 0, 1, "", 0, 255);
    put_padded(&r.in, NGHTTP2_DATA, 0, 1, "", 0, 0);
    put_padded(&r.in, NGHTTP2_DATA, ES, 1, "d", 1, 0);
    deliver(&r);
    EXPECT(&r, "chunk DATA 1 +PAD \"abc\"\n"
               "frame_recv DATA 1 +PAD len=9 pad=6\n"
               "frame_recv DATA 1 +PAD len=256 pad=256\n"
               "frame_recv DATA 1 +PAD len=1 pad=1\n"
               "chunk DATA 1 +ES+PAD \"d\"\n"
               "frame_recv DATA 1 +ES+PAD len=2 pad=1\n");
    finish(&r);
}

/* §7.1: all of the payload counts in both windows */
static void padding_counts_for_flow_control(void) {
    struct recorder r;
    server_with_request(&r, 0);
    put_padded(&r.in, NGHTTP2_DATA, 0, 1, "abc", 3, 5);
    deliver(&r);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 9);
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r.session, 1), 9);
    finish(&r);
}

/* §7.1: the pad length octet counts as soon as it is there */
static void pad_length_octet_counts_at_once(void) {
    struct recorder r;
    server_with_request(&r, 0);
    struct bytes frame = {0};
    put_padded(&frame, NGHTTP2_DATA, 0, 1, "abc", 3, 5);
    receive(&r, frame.data, 10);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 1);
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r.session, 1), 1);
    bytes_free(&frame);
    finish(&r);
}

/* §7.1 */
static void empty_data_has_no_chunk(void) {
    struct recorder r;
    server_with_request(&r, 0);
    put_data(&r.in, 1, 0, "");
    put_data(&r.in, 1, ES, "");
    deliver(&r);
    EXPECT(&r, "frame_recv DATA 1 len=0\nframe_recv DATA 1 +ES len=0\n");
    finish(&r);
}

/* §7.1: both windows are checked, and either violation ends the connection */
static void stream_window_violation_is_a_connection_error(void) {
    struct recorder r;
    prepare_server(&r);
    r.settings = "4=10";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    forget(&r);
    put_data(&r.in, 1, 0, "0123456789");
    put_data(&r.in, 1, 0, "0123456789");
    deliver(&r);
    /* The window was given back when half of it was used. */
    EXPECT_SENT(&r, "chunk DATA 1 \"0123456789\"\n"
                    "frame_recv DATA 1 len=10\n"
                    "chunk DATA 1 \"0123456789\"\n"
                    "frame_recv DATA 1 len=10\n"
                    "> WINDOW_UPDATE 1 10\n"
                    "> WINDOW_UPDATE 1 10\n");
    put_data(&r.in, 1, 0, "01234567890");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

static void connection_window_violation_is_a_connection_error(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_window_update(r.option, 1);
    r.settings = "4=100000";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, EH, POST);
    for (int i = 0; i < 4; i++) put_data_of_length(&r.in, 1, 0, i < 3 ? 16384 : 16383);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH REQUEST\n"
                    "chunk DATA 1 [16384]\nframe_recv DATA 1 len=16384\n"
                    "chunk DATA 1 [16384]\nframe_recv DATA 1 len=16384\n"
                    "chunk DATA 1 [16384]\nframe_recv DATA 1 len=16384\n"
                    "chunk DATA 1 [16383]\nframe_recv DATA 1 len=16383\n");
    put_data(&r.in, 1, 0, "x");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

/* §7.1: ignored DATA is charged to the connection window */
static void ignored_data_is_charged_to_the_connection(void) {
    struct recorder r;
    server_with_request(&r, 0);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    put_data(&r.in, 1, 0, "12345");
    put_padded(&r.in, NGHTTP2_DATA, 0, 1, "abc", 3, 5);
    deliver(&r);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 14);
    for (int i = 0; i < 2; i++) put_data_of_length(&r.in, 1, 0, 16384);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32782\n");
    finish(&r);
}

/* §7.1: manual mode gives ignored DATA and padding back by itself */
static void ignored_data_is_consumed_in_manual_mode(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_window_update(r.option, 1);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, EH, POST);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    for (int i = 0; i < 2; i++) put_data_of_length(&r.in, 1, 0, 16384);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32768\n");
    finish(&r);
}

/* §7.1: undocumented results of the chunk callback change nothing */
static void chunk_callback_results_other_than_pause_and_fatal_are_ignored(void) {
    static const int codes[] = {1, -1, NGHTTP2_ERR_CANCEL, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE,
                                NGHTTP2_ERR_PROTO, -900};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct recorder r;
        server_with_request(&r, 0);
        answer(&r, ON_DATA_CHUNK, 0, codes[i]);
        put_data(&r.in, 1, ES, "abc");
        deliver(&r);
        EXPECT_SENT(&r, "chunk DATA 1 +ES \"abc\"\nframe_recv DATA 1 +ES len=3\n");
        finish(&r);
    }
}

/* §7.1 */
static void fatal_chunk_callback_result_is_callback_failure(void) {
    static const int codes[] = {NGHTTP2_ERR_NOMEM, NGHTTP2_ERR_CALLBACK_FAILURE, -1000};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct recorder r;
        server_with_request(&r, 0);
        answer(&r, ON_DATA_CHUNK, 1, codes[i]);
        put_data(&r.in, 1, ES, "abc");
        deliver(&r);
        EXPECT(&r, "chunk DATA 1 +ES \"abc\"\nrecv = CALLBACK_FAILURE\n");
        finish(&r);
    }
}

static void cancel(struct recorder *r) {
    CHECK_INT(nghttp2_submit_rst_stream(r->session, 0, r->stream_id, NGHTTP2_CANCEL), 0);
}

/* §7.1: end of frame */
static void reset_in_the_chunk_callback_ends_the_frame(void) {
    struct recorder r;
    server_with_request(&r, 0);
    during(&r, ON_DATA_CHUNK, 1, cancel);
    struct bytes frame = {0};
    put_data(&frame, 1, ES, "abcdef");
    receive(&r, frame.data, 12);
    receive(&r, frame.data + 12, 3);
    EXPECT_SENT(&r, "chunk DATA 1 +ES \"abc\"\n"
                    "chunk DATA 1 +ES \"def\"\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n");
    bytes_free(&frame);
    finish(&r);
}

/* §7.1: a stream that vanishes in the middle of a frame */
static void rest_of_the_frame_is_ignored_when_the_stream_is_gone(void) {
    struct recorder r;
    server_with_request(&r, 0);
    struct bytes frame = {0};
    put_data(&frame, 1, ES, "abcdef");
    receive(&r, frame.data, 12);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    drain(&r);
    receive(&r, frame.data + 12, 3);
    EXPECT(&r, "chunk DATA 1 +ES \"abc\"\n"
               "close 1 CANCEL\n"
               "> RST_STREAM 1 CANCEL\n");
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 6);
    bytes_free(&frame);
    finish(&r);
}

/* §7.1: END_STREAM in both directions closes the stream behind on_frame_recv */
static void end_stream_closes_a_stream_that_we_have_ended(void) {
    struct recorder r;
    server_with_request(&r, 0);
    response(&r, 1, OK_200, NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:status: 200}\n");
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    EXPECT(&r, "chunk DATA 1 +ES \"abc\"\nframe_recv DATA 1 +ES len=3\nclose 1 NO_ERROR\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(data_on_stream_0_is_a_connection_error),
        TEST(data_on_an_idle_stream_is_a_connection_error),
        TEST(data_after_end_stream_is_stream_closed),
        TEST(data_on_a_closed_stream_is_ignored),
        TEST(data_on_a_stream_being_reset_is_ignored),
        TEST(data_on_an_own_stream_being_reset_is_ignored),
        TEST(data_before_response_headers_is_a_connection_error),
        TEST(data_on_a_reserved_stream_is_a_connection_error),
        TEST(data_on_a_promised_stream_of_ours_is_stream_closed),
        TEST(padding_errors_are_connection_errors),
        TEST(padding_is_not_delivered),
        TEST(padding_counts_for_flow_control),
        TEST(pad_length_octet_counts_at_once),
        TEST(empty_data_has_no_chunk),
        TEST_SINCE_1_70(stream_window_violation_is_a_connection_error),
        TEST(connection_window_violation_is_a_connection_error),
        TEST(ignored_data_is_charged_to_the_connection),
        TEST(ignored_data_is_consumed_in_manual_mode),
        TEST(chunk_callback_results_other_than_pause_and_fatal_are_ignored),
        TEST(fatal_chunk_callback_result_is_callback_failure),
        TEST(reset_in_the_chunk_callback_ends_the_frame),
        TEST(rest_of_the_frame_is_ignored_when_the_stream_is_gone),
        TEST(end_stream_closes_a_stream_that_we_have_ended),
    };
    return RUN_TESTS(tests);
}
