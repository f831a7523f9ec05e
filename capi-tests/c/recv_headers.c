/* Received HEADERS: which stream they belong to, and what is refused. */
#include "support.h"

/* Feeds a complete request on this id and compares. */
static void expect_request(struct recorder *r, uint32_t stream_id, const char *transcript) {
    put_headers(&r->in, stream_id, ES | EH, GET);
    deliver(r);
    EXPECT_SENT(r, transcript);
}

static void open_request(struct recorder *r) {
    client(r);
    CHECK_INT(request(r, GET, NULL), 1);
    drain(r);
    forget(r);
}

/* §7.2 */
static void padding_errors_are_connection_errors(void) {
    struct recorder r;
    server(&r);
    put_head(&r.in, 0, NGHTTP2_HEADERS, PADDED | EH, 1);
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"HEADERS: insufficient padding space\"\n");
    finish(&r);

    server(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, PADDED | EH, 1, "03 8284");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"HEADERS: invalid padding\"\n");
    finish(&r);

    /* The priority fields have to fit as well. */
    server(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, PADDED | PRI | EH, 1, "01 00000000 10");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"HEADERS: invalid padding\"\n");
    finish(&r);
}

/* §7.2 */
static void padding_and_priority_are_shown(void) {
    struct recorder r;
    server(&r);
    r.heard = BIT(ON_BEGIN_FRAME) | BIT(ON_BEGIN_HEADERS) | BIT(ON_FRAME_RECV);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH | PADDED | PRI, 3,
                  "03 80000001 ff 82 87 84 41 026578 000000");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 3 +ES+EH+PAD+PRI len=16\n"
               "begin_headers HEADERS 3 +ES+EH+PAD+PRI REQUEST pad=4 pri=1/256!\n"
               "frame_recv HEADERS 3 +ES+EH+PAD+PRI REQUEST pad=4 pri=1/256!\n");
    finish(&r);
}

static void check_no_priority(struct recorder *r) {
    const nghttp2_headers *headers = &r->frame->headers;
    CHECK_INT(headers->pri_spec.stream_id, 0);
    CHECK_INT(headers->pri_spec.weight, 16);
    CHECK_INT(headers->pri_spec.exclusive, 0);
    CHECK(headers->nva == NULL);
    CHECK_INT(headers->nvlen, 0);
}

/* §7.2: what on_frame_recv shows besides */
static void missing_priority_reads_as_default(void) {
    struct recorder r;
    server(&r);
    during(&r, ON_FRAME_RECV, 1, check_no_priority);
    during(&r, ON_BEGIN_HEADERS, 1, check_no_priority);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    CHECK_INT(r.calls[ON_FRAME_RECV], 1);
    CHECK_INT(r.calls[ON_BEGIN_HEADERS], 1);
    finish(&r);
}

/* §7.2 REQUEST */
static void request_on_stream_0_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_request(&r, 0,
                   "invalid_frame HEADERS 0 +ES+EH REQUEST: PROTO\n"
                   "> GOAWAY last=0 PROTOCOL_ERROR \"request HEADERS: stream_id == 0\"\n");
    finish(&r);
}

/* §7.2 REQUEST */
static void client_does_not_take_requests(void) {
    struct recorder r;
    client(&r);
    expect_request(&r, 2,
                   "invalid_frame HEADERS 2 +ES+EH REQUEST: PROTO\n"
                   "> GOAWAY last=0 PROTOCOL_ERROR \"request HEADERS: client received "
                   "request\"\n");
    finish(&r);
    client(&r);
    expect_request(&r, 1,
                   "invalid_frame HEADERS 1 +ES+EH REQUEST: PROTO\n"
                   "> GOAWAY last=0 PROTOCOL_ERROR \"request HEADERS: client received "
                   "request\"\n");
    finish(&r);
}

/* §7.2 REQUEST */
static void headers_on_a_closed_own_stream_are_ignored(void) {
    struct recorder r;
    open_request(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    forget(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §7.2 REQUEST */
static void request_with_a_server_id_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_request(&r, 2,
                   "invalid_frame HEADERS 2 +ES+EH REQUEST: PROTO\n"
                   "> GOAWAY last=0 PROTOCOL_ERROR \"request HEADERS: invalid stream_id\"\n");
    finish(&r);
}

/* §7.2 REQUEST: an id below one already used is tolerated, its block only keeps HPACK in step */
static void request_with_an_old_id_is_ignored_but_decoded(void) {
    struct recorder r;
    server(&r);
    expect_request(&r, 5, "frame_recv HEADERS 5 +ES+EH REQUEST\n");
    r.heard = ALL_EVENTS & ~BIT(ON_BEGIN_FRAME);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 3, "82 87 84 41 026578 40 0161 0162");
    deliver(&r);
    EXPECT_SENT(&r, "");
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 7, "82 87 84 bf be");
    deliver(&r);
    EXPECT_SENT(&r, "begin_headers HEADERS 7 +ES+EH REQUEST\n"
                    "header 7 :method: GET\n"
                    "header 7 :scheme: https\n"
                    "header 7 :path: /\n"
                    "header 7 :authority: ex\n"
                    "header 7 a: b\n"
                    "frame_recv HEADERS 7 +ES+EH REQUEST\n");
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 7);
    finish(&r);
}

/* §7.2 REQUEST: against the acknowledged limit */
static void more_streams_than_acknowledged_is_a_connection_error(void) {
    struct recorder r;
    prepare_server(&r);
    r.settings = "3=1";
    start(&r);
    handshake(&r);
    expect_request(&r, 1, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    expect_request(&r, 3,
                   "invalid_frame HEADERS 3 +ES+EH REQUEST: PROTO\n"
                   "> GOAWAY last=1 PROTOCOL_ERROR \"request HEADERS: max concurrent streams "
                   "exceeded\"\n");
    finish(&r);
}

/* §7.2 REQUEST: against the announced limit */
static void more_streams_than_announced_are_refused(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_settings(&r, "3=1"), 0);
    expect_request(&r, 1, "frame_recv HEADERS 1 +ES+EH REQUEST\n> SETTINGS 3=1\n");
    expect_request(&r, 3,
                   "invalid_frame HEADERS 3 +ES+EH REQUEST: REFUSED_STREAM\n"
                   "> RST_STREAM 3 REFUSED_STREAM\n");
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 1);
    finish(&r);
}

/* §7.2 REQUEST */
static void new_streams_are_ignored_after_goaway(void) {
    struct recorder r;
    server(&r);
    expect_request(&r, 1, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    CHECK_INT(nghttp2_submit_goaway(r.session, 0, 1, NGHTTP2_NO_ERROR, NULL, 0), 0);
    EXPECT_SENT(&r, "> GOAWAY last=1 NO_ERROR\n");
    expect_request(&r, 3, "");
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 1);
    finish(&r);
}

/* §7.2 REQUEST */
static void self_dependency_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_prioritised(&r.in, 1, ES | EH, 1, 16, 0, GET);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH+PRI REQUEST pri=1/16: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"request HEADERS: depend on itself\"\n");
    finish(&r);
}

/* §7.2 RESPONSE and HEADERS */
static void categories_on_a_client(void) {
    struct recorder r;
    open_request(&r);
    put_headers(&r.in, 1, EH, ":status: 103\n");
    put_headers(&r.in, 1, EH, OK_200);
    put_headers(&r.in, 1, ES | EH, "trailer: t\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH RESPONSE\n"
                    "frame_recv HEADERS 1 +EH HEADERS\n"
                    "frame_recv HEADERS 1 +ES+EH HEADERS\n"
                    "close 1 NO_ERROR\n");
    finish(&r);
}

/* §7.2 HEADERS */
static void trailers_on_a_server(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_headers(&r.in, 1, ES | EH, "trailer: t\n");
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +EH REQUEST\nframe_recv HEADERS 1 +ES+EH HEADERS\n");
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 1);
    finish(&r);
}

/* §7.2 HEADERS */
static void headers_after_end_stream_are_stream_closed(void) {
    struct recorder r;
    server(&r);
    expect_request(&r, 1, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    put_headers(&r.in, 1, ES | EH, "trailer: t\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH HEADERS: STREAM_CLOSED\n"
                    "> GOAWAY last=1 STREAM_CLOSED \"HEADERS: stream closed\"\n");
    finish(&r);
}

/* §7.2 HEADERS: the peer ended its half, ours is still open */
static void headers_after_end_stream_on_a_client(void) {
    struct recorder r;
    client(&r);
    struct body body = {.left = 10, .stays_open = true};
    CHECK_INT(request(&r, POST, &body), 1);
    drain(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    forget(&r);
    put_headers(&r.in, 1, ES | EH, "trailer: t\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +ES+EH HEADERS: STREAM_CLOSED\n"
                    "> GOAWAY last=0 STREAM_CLOSED \"HEADERS: stream closed\"\n");
    finish(&r);
}

/* §7.2 HEADERS */
static void headers_on_a_stream_being_reset_are_ignored(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    forget(&r);
    put_headers(&r.in, 1, ES | EH, "trailer: t\n");
    deliver(&r);
    EXPECT_SENT(&r, "close 1 CANCEL\n> RST_STREAM 1 CANCEL\n");
    finish(&r);
}

/* §7.2 PUSH_RESPONSE */
static void client_headers_on_a_promised_stream_are_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_request(&r, 1, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    CHECK_INT(push(&r, 1, GET), 2);
    drain(&r);
    forget(&r);
    expect_request(&r, 2,
                   "invalid_frame HEADERS 2 +ES+EH PUSH_RESPONSE: PROTO\n"
                   "> GOAWAY last=1 PROTOCOL_ERROR \"HEADERS: no HEADERS allowed from client in "
                   "reserved state\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(padding_errors_are_connection_errors),
        TEST(padding_and_priority_are_shown),
        TEST(missing_priority_reads_as_default),
        TEST(request_on_stream_0_is_a_connection_error),
        TEST(client_does_not_take_requests),
        TEST(headers_on_a_closed_own_stream_are_ignored),
        TEST(request_with_a_server_id_is_a_connection_error),
        TEST(request_with_an_old_id_is_ignored_but_decoded),
        TEST(more_streams_than_acknowledged_is_a_connection_error),
        TEST(more_streams_than_announced_are_refused),
        TEST(new_streams_are_ignored_after_goaway),
        TEST(self_dependency_is_a_connection_error),
        TEST(categories_on_a_client),
        TEST(trailers_on_a_server),
        TEST(headers_after_end_stream_are_stream_closed),
        TEST(headers_after_end_stream_on_a_client),
        TEST(headers_on_a_stream_being_reset_are_ignored),
        TEST(client_headers_on_a_promised_stream_are_a_connection_error),
    };
    return RUN_TESTS(tests);
}
