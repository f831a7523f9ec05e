/* What a peer may do about windows, and what it has earned by receiving. */
#include <nghttp2/nghttp2x.h>

#include "support.h"
#include "support/strict.h"

/* ---- WINDOW_UPDATE ---- */

static void put_updates(struct recorder *r, uint32_t stream_id, int count) {
    for (int i = 0; i < count; i++) put_window_update(&r->in, stream_id, 1);
}

/* Each DATA frame of ours makes one more welcome, and so does each 256th octet of it. */
static void window_updates_that_were_set(void) {
    struct recorder r;
    prepare_strict(&r, true);
    nghttp2x_option_set_max_window_updates(r.option, 5);
    begin_upload(&r);
    put_updates(&r, 0, 5);
    put_updates(&r, 1, 100);
    CHECK(!calms(&r));
    struct body body = {.left = 1000, .at_most = 513};
    response(&r, 1, OK_200, &body);
    drain(&r);
    put_updates(&r, 0, 1 + 2 + 1 + 1);
    CHECK(!calms(&r));
    put_updates(&r, 0, 1);
    CHECK(calms(&r));
    finish(&r);
}

static void window_updates_by_default(void) {
    for (int surplus = 0; surplus < 2; surplus++) {
        struct recorder r;
        prepare_strict(&r, true);
        begin(&r);
        put_updates(&r, 0, 1000 + surplus);
        CHECK(calms(&r) == surplus);
        finish(&r);
    }
}

static void window_updates_without_a_limit(void) {
    struct recorder r;
    prepare_strict(&r, true);
    nghttp2x_option_set_max_window_updates(r.option, 0);
    begin(&r);
    put_updates(&r, 0, 5000);
    CHECK(!calms(&r));
    finish(&r);
}

/* Clients with large windows take in everything before they give anything back. */
static void window_updates_long_after_the_content(void) {
    struct recorder r;
    prepare_strict(&r, true);
    begin(&r);
    put_settings(&r.in, "4=100000000");
    put_window_update(&r.in, 0, 100000000);
    put_headers(&r.in, 1, ES | EH, GET);
    CHECK(!calms(&r));
    struct body body = {.left = 8000000};
    response(&r, 1, OK_200, &body);
    CHECK(!calms(&r));
    put_updates(&r, 0, 8000000 / 256);
    CHECK(!calms(&r));
    finish(&r);
}

/* CVE-2019-9511: who opens the window by an octet gets a frame of an octet, and no credit for it. */
static void window_updates_for_an_octet_each(bool of_the_stream) {
    struct recorder r;
    prepare_strict(&r, true);
    begin(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    CHECK(!calms(&r));
    struct body body = {.left = 1000000};
    response(&r, 1, OK_200, &body);
    /* Both windows are used up. */
    CHECK(!calms(&r));
    bool calm = false;
    int updates = 0;
    for (; !calm && updates < 5000; updates++) {
        put_window_update(&r.in, 0, of_the_stream ? 1000 : 1);
        put_window_update(&r.in, 1, of_the_stream ? 1 : 1000);
        calm = calms(&r);
    }
    CHECK(calm);
    /* The first windows have earned some: three frames of 16,384 octets, and one cut short by one. */
    CHECK_INT(updates, 1000 + 3 * (64 + 1) + 63 + 1);
    finish(&r);
}

static void window_updates_that_drip(void) {
    window_updates_for_an_octet_each(false);
    window_updates_for_an_octet_each(true);
}

/* ---- PING ---- */

/* Clients that measure how much is on its way send a PING for what they receive. */
static void pings_for_content(bool is_server) {
    struct recorder r;
    prepare_strict(&r, is_server);
    nghttp2x_option_set_control_frame_rate_limit(r.option, 3, 0);
    nghttp2x_option_set_max_window_updates(r.option, 0);
    begin(&r);
    struct body body = {.left = 10000, .at_most = 100};
    if (is_server) {
        put_headers(&r.in, 1, ES | EH, GET);
        CHECK(!calms(&r));
        response(&r, 1, OK_200, &body);
    } else {
        request(&r, POST, &body);
    }
    /* HEADERS, or the answer to the last PING, and a DATA frame. */
    const uint8_t *octets;
    for (int i = 0; i < 50; i++) {
        CHECK(nghttp2_session_mem_send2(r.session, &octets) > 0);
        CHECK(nghttp2_session_mem_send2(r.session, &octets) > 0);
        put_ping(&r.in, 0, "12345678");
        deliver(&r);
    }
    CHECK(!calms(&r));
    /* SETTINGS took one of three. */
    for (int i = 0; i < 2; i++) put_ping(&r.in, 0, "12345678");
    CHECK(!calms(&r));
    /* Meanwhile the other 50 frames have been sent, and what they earned adds up. */
    for (int i = 0; i < 50; i++) put_ping(&r.in, 0, "12345678");
    CHECK(!calms(&r));
    put_ping(&r.in, 0, "12345678");
    CHECK(calms(&r));
    finish(&r);
}

static void pings_of_receivers(void) {
    pings_for_content(true);
    pings_for_content(false);
}

/* ---- SETTINGS_INITIAL_WINDOW_SIZE ---- */

/* The windows of so many streams are changed at once. */
static bool calms_about_windows(int streams, const char *settings) {
    struct recorder r;
    prepare_strict(&r, true);
    begin(&r);
    for (int i = 0; i < streams; i++) put_headers(&r.in, 1 + 2 * (uint32_t)i, EH, POST);
    CHECK(!calms(&r));
    put_settings(&r.in, settings);
    bool result = calms(&r);
    finish(&r);
    return result;
}

static void windows_of_many_streams(void) {
    CHECK(!calms_about_windows(100, "4=1000"));
    CHECK(calms_about_windows(101, "4=1000"));
    CHECK(!calms_about_windows(101, "4=65535"));
    CHECK(!calms_about_windows(101, "3=1000"));
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(window_updates_that_were_set),
        TEST_OURS(window_updates_by_default),
        TEST_OURS(window_updates_without_a_limit),
        TEST_OURS(window_updates_long_after_the_content),
        TEST_OURS(window_updates_that_drip),
        TEST_OURS(pings_of_receivers),
        TEST_OURS(windows_of_many_streams),
    };
    return RUN_TESTS(tests);
}
