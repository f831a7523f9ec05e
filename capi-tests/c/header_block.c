/* Header blocks on their way in: delivery field by field, refusals, undecodable blocks, the end. */
#include "support.h"

static void server_hearing_headers(struct recorder *r) {
    server(r);
    r->heard |= BIT(ON_BEGIN_HEADERS) | BIT(ON_HEADER);
}

static void cancel(struct recorder *r) {
    CHECK_INT(nghttp2_submit_rst_stream(r->session, 0, r->stream_id, NGHTTP2_CANCEL), 0);
}

static void terminate(struct recorder *r) {
    CHECK_INT(nghttp2_session_terminate_session(r->session, NGHTTP2_NO_ERROR), 0);
}

static size_t announced_length;

static void keep_length(struct recorder *r) {
    announced_length = r->frame->hd.length;
}

/* §7.2: hd.length is the first frame's in on_begin_headers, the sum in on_frame_recv */
static void length_covers_continuations_at_the_end(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES, GET);
    put_continuation(&r.in, 1, EH, "a: b\n");
    during(&r, ON_BEGIN_HEADERS, 1, keep_length);
    deliver(&r);
    CHECK_INT(r.calls[ON_FRAME_RECV], 1);
    CHECK_INT(announced_length, 52);
    finish(&r);

    server(&r);
    put_headers(&r.in, 1, ES, GET);
    put_continuation(&r.in, 1, EH, "a: b\n");
    during(&r, ON_FRAME_RECV, 1, keep_length);
    deliver(&r);
    CHECK_INT(announced_length, 57);
    finish(&r);
}

/* §7.2 */
static void temporal_failure_in_begin_headers_resets_the_stream(void) {
    struct recorder r;
    server_hearing_headers(&r);
    answer(&r, ON_BEGIN_HEADERS, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "close 1 INTERNAL_ERROR\n"
                    "> RST_STREAM 1 INTERNAL_ERROR\n");
    finish(&r);
}

/* §7.2 */
static void other_begin_headers_results_are_callback_failures(void) {
    static const int codes[] = {1, -1, NGHTTP2_ERR_PAUSE, NGHTTP2_ERR_CANCEL,
                                NGHTTP2_ERR_CALLBACK_FAILURE, NGHTTP2_ERR_NOMEM};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct recorder r;
        server(&r);
        answer(&r, ON_BEGIN_HEADERS, 1, codes[i]);
        put_headers(&r.in, 1, ES | EH, GET);
        deliver(&r);
        EXPECT(&r, "recv = CALLBACK_FAILURE\n");
        finish(&r);
    }
}

/* §7.2: the remaining fields are decoded, so that the next request still makes sense */
static void temporal_failure_in_header_resets_the_stream(void) {
    struct recorder r;
    server_hearing_headers(&r);
    answer(&r, ON_HEADER, 2, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "82 87 84 41 026578");
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "header 1 :method: GET\n"
                    "header 1 :scheme: https\n"
                    "close 1 INTERNAL_ERROR\n"
                    "> RST_STREAM 1 INTERNAL_ERROR\n");
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 3, "82 87 84 be");
    deliver(&r);
    EXPECT(&r, "begin_headers HEADERS 3 +ES+EH REQUEST\n"
               "header 3 :method: GET\n"
               "header 3 :scheme: https\n"
               "header 3 :path: /\n"
               "header 3 :authority: ex\n"
               "frame_recv HEADERS 3 +ES+EH REQUEST\n");
    finish(&r);
}

/* §7.2 */
static void other_header_results_are_callback_failures(void) {
    static const int codes[] = {1, -1, NGHTTP2_ERR_CANCEL, NGHTTP2_ERR_CALLBACK_FAILURE};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct recorder r;
        server(&r);
        answer(&r, ON_HEADER, 1, codes[i]);
        put_headers(&r.in, 1, ES | EH, GET);
        deliver(&r);
        EXPECT(&r, "recv = CALLBACK_FAILURE\n");
        finish(&r);
    }
}

/* §7.2: a stream that the program resets meanwhile */
static void reset_in_begin_headers_still_delivers_fields_but_not_the_frame(void) {
    struct recorder r;
    server_hearing_headers(&r);
    during(&r, ON_BEGIN_HEADERS, 1, cancel);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "header 1 :method: GET\n"
                    "header 1 :scheme: https\n"
                    "header 1 :path: /\n"
                    "header 1 :authority: ex\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

static void reset_in_header_still_delivers_the_remaining_fields(void) {
    struct recorder r;
    server_hearing_headers(&r);
    during(&r, ON_HEADER, 3, cancel);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "header 1 :method: GET\n"
                    "header 1 :scheme: https\n"
                    "header 1 :path: /\n"
                    "header 1 :authority: ex\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

/* §7.2: fields for an object that is gone are dropped */
static void fields_of_a_vanished_stream_are_dropped(void) {
    struct recorder r;
    server_hearing_headers(&r);
    struct bytes frame = {0};
    put_headers(&frame, 1, ES | EH, GET);
    receive(&r, frame.data, 24);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    drain(&r);
    receive(&r, frame.data + 24, frame.length - 24);
    EXPECT_SENT(&r, "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "header 1 :method: GET\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n");
    bytes_free(&frame);
    finish(&r);
}

/* §4.4: the fields that have arrived in this piece of the block are still delivered */
static void termination_in_header_delivers_the_rest_of_the_piece(void) {
    struct recorder r;
    server_hearing_headers(&r);
    during(&r, ON_HEADER, 2, terminate);
    put_headers(&r.in, 1, ES, GET);
    put_continuation(&r.in, 1, EH, "a: b\n");
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers HEADERS 1 +ES REQUEST\n"
                    "header 1 :method: GET\n"
                    "header 1 :scheme: https\n"
                    "header 1 :path: /\n"
                    "header 1 :authority: ex\n"
                    "> GOAWAY last=1 NO_ERROR\n");
    finish(&r);
}

/* §7.2: the RST_STREAM is queued before the GOAWAY, and therefore never sent */
static void undecodable_block_is_a_compression_error(void) {
    static const char *const blocks[] = {"80", "be", "ff80808080 10", "828784 bf", "00", "3f e2 1f",
                                         "82 20"};
    for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
        struct recorder r;
        server(&r);
        put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, blocks[i]);
        deliver(&r);
        EXPECT_SENT(&r, "not_sent RST_STREAM 1 COMPRESSION_ERROR: SESSION_CLOSING\n"
                        "> GOAWAY last=1 COMPRESSION_ERROR\n");
        finish(&r);
    }
}

/* §7.2: a block that ends in the middle of a field shows only with END_HEADERS */
static void cut_field_is_a_compression_error_at_the_end_of_the_block(void) {
    struct recorder r;
    server(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES, 1, "82 87 84 41 02 65");
    deliver(&r);
    EXPECT_SENT(&r, "");
    put_hex_frame(&r.in, NGHTTP2_CONTINUATION, EH, 1, "");
    deliver(&r);
    EXPECT_SENT(&r, "not_sent RST_STREAM 1 COMPRESSION_ERROR: SESSION_CLOSING\n"
                    "> GOAWAY last=1 COMPRESSION_ERROR\n");
    finish(&r);
}

/* §7.2: nothing is queued for a stream that is not delivered */
static void undecodable_block_of_an_ignored_stream(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    forget(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "80");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=3 COMPRESSION_ERROR\n");
    finish(&r);
}

/* §7.2 */
static void undecodable_block_of_a_promise(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_hex_frame(&r.in, NGHTTP2_PUSH_PROMISE, EH, 1, "00000002 80");
    deliver(&r);
    EXPECT_SENT(&r, "not_sent RST_STREAM 2 COMPRESSION_ERROR: SESSION_CLOSING\n"
                    "> GOAWAY last=2 COMPRESSION_ERROR\n");
    finish(&r);
}

/* §7.2 end of block 1: END_STREAM is acted on although the frame is not delivered */
static void failed_message_check_resets_the_stream(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, ":method: GET\n");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 1);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH REQUEST: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* §7.2 end of block 4 */
static void end_stream_on_headers_closes_a_stream_that_we_have_ended(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH RESPONSE\nclose 1 NO_ERROR\n");
    finish(&r);
}

/* §7.2: an empty block is a message without fields */
static void empty_block_fails_the_message_check(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, "");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH REQUEST: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* §7.2 with option no_http_messaging: an empty request is delivered */
static void empty_block_without_messaging_rules(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_http_messaging(r.option, 1);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, "");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(length_covers_continuations_at_the_end),
        TEST(temporal_failure_in_begin_headers_resets_the_stream),
        TEST(other_begin_headers_results_are_callback_failures),
        TEST(temporal_failure_in_header_resets_the_stream),
        TEST(other_header_results_are_callback_failures),
        TEST(reset_in_begin_headers_still_delivers_fields_but_not_the_frame),
        TEST(reset_in_header_still_delivers_the_remaining_fields),
        TEST(fields_of_a_vanished_stream_are_dropped),
        TEST(termination_in_header_delivers_the_rest_of_the_piece),
        TEST(undecodable_block_is_a_compression_error),
        TEST(cut_field_is_a_compression_error_at_the_end_of_the_block),
        TEST(undecodable_block_of_an_ignored_stream),
        TEST(undecodable_block_of_a_promise),
        TEST(failed_message_check_resets_the_stream),
        TEST(end_stream_on_headers_closes_a_stream_that_we_have_ended),
        TEST(empty_block_fails_the_message_check),
        TEST(empty_block_without_messaging_rules),
    };
    return RUN_TESTS(tests);
}
