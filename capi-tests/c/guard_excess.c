/* Which limit a peer ran into. */
#include <nghttp2/nghttp2x.h>

#include "support.h"

/* A limit, how it is set to 3, and how the peer runs into it. */
struct trial {
    nghttp2x_limit limit;
    bool on_client;
    void (*set)(nghttp2_option *);
    void (*provoke)(struct recorder *);
    int32_t stream_id;
    uint64_t value, rate;
};

static void set_stream_resets(nghttp2_option *o) {
    nghttp2_option_set_stream_reset_rate_limit(o, 3, 1);
}

static void reset_streams(struct recorder *r) {
    for (uint32_t id = 1; id <= 7; id += 2) {
        put_headers(&r->in, id, ES | EH, GET);
        put_rst_stream(&r->in, id, NGHTTP2_CANCEL);
    }
}

static void set_own_resets(nghttp2_option *o) {
    nghttp2x_option_set_own_reset_rate_limit(o, 3, 2);
}

static void be_malformed(struct recorder *r) {
    for (uint32_t id = 1; id <= 7; id += 2) put_headers(&r->in, id, ES | EH, ":method: GET\n");
}

static void set_glitches(nghttp2_option *o) {
    nghttp2_option_set_glitch_rate_limit(o, 3, 4);
}

static void be_suspicious(struct recorder *r) {
    for (int i = 0; i < 4; i++) put_hex_frame(&r->in, 0xfa, 0, 0, "");
}

static void set_header_list(nghttp2_option *o) {
    nghttp2x_option_set_max_header_list(o, 300, 0);
}

static void set_header_fields(nghttp2_option *o) {
    nghttp2x_option_set_max_header_list(o, 0, 5);
}

static void ask_at_length(struct recorder *r) {
    put_headers(&r->in, 1, ES | EH, GET);
    put_headers(&r->in, 3, ES | EH, GET "a: 1\nb: 2\nc: 3\nd: 4\n");
    put_headers(&r->in, 5, ES | EH, GET);
}

static void announce_header_list(nghttp2_option *o) {
    (void)o;
}

static void ask_for_more_than_announced(struct recorder *r) {
    submit_settings(r, "6=200");
    drain(r);
    put_settings_ack(&r->in);
    ask_at_length(r);
}

static void set_interim_responses(nghttp2_option *o) {
    nghttp2x_option_set_max_interim_responses(o, 3);
}

static void respond_again_and_again(struct recorder *r) {
    request(r, GET, NULL);
    drain(r);
    for (int i = 0; i < 4; i++) put_headers(&r->in, 1, EH, ":status: 103\n");
}

static void set_continuations(nghttp2_option *o) {
    nghttp2_option_set_max_continuations(o, 3);
}

static void continue_and_continue(struct recorder *r) {
    put_headers(&r->in, 1, ES, GET);
    for (int i = 0; i < 4; i++) put_continuation(&r->in, 1, 0, "a: b\n");
}

static void set_settings(nghttp2_option *o) {
    nghttp2_option_set_max_settings(o, 3);
}

static void set_everything(struct recorder *r) {
    put_settings(&r->in, "3=1 3=2 3=3 3=4");
}

static void set_acks(nghttp2_option *o) {
    nghttp2_option_set_max_outbound_ack(o, 3);
}

static void set_queue(nghttp2_option *o) {
    nghttp2_option_set_max_outbound_queue_size(o, 3);
}

static void set_control_frames(nghttp2_option *o) {
    nghttp2x_option_set_control_frame_rate_limit(o, 3, 5);
}

static void ping(struct recorder *r) {
    for (int i = 0; i < 4; i++) put_ping(&r->in, 0, "12345678");
}

static void set_short_data(nghttp2_option *o) {
    nghttp2x_option_set_short_data_rate_limit(o, 3 * 255, 6);
}

static void send_octet_by_octet(struct recorder *r) {
    put_headers(&r->in, 1, EH, POST);
    for (int i = 0; i < 5; i++) put_data(&r->in, 1, 0, "x");
}

static void set_window_updates(nghttp2_option *o) {
    nghttp2x_option_set_max_window_updates(o, 3);
}

static void update_windows(struct recorder *r) {
    for (int i = 0; i < 4; i++) put_window_update(&r->in, 0, 1);
}

static const struct trial trials[] = {
    {NGHTTP2X_LIMIT_STREAM_RESETS, false, set_stream_resets, reset_streams, 0, 3, 1},
    {NGHTTP2X_LIMIT_OWN_RESETS, false, set_own_resets, be_malformed, 0, 3, 2},
    {NGHTTP2X_LIMIT_GLITCHES, false, set_glitches, be_suspicious, 0, 3, 4},
    {NGHTTP2X_LIMIT_HEADER_LIST, false, set_header_list, ask_at_length, 3, 300, 0},
    {NGHTTP2X_LIMIT_HEADER_LIST, false, announce_header_list, ask_for_more_than_announced, 3, 200,
     0},
    {NGHTTP2X_LIMIT_HEADER_FIELDS, false, set_header_fields, ask_at_length, 3, 5, 0},
    {NGHTTP2X_LIMIT_INTERIM_RESPONSES, true, set_interim_responses, respond_again_and_again, 1, 3,
     0},
    {NGHTTP2X_LIMIT_CONTINUATIONS, false, set_continuations, continue_and_continue, 0, 3, 0},
    {NGHTTP2X_LIMIT_SETTINGS, false, set_settings, set_everything, 0, 3, 0},
    {NGHTTP2X_LIMIT_OUTBOUND_ACKS, false, set_acks, ping, 0, 3, 0},
    {NGHTTP2X_LIMIT_OUTBOUND_QUEUE, false, set_queue, ping, 0, 3, 0},
    {NGHTTP2X_LIMIT_CONTROL_FRAMES, false, set_control_frames, ping, 0, 3, 5},
    {NGHTTP2X_LIMIT_SHORT_DATA, false, set_short_data, send_octet_by_octet, 0, 3 * 255, 6},
    {NGHTTP2X_LIMIT_WINDOW_UPDATES, false, set_window_updates, update_windows, 0, 3, 0},
};

enum { TRIALS = sizeof(trials) / sizeof(trials[0]) };

static void check_excess(struct recorder *r, nghttp2x_limit limit, int32_t stream_id,
                         uint64_t value, uint64_t rate) {
    nghttp2x_excess excess;
    memset(&excess, 0xff, sizeof(excess));
    CHECK_INT(nghttp2x_session_get_excess(r->session, &excess), limit != NGHTTP2X_LIMIT_NONE);
    CHECK_INT(excess.limit, limit);
    CHECK_INT(excess.stream_id, stream_id);
    CHECK_INT(excess.value, value);
    CHECK_INT(excess.rate, rate);
}

/* The one that was set, and with everything at its default none. */
static void every_limit_is_told(void) {
    for (int i = 0; i < TRIALS; i++) {
        const struct trial *trial = &trials[i];
        struct recorder r;
        prepare(&r, !trial->on_client);
        trial->set(r.option);
        start(&r);
        handshake(&r);
        check_excess(&r, NGHTTP2X_LIMIT_NONE, 0, 0, 0);
        trial->provoke(&r);
        deliver(&r);
        check_excess(&r, trial->limit, trial->stream_id, trial->value, trial->rate);
        drain(&r);
        check_excess(&r, trial->limit, trial->stream_id, trial->value, trial->rate);
        finish(&r);

        if (trial->set == announce_header_list) continue;
        prepare(&r, !trial->on_client);
        start(&r);
        handshake(&r);
        trial->provoke(&r);
        CHECK(deliver(&r) > 0);
        check_excess(&r, NGHTTP2X_LIMIT_NONE, 0, 0, 0);
        finish(&r);
    }
}

/* A frame that is beyond a rate is a glitch, and one too many of those ends the session. */
static void the_last_excess_is_told(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2x_option_set_control_frame_rate_limit(r.option, 3, 0);
    nghttp2_option_set_glitch_rate_limit(r.option, 1, 0);
    start(&r);
    handshake(&r);
    /* The first SETTINGS were one of three. */
    for (int i = 0; i < 3; i++) put_ping(&r.in, 0, "12345678");
    deliver(&r);
    check_excess(&r, NGHTTP2X_LIMIT_CONTROL_FRAMES, 0, 3, 0);
    CHECK(nghttp2_session_want_read(r.session));
    ask_at_length(&r);
    be_suspicious(&r);
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv PING \"12345678\"\nframe_recv PING \"12345678\"\n"
                    "frame_recv PING \"12345678\"\nframe_recv HEADERS 1 +ES+EH REQUEST\n"
                    "frame_recv HEADERS 3 +ES+EH REQUEST\nframe_recv HEADERS 5 +ES+EH REQUEST\n"
                    "not_sent PING +ACK \"12345678\": SESSION_CLOSING\n"
                    "not_sent PING +ACK \"12345678\": SESSION_CLOSING\n"
                    "not_sent PING +ACK \"12345678\": SESSION_CLOSING\n"
                    "> GOAWAY last=5 ENHANCE_YOUR_CALM\n");
    check_excess(&r, NGHTTP2X_LIMIT_GLITCHES, 0, 1, 0);
    finish(&r);
}

/* What a program ends by itself, or a peer by other faults, is no excess. */
static void other_ends_are_no_excess(void) {
    struct recorder r;
    server(&r);
    nghttp2_session_terminate_session(r.session, NGHTTP2_ENHANCE_YOUR_CALM);
    drain(&r);
    check_excess(&r, NGHTTP2X_LIMIT_NONE, 0, 0, 0);
    finish(&r);
    server(&r);
    put_data(&r.in, 1, 0, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 PROTOCOL_ERROR \"DATA: stream in idle\"\n");
    check_excess(&r, NGHTTP2X_LIMIT_NONE, 0, 0, 0);
    finish(&r);
}

static void ask_meanwhile(struct recorder *r) {
    check_excess(r, NGHTTP2X_LIMIT_HEADER_LIST, 3, 300, 0);
}

/* A callback can ask. */
static void callbacks_may_ask(void) {
    struct recorder r;
    prepare_server(&r);
    set_header_list(r.option);
    start(&r);
    handshake(&r);
    ask_at_length(&r);
    during(&r, ON_INVALID_FRAME, 1, ask_meanwhile);
    deliver(&r);
    CHECK_INT(r.calls[ON_INVALID_FRAME], 1);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(every_limit_is_told),
        TEST_OURS(the_last_excess_is_told),
        TEST_OURS(other_ends_are_no_excess),
        TEST_OURS(callbacks_may_ask),
    };
    return RUN_TESTS(tests);
}
