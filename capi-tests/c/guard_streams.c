/* What a peer may do to many streams at once, or with streams that cost it nothing. */
#include <nghttp2/nghttp2x.h>

#include "support.h"
#include "support/strict.h"

/* ---- streams that the peer resets ---- */

static void put_rapid_resets(struct recorder *r, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        put_headers(&r->in, 1 + 2 * i, ES | EH, GET);
        put_rst_stream(&r->in, 1 + 2 * i, NGHTTP2_CANCEL);
    }
}

static void prepare_resets(struct recorder *r) {
    prepare_strict(r, true);
    nghttp2_option_set_glitch_rate_limit(r->option, 1000000, 0);
    nghttp2_option_set_stream_reset_rate_limit(r->option, 10, 0);
}

/* CVE-2023-44487: what stands behind the last straw in the same input is not told any more. */
static void no_new_streams_after_too_many_resets(void) {
    struct recorder r;
    prepare_resets(&r);
    begin(&r);
    put_rapid_resets(&r, 5000);
    deliver(&r);
    CHECK_INT(r.calls[ON_BEGIN_HEADERS], 11);
    forget(&r);
    EXPECT_SENT(&r, "> GOAWAY last=21 INTERNAL_ERROR\n");
    finish(&r);
}

/* A notice says that the end is near; until then there are new streams. No second GOAWAY says why, as
 * in the original, but each is a glitch. */
static void resets_after_a_shutdown_notice(void) {
    struct recorder r;
    prepare_resets(&r);
    nghttp2_option_set_glitch_rate_limit(r.option, 5, 0);
    begin(&r);
    nghttp2_submit_shutdown_notice(r.session);
    drain(&r);
    forget(&r);
    put_rapid_resets(&r, 15);
    CHECK(!calms(&r));
    CHECK_INT(r.calls[ON_BEGIN_HEADERS], 15);
    nghttp2x_excess excess;
    CHECK_INT(nghttp2x_session_get_excess(r.session, &excess), 1);
    CHECK_INT(excess.limit, NGHTTP2X_LIMIT_STREAM_RESETS);
    put_hex_frame(&r.in, 0xfa, 0, 0, "");
    CHECK(calms(&r));
    finish(&r);
}

/* What has ended the connection stays the reason, whatever comes while streams finish. */
static void the_reason_stays(void) {
    struct recorder r;
    prepare_resets(&r);
    nghttp2x_option_set_control_frame_rate_limit(r.option, 1, 0);
    nghttp2x_option_set_max_window_updates(r.option, 1);
    begin(&r);
    put_headers(&r.in, 1001, ES | EH, GET);
    for (uint32_t i = 0; i < 11; i++) put_rst_stream(&r.in, 999, NGHTTP2_CANCEL);
    for (int i = 0; i < 2; i++) put_ping(&r.in, 0, "12345678");
    for (int i = 0; i < 2; i++) put_window_update(&r.in, 0, 1);
    deliver(&r);
    drain(&r);
    nghttp2x_excess excess;
    CHECK_INT(nghttp2x_session_get_excess(r.session, &excess), 1);
    CHECK_INT(excess.limit, NGHTTP2X_LIMIT_STREAM_RESETS);
    finish(&r);
}

/* ---- PRIORITY_UPDATE ---- */

/* Whoever does not acknowledge a limit does not get around it: 100 streams are remembered. */
static void idle_streams_before_the_acknowledgement(void) {
    struct recorder r;
    prepare(&r, true);
    nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_PRIORITY_UPDATE);
    start(&r);
    submit_settings(&r, "3=10 9=1");
    put_magic(&r.in);
    put_settings(&r.in, "");
    for (uint32_t id = 1; id <= 2 * 200; id += 2) put_priority_update(&r.in, 0, id, "u=1");
    deliver(&r);
    drain(&r);
    CHECK_INT(r.calls[ON_FRAME_RECV], 1 + 200);
    for (uint32_t id = 1; id <= 2 * 200; id += 2) {
        nghttp2_stream *stream = nghttp2_session_find_stream(r.session, (int32_t)id);
        CHECK((stream != NULL) == (id <= 2 * 100));
    }
    CHECK_INT(nghttp2_session_want_read(r.session), 1);
    finish(&r);
}

/* ---- the dependency tree ---- */

/* 100 requests, and then as many as given, each below or in front of the one before, or all others. */
enum place { IN_A_ROW, BELOW, IN_FRONT, IN_FRONT_OF_ALL };

static bool calms_about_requests(uint32_t count, enum place place, const char *peer_settings) {
    struct recorder r;
    prepare_strict(&r, true);
    r.peer_settings = peer_settings;
    begin(&r);
    for (uint32_t i = 0; i < 100; i++) put_headers(&r.in, 1 + 2 * i, EH, POST);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = 201 + 2 * i;
        uint32_t parent = place == BELOW || (place == IN_FRONT && i > 0) ? id - 2 : 0;
        put_prioritised(&r.in, id, EH, parent, 16, place >= IN_FRONT, POST);
    }
    bool result = calms(&r);
    finish(&r);
    return result;
}

static void places_in_a_large_tree(void) {
    CHECK(!calms_about_requests(1000, IN_A_ROW, ""));
    /* The first of them is below a request of the 100, the seventh has eight ancestors. */
    CHECK(!calms_about_requests(6, BELOW, ""));
    CHECK(calms_about_requests(7, BELOW, ""));
    CHECK(calms_about_requests(1, IN_FRONT_OF_ALL, ""));
    /* There is no tree. */
    CHECK(!calms_about_requests(7, BELOW, "9=1"));
    CHECK(!calms_about_requests(1, IN_FRONT_OF_ALL, "9=1"));
}

/* An exclusive request in front of one stream moves nothing else: as browsers did it, but not for long. */
static void requests_in_front_of_each_other(void) {
    struct recorder r;
    prepare_strict(&r, true);
    begin(&r);
    put_prioritised(&r.in, 1, EH, 0, 16, 1, POST);
    for (uint32_t i = 1; i < 500; i++) put_prioritised(&r.in, 1 + 2 * i, EH, 0, 16, 1, POST);
    CHECK(!calms(&r));
    finish(&r);
}

/* Groups of streams that are never opened, as browsers had them. */
static void requests_in_groups(void) {
    struct recorder r;
    prepare_strict(&r, true);
    /* Each PRIORITY is one. */
    nghttp2_option_set_glitch_rate_limit(r.option, 4, 0);
    begin(&r);
    put_priority(&r.in, 3, 0, 201, 0);
    put_priority(&r.in, 5, 0, 101, 0);
    put_priority(&r.in, 7, 5, 1, 0);
    put_priority(&r.in, 9, 7, 1, 0);
    CHECK(!calms(&r));
    for (uint32_t i = 0; i < 500; i++) {
        put_prioritised(&r.in, 13 + 2 * i, EH, 3 + i % 4 * 2, 32, 0, POST);
    }
    CHECK(!calms(&r));
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(no_new_streams_after_too_many_resets),
        TEST_OURS(resets_after_a_shutdown_notice),
        TEST_OURS(the_reason_stays),
        TEST_OURS(idle_streams_before_the_acknowledgement),
        TEST_OURS(places_in_a_large_tree),
        TEST_OURS(requests_in_front_of_each_other),
        TEST_OURS(requests_in_groups),
    };
    return RUN_TESTS(tests);
}
