/* What a session counts. */
#include <nghttp2/nghttp2x.h>

#include "support.h"

static nghttp2x_counters counted(struct recorder *r) {
    nghttp2x_counters counters;
    memset(&counters, 0xff, sizeof(counters));
    CHECK_INT(nghttp2x_session_get_counters(r->session, &counters, sizeof(counters)),
              sizeof(counters));
    return counters;
}

/* What is new since an earlier time, in each member. */
static void check_new(int line, struct recorder *r, const nghttp2x_counters *since,
                      nghttp2x_counters expected) {
    nghttp2x_counters now = counted(r);
    const uint64_t *a = (const uint64_t *)&now, *b = (const uint64_t *)since,
                   *c = (const uint64_t *)&expected;
    for (size_t i = 0; i < sizeof(now) / sizeof(*a); i++) {
        if (a[i] - b[i] == c[i]) continue;
        printf("%s:%d: member %zu has grown by %llu, not by %llu\n", __FILE__, line, i,
               (unsigned long long)(a[i] - b[i]), (unsigned long long)c[i]);
        check_failed();
    }
}

#define CHECK_NEW(r, since, ...)                                                                   \
    check_new(__LINE__, r, &(since), (nghttp2x_counters){__VA_ARGS__})

static const nghttp2x_counters nothing;

static void a_preface_and_its_answer(void) {
    struct recorder r;
    prepare_server(&r);
    start(&r);
    CHECK_NEW(&r, nothing, 0);
    put_magic(&r.in);
    receive(&r, r.in.data, 10);
    CHECK_NEW(&r, nothing, .octets_received = 10);
    receive(&r, r.in.data + 10, r.in.length - 10);
    bytes_clear(&r.in);
    CHECK_NEW(&r, nothing, .octets_received = 24);
    put_settings(&r.in, "3=100");
    receive(&r, r.in.data, 8);
    CHECK_NEW(&r, nothing, .octets_received = 32);
    receive(&r, r.in.data + 8, r.in.length - 8);
    bytes_clear(&r.in);
    CHECK_NEW(&r, nothing, .octets_received = 24 + 15, .frames_received = 1);
    drain(&r);
    CHECK_NEW(&r, nothing, .octets_received = 24 + 15, .frames_received = 1, .octets_sent = 9,
              .frames_sent = 1);
    finish(&r);

    prepare_client(&r);
    start(&r);
    send_one(&r);
    CHECK_NEW(&r, nothing, .octets_sent = 24);
    finish(&r);
}

/* Each frame of a header block. */
static void continuations_are_frames(void) {
    static char text[40000];
    struct recorder r;
    server(&r);
    nghttp2x_counters before = counted(&r);
    put_headers(&r.in, 1, ES, GET);
    put_continuation(&r.in, 1, 0, "a: b\n");
    put_continuation(&r.in, 1, EH, "c: d\n");
    size_t length = r.in.length;
    deliver(&r);
    CHECK_NEW(&r, before, .frames_received = 3, .octets_received = length);
    before = counted(&r);
    memset(text, '$', sizeof(text) - 1); /* no Huffman code is shorter */
    memcpy(text, OK_200 "a: ", strlen(OK_200 "a: "));
    CHECK_INT(response(&r, 1, text, NULL), 0);
    size_t sent = 0;
    for (nghttp2_ssize n; (n = send_one(&r)) > 0;) sent += (size_t)n;
    CHECK(sent > 2 * 16384);
    CHECK_NEW(&r, before, .frames_sent = 3, .octets_sent = sent);
    finish(&r);
}

/* Unknown ones, ignored ones, the one that ends the session; then nothing but octets. */
static void every_frame_is_one(void) {
    struct recorder r;
    server(&r);
    nghttp2x_counters before = counted(&r);
    put_hex_frame(&r.in, 0xfa, 0, 0, "0000");
    put_headers(&r.in, 1, EH, POST);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    put_data(&r.in, 1, 0, "late");
    put_data(&r.in, 3, 0, "idle");
    put_ping(&r.in, 0, "12345678");
    size_t length = r.in.length;
    deliver(&r);
    CHECK_NEW(&r, before, .frames_received = 5, .octets_received = length, .glitches = 1,
              .resets_received = 1);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    CHECK_NEW(&r, before, .frames_received = 5, .octets_received = length + 17, .glitches = 1,
              .resets_received = 1);
    finish(&r);
}

/* What was not taken is counted when it comes again. */
static void pauses_count_nothing_twice(void) {
    struct recorder r;
    server(&r);
    nghttp2x_counters before = counted(&r);
    put_headers(&r.in, 1, EH, POST);
    put_data(&r.in, 1, ES, "abc");
    answer(&r, ON_HEADER, 2, NGHTTP2_ERR_PAUSE);
    answer(&r, ON_DATA_CHUNK, 1, NGHTTP2_ERR_PAUSE);
    size_t at = 0;
    for (int calls = 0; at < r.in.length && calls < 10; calls++) {
        nghttp2_ssize n = receive(&r, r.in.data + at, r.in.length - at);
        if (!CHECK(n >= 0)) break;
        at += (size_t)n;
        CHECK_INT(counted(&r).octets_received - before.octets_received, at);
    }
    CHECK_NEW(&r, before, .frames_received = 2, .octets_received = r.in.length);
    finish(&r);
}

/* The header and the padding of a frame that the program sends itself. */
static void data_that_the_program_sends(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(SEND_DATA) | BIT(SELECT_PADDING);
    start(&r);
    handshake(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    struct body body = {.left = 1000, .no_copy = true};
    CHECK_INT(response(&r, 1, OK_200, &body), 0);
    send_one(&r);
    nghttp2x_counters before = counted(&r);
    r.padding = 10;
    drain(&r);
    CHECK_NEW(&r, before, .frames_sent = 1, .octets_sent = 9 + 1010);
    finish(&r);
}

/* A send callback may take octets one by one. */
static void output_in_pieces(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(SEND);
    r.output_step = 1;
    start(&r);
    handshake(&r);
    nghttp2x_counters before = counted(&r);
    nghttp2_submit_ping(r.session, NGHTTP2_FLAG_NONE, NULL);
    answer(&r, SEND, 6, NGHTTP2_ERR_WOULDBLOCK);
    CHECK_INT(nghttp2_session_send(r.session), 0);
    CHECK_NEW(&r, before, .octets_sent = 5);
    no_reactions(&r);
    CHECK_INT(nghttp2_session_send(r.session), 0);
    CHECK_NEW(&r, before, .frames_sent = 1, .octets_sent = 17);
    finish(&r);
}

/* When they are sent, whoever wanted them. */
static void resets_and_glitches(void) {
    struct recorder r;
    server(&r);
    for (uint32_t id = 1; id <= 7; id += 2) put_headers(&r.in, id, EH, POST);
    deliver(&r);
    nghttp2x_counters before = counted(&r);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    CHECK_NEW(&r, before, 0);
    drain(&r);
    CHECK_NEW(&r, before, .frames_sent = 1, .octets_sent = 13, .resets_sent = 1);
    before = counted(&r);
    put_headers(&r.in, 9, ES | EH, ":method: GET\n");
    size_t length = r.in.length;
    deliver(&r);
    drain(&r);
    CHECK_NEW(&r, before, .frames_received = 1, .octets_received = length, .frames_sent = 1,
              .octets_sent = 13, .resets_sent = 1, .glitches = 1);
    before = counted(&r);
    put_rst_stream(&r.in, 3, NGHTTP2_CANCEL);
    put_rst_stream(&r.in, 3, NGHTTP2_CANCEL);
    deliver(&r);
    CHECK_NEW(&r, before, .frames_received = 2, .octets_received = 26, .resets_received = 2);
    finish(&r);
}

/* By SETTINGS_MAX_CONCURRENT_STREAMS, before the peer knows of it; then by GOAWAY. */
static void streams_that_a_server_refuses(void) {
    struct recorder r;
    prepare_server(&r);
    start(&r);
    submit_settings(&r, "3=1");
    put_magic(&r.in);
    put_settings(&r.in, "");
    for (uint32_t id = 1; id <= 7; id += 2) put_headers(&r.in, id, EH, POST);
    deliver(&r);
    CHECK_INT(counted(&r).streams_refused, 3);
    CHECK_INT(counted(&r).glitches, 3);
    nghttp2_submit_goaway(r.session, 0, 7, NGHTTP2_NO_ERROR, NULL, 0);
    drain(&r);
    CHECK_INT(counted(&r).resets_sent, 3);
    put_headers(&r.in, 9, ES | EH, GET);
    deliver(&r);
    CHECK_INT(counted(&r).streams_refused, 4);
    finish(&r);

    /* What the program rejects is not refused. */
    server(&r);
    answer(&r, ON_BEGIN_HEADERS, 1, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    drain(&r);
    CHECK_INT(counted(&r).streams_refused, 0);
    CHECK_INT(counted(&r).resets_sent, 1);
    finish(&r);
}

/* Promises: too many, and after GOAWAY. */
static void streams_that_a_client_refuses(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_max_reserved_remote_streams(r.option, 1);
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    CHECK_INT(counted(&r).streams_refused, 0);
    put_push_promise(&r.in, 1, EH, 4, GET);
    deliver(&r);
    CHECK_INT(counted(&r).streams_refused, 1);
    nghttp2_submit_goaway(r.session, 0, 0, NGHTTP2_NO_ERROR, NULL, 0);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 6, GET);
    deliver(&r);
    CHECK_INT(counted(&r).streams_refused, 2);
    finish(&r);
}

/* The structure may be shorter than the library's, or longer. */
static void sizes_of_other_versions(void) {
    struct recorder r;
    server(&r);
    nghttp2x_counters whole = counted(&r);
    CHECK(whole.frames_received > 0 && whole.octets_received > 0 && whole.frames_sent > 0);
    uint64_t members[sizeof(whole) / 8 + 2], expected[sizeof(whole) / 8 + 2];
    for (size_t size = 0; size <= sizeof(members); size += 8) {
        memset(members, 0xaa, sizeof(members));
        memset(expected, 0xaa, sizeof(expected));
        memset(expected, 0, size);
        size_t known = size < sizeof(whole) ? size : sizeof(whole);
        memcpy(expected, &whole, known);
        CHECK_INT(nghttp2x_session_get_counters(r.session, (nghttp2x_counters *)members, size),
                  known);
        CHECK(memcmp(members, expected, sizeof(members)) == 0);
    }
    finish(&r);
}

static void ask_meanwhile(struct recorder *r) {
    nghttp2x_counters now = counted(r);
    CHECK_INT(now.frames_received, 3);
    CHECK_INT(now.frames_sent, 2);
}

/* Asking from a callback: the frame that it is about is counted. */
static void callbacks_may_ask(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    during(&r, ON_HEADER, 1, ask_meanwhile);
    deliver(&r);
    CHECK_INT(r.calls[ON_HEADER], 4);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(a_preface_and_its_answer),
        TEST_OURS(continuations_are_frames),
        TEST_OURS(every_frame_is_one),
        TEST_OURS(pauses_count_nothing_twice),
        TEST_OURS(data_that_the_program_sends),
        TEST_OURS(output_in_pieces),
        TEST_OURS(resets_and_glitches),
        TEST_OURS(streams_that_a_server_refuses),
        TEST_OURS(streams_that_a_client_refuses),
        TEST_OURS(sizes_of_other_versions),
        TEST_OURS(callbacks_may_ask),
    };
    return RUN_TESTS(tests);
}
