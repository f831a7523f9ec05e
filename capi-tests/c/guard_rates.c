/*
 * How often a peer may do what costs it little.
 *
 * Time stands still within one input, and each bucket is full at first: so what comes in one piece
 * meets the burst exactly, whatever the clock says. Where several come, the rate is 0 a second.
 */
#include <nghttp2/nghttp2x.h>

#include "support.h"
#include "support/strict.h"

/* ---- streams that we reset ---- */

/* Requests without a path. */
static void put_malformed(struct recorder *r, uint32_t first, int count) {
    for (int i = 0; i < count; i++) {
        put_headers(&r->in, first + 2 * (uint32_t)i, ES | EH, ":method: GET\n:scheme: https\n");
    }
}

static void prepare_own_resets(struct recorder *r) {
    prepare_strict(r, true);
    nghttp2_option_set_glitch_rate_limit(r->option, 1000000, 0);
}

static void own_resets_that_were_set(void) {
    struct recorder r;
    prepare_own_resets(&r);
    nghttp2x_option_set_own_reset_rate_limit(r.option, 3, 0);
    begin(&r);
    put_malformed(&r, 1, 3);
    CHECK(!calms(&r));
    put_malformed(&r, 7, 1);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 7 +ES+EH REQUEST: HTTP_MESSAGING\n"
                    "not_sent RST_STREAM 7 PROTOCOL_ERROR: SESSION_CLOSING\n"
                    "> GOAWAY last=7 ENHANCE_YOUR_CALM \"too many streams had to be reset\"\n");
    finish(&r);
}

static void own_resets_by_default(void) {
    struct recorder r;
    prepare_own_resets(&r);
    begin(&r);
    put_malformed(&r, 1, 1000);
    CHECK(!calms(&r));
    finish(&r);

    prepare_own_resets(&r);
    begin(&r);
    put_malformed(&r, 1, 1001);
    CHECK(calms(&r));
    finish(&r);
}

static void own_resets_without_a_limit(void) {
    struct recorder r;
    prepare_own_resets(&r);
    nghttp2x_option_set_own_reset_rate_limit(r.option, 0, 1);
    begin(&r);
    put_malformed(&r, 1, 5000);
    CHECK(!calms(&r));
    finish(&r);
}

/* What the program resets by itself is its own business; what it rejects is caused by the peer. */
static void whose_resets_count(void) {
    struct recorder r;
    prepare_own_resets(&r);
    nghttp2x_option_set_own_reset_rate_limit(r.option, 2, 0);
    begin(&r);
    for (uint32_t id = 1; id < 20; id += 2) {
        put_headers(&r.in, id, ES | EH, GET);
        deliver(&r);
        CHECK_INT(nghttp2_submit_rst_stream(r.session, 0, (int32_t)id, NGHTTP2_CANCEL), 0);
        drain(&r);
    }
    put_ping(&r.in, ACK, "12345678");
    CHECK(!calms(&r));
    answer(&r, ON_BEGIN_HEADERS, 0, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    for (uint32_t id = 21; id < 25; id += 2) put_headers(&r.in, id, ES | EH, GET);
    CHECK(!calms(&r));
    put_headers(&r.in, 25, ES | EH, GET);
    CHECK(calms(&r));
    finish(&r);
}

/* ---- PING and SETTINGS ---- */

static void put_pings(struct recorder *r, int count) {
    for (int i = 0; i < count; i++) put_ping(&r->in, 0, "12345678");
}

/* The peer's first SETTINGS count as well. */
static void control_frames_that_were_set(void) {
    struct recorder r;
    prepare_strict(&r, true);
    nghttp2x_option_set_control_frame_rate_limit(r.option, 5, 0);
    begin(&r);
    put_pings(&r, 2);
    put_settings(&r.in, "3=100");
    put_settings(&r.in, "");
    CHECK(!calms(&r));
    put_pings(&r, 1);
    CHECK(calms(&r));
    finish(&r);

    prepare_strict(&r, true);
    nghttp2x_option_set_control_frame_rate_limit(r.option, 5, 0);
    begin(&r);
    put_pings(&r, 4);
    CHECK(!calms(&r));
    put_settings(&r.in, "");
    CHECK(calms(&r));
    finish(&r);
}

static void control_frames_by_default(void) {
    for (int surplus = 0; surplus < 2; surplus++) {
        struct recorder r;
        prepare_strict(&r, true);
        start(&r);
        put_magic(&r.in);
        put_settings(&r.in, "");
        put_pings(&r, 999 + surplus);
        CHECK(calms(&r) == surplus);
        finish(&r);
    }
}

static void control_frames_without_a_limit(void) {
    struct recorder r;
    prepare_strict(&r, true);
    nghttp2x_option_set_control_frame_rate_limit(r.option, 0, 0);
    begin(&r);
    put_pings(&r, 5000);
    CHECK(!calms(&r));
    finish(&r);
}

/* Each PING of ours may be answered once. */
static void answers_to_no_ping(void) {
    struct recorder r;
    prepare_strict(&r, true);
    begin(&r);
    CHECK_INT(nghttp2_submit_ping(r.session, NGHTTP2_FLAG_NONE, NULL), 0);
    CHECK_INT(nghttp2_submit_ping(r.session, NGHTTP2_FLAG_NONE, NULL), 0);
    drain(&r);
    put_ping(&r.in, ACK, "12345678");
    put_ping(&r.in, ACK, "12345678");
    CHECK(!calms(&r));
    put_ping(&r.in, ACK, "12345678");
    CHECK(calms(&r));
    finish(&r);
}

/* ---- short DATA ---- */

static void put_short(struct recorder *r, int count) {
    for (int i = 0; i < count; i++) put_data_of_length(&r->in, 1, 0, 1);
}

/*
 * An octet is 255 short of 256, and the first short frame of a stream is free. Where nobody asks about
 * frame headers, DATA goes a shorter way.
 */
static void short_data(bool headers_are_heard) {
    struct recorder r;
    prepare_strict(&r, true);
    if (!headers_are_heard) r.callbacks &= ~BIT(ON_BEGIN_FRAME);
    nghttp2x_option_set_short_data_rate_limit(r.option, 2 * 255, 0);
    begin_upload(&r);
    put_short(&r, 1 + 2);
    /* Nothing is short of 256 here; and a long frame makes up for two short ones, not for more. */
    put_data_of_length(&r.in, 1, 0, 256);
    put_data_of_length(&r.in, 1, 0, 16384);
    put_short(&r, 2);
    for (uint32_t id = 3; id < 21; id += 2) {
        put_headers(&r.in, id, EH, POST);
        put_data_of_length(&r.in, id, 0, 1);
        put_data_of_length(&r.in, id, ES, 1);
    }
    CHECK(!calms(&r));
    /* The content of the one that is too much is not told. */
    size_t told = r.calls[ON_DATA_CHUNK];
    put_short(&r, 1);
    CHECK(calms(&r));
    CHECK_INT(r.calls[ON_DATA_CHUNK], told);
    finish(&r);
}

static void short_data_that_was_set(void) {
    short_data(true);
    short_data(false);
}

static void short_data_by_default(void) {
    for (int surplus = 0; surplus < 2; surplus++) {
        struct recorder r;
        prepare_strict(&r, true);
        begin_upload(&r);
        put_short(&r, 1 + 2560000 / 255 + surplus);
        CHECK(calms(&r) == surplus);
        finish(&r);
    }
}

static void short_data_without_a_limit(void) {
    struct recorder r;
    prepare_strict(&r, true);
    nghttp2x_option_set_short_data_rate_limit(r.option, 0, 0);
    begin_upload(&r);
    put_short(&r, 20000);
    CHECK(!calms(&r));
    finish(&r);
}

/* ---- interim responses ---- */

static void begin_request(struct recorder *r) {
    begin(r);
    request(r, GET, NULL);
    request(r, GET, NULL);
    drain(r);
    forget(r);
}

static void put_interim(struct recorder *r, int count) {
    for (int i = 0; i < count; i++) put_headers(&r->in, 1, EH, ":status: 103\n");
}

static void prepare_interim(struct recorder *r) {
    prepare_client(r);
    nghttp2_option_set_glitch_rate_limit(r->option, 1, 0);
    r->heard = BIT(ON_INVALID_FRAME) | BIT(ON_STREAM_CLOSE);
}

#define TOO_MANY_INTERIM_RESPONSES                                                                 \
    "close 1 ENHANCE_YOUR_CALM\n> RST_STREAM 1 ENHANCE_YOUR_CALM\n"

/* The stream alone is concerned, and a glitch it costs. */
static void interim_responses_that_were_set(void) {
    struct recorder r;
    prepare_interim(&r);
    nghttp2x_option_set_max_interim_responses(r.option, 3);
    begin_request(&r);
    put_interim(&r, 3);
    deliver(&r);
    EXPECT_SENT(&r, "");
    put_interim(&r, 1);
    put_headers(&r.in, 3, ES | EH, OK_200);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +EH HEADERS: HTTP_MESSAGING\n"
                    "close 3 NO_ERROR\n" TOO_MANY_INTERIM_RESPONSES);
    put_hex_frame(&r.in, 0xfa, 0, 0, "");
    CHECK(calms(&r));
    finish(&r);
}

static void interim_responses_by_default(void) {
    struct recorder r;
    prepare_interim(&r);
    begin_request(&r);
    put_interim(&r, 100);
    deliver(&r);
    EXPECT_SENT(&r, "");
    put_interim(&r, 1);
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +EH HEADERS: HTTP_MESSAGING\n"
                    TOO_MANY_INTERIM_RESPONSES);
    finish(&r);
}

static void interim_responses_without_a_limit(void) {
    struct recorder r;
    for (size_t limit = 0; limit <= 70000; limit += 70000) {
        prepare_interim(&r);
        nghttp2x_option_set_max_interim_responses(r.option, limit);
        begin_request(&r);
        put_interim(&r, 70000);
        put_headers(&r.in, 1, ES | EH, OK_200);
        deliver(&r);
        EXPECT_SENT(&r, "close 1 NO_ERROR\n");
        finish(&r);
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(own_resets_that_were_set),
        TEST_OURS(own_resets_by_default),
        TEST_OURS(own_resets_without_a_limit),
        TEST_OURS(whose_resets_count),
        TEST_OURS(control_frames_that_were_set),
        TEST_OURS(control_frames_by_default),
        TEST_OURS(control_frames_without_a_limit),
        TEST_OURS(answers_to_no_ping),
        TEST_OURS(short_data_that_was_set),
        TEST_OURS(short_data_by_default),
        TEST_OURS(short_data_without_a_limit),
        TEST_OURS(interim_responses_that_were_set),
        TEST_OURS(interim_responses_by_default),
        TEST_OURS(interim_responses_without_a_limit),
    };
    return RUN_TESTS(tests);
}
