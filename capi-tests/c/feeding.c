/* Giving input to a session: cuts, pauses, fatal results, and session_recv. */
#include "support.h"

#define INPUT_LINES (USUAL_LINES | BIT(ON_BEGIN_FRAME) | BIT(ON_BEGIN_HEADERS) | BIT(ON_HEADER))

/* A connection's worth of frames of all kinds; DATA last, because its chunks follow the cuts. */
static void put_conversation(struct bytes *in) {
    put_magic(in);
    put_settings(in, "3=100 4=70000");
    put_prioritised(in, 1, EH, 0, 16, 0, POST "cookie: a\n");
    put_frame(in, NGHTTP2_HEADERS, ES, 3, NULL, 0);
    put_continuation(in, 3, 0, ":method: GET\n:scheme: https\n");
    put_continuation(in, 3, EH, ":path: /\n:authority: ex\n");
    put_window_update(in, 0, 100);
    put_window_update(in, 1, 100);
    put_ping(in, 0, "12345678");
    put_hex_frame(in, 0xee, 0xff, 7, "00112233");
    put_rst_stream(in, 3, NGHTTP2_CANCEL);
    put_padded(in, NGHTTP2_DATA, 0, 1, "z", 1, 4);
    put_headers(in, 1, ES | EH, "trailer: t\n");
    put_goaway(in, 0, NGHTTP2_NO_ERROR, "bye");
}

static void feed_in_pieces(struct recorder *r, const struct bytes *input, size_t size) {
    for (size_t at = 0; at < input->length; at += size) {
        size_t n = input->length - at < size ? input->length - at : size;
        receive(r, input->data + at, n);
    }
}

/* §4.3; before 1.70 a CONTINUATION header cut into pieces counted once a piece */
static void cuts_do_not_change_the_callbacks(void) {
    struct bytes input = {0}, whole = {0};
    put_conversation(&input);
    for (size_t size = input.length; size > 0; size = size > 40 ? size / 2 : size - 1) {
        struct recorder r;
        prepare_server(&r);
        r.heard = INPUT_LINES;
        start(&r);
        feed_in_pieces(&r, &input, size);
        drain(&r);
        if (size == input.length) {
            text_printf(&whole, "%s", text_of(&r.log));
            CHECK(strstr(text_of(&whole), "frame_recv GOAWAY last=0 NO_ERROR \"bye\"\n") != NULL);
        }
        EXPECT(&r, text_of(&whole));
        finish(&r);
    }
    bytes_free(&input);
    bytes_free(&whole);
}

/* §4.3 */
static void data_arrives_in_the_pieces_that_were_fed(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    forget(&r);
    struct bytes data = {0};
    put_data(&data, 1, ES, "abcdef");
    receive(&r, data.data, 11);
    EXPECT(&r, "chunk DATA 1 +ES \"ab\"\n");
    receive(&r, data.data + 11, 1);
    EXPECT(&r, "chunk DATA 1 +ES \"c\"\n");
    receive(&r, data.data + 12, 3);
    EXPECT(&r, "chunk DATA 1 +ES \"def\"\nframe_recv DATA 1 +ES len=6\n");
    bytes_free(&data);
    finish(&r);
}

static const uint8_t *seen_chunk;

static int keep_chunk(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                      const uint8_t *data, size_t length, void *user_data) {
    (void)session, (void)flags, (void)stream_id, (void)length, (void)user_data;
    seen_chunk = data;
    return 0;
}

/* §4.3 */
static void data_points_into_the_callers_buffer(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, keep_chunk);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
    struct bytes input = {0};
    put_magic(&input);
    put_settings(&input, "");
    put_headers(&input, 1, EH, POST);
    put_data(&input, 1, 0, "abcdef");
    CHECK_INT(nghttp2_session_mem_recv2(session, input.data, input.length), input.length);
    CHECK(seen_chunk == input.data + input.length - 6);
    bytes_free(&input);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

/* §4.3 */
static void fields_are_delivered_before_the_frame_is_complete(void) {
    struct recorder r;
    server(&r);
    r.heard = INPUT_LINES;
    struct bytes frame = {0};
    put_headers(&frame, 1, ES | EH, GET);
    receive(&r, frame.data, frame.length - 1);
    EXPECT(&r, "begin_frame HEADERS 1 +ES+EH len=52\n"
               "begin_headers HEADERS 1 +ES+EH REQUEST\n"
               "header 1 :method: GET\n"
               "header 1 :scheme: https\n"
               "header 1 :path: /\n");
    receive(&r, frame.data + frame.length - 1, 1);
    EXPECT(&r, "header 1 :authority: ex\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    bytes_free(&frame);
    finish(&r);
}

/* §4: mem_recv is mem_recv2 with another return type */
static void old_and_new_mem_recv_mix(void) {
    struct recorder r;
    server(&r);
    struct bytes frame = {0};
    put_headers(&frame, 1, ES | EH, GET);
    CHECK_INT(nghttp2_session_mem_recv(r.session, frame.data, 20), 20);
    CHECK_INT(nghttp2_session_mem_recv2(r.session, frame.data + 20, frame.length - 20),
              frame.length - 20);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    bytes_free(&frame);
    finish(&r);
}

/* §4 */
static void no_input_is_allowed(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(nghttp2_session_mem_recv2(r.session, NULL, 0), 0);
    put_ping(&r.in, ACK, "12345678");
    deliver(&r);
    EXPECT(&r, "frame_recv PING +ACK \"12345678\"\n");
    finish(&r);
}

/* §4.2 */
static void input_is_swallowed_when_nothing_is_wanted(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(nghttp2_session_terminate_session(r.session, NGHTTP2_NO_ERROR), 0);
    drain(&r);
    forget(&r);
    CHECK_INT(nghttp2_session_want_read(r.session), 0);
    put_headers(&r.in, 1, ES | EH, GET);
    put_hex(&r.in, "ffffffffffffffffffffffffffffff");
    CHECK_INT(deliver(&r), 76);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §4.4, §4.5: the count includes the chunk just delivered */
static void pause_in_data_stops_behind_the_chunk(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    forget(&r);
    answer(&r, ON_DATA_CHUNK, 1, NGHTTP2_ERR_PAUSE);
    struct bytes input = {0};
    put_data(&input, 1, 0, "abc");
    put_data(&input, 1, ES, "d");
    CHECK_INT(receive(&r, input.data, input.length), 12);
    EXPECT(&r, "chunk DATA 1 \"abc\"\nrecv = 12\n");
    receive(&r, input.data + 12, input.length - 12);
    EXPECT(&r, "frame_recv DATA 1 len=3\n"
               "chunk DATA 1 +ES \"d\"\n"
               "frame_recv DATA 1 +ES len=1\n");
    bytes_free(&input);
    finish(&r);
}

/* §4.5 */
static void last_pause_needs_a_call_without_input(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_data(&r.in, 1, ES, "abc");
    answer(&r, ON_DATA_CHUNK, 1, NGHTTP2_ERR_PAUSE);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +EH REQUEST\nchunk DATA 1 +ES \"abc\"\n");
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 0);
    CHECK_INT(receive(&r, NULL, 0), 0);
    EXPECT(&r, "frame_recv DATA 1 +ES len=3\n");
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 1);
    finish(&r);
}

/* §4.5 */
static void paused_chunk_is_already_in_the_window(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_data_of_length(&r.in, 1, 0, 100);
    answer(&r, ON_DATA_CHUNK, 1, NGHTTP2_ERR_PAUSE);
    deliver(&r);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 100);
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r.session, 1), 100);
    receive(&r, NULL, 0);
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 100);
    finish(&r);
}

/* §4.4 */
static void pause_in_header_stops_behind_the_field(void) {
    struct recorder r;
    server(&r);
    r.heard |= BIT(ON_HEADER);
    answer(&r, ON_HEADER, 0, NGHTTP2_ERR_PAUSE);
    struct bytes input = {0};
    put_headers(&input, 1, ES | EH, GET);
    size_t at = 0;
    static const size_t stops[] = {9 + 13, 9 + 28, 9 + 37};
    for (size_t i = 0; i < 3; i++) {
        at += (size_t)receive(&r, input.data + at, input.length - at);
        CHECK_INT(at, stops[i]);
    }
    forget(&r);
    receive(&r, input.data + at, input.length - at);
    EXPECT(&r, "header 1 :authority: ex\n");
    receive(&r, NULL, 0);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    bytes_free(&input);
    finish(&r);
}

/* §4.4: the rest of the buffer is swallowed */
static void termination_in_a_callback_swallows_the_rest(void) {
    struct recorder r;
    server(&r);
    put_hex_frame(&r.in, NGHTTP2_PING, 0, 1, "0000000000000000");
    put_ping(&r.in, 0, "12345678");
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PING 1 \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\": PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"PING: stream_id != 0\"\n");
    finish(&r);
}

/* §4: session_recv reads until the callback would block */
static void recv_reads_until_it_would_block(void) {
    for (unsigned old = 0; old < 2; old++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= BIT(RECV);
        if (old) r.old_forms = BIT(RECV);
        start(&r);
        handshake(&r);
        r.heard = BIT(ON_FRAME_RECV) | BIT(RECV);
        put_headers(&r.in, 1, ES | EH, GET);
        r.input_step = 40;
        CHECK_INT(nghttp2_session_recv(r.session), 0);
        EXPECT(&r, "recv 16384\n"
                   "recv 16384\n"
                   "frame_recv HEADERS 1 +ES+EH REQUEST\n"
                   "recv 16384\n");
        finish(&r);
    }
}

/* §4: the table of recv_callback results */
static void recv_callback_results(void) {
    static const struct {
        int code, result;
    } rows[] = {
        {16385, NGHTTP2_ERR_CALLBACK_FAILURE},
        {NGHTTP2_ERR_WOULDBLOCK, 0},
        {NGHTTP2_ERR_EOF, NGHTTP2_ERR_EOF},
        {NGHTTP2_ERR_CALLBACK_FAILURE, NGHTTP2_ERR_CALLBACK_FAILURE},
        {NGHTTP2_ERR_NOMEM, NGHTTP2_ERR_CALLBACK_FAILURE},
        {-1, NGHTTP2_ERR_CALLBACK_FAILURE},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        prepare_server(&r);
        r.callbacks |= BIT(RECV);
        start(&r);
        handshake(&r);
        answer(&r, RECV, 0, rows[i].code);
        CHECK_INT(nghttp2_session_recv(r.session), rows[i].result);
        CHECK_INT(r.calls[RECV], 1);
        finish(&r);
    }
}

static nghttp2_ssize receive_nothing(nghttp2_session *session, uint8_t *buf, size_t length,
                                     int flags, void *user_data) {
    (void)session, (void)buf, (void)length, (void)flags;
    ++*(int *)user_data;
    return 0;
}

/* §4: 0 counts as "would block" */
static void recv_callback_result_zero_ends_the_loop(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    int calls = 0;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_recv_callback2(callbacks, receive_nothing);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, &calls), 0);
    CHECK_INT(nghttp2_session_recv(session), 0);
    CHECK_INT(calls, 1);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

/* §4: a fatal result of mem_recv is the result of session_recv */
static void recv_returns_fatal_errors(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(RECV);
    start(&r);
    put_hex(&r.in, "00");
    CHECK_INT(nghttp2_session_recv(r.session), NGHTTP2_ERR_BAD_CLIENT_MAGIC);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_SINCE_1_70(cuts_do_not_change_the_callbacks),
        TEST(data_arrives_in_the_pieces_that_were_fed),
        TEST(data_points_into_the_callers_buffer),
        TEST(fields_are_delivered_before_the_frame_is_complete),
        TEST(old_and_new_mem_recv_mix),
        TEST(no_input_is_allowed),
        TEST(input_is_swallowed_when_nothing_is_wanted),
        TEST(pause_in_data_stops_behind_the_chunk),
        TEST(last_pause_needs_a_call_without_input),
        TEST(paused_chunk_is_already_in_the_window),
        TEST(pause_in_header_stops_behind_the_field),
        TEST(termination_in_a_callback_swallows_the_rest),
        TEST(recv_reads_until_it_would_block),
        TEST(recv_callback_results),
        TEST(recv_callback_result_zero_ends_the_loop),
        TEST(recv_returns_fatal_errors),
    };
    return RUN_TESTS(tests);
}
