/* Whole exchanges, every callback in its place. */
#include "support.h"

static void server_hearing_all(struct recorder *r) {
    server(r);
    r->heard = ALL_EVENTS;
}

static void terminate(struct recorder *r) {
    nghttp2_session_terminate_session(r->session, NGHTTP2_NO_ERROR);
}

static void cancel(struct recorder *r) {
    nghttp2_submit_rst_stream(r->session, 0, r->stream_id, NGHTTP2_CANCEL);
}

/* §22 */
static void preface_of_a_server(void) {
    struct recorder r;
    prepare_server(&r);
    start(&r);
    r.heard = ALL_EVENTS;
    put_magic(&r.in);
    put_settings(&r.in, "4=70000");
    deliver(&r);
    EXPECT(&r, "begin_frame SETTINGS len=6\nframe_recv SETTINGS 4=70000\n");
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 1);
    submit_settings(&r, "");
    EXPECT_SENT(&r, "before_send SETTINGS +ACK\n"
                    "sent SETTINGS +ACK\n"
                    "> SETTINGS +ACK\n"
                    "before_send SETTINGS\n"
                    "sent SETTINGS\n"
                    "> SETTINGS\n");
    put_settings_ack(&r.in);
    deliver(&r);
    EXPECT(&r, "begin_frame SETTINGS +ACK len=0\nframe_recv SETTINGS +ACK\n");
    finish(&r);
}

/* §22 */
static void padded_request_and_data(void) {
    struct recorder r;
    server_hearing_all(&r);
    struct bytes block = {0};
    put_hex(&block, "83 87 84 41 026578");
    put_padded(&r.in, NGHTTP2_HEADERS, EH, 1, block.data, block.length, 3);
    put_padded(&r.in, NGHTTP2_DATA, ES, 1, "hello", 5, 2);
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +EH+PAD len=11\n"
               "begin_headers HEADERS 1 +EH+PAD REQUEST pad=4\n"
               "header 1 :method: POST\n"
               "header 1 :scheme: https\n"
               "header 1 :path: /\n"
               "header 1 :authority: ex\n"
               "frame_recv HEADERS 1 +EH+PAD REQUEST pad=4\n"
               "begin_frame DATA 1 +ES+PAD len=8\n"
               "chunk DATA 1 +ES+PAD \"hello\"\n"
               "frame_recv DATA 1 +ES+PAD len=8 pad=3\n");
    bytes_free(&block);
    finish(&r);
}

/* §22 */
static void continued_request(void) {
    struct recorder r;
    server_hearing_all(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES, 1, "82 87");
    put_hex_frame(&r.in, NGHTTP2_CONTINUATION, 0, 1, "84 41");
    put_hex_frame(&r.in, NGHTTP2_CONTINUATION, EH, 1, "02 6578");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +ES len=2\n"
               "begin_headers HEADERS 1 +ES REQUEST\n"
               "header 1 :method: GET\n"
               "header 1 :scheme: https\n"
               "begin_frame CONTINUATION 1 len=2\n"
               "header 1 :path: /\n"
               "begin_frame CONTINUATION 1 +EH len=3\n"
               "header 1 :authority: ex\n"
               "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

/* §22 */
static void undecodable_request(void) {
    struct recorder r;
    server_hearing_all(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "ff ff ff ff ff ff");
    deliver(&r);
    EXPECT_SENT(&r, "begin_frame HEADERS 1 +ES+EH len=6\n"
                    "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "not_sent RST_STREAM 1 COMPRESSION_ERROR: SESSION_CLOSING\n"
                    "before_send GOAWAY last=1 COMPRESSION_ERROR\n"
                    "sent GOAWAY last=1 COMPRESSION_ERROR\n"
                    "> GOAWAY last=1 COMPRESSION_ERROR\n");
    finish(&r);
}

/* §22 */
static void request_reset_in_begin_headers(void) {
    struct recorder r;
    server_hearing_all(&r);
    during(&r, ON_BEGIN_HEADERS, 1, cancel);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "82 87 84 41 026578");
    deliver(&r);
    EXPECT_SENT(&r, "begin_frame HEADERS 1 +ES+EH len=7\n"
                    "begin_headers HEADERS 1 +ES+EH REQUEST\n"
                    "header 1 :method: GET\n"
                    "header 1 :scheme: https\n"
                    "header 1 :path: /\n"
                    "header 1 :authority: ex\n"
                    "before_send RST_STREAM 1 CANCEL\n"
                    "sent RST_STREAM 1 CANCEL\n"
                    "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

/* §22 */
static void termination_in_begin_headers(void) {
    struct recorder r;
    server_hearing_all(&r);
    during(&r, ON_BEGIN_HEADERS, 1, terminate);
    put_headers(&r.in, 1, ES | EH, GET);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +ES+EH len=52\n"
               "begin_headers HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

/* §22 */
static void received_reset(void) {
    struct recorder r;
    server_hearing_all(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    forget(&r);
    put_rst_stream(&r.in, 1, NGHTTP2_INTERNAL_ERROR);
    deliver(&r);
    EXPECT(&r, "begin_frame RST_STREAM 1 len=4\n"
               "frame_recv RST_STREAM 1 INTERNAL_ERROR\n"
               "close 1 INTERNAL_ERROR\n");
    finish(&r);
}

/* §22: one mem_send call after the other */
static void response_of_20000_octets(void) {
    struct recorder r;
    server_hearing_all(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    struct body body = {.left = 20000};
    response(&r, 1, OK_200, &body);
    CHECK_INT(send_one(&r), 10);
    EXPECT(&r, "before_send HEADERS 1 +EH RESPONSE\n"
               "sent HEADERS 1 +EH RESPONSE\n"
               "> HEADERS 1 +EH {:status: 200}\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    CHECK_INT(send_one(&r), 9 + 16384);
    EXPECT(&r, "read 1 length=16384\nsent DATA 1 len=16384\n> DATA 1 len=16384\n");
    CHECK_INT(send_one(&r), 9 + 3616);
    EXPECT(&r, "read 1 length=16384\n"
               "sent DATA 1 +ES len=3616\n"
               "close 1 NO_ERROR\n"
               "> DATA 1 +ES len=3616\n");
    CHECK_INT(nghttp2_session_want_write(r.session), 1);
    CHECK_INT(send_one(&r), 0);
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    finish(&r);
}

/* §22: the response of stream 1 goes first */
static void push_with_both_responses(void) {
    struct recorder r;
    server_hearing_all(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    push(&r, 1, ":method: GET\n");
    response(&r, 1, OK_200, NULL);
    response(&r, 2, OK_200, NULL);
    EXPECT_SENT(&r, "before_send PUSH_PROMISE 1 +EH -> 2\n"
                    "sent PUSH_PROMISE 1 +EH -> 2\n"
                    "> PUSH_PROMISE 1 +EH -> 2 {:method: GET}\n"
                    "before_send HEADERS 1 +ES+EH RESPONSE\n"
                    "sent HEADERS 1 +ES+EH RESPONSE\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n"
                    "before_send HEADERS 2 +ES+EH PUSH_RESPONSE\n"
                    "sent HEADERS 2 +ES+EH PUSH_RESPONSE\n"
                    "close 2 NO_ERROR\n"
                    "> HEADERS 2 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* §22 */
static void client_conversation(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    r.heard = ALL_EVENTS;
    request(&r, ":method: GET\n", NULL);
    submit_settings(&r, "2=0");
    CHECK_INT(send_one(&r), 24);
    EXPECT(&r, "> MAGIC\n");
    EXPECT_SENT(&r, "before_send SETTINGS 2=0\n"
                    "sent SETTINGS 2=0\n"
                    "> SETTINGS 2=0\n"
                    "before_send HEADERS 1 +ES+EH REQUEST\n"
                    "sent HEADERS 1 +ES+EH REQUEST\n"
                    "> HEADERS 1 +ES+EH {:method: GET}\n");
    put_settings(&r.in, "");
    put_settings_ack(&r.in);
    deliver(&r);
    drain(&r);
    forget(&r);
    put_headers(&r.in, 1, EH, ":status: 103\n");
    put_headers(&r.in, 1, EH, OK_200);
    put_data(&r.in, 1, 0, "abc");
    put_headers(&r.in, 1, ES | EH, "t: 1\n");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +EH len=13\n"
               "begin_headers HEADERS 1 +EH RESPONSE\n"
               "header 1 :status: 103\n"
               "frame_recv HEADERS 1 +EH RESPONSE\n"
               "begin_frame HEADERS 1 +EH len=13\n"
               "begin_headers HEADERS 1 +EH HEADERS\n"
               "header 1 :status: 200\n"
               "frame_recv HEADERS 1 +EH HEADERS\n"
               "begin_frame DATA 1 len=3\n"
               "chunk DATA 1 \"abc\"\n"
               "frame_recv DATA 1 len=3\n"
               "begin_frame HEADERS 1 +ES+EH len=5\n"
               "begin_headers HEADERS 1 +ES+EH HEADERS\n"
               "header 1 t: 1\n"
               "frame_recv HEADERS 1 +ES+EH HEADERS\n"
               "close 1 NO_ERROR\n");
    finish(&r);
}

/* §22: own streams above the last id; their order is not fixed */
static void goaway_with_open_streams(void) {
    struct recorder r;
    client(&r);
    for (int i = 0; i < 3; i++) request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_goaway(&r.in, 1, NGHTTP2_NO_ERROR, "");
    deliver(&r);
    const char *log = text_of(&r.log);
    CHECK(strncmp(log, "frame_recv GOAWAY last=1 NO_ERROR\n", 34) == 0);
    CHECK(strstr(log, "close 3 REFUSED_STREAM\n") != NULL);
    CHECK(strstr(log, "close 5 REFUSED_STREAM\n") != NULL);
    CHECK_INT(r.calls[ON_STREAM_CLOSE], 2);
    finish(&r);
}

/* A client and a server back to back */
static void transfer(struct recorder *from, struct recorder *to) {
    const uint8_t *data;
    nghttp2_ssize n;
    while ((n = nghttp2_session_mem_send2(from->session, &data)) > 0) receive(to, data, (size_t)n);
    CHECK_INT(n, 0);
}

static void two_sessions_talk(void) {
    struct recorder c, s;
    prepare_client(&c);
    prepare_server(&s);
    start(&c);
    start(&s);
    submit_settings(&c, "3=100");
    submit_settings(&s, "3=100");
    struct body upload = {.left = 100000}, download = {.left = 200000};
    request(&c, POST "content-length: 100000\n", &upload);
    s.heard = c.heard = BIT(ON_STREAM_CLOSE) | BIT(ON_INVALID_FRAME) | BIT(ON_FRAME_NOT_SEND);
    for (int i = 0; i < 100; i++) {
        transfer(&c, &s);
        if (i == 0) response(&s, 1, OK_200 "content-length: 200000\n", &download);
        transfer(&s, &c);
    }
    EXPECT(&c, "close 1 NO_ERROR\n");
    EXPECT(&s, "close 1 NO_ERROR\n");
    CHECK_INT(upload.left, 0);
    CHECK_INT(download.left, 0);
    finish(&c);
    finish(&s);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(preface_of_a_server),
        TEST(padded_request_and_data),
        TEST(continued_request),
        TEST(undecodable_request),
        TEST(request_reset_in_begin_headers),
        TEST(termination_in_begin_headers),
        TEST(received_reset),
        TEST(response_of_20000_octets),
        TEST(push_with_both_responses),
        TEST(client_conversation),
        TEST(goaway_with_open_streams),
        TEST(two_sessions_talk),
    };
    return RUN_TESTS(tests);
}
