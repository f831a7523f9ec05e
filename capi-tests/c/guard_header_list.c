/* How much a header block may come to. */
#include <nghttp2/nghttp2x.h>

#include "support.h"

/* A field that weighs 4,096 octets in a header list, and fills the table: first as a literal that
   enters it, then as one octet. */
enum { HEAVY = 4096, HEAVY_AGAIN = 0xbe };

static void put_heavy(struct bytes *block) {
    static char value[HEAVY - 32 - 1];
    memset(value, 'v', sizeof(value));
    put_hex(block, "40 01 61 7f");
    /* The length, less the 127 that are said already, by seven bits. */
    size_t rest = sizeof(value) - 127;
    for (; rest > 127; rest >>= 7) put_u8(block, (rest & 127) | 128);
    put_u8(block, (unsigned)rest);
    bytes_append(block, value, sizeof(value));
}

static void put_times(struct bytes *block, unsigned octet, size_t times) {
    for (size_t i = 0; i < times; i++) put_u8(block, octet);
}

/* A header block, with as many CONTINUATIONs as it needs; it is emptied. */
static void put_block(struct recorder *r, uint32_t stream_id, struct bytes *block) {
    unsigned type = NGHTTP2_HEADERS;
    size_t at = 0;
    do {
        size_t left = block->length - at, length = left < 16384 ? left : 16384;
        unsigned flags = (type == NGHTTP2_HEADERS ? ES : 0) | (length == left ? EH : 0);
        put_frame(&r->in, type, flags, stream_id, block->data + at, length);
        at += length;
        type = NGHTTP2_CONTINUATION;
    } while (at < block->length);
    bytes_free(block);
    *block = (struct bytes){0};
}

/* A server to which header blocks are just lists. */
static void prepare_lists(struct recorder *r) {
    prepare_server(r);
    nghttp2_option_set_no_http_messaging(r->option, 1);
    nghttp2_option_set_max_continuations(r->option, 100);
}

static void start_lists(struct recorder *r, size_t octets, size_t fields) {
    prepare_lists(r);
    nghttp2x_option_set_max_header_list(r->option, octets, fields);
    start(r);
    handshake(r);
}

#define TAKEN(id) "frame_recv HEADERS " #id " +ES+EH REQUEST\n"
#define TOO_LONG(id)                                                                               \
    "invalid_frame HEADERS " #id " +ES+EH REQUEST: HTTP_MESSAGING\n"                               \
    "close " #id " ENHANCE_YOUR_CALM\n> RST_STREAM " #id " ENHANCE_YOUR_CALM\n"
/* The stream is to be reset by then, but nothing but GOAWAY is sent any more. */
#define FAR_TOO_LONG(id, flags)                                                                    \
    "invalid_frame HEADERS " #id " " flags " REQUEST: HTTP_MESSAGING\n"                            \
    "not_sent RST_STREAM " #id " ENHANCE_YOUR_CALM: SESSION_CLOSING\n"                             \
    "> GOAWAY last=" #id " ENHANCE_YOUR_CALM \"header list is far too long\"\n"

/* A list of so many heavy fields: what becomes of it? */
static void send_heavy(struct recorder *r, uint32_t stream_id, size_t count) {
    struct bytes block = {0};
    put_heavy(&block);
    put_times(&block, HEAVY_AGAIN, count - 1);
    put_block(r, stream_id, &block);
    deliver(r);
    drain(r);
}

/* A list of so many fields `:method: GET`, which weigh 42 octets each. */
static void send_light(struct recorder *r, uint32_t stream_id, size_t count) {
    struct bytes block = {0};
    put_times(&block, 0x82, count);
    put_block(r, stream_id, &block);
    deliver(r);
    drain(r);
}

static void octets_by_default(void) {
    struct recorder r;
    prepare_lists(&r);
    start(&r);
    handshake(&r);
    send_heavy(&r, 1, (1 << 20) / HEAVY);
    EXPECT(&r, TAKEN(1));
    CHECK_INT(r.calls[ON_HEADER], 256);
    send_heavy(&r, 3, (1 << 20) / HEAVY + 1);
    EXPECT(&r, TOO_LONG(3));
    CHECK_INT(r.calls[ON_HEADER], 2 * 256);
    finish(&r);
}

static void fields_by_default(void) {
    struct recorder r;
    prepare_lists(&r);
    start(&r);
    handshake(&r);
    send_light(&r, 1, 8192);
    EXPECT(&r, TAKEN(1));
    send_light(&r, 3, 8193);
    EXPECT(&r, TOO_LONG(3));
    CHECK_INT(r.calls[ON_HEADER], 2 * 8192);
    finish(&r);
}

static void octets_that_were_set(void) {
    struct recorder r;
    start_lists(&r, 10 * 42, 1000);
    send_light(&r, 1, 10);
    EXPECT(&r, TAKEN(1));
    send_light(&r, 3, 11);
    EXPECT(&r, TOO_LONG(3));
    send_light(&r, 5, 40);
    EXPECT(&r, TOO_LONG(5));
    CHECK_INT(r.calls[ON_HEADER], 30);
    send_light(&r, 7, 50);
    EXPECT(&r, FAR_TOO_LONG(7, "+ES+EH"));
    CHECK_INT(r.calls[ON_HEADER], 40);
    CHECK_INT(nghttp2_session_want_read(r.session), 0);
    finish(&r);
}

static void fields_that_were_set(void) {
    struct recorder r;
    start_lists(&r, 1 << 20, 10);
    send_light(&r, 1, 10);
    EXPECT(&r, TAKEN(1));
    send_light(&r, 3, 11);
    EXPECT(&r, TOO_LONG(3));
    send_light(&r, 5, 50);
    EXPECT(&r, FAR_TOO_LONG(5, "+ES+EH"));
    CHECK_INT(r.calls[ON_HEADER], 30);
    finish(&r);
}

/* Also what the session has announced does not count. */
static void nothing_is_limited_by_zero(void) {
    struct recorder r;
    prepare_lists(&r);
    nghttp2x_option_set_max_header_list(r.option, 0, 0);
    r.settings = "6=100";
    start(&r);
    handshake(&r);
    send_heavy(&r, 1, 2000);
    EXPECT(&r, TAKEN(1));
    send_light(&r, 3, 40000);
    EXPECT(&r, TAKEN(3));
    CHECK_INT(r.calls[ON_HEADER], 42000);
    finish(&r);
}

/* Each of the two by itself. */
static void zero_leaves_the_other_limit(void) {
    struct recorder r;
    start_lists(&r, 0, 10);
    send_heavy(&r, 1, 10);
    EXPECT(&r, TAKEN(1));
    send_light(&r, 3, 11);
    EXPECT(&r, TOO_LONG(3));
    finish(&r);
    start_lists(&r, 10 * 42, 0);
    send_light(&r, 1, 11);
    EXPECT(&r, TOO_LONG(1));
    finish(&r);
}

/* RFC 9113 section 6.5.3: what was announced holds once it is acknowledged. */
static void what_was_acknowledged_comes_first(void) {
    struct recorder r;
    prepare_lists(&r);
    nghttp2x_option_set_max_header_list(r.option, 20 * 42, 1000);
    start(&r);
    handshake(&r);
    submit_settings(&r, "6=420");
    drain(&r);
    forget(&r);
    send_light(&r, 1, 11);
    EXPECT(&r, TAKEN(1));
    put_settings_ack(&r.in);
    send_light(&r, 3, 11);
    EXPECT(&r, "frame_recv SETTINGS +ACK\n" TOO_LONG(3));
    send_light(&r, 5, 10);
    EXPECT(&r, TAKEN(5));
    /* It may be more as well. */
    submit_settings(&r, "6=4200");
    drain(&r);
    forget(&r);
    put_settings_ack(&r.in);
    send_light(&r, 7, 100);
    EXPECT(&r, "frame_recv SETTINGS +ACK\n" TAKEN(7));
    finish(&r);
}

/* The peer's compression context is followed through a block that is refused. */
static void the_connection_goes_on(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2x_option_set_max_header_list(r.option, 300, 100);
    r.heard |= BIT(ON_HEADER);
    start(&r);
    handshake(&r);
    struct bytes block = {0};
    put_hex(&block, "82 84 87 41 02 6578");
    put_times(&block, 0x90, 10); /* accept-encoding */
    put_hex(&block, "40 03 782d61 04 6b657074"); /* x-a: kept, behind the limit */
    put_block(&r, 1, &block);
    deliver(&r);
    EXPECT_SENT(&r, "header 1 :method: GET\nheader 1 :path: /\nheader 1 :scheme: https\n"
                    "header 1 :authority: ex\nheader 1 accept-encoding: gzip, deflate\n"
                    "header 1 accept-encoding: gzip, deflate\n" TOO_LONG(1));
    put_hex(&block, "82 84 87 bf be");
    put_block(&r, 3, &block);
    deliver(&r);
    EXPECT_SENT(&r, "header 3 :method: GET\nheader 3 :path: /\nheader 3 :scheme: https\n"
                    "header 3 :authority: ex\nheader 3 x-a: kept\n" TAKEN(3));
    finish(&r);
}

/* Responses, and trailers. */
static void clients_are_guarded_as_well(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2x_option_set_max_header_list(r.option, 100, 100);
    start(&r);
    handshake(&r);
    request(&r, GET, NULL);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_headers(&r.in, 1, EH, OK_200 "a: 1\nb: 2\nc: 3\n");
    put_headers(&r.in, 3, EH, OK_200);
    put_headers(&r.in, 3, ES | EH, "a: 1\nb: 2\nc: 3\nd: 4\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_frame HEADERS 1 +EH RESPONSE: HTTP_MESSAGING\n"
                    "frame_recv HEADERS 3 +EH RESPONSE\n"
                    "invalid_frame HEADERS 3 +ES+EH HEADERS: HTTP_MESSAGING\n"
                    "close 1 ENHANCE_YOUR_CALM\n> RST_STREAM 1 ENHANCE_YOUR_CALM\n"
                    "close 3 ENHANCE_YOUR_CALM\n> RST_STREAM 3 ENHANCE_YOUR_CALM\n");
    finish(&r);
}

/* One field in 147 kB of indexes, as much as fits by default: 592 MB. */
static void a_bomb(void) {
    struct recorder r;
    server(&r);
    struct bytes block = {0};
    put_hex(&block, "82 84 87 41 02 6578");
    put_heavy(&block);
    put_times(&block, HEAVY_AGAIN, 9 * 16384 - block.length);
    put_block(&r, 1, &block);
    size_t before = r.heap.bytes;
    r.heap.peak = before;
    deliver(&r);
    CHECK(r.heap.peak - before < 65536);
    CHECK(r.calls[ON_HEADER] < 4 + (1 << 20) / HEAVY);
    EXPECT_SENT(&r, FAR_TOO_LONG(1, "+ES"));
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(octets_by_default),
        TEST_OURS(fields_by_default),
        TEST_OURS(octets_that_were_set),
        TEST_OURS(fields_that_were_set),
        TEST_OURS(nothing_is_limited_by_zero),
        TEST_OURS(zero_leaves_the_other_limit),
        TEST_OURS(what_was_acknowledged_comes_first),
        TEST_OURS(the_connection_goes_on),
        TEST_OURS(clients_are_guarded_as_well),
        TEST_OURS(a_bomb),
    };
    return RUN_TESTS(tests);
}
