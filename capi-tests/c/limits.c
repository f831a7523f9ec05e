/* What a peer may do how often: acknowledgements, resets, glitches, queue length. */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include <dlfcn.h>

#include "support.h"

/* §20: queued PING acknowledgements */
static void too_many_queued_ping_acks_are_flooding(void) {
    struct recorder r;
    server(&r);
    for (int i = 0; i < 1000; i++) put_ping(&r.in, 0, "12345678");
    CHECK_INT(deliver(&r), 17000);
    put_ping(&r.in, 0, "12345678");
    CHECK_INT(deliver(&r), NGHTTP2_ERR_FLOODED);
    finish(&r);
}

/* §20: PING and SETTINGS together, until they are converted */
static void acknowledgements_are_counted_together(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_outbound_ack(r.option, 2);
    start(&r);
    handshake(&r);
    put_ping(&r.in, 0, "12345678");
    put_settings(&r.in, "");
    deliver(&r);
    EXPECT(&r, "frame_recv PING \"12345678\"\nframe_recv SETTINGS\n");
    send_one(&r);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    forget(&r);
    put_settings(&r.in, "");
    deliver(&r);
    EXPECT(&r, "recv = FLOODED\n");
    finish(&r);
}

/* §20: PING ACKs of the peer are free */
static void received_acknowledgements_are_not_counted(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_outbound_ack(r.option, 1);
    start(&r);
    handshake(&r);
    for (int i = 0; i < 100; i++) put_ping(&r.in, ACK, "12345678");
    CHECK_INT(deliver(&r), 1700);
    finish(&r);
}

/* §20: also for the program */
static void submitted_ping_acks_are_limited(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_outbound_ack(r.option, 1);
    start(&r);
    handshake(&r);
    CHECK_INT(nghttp2_submit_ping(r.session, NGHTTP2_FLAG_ACK, NULL), 0);
    CHECK_INT(nghttp2_submit_ping(r.session, NGHTTP2_FLAG_ACK, NULL), NGHTTP2_ERR_FLOODED);
    CHECK_INT(nghttp2_submit_ping(r.session, NGHTTP2_FLAG_NONE, NULL), 0);
    finish(&r);
}

/* misc §4 */
static void no_acknowledgement_allowed_at_all(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_outbound_ack(r.option, 0);
    start(&r);
    put_magic(&r.in);
    put_settings(&r.in, "");
    deliver(&r);
    EXPECT(&r, "recv = FLOODED\n");
    finish(&r);
}

static void prepare_reset_limit(struct recorder *r, bool is_server) {
    prepare(r, is_server);
    nghttp2_option_set_stream_reset_rate_limit(r->option, 2, 0);
    start(r);
    handshake(r);
}

/* §7.5, §20: a GOAWAY of the ordinary kind */
static void too_many_resets_end_in_goaway(void) {
    struct recorder r;
    prepare_reset_limit(&r, true);
    put_headers(&r.in, 1, EH, POST);
    for (uint32_t id = 3; id <= 5; id += 2) {
        put_headers(&r.in, id, ES | EH, GET);
        put_rst_stream(&r.in, id, NGHTTP2_CANCEL);
    }
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "");
    put_headers(&r.in, 7, ES | EH, GET);
    put_rst_stream(&r.in, 7, NGHTTP2_CANCEL);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 7 +ES+EH REQUEST\n"
                    "frame_recv RST_STREAM 7 CANCEL\n"
                    "close 7 CANCEL\n"
                    "> GOAWAY last=7 INTERNAL_ERROR\n");
    /* What runs may finish, nothing new begins, and one GOAWAY is enough. */
    put_headers(&r.in, 9, ES | EH, GET);
    put_rst_stream(&r.in, 9, NGHTTP2_CANCEL);
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    response(&r, 1, OK_200, NULL);
    EXPECT_SENT(&r, "frame_recv RST_STREAM 9 CANCEL\n"
                    "chunk DATA 1 +ES \"abc\"\n"
                    "frame_recv DATA 1 +ES len=3\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* §7.5: repetition on a closed stream counts as well */
static void every_reset_counts(void) {
    struct recorder r;
    prepare_reset_limit(&r, true);
    put_headers(&r.in, 1, ES | EH, GET);
    for (int i = 0; i < 3; i++) put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "> GOAWAY last=1 INTERNAL_ERROR\n");
    finish(&r);
}

/* §7.5: not after a GOAWAY was submitted, not on a client */
static void resets_that_do_not_count(void) {
    struct recorder r;
    prepare_reset_limit(&r, true);
    put_headers(&r.in, 1, EH, POST);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    CHECK_INT(nghttp2_submit_goaway(r.session, 0, 3, NGHTTP2_NO_ERROR, NULL, 0), 0);
    drain(&r);
    for (int i = 0; i < 5; i++) put_rst_stream(&r.in, 3, NGHTTP2_CANCEL);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "");
    finish(&r);

    prepare_reset_limit(&r, false);
    for (int i = 0; i < 5; i++) request(&r, GET, NULL);
    drain(&r);
    for (uint32_t id = 1; id < 10; id += 2) put_rst_stream(&r.in, id, NGHTTP2_CANCEL);
    deliver(&r);
    forget(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* Feeds an input that may cost a glitch to a session that can afford one. */
static bool costs_a_glitch(bool is_server, void (*provoke)(struct recorder *)) {
    for (int pass = 0; pass < 2; pass++) {
        struct recorder r;
        prepare(&r, is_server);
        nghttp2_option_set_glitch_rate_limit(r.option, (uint64_t)pass, 0);
        nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ORIGIN);
        nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ALTSVC);
        nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_PRIORITY_UPDATE);
        r.settings = "9=1";
        start(&r);
        handshake(&r);
        provoke(&r);
        deliver(&r);
        drain(&r);
        bool calm = strstr(text_of(&r.log), "ENHANCE_YOUR_CALM") != NULL;
        finish(&r);
        /* Affordable once: the session must live with a bucket of one. */
        if (pass == 1) CHECK(!calm);
        if (pass == 0 && !calm) return false;
    }
    return true;
}

static void unknown_frame(struct recorder *r) {
    put_hex_frame(&r->in, 0xfa, 0, 0, "00");
}

static void empty_data(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST);
    put_data(&r->in, 1, 0, "");
}

static void padding_only_data(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST);
    put_padded(&r->in, NGHTTP2_DATA, 0, 1, "", 0, 0);
}

static void ignored_headers(struct recorder *r) {
    put_headers(&r->in, 3, ES | EH, GET);
    put_headers(&r->in, 1, ES | EH, GET);
}

static void priority_frame(struct recorder *r) {
    put_priority(&r->in, 1, 0, 16, 0);
}

static void priority_update(struct recorder *r) {
    put_priority_update(&r->in, 0, 1, "u=1");
}

static void altsvc(struct recorder *r) {
    put_altsvc(&r->in, 0, "o", "v");
}

static void origin(struct recorder *r) {
    put_hex_frame(&r->in, NGHTTP2_ORIGIN, 0, 0, "0001 61");
}

static void origin_on_a_stream(struct recorder *r) {
    put_hex_frame(&r->in, NGHTTP2_ORIGIN, 0, 1, "0001 61");
}

static void origin_with_flags(struct recorder *r) {
    put_hex_frame(&r->in, NGHTTP2_ORIGIN, 0x10, 0, "0001 61");
}

static void field_error(struct recorder *r) {
    put_headers(&r->in, 1, ES | EH, GET "Upper: x\n");
}

static void message_error(struct recorder *r) {
    put_headers(&r->in, 1, ES | EH, ":method: GET\n");
}

static void body_too_long(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST "content-length: 1\n");
    put_data(&r->in, 1, 0, "ab");
}

static void body_too_short(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST "content-length: 3\n");
    put_data(&r->in, 1, ES, "ab");
}

/* §20: the list */
static void glitches(void) {
    CHECK(costs_a_glitch(true, unknown_frame));
    CHECK(costs_a_glitch(false, unknown_frame));
    CHECK(costs_a_glitch(true, empty_data));
    CHECK(costs_a_glitch(true, padding_only_data));
    CHECK(costs_a_glitch(true, ignored_headers));
    CHECK(costs_a_glitch(true, priority_frame));
    CHECK(costs_a_glitch(false, priority_frame));
    CHECK(costs_a_glitch(true, priority_update));
    CHECK(costs_a_glitch(true, altsvc));
    CHECK(costs_a_glitch(true, origin));
    CHECK(costs_a_glitch(false, origin_on_a_stream));
    CHECK(costs_a_glitch(false, origin_with_flags));
    CHECK(costs_a_glitch(true, field_error));
    CHECK(costs_a_glitch(true, message_error));
    CHECK(costs_a_glitch(true, body_too_long));
    CHECK(costs_a_glitch(true, body_too_short));
}

static void ignored_data(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST);
    put_rst_stream(&r->in, 1, NGHTTP2_CANCEL);
    put_data(&r->in, 1, 0, "abc");
}

static void late_frames(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST);
    put_rst_stream(&r->in, 1, NGHTTP2_CANCEL);
    put_rst_stream(&r->in, 1, NGHTTP2_CANCEL);
    put_window_update(&r->in, 1, 1);
}

static void refused_by_callback(struct recorder *r) {
    answer(r, ON_BEGIN_HEADERS, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    put_headers(&r->in, 1, ES | EH, GET);
}

static void invalid_field(struct recorder *r) {
    put_headers(&r->in, 1, ES | EH, GET "a b: c\n");
}

static void ignored_promise(struct recorder *r) {
    request(r, GET, NULL);
    nghttp2_submit_goaway(r->session, 0, 0, NGHTTP2_NO_ERROR, NULL, 0);
    drain(r);
    put_push_promise(&r->in, 1, EH, 2, GET);
}

static void end_stream_without_data(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST);
    put_data(&r->in, 1, ES, "");
}

/* §20: what is not on the list */
static void no_glitches(void) {
    CHECK(!costs_a_glitch(true, ignored_data));
    CHECK(!costs_a_glitch(true, late_frames));
    CHECK(!costs_a_glitch(true, refused_by_callback));
    CHECK(!costs_a_glitch(true, invalid_field));
    CHECK(!costs_a_glitch(false, ignored_promise));
    CHECK(!costs_a_glitch(true, end_stream_without_data));
    CHECK(!costs_a_glitch(false, altsvc));
    CHECK(!costs_a_glitch(false, origin));
}

/* §20: the default is 10000 */
static void default_number_of_glitches(void) {
    struct recorder r;
    server(&r);
    /* A second may pass meanwhile and refill 330 tokens, hence the margin. */
    for (int i = 0; i < 10000; i++) put_hex_frame(&r.in, 0xfa, 0, 0, "");
    deliver(&r);
    EXPECT_SENT(&r, "");
    for (int i = 0; i < 5000; i++) put_hex_frame(&r.in, 0xfa, 0, 0, "");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 ENHANCE_YOUR_CALM\n");
    finish(&r);
}

/* Our own: the length of the outbound queue is limited where the peer makes it grow. */
static void outbound_queue_is_limited(void) {
    void (*set_limit)(nghttp2_option *, size_t);
    *(void **)&set_limit = dlsym(RTLD_DEFAULT, "nghttp2_option_set_max_outbound_queue_size");
    if (!CHECK(set_limit != NULL)) return;
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_max_outbound_ack(r.option, 1000000);
    set_limit(r.option, 10);
    start(&r);
    handshake(&r);
    int sent = 0;
    nghttp2_ssize rv;
    do {
        put_ping(&r.in, 0, "12345678");
        rv = deliver(&r);
        sent++;
    } while (rv >= 0 && sent < 1000);
    CHECK_INT(rv, NGHTTP2_ERR_FLOODED);
    CHECK(sent >= 10 && sent <= 12);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(too_many_queued_ping_acks_are_flooding),
        TEST(acknowledgements_are_counted_together),
        TEST(received_acknowledgements_are_not_counted),
        TEST(submitted_ping_acks_are_limited),
        TEST(no_acknowledgement_allowed_at_all),
        TEST(too_many_resets_end_in_goaway),
        TEST(every_reset_counts),
        TEST(resets_that_do_not_count),
        TEST_SINCE_1_70(glitches),
        TEST_SINCE_1_70(no_glitches),
        TEST_SINCE_1_70(default_number_of_glitches),
        TEST_OURS(outbound_queue_is_limited),
    };
    return RUN_TESTS(tests);
}
