/* Bodies against content-length and against the kind of message. */
#include "support.h"

#define TOO_LONG                                                                                   \
    "invalid_frame DATA 1 len=3: PROTO\nclose 1 PROTOCOL_ERROR\n> RST_STREAM 1 PROTOCOL_ERROR\n"

/* A server that has received this POST. */
static void posted(struct recorder *r, const char *more_fields) {
    server(r);
    struct bytes text = {0};
    text_printf(&text, "%s%s", POST, more_fields);
    put_headers(&r->in, 1, EH, text_of(&text));
    bytes_free(&text);
    deliver(r);
    forget(r);
}

/* A client that has received this response to its request. */
static void responded(struct recorder *r, const char *request_fields, const char *response) {
    client(r);
    request(r, request_fields, NULL);
    drain(r);
    put_headers(&r->in, 1, EH, response);
    deliver(r);
    forget(r);
}

/* http §7 */
static void body_of_the_declared_length(void) {
    struct recorder r;
    posted(&r, "content-length: 6\n");
    put_data(&r.in, 1, 0, "abc");
    put_padded(&r.in, NGHTTP2_DATA, 0, 1, "def", 3, 9);
    put_data(&r.in, 1, ES, "");
    deliver(&r);
    EXPECT_SENT(&r, "chunk DATA 1 \"abc\"\n"
                    "frame_recv DATA 1 len=3\n"
                    "chunk DATA 1 +PAD \"def\"\n"
                    "frame_recv DATA 1 +PAD len=13 pad=10\n"
                    "frame_recv DATA 1 +ES len=0\n");
    finish(&r);
}

/* http §7: as soon as it is exceeded; the chunk is not delivered */
static void body_longer_than_declared(void) {
    struct recorder r;
    posted(&r, "content-length: 2\n");
    put_data(&r.in, 1, 0, "abc");
    deliver(&r);
    EXPECT_SENT(&r, TOO_LONG);
    finish(&r);
}

/* http §7: rest of that frame is ignored */
static void body_longer_than_declared_in_pieces(void) {
    struct recorder r;
    posted(&r, "content-length: 2\n");
    struct bytes frame = {0};
    put_data(&frame, 1, ES, "abcdef");
    for (size_t i = 0; i < frame.length; i++) receive(&r, frame.data + i, 1);
    EXPECT_SENT(&r, "chunk DATA 1 +ES \"a\"\n"
                    "chunk DATA 1 +ES \"b\"\n"
                    "invalid_frame DATA 1 +ES len=6: PROTO\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r.session), 6);
    bytes_free(&frame);
    finish(&r);
}

/* http §7: at END_STREAM, on DATA */
static void body_shorter_than_declared(void) {
    struct recorder r;
    posted(&r, "content-length: 4\n");
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 1);
    EXPECT_SENT(&r, "chunk DATA 1 +ES \"abc\"\n"
                    "invalid_frame DATA 1 +ES len=3: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §7: at END_STREAM, on trailers */
static void body_shorter_than_declared_with_trailers(void) {
    struct recorder r;
    posted(&r, "content-length: 4\n");
    put_data(&r.in, 1, 0, "abc");
    put_headers(&r.in, 1, ES | EH, "t: 1\n");
    deliver(&r);
    EXPECT_SENT(&r, "chunk DATA 1 \"abc\"\n"
                    "frame_recv DATA 1 len=3\n"
                    "invalid_frame HEADERS 1 +ES+EH HEADERS: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §7: a content-length in trailers counts if there was none before */
static void content_length_in_trailers(void) {
    struct recorder r;
    posted(&r, "");
    put_data(&r.in, 1, 0, "abc");
    put_headers(&r.in, 1, ES | EH, "content-length: 3\n");
    deliver(&r);
    EXPECT_SENT(&r, "chunk DATA 1 \"abc\"\n"
                    "frame_recv DATA 1 len=3\n"
                    "frame_recv HEADERS 1 +ES+EH HEADERS\n");
    finish(&r);
    posted(&r, "");
    put_data(&r.in, 1, 0, "abc");
    put_headers(&r.in, 1, ES | EH, "content-length: 4\n");
    deliver(&r);
    EXPECT_SENT(&r, "chunk DATA 1 \"abc\"\n"
                    "frame_recv DATA 1 len=3\n"
                    "invalid_frame HEADERS 1 +ES+EH HEADERS: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §7 */
static void body_of_any_method_and_length_is_fine_without_content_length(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, GET);
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH REQUEST\n"
                    "chunk DATA 1 +ES \"abc\"\n"
                    "frame_recv DATA 1 +ES len=3\n");
    finish(&r);
}

/* http §7: DATA while a final response is still expected */
static void body_behind_an_interim_response(void) {
    struct recorder r;
    responded(&r, GET, ":status: 103\n");
    put_data(&r.in, 1, 0, "abc");
    deliver(&r);
    EXPECT_SENT(&r, TOO_LONG);
    finish(&r);
    responded(&r, GET, ":status: 103\n");
    put_data(&r.in, 1, ES, "");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame DATA 1 +ES len=0: HTTP_MESSAGING\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §6: responses without a body */
static void responses_that_have_no_body(void) {
    static const struct {
        const char *request, *response;
    } rows[] = {
        {":method: HEAD\n:scheme: https\n:path: /\n:authority: ex\n", OK_200},
        {GET, ":status: 204\n"},
        {GET, ":status: 304\n"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        responded(&r, rows[i].request, rows[i].response);
        put_data(&r.in, 1, 0, "abc");
        deliver(&r);
        EXPECT_SENT(&r, TOO_LONG);
        finish(&r);
        responded(&r, rows[i].request, rows[i].response);
        put_data(&r.in, 1, ES, "");
        deliver(&r);
        EXPECT_SENT(&r, "frame_recv DATA 1 +ES len=0\nclose 1 NO_ERROR\n");
        finish(&r);
    }
}

/* http §6: CONNECT, whatever content-length says */
static void tunnel_is_not_accounted(void) {
    struct recorder r;
    responded(&r, ":method: CONNECT\n:authority: ex\n", OK_200 "content-length: 1\n");
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "chunk DATA 1 +ES \"abc\"\nframe_recv DATA 1 +ES len=3\nclose 1 NO_ERROR\n");
    finish(&r);
}

/* http §7: in manual mode the refused octets are given back to the connection */
static void refused_body_is_consumed_in_manual_mode(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_window_update(r.option, 1);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, EH, POST "content-length: 1\n");
    for (int i = 0; i < 2; i++) put_data_of_length(&r.in, 1, 0, 16384);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n"
                    "> WINDOW_UPDATE 0 32768\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(body_of_the_declared_length),
        TEST_SINCE_1_70(body_longer_than_declared),
        TEST_SINCE_1_70(body_longer_than_declared_in_pieces),
        TEST_SINCE_1_70(body_shorter_than_declared),
        TEST(body_shorter_than_declared_with_trailers),
        TEST(content_length_in_trailers),
        TEST(body_of_any_method_and_length_is_fine_without_content_length),
        TEST_SINCE_1_70(body_behind_an_interim_response),
        TEST_SINCE_1_70(responses_that_have_no_body),
        TEST(tunnel_is_not_accounted),
        TEST(refused_body_is_consumed_in_manual_mode),
    };
    return RUN_TESTS(tests);
}
