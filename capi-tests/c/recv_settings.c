/* Received SETTINGS: merging of entries, values, acknowledgements. */
#include "support.h"

/* Feeds SETTINGS to a session and compares. */
static void expect_settings(bool is_server, const char *settings, const char *transcript) {
    struct recorder r;
    if (is_server) {
        server(&r);
    } else {
        client(&r);
    }
    put_settings(&r.in, settings);
    deliver(&r);
    drain(&r);
    if (!EXPECT(&r, transcript)) printf("  SETTINGS %s\n", settings);
    finish(&r);
}

static uint32_t remote(struct recorder *r, nghttp2_settings_id id) {
    return nghttp2_session_get_remote_settings(r->session, id);
}

/* §7.6 */
static void every_known_setting_is_stored(void) {
    struct recorder r;
    client(&r);
    put_settings(&r.in, "1=100 2=0 3=7 4=1000 5=20000 6=99 8=1 9=0");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS 1=100 2=0 3=7 4=1000 5=20000 6=99 8=1 9=0\n"
                    "> SETTINGS +ACK\n");
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE), 100);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_ENABLE_PUSH), 0);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 7);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 1000);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 20000);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 99);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL), 1);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES), 0);
    finish(&r);
}

/* §7.6: known ids keep the last value at the first place, unknown ones are all kept */
static void entries_are_merged(void) {
    expect_settings(true, "1=0 99=7 3=100 1=8192 99=8 3=200",
                    "frame_recv SETTINGS 1=0 99=7 3=200 99=8 1=8192\n> SETTINGS +ACK\n");
    expect_settings(true, "3=1 3=2 3=3", "frame_recv SETTINGS 3=3\n> SETTINGS +ACK\n");
    expect_settings(true, "1=4096 1=8192", "frame_recv SETTINGS 1=4096 1=8192\n> SETTINGS +ACK\n");
    expect_settings(true, "1=8192 1=4096", "frame_recv SETTINGS 1=4096\n> SETTINGS +ACK\n");
    expect_settings(true, "1=5 1=3 1=9", "frame_recv SETTINGS 1=3 1=9\n> SETTINGS +ACK\n");
    expect_settings(true, "7=1 7=2 0=5 0=5",
                    "frame_recv SETTINGS 7=1 7=2 0=5 0=5\n> SETTINGS +ACK\n");
}

static size_t seen_length, seen_niv;

static void keep_sizes(struct recorder *r) {
    seen_length = r->frame->hd.length;
    seen_niv = r->frame->settings.niv;
}

/* §7.6 */
static void length_stays_that_of_the_wire(void) {
    struct recorder r;
    server(&r);
    during(&r, ON_FRAME_RECV, 1, keep_sizes);
    put_settings(&r.in, "3=1 3=2 3=3");
    deliver(&r);
    CHECK_INT(seen_length, 18);
    CHECK_INT(seen_niv, 1);
    finish(&r);
}

/* §7.6 */
static void settings_on_a_stream_are_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_hex_frame(&r.in, NGHTTP2_SETTINGS, 0, 1, "000300000064");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame SETTINGS 1 3=100: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: stream_id != 0\"\n");
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 0xffffffff);
    finish(&r);
}

/* §7.6 */
static void unexpected_ack_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    put_settings_ack(&r.in);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame SETTINGS +ACK: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: unexpected ACK\"\n");
    finish(&r);
}

/* §7.6: the table of values */
static void enable_push_must_be_a_boolean(void) {
    expect_settings(true, "2=2",
                    "invalid_frame SETTINGS 2=2: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: invalid SETTINGS_ENBLE_PUSH\"\n");
    expect_settings(true, "2=1", "frame_recv SETTINGS 2=1\n> SETTINGS +ACK\n");
    expect_settings(false, "2=0", "frame_recv SETTINGS 2=0\n> SETTINGS +ACK\n");
    expect_settings(false, "2=1",
                    "invalid_frame SETTINGS 2=1: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: server attempted to enable "
                    "push\"\n");
}

static void initial_window_size_is_limited(void) {
    expect_settings(true, "4=2147483647", "frame_recv SETTINGS 4=2147483647\n> SETTINGS +ACK\n");
    expect_settings(true, "4=2147483648",
                    "invalid_frame SETTINGS 4=2147483648: FLOW_CONTROL\n"
                    "> GOAWAY last=0 FLOW_CONTROL_ERROR \"SETTINGS: too large "
                    "SETTINGS_INITIAL_WINDOW_SIZE\"\n");
}

/* Since 1.67; before, only the stream was reset. */
static void initial_window_size_must_not_overflow_a_stream_window(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_window_update(&r.in, 1, 0x7fffffff - 65535);
    deliver(&r);
    forget(&r);
    put_settings(&r.in, "4=65536");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame SETTINGS 4=65536: FLOW_CONTROL\n"
                    "> GOAWAY last=1 FLOW_CONTROL_ERROR\n");
    finish(&r);
}

static void max_frame_size_has_bounds(void) {
    static const char *const wrong[] = {"5=0", "5=16383", "5=16777216"};
    for (size_t i = 0; i < 3; i++) {
        char expected[160];
        snprintf(expected, sizeof(expected),
                 "invalid_frame SETTINGS %s: PROTO\n"
                 "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: invalid SETTINGS_MAX_FRAME_SIZE\"\n",
                 wrong[i]);
        expect_settings(true, wrong[i], expected);
    }
    expect_settings(true, "5=16384", "frame_recv SETTINGS 5=16384\n> SETTINGS +ACK\n");
    expect_settings(true, "5=16777215", "frame_recv SETTINGS 5=16777215\n> SETTINGS +ACK\n");
}

static void enable_connect_protocol_must_be_a_boolean(void) {
    expect_settings(false, "8=2",
                    "invalid_frame SETTINGS 8=2: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: invalid "
                    "SETTINGS_ENABLE_CONNECT_PROTOCOL\"\n");
    struct recorder r;
    client(&r);
    put_settings(&r.in, "8=1");
    deliver(&r);
    drain(&r);
    forget(&r);
    put_settings(&r.in, "8=0");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame SETTINGS 8=0: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: server attempted to disable "
                    "SETTINGS_ENABLE_CONNECT_PROTOCOL\"\n");
    finish(&r);
}

#define PRIORITIES_INVALID                                                                         \
    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: invalid SETTINGS_NO_RFC7540_PRIORITIES\"\n"
#define PRIORITIES_CHANGED                                                                         \
    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: SETTINGS_NO_RFC7540_PRIORITIES cannot be "         \
    "changed\"\n"

static void no_rfc7540_priorities_is_fixed_by_the_first_settings(void) {
    expect_settings(true, "9=2", "invalid_frame SETTINGS 9=2: PROTO\n" PRIORITIES_INVALID);
    /* The handshake's SETTINGS were empty: fixed to 0. */
    expect_settings(true, "9=1", "invalid_frame SETTINGS 9=1: PROTO\n" PRIORITIES_CHANGED);
    expect_settings(true, "9=0", "frame_recv SETTINGS 9=0\n> SETTINGS +ACK\n");

    struct recorder r;
    prepare_server(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES), 1);
    put_settings(&r.in, "9=1");
    put_settings(&r.in, "9=0");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS 9=1\n"
                    "invalid_frame SETTINGS 9=0: PROTO\n"
                    "not_sent SETTINGS +ACK: SESSION_CLOSING\n" PRIORITIES_CHANGED);
    finish(&r);
}

/* §7.6 */
static void entries_before_a_failing_one_stay_applied(void) {
    struct recorder r;
    server(&r);
    put_settings(&r.in, "3=7 5=1 6=8");
    deliver(&r);
    EXPECT(&r, "invalid_frame SETTINGS 3=7 5=1 6=8: PROTO\n");
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 7);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 16384);
    CHECK_INT(remote(&r, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 0xffffffff);
    finish(&r);
}

static size_t queued;

static void keep_queue_size(struct recorder *r) {
    queued = nghttp2_session_get_outbound_queue_size(r->session);
}

/* §7.6: the acknowledgement is queued before on_frame_recv */
static void ack_is_queued_before_the_callback(void) {
    struct recorder r;
    server(&r);
    during(&r, ON_FRAME_RECV, 1, keep_queue_size);
    put_settings(&r.in, "3=1");
    deliver(&r);
    CHECK_INT(queued, 1);
    EXPECT_SENT(&r, "frame_recv SETTINGS 3=1\n> SETTINGS +ACK\n");
    finish(&r);
}

/* §7.6, §20 */
static void number_of_entries_is_limited(void) {
    struct recorder r;
    server(&r);
    char list[256] = "";
    for (int i = 0; i < 32; i++) strcat(list, "99=1 ");
    put_settings(&r.in, list);
    deliver(&r);
    drain(&r);
    forget(&r);
    strcat(list, "99=1");
    put_settings(&r.in, list);
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 ENHANCE_YOUR_CALM \"SETTINGS: too many setting entries\"\n");
    finish(&r);
}

/* §7.6: the check is made on the header, before any entry has arrived */
static void too_many_entries_show_in_the_frame_header(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_settings(r.option, 2);
    start(&r);
    handshake(&r);
    put_settings(&r.in, "3=1 4=1");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS 3=1 4=1\n> SETTINGS +ACK\n");
    put_head(&r.in, 18, NGHTTP2_SETTINGS, 0, 0);
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 ENHANCE_YOUR_CALM \"SETTINGS: too many setting entries\"\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(every_known_setting_is_stored),
        TEST(entries_are_merged),
        TEST(length_stays_that_of_the_wire),
        TEST(settings_on_a_stream_are_a_connection_error),
        TEST(unexpected_ack_is_a_connection_error),
        TEST(enable_push_must_be_a_boolean),
        TEST(initial_window_size_is_limited),
        TEST_SINCE_1_70(initial_window_size_must_not_overflow_a_stream_window),
        TEST(max_frame_size_has_bounds),
        TEST(enable_connect_protocol_must_be_a_boolean),
        TEST(no_rfc7540_priorities_is_fixed_by_the_first_settings),
        TEST(entries_before_a_failing_one_stay_applied),
        TEST(ack_is_queued_before_the_callback),
        TEST(number_of_entries_is_limited),
        TEST(too_many_entries_show_in_the_frame_header),
    };
    return RUN_TESTS(tests);
}
