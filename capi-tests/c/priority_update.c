/* PRIORITY_UPDATE frames (RFC 9218), both ends. */
#include "support.h"

/* A server that has given up RFC 7540 priorities and takes PRIORITY_UPDATE. */
static void prepare_extensible(struct recorder *r) {
    prepare_server(r);
    nghttp2_option_set_builtin_recv_extension_type(r->option, NGHTTP2_PRIORITY_UPDATE);
    r->settings = "9=1";
}

static void extensible_server(struct recorder *r) {
    prepare_extensible(r);
    start(r);
    handshake(r);
}

static void expect_priority(struct recorder *r, int32_t stream_id, uint32_t urgency, int inc) {
    nghttp2_extpri priority = {99, 99};
    CHECK_INT(nghttp2_session_get_extpri_stream_priority(r->session, &priority, stream_id), 0);
    CHECK_INT(priority.urgency, urgency);
    CHECK_INT(priority.inc, inc);
}

/* §7.13 */
static void update_changes_an_open_stream(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    expect_priority(&r, 1, 3, 0);
    forget(&r);
    put_priority_update(&r.in, 0, 1, "u=1, i");
    deliver(&r);
    EXPECT(&r, "frame_recv PRIORITY_UPDATE of 1 \"u=1, i\"\n");
    expect_priority(&r, 1, 1, 1);
    finish(&r);
}

static void check_no_value(struct recorder *r) {
    const nghttp2_ext_priority_update *update = r->frame->ext.payload;
    CHECK_INT(update->field_value_len, 0);
    CHECK(update->field_value == NULL);
}

/* §7.13 */
static void empty_value_is_null(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    during(&r, ON_FRAME_RECV, 0, check_no_value);
    put_priority_update(&r.in, 0, 1, "");
    deliver(&r);
    CHECK_INT(r.calls[ON_FRAME_RECV], 2);
    finish(&r);
}

/* §7.13: replaced, not merged */
static void update_replaces_the_priority(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_priority_update(&r.in, 0, 1, "u=1, i");
    put_priority_update(&r.in, 0, 1, "u=5");
    deliver(&r);
    expect_priority(&r, 1, 5, 0);
    put_priority_update(&r.in, 0, 1, "");
    deliver(&r);
    expect_priority(&r, 1, 3, 0);
    finish(&r);
}

/* §7.13 */
static void update_that_does_not_parse_changes_nothing(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_priority_update(&r.in, 0, 1, "u=1");
    deliver(&r);
    forget(&r);
    put_priority_update(&r.in, 0, 1, "u=8");
    put_priority_update(&r.in, 0, 1, "u=2, ,");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PRIORITY_UPDATE of 1 \"u=8\"\n"
                    "frame_recv PRIORITY_UPDATE of 1 \"u=2, ,\"\n");
    expect_priority(&r, 1, 1, 0);
    finish(&r);
}

/* §7.13: before the request */
static void update_of_an_idle_stream_waits_for_the_request(void) {
    struct recorder r;
    extensible_server(&r);
    put_priority_update(&r.in, 0, 5, "u=0, i");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PRIORITY_UPDATE of 5 \"u=0, i\"\n");
    expect_priority(&r, 5, 0, 1);
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 0);
    put_headers(&r.in, 5, ES | EH, GET);
    deliver(&r);
    expect_priority(&r, 5, 0, 1);
    finish(&r);
}

/* §7.13 */
static void update_of_a_closed_stream_is_only_shown(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    response(&r, 3, OK_200, NULL);
    drain(&r);
    forget(&r);
    put_priority_update(&r.in, 0, 3, "u=1");
    put_priority_update(&r.in, 0, 1, "u=1");
    put_priority_update(&r.in, 0, 0, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PRIORITY_UPDATE of 3 \"u=1\"\n"
                    "frame_recv PRIORITY_UPDATE of 1 \"u=1\"\n"
                    "frame_recv PRIORITY_UPDATE of 0 \"u=1\"\n");
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    finish(&r);
}

/* §7.13 */
static void update_of_promised_streams(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    CHECK_INT(push(&r, 1, GET), 2);
    drain(&r);
    forget(&r);
    put_priority_update(&r.in, 0, 2, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PRIORITY_UPDATE of 2 \"u=1\"\n");
    expect_priority(&r, 2, 3, 0);
    put_priority_update(&r.in, 0, 4, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PRIORITY_UPDATE of 4 \"u=1\": PROTO\n"
                    "> GOAWAY last=1 PROTOCOL_ERROR \"PRIORITY_UPDATE: prioritizing idle push is "
                    "not allowed\"\n");
    finish(&r);
}

/* §7.13 */
static void update_on_a_stream_is_a_connection_error(void) {
    struct recorder r;
    extensible_server(&r);
    put_priority_update(&r.in, 1, 1, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PRIORITY_UPDATE 1 of 1 \"u=1\": PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"PRIORITY_UPDATE: stream_id == 0\"\n");
    finish(&r);
}

/* §7.13, §20: idle and open streams together */
static void idle_streams_count_towards_the_stream_limit(void) {
    struct recorder r;
    prepare_extensible(&r);
    r.settings = "9=1 3=2";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_priority_update(&r.in, 0, 3, "u=1");
    deliver(&r);
    forget(&r);
    put_priority_update(&r.in, 0, 3, "u=2");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PRIORITY_UPDATE of 3 \"u=2\"\n");
    put_priority_update(&r.in, 0, 5, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame PRIORITY_UPDATE of 5 \"u=1\": PROTO\n"
                    "> GOAWAY last=1 PROTOCOL_ERROR \"PRIORITY_UPDATE: max concurrent streams "
                    "exceeded\"\n");
    finish(&r);
}

/* §7.13 (since 1.61): opening the stream ends its life as an idle object */
static void opened_streams_no_longer_count_as_idle(void) {
    struct recorder r;
    prepare_extensible(&r);
    r.settings = "9=1 3=1";
    start(&r);
    handshake(&r);
    for (unsigned id = 1; id < 20; id += 2) {
        put_priority_update(&r.in, 0, id, "u=1");
        put_headers(&r.in, id, ES | EH, GET);
        deliver(&r);
        response(&r, (int32_t)id, OK_200, NULL);
        drain(&r);
        CHECK(strstr(text_of(&r.log), "invalid_frame") == NULL);
        forget(&r);
    }
    CHECK_INT(r.calls[ON_STREAM_CLOSE], 10);
    finish(&r);
}

/* §18.7 (since 1.65): idle objects are not trimmed where there is no tree */
static void idle_streams_are_all_kept(void) {
    struct recorder r;
    extensible_server(&r);
    for (uint32_t id = 1; id < 600; id += 2) put_priority_update(&r.in, 0, id, "u=1");
    deliver(&r);
    drain(&r);
    for (int32_t id = 1; id < 600; id += 2) expect_priority(&r, id, 1, 0);
    finish(&r);
}

/* §7.13: longer than the buffer for it */
static void update_of_more_than_32_octets_is_skipped(void) {
    struct recorder r;
    extensible_server(&r);
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    put_priority_update(&r.in, 0, 1, "u=1;aaaaaaaaaaaaaaaaaaaaaaaa");
    deliver(&r);
    EXPECT(&r, "begin_frame PRIORITY_UPDATE len=32\n"
               "frame_recv PRIORITY_UPDATE of 1 \"u=1;aaaaaaaaaaaaaaaaaaaaaaaa\"\n");
    put_priority_update(&r.in, 0, 1, "u=2;aaaaaaaaaaaaaaaaaaaaaaaaa");
    deliver(&r);
    EXPECT_SENT(&r, "");
    expect_priority(&r, 1, 1, 0);
    finish(&r);
}

/* §7.13 */
static void client_refuses_updates(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_PRIORITY_UPDATE);
    start(&r);
    handshake(&r);
    put_priority_update(&r.in, 0, 1, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"PRIORITY_UPDATE is received from server\"\n");
    finish(&r);
}

/* §7.13: a stream whose priority the program has taken over */
static void update_is_ignored_on_request_of_the_program(void) {
    struct recorder r;
    extensible_server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    nghttp2_extpri own = {6, 1};
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(r.session, 1, &own, 1), 0);
    forget(&r);
    put_priority_update(&r.in, 0, 1, "u=1");
    deliver(&r);
    EXPECT(&r, "frame_recv PRIORITY_UPDATE of 1 \"u=1\"\n");
    expect_priority(&r, 1, 6, 1);
    finish(&r);
}

/* §7.13: with RFC 7540 priorities in use */
static void update_is_skipped_in_tree_mode(void) {
    struct recorder r;
    prepare_extensible(&r);
    r.settings = "";
    start(&r);
    handshake(&r);
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_priority_update(&r.in, 0, 1, "u=1");
    put_priority_update(&r.in, 1, 1, "u=1");
    deliver(&r);
    EXPECT_SENT(&r, "");
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    finish(&r);
}

static int submit_update(struct recorder *r, int32_t stream_id, const char *value) {
    return nghttp2_submit_priority_update(r->session, NGHTTP2_FLAG_NONE, stream_id,
                                          (const uint8_t *)value, strlen(value));
}

/* misc §1, §16.2 */
static void client_sends_updates(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    CHECK_INT(request(&r, GET, NULL), 1);
    CHECK_INT(submit_update(&r, 1, "u=2"), 0);
    CHECK_INT(submit_update(&r, 7, "not checked \x01"), 0);
    CHECK_INT(submit_update(&r, 1, ""), 0);
    EXPECT_SENT(&r, "> PRIORITY_UPDATE of 1 \"u=2\"\n"
                    "> PRIORITY_UPDATE of 7 \"not checked \\x01\"\n"
                    "> PRIORITY_UPDATE of 1 \"\"\n"
                    "> HEADERS 1 +ES+EH {:method: GET; :scheme: https; :path: /; :authority: "
                    "ex}\n");
    finish(&r);
}

/* misc §1: before the first SETTINGS, with and without NO_RFC7540_PRIORITIES in it */
static void updates_depend_on_the_peers_settings(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    CHECK_INT(submit_update(&r, 1, "u=2"), 0);
    EXPECT_SENT(&r, "> MAGIC\n> PRIORITY_UPDATE of 1 \"u=2\"\n");
    put_settings(&r.in, "");
    deliver(&r);
    drain(&r);
    forget(&r);
    CHECK_INT(submit_update(&r, 1, "u=2"), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §16.2 */
static void update_of_a_stream_that_cannot_use_it_is_not_sent(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    struct body body = {.left = 1, .stays_open = true};
    request(&r, POST, &body);
    request(&r, POST, &body);
    drain(&r);
    put_headers(&r.in, 1, ES | EH, OK_200);
    deliver(&r);
    forget(&r);
    CHECK_INT(submit_update(&r, 1, "u=2"), 0);
    nghttp2_submit_rst_stream(r.session, 0, 3, NGHTTP2_CANCEL);
    CHECK_INT(submit_update(&r, 3, "u=2"), 0);
    EXPECT_SENT(&r, "not_sent PRIORITY_UPDATE of 1 \"u=2\": INVALID_STREAM_STATE\n"
                    "close 3 CANCEL\n"
                    "> RST_STREAM 3 CANCEL\n"
                    "> PRIORITY_UPDATE of 3 \"u=2\"\n");
    finish(&r);
}

/* misc §1 */
static void update_arguments(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_update(&r, 1, "u=2"), NGHTTP2_ERR_INVALID_STATE);
    finish(&r);
    prepare_client(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    CHECK_INT(submit_update(&r, 0, "u=2"), NGHTTP2_ERR_INVALID_ARGUMENT);
    static uint8_t value[16381];
    CHECK_INT(nghttp2_submit_priority_update(r.session, 0, 1, value, 16381),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_priority_update(r.session, 0, 1, value, 16380), 0);
    CHECK_INT(send_one(&r), 9 + 16384);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(update_changes_an_open_stream),
        TEST(empty_value_is_null),
        TEST(update_replaces_the_priority),
        TEST(update_that_does_not_parse_changes_nothing),
        TEST(update_of_an_idle_stream_waits_for_the_request),
        TEST(update_of_a_closed_stream_is_only_shown),
        TEST(update_of_promised_streams),
        TEST(update_on_a_stream_is_a_connection_error),
        TEST(idle_streams_count_towards_the_stream_limit),
        TEST(opened_streams_no_longer_count_as_idle),
        TEST_SINCE_1_70(idle_streams_are_all_kept),
        TEST(update_of_more_than_32_octets_is_skipped),
        TEST(client_refuses_updates),
        TEST(update_is_ignored_on_request_of_the_program),
        TEST_TREE(update_is_skipped_in_tree_mode),
        TEST(client_sends_updates),
        TEST(updates_depend_on_the_peers_settings),
        TEST(update_of_a_stream_that_cannot_use_it_is_not_sent),
        TEST(update_arguments),
    };
    return RUN_TESTS(tests);
}
