/* Our own SETTINGS: arguments, what holds at once, what holds with the acknowledgement. */
#include "support.h"

static uint32_t local(struct recorder *r, nghttp2_settings_id id) {
    return nghttp2_session_get_local_settings(r->session, id);
}

static void acknowledge(struct recorder *r) {
    put_settings_ack(&r->in);
    deliver(r);
    forget(r);
}

/* §12.1 */
static void values_out_of_range_are_invalid(void) {
    static const char *const wrong[] = {"2=2",          "8=2",     "9=2",
                                        "4=2147483648", "5=16383", "5=16777216",
                                        "3=1 5=0",      "9=0 9=1"};
    struct recorder r;
    prepare_client(&r);
    start(&r);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        CHECK_INT(submit_settings(&r, wrong[i]), NGHTTP2_ERR_INVALID_ARGUMENT);
    }
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), 0);
    finish(&r);
}

/* §12.1 */
static void values_at_the_bounds_are_valid(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(submit_settings(&r, "1=0 1=4294967295 2=0 2=1 3=0 3=4294967295 4=0 4=2147483647"), 0);
    CHECK_INT(submit_settings(&r, "5=16384 5=16777215 6=0 6=4294967295 8=0 8=1 9=0 9=0"), 0);
    EXPECT_SENT(&r, "> SETTINGS 1=0 1=4294967295 2=0 2=1 3=0 3=4294967295 4=0 4=2147483647\n"
                    "> SETTINGS 5=16384 5=16777215 6=0 6=4294967295 8=0 8=1 9=0 9=0\n");
    finish(&r);
}

/* §12.1: unknown ids and duplicates are sent as given */
static void unknown_and_repeated_entries_are_passed_through(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(submit_settings(&r, "7=1 3=1 65535=2 3=2 7=3 0=9"), 0);
    EXPECT_SENT(&r, "> SETTINGS 7=1 3=1 65535=2 3=2 7=3 0=9\n");
    finish(&r);
}

/* §12.1: the first SETTINGS fix NO_RFC7540_PRIORITIES */
static void no_rfc7540_priorities_cannot_be_changed(void) {
    struct recorder r;
    prepare_client(&r);
    start(&r);
    CHECK_INT(submit_settings(&r, "9=1"), 0);
    CHECK_INT(submit_settings(&r, "9=0"), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(submit_settings(&r, "3=1"), 0);
    CHECK_INT(submit_settings(&r, "9=1"), 0);
    finish(&r);
    prepare_client(&r);
    start(&r);
    CHECK_INT(submit_settings(&r, "3=1"), 0);
    CHECK_INT(submit_settings(&r, "9=1"), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(submit_settings(&r, "9=0"), 0);
    finish(&r);
}

/* §12.1: no limit on outstanding ones, flags are ignored */
static void many_settings_may_be_outstanding(void) {
    struct recorder r;
    client(&r);
    nghttp2_settings_entry entry = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 0};
    for (uint32_t i = 0; i < 100; i++) {
        entry.value = i;
        CHECK_INT(nghttp2_submit_settings(r.session, 0xff, &entry, 1), 0);
    }
    drain(&r);
    CHECK(strstr(text_of(&r.log), "+ACK") == NULL);
    for (uint32_t i = 0; i < 100; i++) {
        acknowledge(&r);
        CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), i);
    }
    finish(&r);
}

/* §12.1, §16.2 */
static void settings_beyond_a_frame_fail_when_sent(void) {
    struct recorder r;
    client(&r);
    static nghttp2_settings_entry entries[2731];
    for (size_t i = 0; i < 2731; i++) entries[i].settings_id = 99;
    r.heard = 0;
    CHECK_INT(nghttp2_submit_settings(r.session, 0, entries, 2731), 0);
    EXPECT_SENT(&r, "");
    CHECK_INT(r.calls[ON_FRAME_NOT_SEND], 1);
    CHECK_INT(nghttp2_submit_settings(r.session, 0, entries, 2730), 0);
    CHECK_INT(send_one(&r), 9 + 16380);
    finish(&r);
}

/* §12.3 */
static void values_count_from_the_acknowledgement_on(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(submit_settings(&r, "1=100 2=0 3=7 4=1000 5=20000 6=99"), 0);
    drain(&r);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE), 4096);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_ENABLE_PUSH), 1);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 0xffffffff);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 65535);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 16384);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 0xffffffff);
    acknowledge(&r);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE), 100);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_ENABLE_PUSH), 0);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 7);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 1000);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_FRAME_SIZE), 20000);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE), 99);
    finish(&r);
}

/* §12.3: of several entries the last one counts */
static void last_of_repeated_entries_counts(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(submit_settings(&r, "4=1000 3=5 4=2000 3=6"), 0);
    drain(&r);
    acknowledge(&r);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS), 6);
    CHECK_INT(local(&r, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE), 2000);
    finish(&r);
}

/* §12.3: the receiving HPACK table; the peer has to confirm a smaller one */
static void header_table_size_binds_the_peers_encoder(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_settings(&r, "1=0"), 0);
    drain(&r);
    acknowledge(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "not_sent RST_STREAM 1 COMPRESSION_ERROR: SESSION_CLOSING\n"
                    "> GOAWAY last=1 COMPRESSION_ERROR\n");
    finish(&r);

    server(&r);
    CHECK_INT(submit_settings(&r, "1=0"), 0);
    drain(&r);
    acknowledge(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "20 82 87 84 41 026578");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    CHECK_INT(nghttp2_session_get_hd_inflate_dynamic_table_size(r.session), 0);
    finish(&r);
}

/* §12.3: the minimum first, if it is smaller than the last */
static void smallest_header_table_size_is_applied_first(void) {
    struct recorder r;
    server(&r);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "82 87 84 41 026578");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_hd_inflate_dynamic_table_size(r.session), 32 + 10 + 2);
    CHECK_INT(submit_settings(&r, "1=4096 1=0 1=4096"), 0);
    drain(&r);
    acknowledge(&r);
    CHECK_INT(nghttp2_session_get_hd_inflate_dynamic_table_size(r.session), 0);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 3, "20 3fe11f 82 87 84 41 026578");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 3 +ES+EH REQUEST\n");
    finish(&r);
}

/* §12.3 */
static void larger_header_table_size_needs_no_confirmation(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_settings(&r, "1=8192"), 0);
    drain(&r);
    acknowledge(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 3, "3fe13f 82 87 84 41 026578");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +ES+EH REQUEST\nframe_recv HEADERS 3 +ES+EH REQUEST\n");
    finish(&r);
}

/* §12.2: ENABLE_CONNECT_PROTOCOL counts from its submission on */
static void connect_protocol_is_accepted_from_submission_on(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(submit_settings(&r, "8=1"), 0);
    put_headers(&r.in, 1, EH, ":method: CONNECT\n:scheme: https\n:path: /\n:authority: ex\n"
                              ":protocol: websocket\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH REQUEST\n> SETTINGS 8=1\n");
    finish(&r);
}

/* §12.2: the last MAX_CONCURRENT_STREAMS refuses from its submission on */
static void stream_limit_refuses_from_submission_on(void) {
    struct recorder r;
    prepare_server(&r);
    r.settings = NULL;
    start(&r);
    CHECK_INT(submit_settings(&r, "3=5 3=0"), 0);
    put_magic(&r.in);
    put_settings(&r.in, "");
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS\n"
                    "invalid_frame HEADERS 1 +ES+EH REQUEST: REFUSED_STREAM\n"
                    "> SETTINGS 3=5 3=0\n"
                    "> SETTINGS +ACK\n"
                    "> RST_STREAM 1 REFUSED_STREAM\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(values_out_of_range_are_invalid),
        TEST(values_at_the_bounds_are_valid),
        TEST(unknown_and_repeated_entries_are_passed_through),
        TEST(no_rfc7540_priorities_cannot_be_changed),
        TEST(many_settings_may_be_outstanding),
        TEST(settings_beyond_a_frame_fail_when_sent),
        TEST(values_count_from_the_acknowledgement_on),
        TEST(last_of_repeated_entries_counts),
        TEST(header_table_size_binds_the_peers_encoder),
        TEST(smallest_header_table_size_is_applied_first),
        TEST(larger_header_table_size_needs_no_confirmation),
        TEST(connect_protocol_is_accepted_from_submission_on),
        TEST(stream_limit_refuses_from_submission_on),
    };
    return RUN_TESTS(tests);
}
