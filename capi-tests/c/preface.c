/* What a new session is, and how a connection begins. */
#include "support.h"

static uint32_t local(struct recorder *r, nghttp2_settings_id id) {
    return nghttp2_session_get_local_settings(r->session, id);
}

static uint32_t remote(struct recorder *r, nghttp2_settings_id id) {
    return nghttp2_session_get_remote_settings(r->session, id);
}

/* §2 */
static void constructors_accept_missing_arguments(void) {
    nghttp2_session_callbacks *callbacks;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session *session = NULL;
    CHECK_INT(nghttp2_session_client_new(&session, callbacks, NULL), 0);
    CHECK_INT(nghttp2_session_check_server_session(session), 0);
    nghttp2_session_del(session);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
    CHECK_INT(nghttp2_session_check_server_session(session), 1);
    nghttp2_session_del(session);
    CHECK_INT(nghttp2_session_client_new2(&session, callbacks, NULL, NULL), 0);
    nghttp2_session_del(session);
    CHECK_INT(nghttp2_session_server_new2(&session, callbacks, NULL, NULL), 0);
    nghttp2_session_del(session);
    CHECK_INT(nghttp2_session_client_new3(&session, callbacks, NULL, NULL, NULL), 0);
    nghttp2_session_del(session);
    CHECK_INT(nghttp2_session_server_new3(&session, callbacks, NULL, NULL, NULL), 0);
    nghttp2_session_del(session);
    nghttp2_session_callbacks_del(callbacks);
}

/* §2 */
static void deleting_null_is_allowed(void) {
    nghttp2_session_del(NULL);
    nghttp2_option_del(NULL);
    nghttp2_session_callbacks_del(NULL);
    nghttp2_rcbuf_decref(NULL);
}

/* §2: start() frees the callback table and the option object before the first use */
static void options_callbacks_and_allocator_are_copied(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_auto_ping_ack(r.option, 1);
    start(&r);
    nghttp2_mem *mem = &r.heap.mem;
    nghttp2_mem kept = *mem;
    memset(mem, 0, sizeof(*mem));
    handshake(&r);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING \"12345678\"\n");
    *mem = kept;
    finish(&r);
}

static int rand_calls;
static size_t rand_length;

static void count_rand(uint8_t *dest, size_t length) {
    rand_calls++;
    rand_length = length;
    memset(dest, 7, length);
}

/* §2 */
static void randomness_is_asked_for_once_at_creation(void) {
    nghttp2_session_callbacks *callbacks;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_rand_callback(callbacks, count_rand);
    nghttp2_session *session;
    rand_calls = 0;
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
    CHECK_INT(rand_calls, 1);
    CHECK_INT(rand_length, 8);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
    CHECK_INT(rand_calls, 1);
}

/* §2 */
static void deletion_calls_no_callback(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, GET);
    deliver(&r);
    forget(&r);
    r.heard = ALL_EVENTS;
    nghttp2_session_del(r.session);
    r.session = NULL;
    EXPECT(&r, "");
    finish(&r);
}

/* §2.1 */
static void initial_settings(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE), 4096);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_ENABLE_PUSH), 1);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 0xffffffff);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 65535);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 16384);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 0xffffffff);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL), 0);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES), 0xffffffff);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE), 4096);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_ENABLE_PUSH), 1);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 100);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 65535);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 16384);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 0xffffffff);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL), 0);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES), 0xffffffff);
    CHECK_INT(nghttp2_session_get_local_window_size(r.session), 65535);
    CHECK_INT(nghttp2_session_get_remote_window_size(r.session), 65535);
    finish(&r);
}

/* §2.1 */
static void first_settings_lift_the_assumed_stream_limit(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_peer_max_concurrent_streams(r.option, 7);
    start(&r);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 7);
    put_settings(&r.in, "");
    deliver(&r);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 0xffffffff);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES), 0);
    put_settings(&r.in, "3=50");
    deliver(&r);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 50);
    put_settings(&r.in, "");
    deliver(&r);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 50);
    finish(&r);
}

/* §2.1: neither end is held to it. Ours holds the peer to what that has acknowledged: the request
   just fits (see guard_header_list.c). */
static void max_header_list_size_is_announced_but_not_enforced(void) {
    struct recorder r;
    prepare_server(&r);
    r.settings = library_is_ours() ? "6=168" : "6=1";
    r.peer_settings = "6=1";
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    CHECK_INT(response(&r, 1, OK_200, NULL), 0);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* §3 */
static void client_magic_comes_first_alone_and_without_callback(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    r.heard = ALL_EVENTS;
    CHECK_INT(nghttp2_session_want_write(r.session), 0);
    CHECK_INT(submit_settings(&r, ""), 0);
    CHECK_INT(send_one(&r), 24);
    EXPECT(&r, "> MAGIC\n");
    CHECK_INT(send_one(&r), 9);
    EXPECT(&r, "before_send SETTINGS\nsent SETTINGS\n> SETTINGS\n");
    CHECK_INT(send_one(&r), 0);
    EXPECT(&r, "");
    finish(&r);
}

/* §3: nothing is sent by itself, except the magic */
static void settings_are_not_sent_automatically(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    EXPECT_SENT(&r, "> MAGIC\n");
    finish(&r);
    prepare_server(&r);
    start(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §3 */
static void magic_is_compared_octet_by_octet(void) {
    for (size_t wrong = 0; wrong < NGHTTP2_CLIENT_MAGIC_LEN; wrong++) {
        struct recorder r;
        prepare_server(&r);
        start(&r);
        r.heard = ALL_EVENTS;
        uint8_t magic[NGHTTP2_CLIENT_MAGIC_LEN + 1] = NGHTTP2_CLIENT_MAGIC;
        if (wrong > 0) CHECK_INT(receive(&r, magic, wrong), wrong);
        magic[wrong] ^= 0x20;
        CHECK_INT(receive(&r, magic + wrong, 1), NGHTTP2_ERR_BAD_CLIENT_MAGIC);
        EXPECT_SENT(&r, "recv = BAD_CLIENT_MAGIC\n");
        finish(&r);
    }
}

/* §3 */
static void server_may_leave_the_magic_to_the_program(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_recv_client_magic(r.option, 1);
    start(&r);
    put_settings(&r.in, "");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS\n> SETTINGS +ACK\n");
    finish(&r);
}

/* §3: the frame header alone decides */
static void expect_settings_expected(unsigned type, unsigned flags, uint32_t stream_id,
                                     bool server) {
    struct recorder r;
    prepare(&r, server);
    start(&r);
    if (server) put_magic(&r.in);
    if (!server) drain(&r);
    forget(&r);
    r.heard |= BIT(ON_BEGIN_FRAME) | BIT(ON_ERROR);
    put_head(&r.in, 0, type, flags, stream_id);
    deliver(&r);
    EXPECT_SENT(&r, "error SETTINGS_EXPECTED\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS expected\"\n");
    put_settings(&r.in, "");
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

static void first_frame_other_than_settings_is_a_connection_error(void) {
    expect_settings_expected(NGHTTP2_HEADERS, ES | EH, 1, true);
    expect_settings_expected(NGHTTP2_DATA, 0, 0, true);
    expect_settings_expected(0xfa, 0, 0, true);
    expect_settings_expected(NGHTTP2_PING, 0, 0, false);
    expect_settings_expected(NGHTTP2_GOAWAY, 0, 0, false);
}

static void first_settings_with_ack_is_a_connection_error(void) {
    expect_settings_expected(NGHTTP2_SETTINGS, ACK, 0, true);
    expect_settings_expected(NGHTTP2_SETTINGS, ACK, 0, false);
}

/* §3: length and stream id of the first frame are checked like those of any SETTINGS */
static void first_settings_are_checked_normally(void) {
    struct recorder r;
    prepare_server(&r);
    start(&r);
    put_magic(&r.in);
    put_hex_frame(&r.in, NGHTTP2_SETTINGS, 0, 0, "0001");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 FRAME_SIZE_ERROR\n");
    finish(&r);
    prepare_server(&r);
    start(&r);
    put_magic(&r.in);
    put_hex_frame(&r.in, NGHTTP2_SETTINGS, 0, 1, "");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame SETTINGS 1: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: stream_id != 0\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(constructors_accept_missing_arguments),
        TEST(deleting_null_is_allowed),
        TEST(options_callbacks_and_allocator_are_copied),
        TEST_SINCE_1_70(randomness_is_asked_for_once_at_creation),
        TEST(deletion_calls_no_callback),
        TEST(initial_settings),
        TEST(first_settings_lift_the_assumed_stream_limit),
        TEST(max_header_list_size_is_announced_but_not_enforced),
        TEST(client_magic_comes_first_alone_and_without_callback),
        TEST(settings_are_not_sent_automatically),
        TEST(magic_is_compared_octet_by_octet),
        TEST(server_may_leave_the_magic_to_the_program),
        TEST(first_frame_other_than_settings_is_a_connection_error),
        TEST(first_settings_with_ack_is_a_connection_error),
        TEST(first_settings_are_checked_normally),
    };
    return RUN_TESTS(tests);
}
