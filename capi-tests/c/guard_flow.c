/* What a peer may do about windows. */
#include <nghttp2/nghttp2x.h>

#include "support.h"
#include "support/strict.h"

/* ---- WINDOW_UPDATE ---- */

static void put_updates(struct recorder *r, uint32_t stream_id, int count) {
    for (int i = 0; i < count; i++) put_window_update(&r->in, stream_id, 1);
}

/* Each DATA frame of ours makes one more welcome, and so does each 1,024th octet of it. */
static void window_updates_that_were_set(void) {
    struct recorder r;
    prepare_strict(&r, true);
    nghttp2x_option_set_max_window_updates(r.option, 5);
    begin_upload(&r);
    put_updates(&r, 0, 5);
    put_updates(&r, 1, 100);
    CHECK(!calms(&r));
    struct body body = {.left = 4000, .at_most = 2050};
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

/* The windows of so many streams are changed at once by SETTINGS_INITIAL_WINDOW_SIZE. */
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
        TEST_OURS(windows_of_many_streams),
    };
    return RUN_TESTS(tests);
}
