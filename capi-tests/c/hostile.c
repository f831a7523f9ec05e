/*
 * Inputs that end a connection: the same however they are cut, and nothing has any effect behind
 * them.
 */
#include "support.h"

/* One input after the handshake on a server; what it leads to is GOAWAY with this code. */
struct input {
    const char *name;
    void (*put)(struct bytes *in);
    uint32_t code;
};

static void oversized(struct bytes *in) { put_data_of_length(in, 1, 0, 16385); }
static void short_settings(struct bytes *in) { put_hex_frame(in, NGHTTP2_SETTINGS, 0, 0, "0001"); }
static void unexpected_ack(struct bytes *in) { put_settings_ack(in); }
static void push_to_server(struct bytes *in) { put_push_promise(in, 1, EH, 2, GET); }
static void data_on_idle(struct bytes *in) { put_data(in, 5, 0, "x"); }
static void data_on_0(struct bytes *in) { put_data(in, 0, 0, "x"); }
static void bad_padding(struct bytes *in) { put_hex_frame(in, NGHTTP2_DATA, PADDED, 1, "05 00"); }
static void headers_on_0(struct bytes *in) { put_headers(in, 0, ES | EH, GET); }
static void headers_on_even(struct bytes *in) { put_headers(in, 4, ES | EH, GET); }
static void bad_hpack(struct bytes *in) { put_hex_frame(in, NGHTTP2_HEADERS, ES | EH, 3, "80"); }
static void lone_continuation(struct bytes *in) { put_continuation(in, 1, EH, "a: b\n"); }
static void reset_of_idle(struct bytes *in) { put_rst_stream(in, 9, 0); }
static void short_reset(struct bytes *in) { put_hex_frame(in, NGHTTP2_RST_STREAM, 0, 1, "00"); }
static void short_priority(struct bytes *in) { put_hex_frame(in, NGHTTP2_PRIORITY, 0, 1, "0000"); }
static void zero_update(struct bytes *in) { put_window_update(in, 0, 0); }
static void huge_update(struct bytes *in) { put_window_update(in, 0, 0x7fffffff); }
static void idle_update(struct bytes *in) { put_window_update(in, 9, 1); }
static void ping_on_stream(struct bytes *in) { put_frame(in, NGHTTP2_PING, 0, 1, "12345678", 8); }
static void long_ping(struct bytes *in) { put_frame(in, NGHTTP2_PING, 0, 0, "123456789", 9); }
static void short_goaway(struct bytes *in) { put_hex_frame(in, NGHTTP2_GOAWAY, 0, 0, "00"); }
static void odd_goaway(struct bytes *in) { put_goaway(in, 1, 0, ""); }
static void bad_push_setting(struct bytes *in) { put_settings(in, "2=2"); }
static void bad_window_setting(struct bytes *in) { put_settings(in, "4=2147483648"); }
static void bad_size_setting(struct bytes *in) { put_settings(in, "5=0"); }

static void interrupted_block(struct bytes *in) {
    put_headers(in, 3, ES, GET);
    put_ping(in, 0, "12345678");
}

static void self_dependency(struct bytes *in) {
    put_prioritised(in, 3, ES | EH, 3, 16, 0, GET);
}

static void data_after_end(struct bytes *in) {
    put_headers(in, 3, ES | EH, GET);
    put_data(in, 3, 0, "x");
}

static void headers_after_end(struct bytes *in) {
    put_headers(in, 3, ES | EH, GET);
    put_headers(in, 3, ES | EH, "a: b\n");
}

static void too_many_entries(struct bytes *in) {
    put_head(in, 33 * 6, NGHTTP2_SETTINGS, 0, 0);
    for (int i = 0; i < 33; i++) put_hex(in, "0063 00000000");
}

static const struct input inputs[] = {
    {"oversized frame", oversized, NGHTTP2_FRAME_SIZE_ERROR},
    {"short SETTINGS", short_settings, NGHTTP2_FRAME_SIZE_ERROR},
    {"unexpected ACK", unexpected_ack, NGHTTP2_PROTOCOL_ERROR},
    {"PUSH_PROMISE", push_to_server, NGHTTP2_PROTOCOL_ERROR},
    {"DATA on idle", data_on_idle, NGHTTP2_PROTOCOL_ERROR},
    {"DATA on 0", data_on_0, NGHTTP2_PROTOCOL_ERROR},
    {"bad padding", bad_padding, NGHTTP2_PROTOCOL_ERROR},
    {"HEADERS on 0", headers_on_0, NGHTTP2_PROTOCOL_ERROR},
    {"HEADERS on even", headers_on_even, NGHTTP2_PROTOCOL_ERROR},
    {"bad HPACK", bad_hpack, NGHTTP2_COMPRESSION_ERROR},
    {"lone CONTINUATION", lone_continuation, NGHTTP2_PROTOCOL_ERROR},
    {"RST_STREAM on idle", reset_of_idle, NGHTTP2_PROTOCOL_ERROR},
    {"short RST_STREAM", short_reset, NGHTTP2_FRAME_SIZE_ERROR},
    {"short PRIORITY", short_priority, NGHTTP2_FRAME_SIZE_ERROR},
    {"zero WINDOW_UPDATE", zero_update, NGHTTP2_PROTOCOL_ERROR},
    {"huge WINDOW_UPDATE", huge_update, NGHTTP2_FLOW_CONTROL_ERROR},
    {"WINDOW_UPDATE on idle", idle_update, NGHTTP2_PROTOCOL_ERROR},
    {"PING on a stream", ping_on_stream, NGHTTP2_PROTOCOL_ERROR},
    {"long PING", long_ping, NGHTTP2_FRAME_SIZE_ERROR},
    {"short GOAWAY", short_goaway, NGHTTP2_FRAME_SIZE_ERROR},
    {"odd GOAWAY", odd_goaway, NGHTTP2_PROTOCOL_ERROR},
    {"ENABLE_PUSH 2", bad_push_setting, NGHTTP2_PROTOCOL_ERROR},
    {"window 2^31", bad_window_setting, NGHTTP2_FLOW_CONTROL_ERROR},
    {"frame size 0", bad_size_setting, NGHTTP2_PROTOCOL_ERROR},
    {"interrupted block", interrupted_block, NGHTTP2_PROTOCOL_ERROR},
    {"self dependency", self_dependency, NGHTTP2_PROTOCOL_ERROR},
    {"DATA after END_STREAM", data_after_end, NGHTTP2_STREAM_CLOSED},
    {"HEADERS after END_STREAM", headers_after_end, NGHTTP2_STREAM_CLOSED},
    {"too many entries", too_many_entries, NGHTTP2_ENHANCE_YOUR_CALM},
};
enum { INPUTS = sizeof(inputs) / sizeof(inputs[0]) };

/* A server with a POST running on stream 1 that has met the input, in pieces of this size. */
static void meet_input(struct recorder *r, const struct input *input, size_t piece) {
    server(r);
    put_headers(&r->in, 1, EH, POST);
    deliver(r);
    forget(r);
    struct bytes in = {0};
    input->put(&in);
    for (size_t at = 0; at < in.length; at += piece) {
        receive(r, in.data + at, in.length - at < piece ? in.length - at : piece);
    }
    bytes_free(&in);
}

/* One GOAWAY with the right code, and the connection is over. */
static void every_input_ends_the_connection(void) {
    for (size_t i = 0; i < INPUTS; i++) {
        struct recorder r;
        meet_input(&r, &inputs[i], SIZE_MAX / 2);
        drain(&r);
        char expected[64];
        snprintf(expected, sizeof(expected), " %s", code_name(inputs[i].code));
        const char *goaway = strstr(text_of(&r.log), "> GOAWAY last=");
        bool ok = CHECK(goaway != NULL) && CHECK(strstr(goaway, expected) != NULL) &&
                  CHECK(strstr(goaway + 1, "> GOAWAY") == NULL) &&
                  CHECK_INT(nghttp2_session_want_read(r.session), 0) &&
                  CHECK_INT(nghttp2_session_want_write(r.session), 0);
        if (!ok) printf("  %s\n", inputs[i].name);
        finish(&r);
    }
}

/* session §4.3; before 1.70 a CONTINUATION header counted once a piece */
static void cuts_make_no_difference(void) {
    for (size_t i = 0; i < INPUTS; i++) {
        struct recorder whole, cut;
        meet_input(&whole, &inputs[i], SIZE_MAX / 2);
        meet_input(&cut, &inputs[i], 1);
        drain(&whole);
        drain(&cut);
        if (!CHECK_STR(text_of(&cut.log), text_of(&whole.log))) printf("  %s\n", inputs[i].name);
        finish(&whole);
        finish(&cut);
    }
}

/* session §4.4: every input behind every other, before and after the GOAWAY has been sent */
static void nothing_has_an_effect_behind_the_end(void) {
    for (size_t first = 0; first < INPUTS; first++) {
        for (size_t second = 0; second < 2 * INPUTS; second++) {
            struct recorder r;
            meet_input(&r, &inputs[first], SIZE_MAX / 2);
            size_t queued = nghttp2_session_get_outbound_queue_size(r.session);
            if (second >= INPUTS) drain(&r);
            forget(&r);
            r.heard = ALL_EVENTS & ~(BIT(ON_FRAME_SEND) | BIT(BEFORE_FRAME_SEND));
            inputs[second % INPUTS].put(&r.in);
            put_headers(&r.in, 11, ES | EH, GET);
            put_ping(&r.in, 0, "12345678");
            deliver(&r);
            bool ok = EXPECT(&r, "");
            if (second < INPUTS) {
                ok = CHECK_INT(nghttp2_session_get_outbound_queue_size(r.session), queued) && ok;
            }
            drain(&r);
            ok = CHECK_INT(nghttp2_session_want_read(r.session), 0) && ok;
            if (!ok) printf("  %s behind %s\n", inputs[second % INPUTS].name, inputs[first].name);
            finish(&r);
        }
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(every_input_ends_the_connection),
        TEST_SINCE_1_70(cuts_make_no_difference),
        TEST(nothing_has_an_effect_behind_the_end),
    };
    return RUN_TESTS(tests);
}
