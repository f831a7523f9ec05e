/* HPACK inside a session: limits, settings, never-indexed fields. */
#include "support.h"

/* hpack §2.4: sizes in use */
static void table_sizes_of_a_session(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_session_get_hd_deflate_dynamic_table_size(r.session), 0);
    CHECK_INT(nghttp2_session_get_hd_inflate_dynamic_table_size(r.session), 0);
    request(&r, ":method: GET\nfoo: bar\n", NULL);
    drain(&r);
    CHECK_INT(nghttp2_session_get_hd_deflate_dynamic_table_size(r.session), 38);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "88 40 03 666f6f 04 62617a7a");
    deliver(&r);
    CHECK_INT(nghttp2_session_get_hd_inflate_dynamic_table_size(r.session), 39);
    finish(&r);
}

/* The header block of the next frame in hexadecimal, without the frame header. */
static const char *next_block(struct recorder *r) {
    static char hex[256];
    const uint8_t *data;
    nghttp2_ssize n = nghttp2_session_mem_send2(r->session, &data);
    hex[0] = 0;
    for (nghttp2_ssize i = 9; i < n && i < 100; i++) {
        snprintf(hex + 2 * (i - 9), 3, "%02x", data[i]);
    }
    return hex;
}

/* hpack §1.4: even an unchanged size is repeated to the peer */
static void received_table_size_is_confirmed(void) {
    struct recorder r;
    client(&r);
    request(&r, ":method: GET\n", NULL);
    CHECK_STR(next_block(&r), "82");
    put_settings(&r.in, "1=4096");
    deliver(&r);
    drain(&r);
    request(&r, ":method: GET\n", NULL);
    CHECK_STR(next_block(&r), "3fe11f82");
    put_settings(&r.in, "1=100");
    put_settings(&r.in, "1=50");
    put_settings(&r.in, "1=200");
    deliver(&r);
    drain(&r);
    request(&r, ":method: GET\n", NULL);
    CHECK_STR(next_block(&r), "3f133fa90182");
    request(&r, ":method: GET\n", NULL);
    CHECK_STR(next_block(&r), "82");
    finish(&r);
}

/* hpack §1.4: the smallest of one frame counts, too */
static void smallest_table_size_of_a_frame_is_confirmed(void) {
    struct recorder r;
    client(&r);
    request(&r, ":method: GET\nfoo: bar\n", NULL);
    drain(&r);
    put_settings(&r.in, "1=0 1=4096");
    deliver(&r);
    drain(&r);
    CHECK_INT(nghttp2_session_get_hd_deflate_dynamic_table_size(r.session), 0);
    request(&r, ":method: GET\nfoo: bar\n", NULL);
    CHECK_STR(next_block(&r), "203fe11f82408294e703626172");
    finish(&r);
}

/* misc §4: the option caps the encoder */
static void option_caps_the_encoder(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_max_deflate_dynamic_table_size(r.option, 0);
    start(&r);
    handshake(&r);
    request(&r, "foo: bar\n", NULL);
    CHECK_STR(next_block(&r), "20008294e703626172");
    put_settings(&r.in, "1=8192");
    deliver(&r);
    drain(&r);
    request(&r, "foo: bar\n", NULL);
    CHECK_STR(next_block(&r), "20008294e703626172");
    finish(&r);
}

/* misc §4: more than 4096 only as far as the peer goes along */
static void larger_encoder_waits_for_the_peers_settings(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_max_deflate_dynamic_table_size(r.option, 10000);
    start(&r);
    handshake(&r);
    request(&r, ":method: GET\n", NULL);
    CHECK_STR(next_block(&r), "82");
    put_settings(&r.in, "1=8192");
    deliver(&r);
    drain(&r);
    request(&r, ":method: GET\n", NULL);
    CHECK_STR(next_block(&r), "3fe13f82");
    put_settings(&r.in, "1=4294967295");
    deliver(&r);
    drain(&r);
    request(&r, ":method: GET\n", NULL);
    /* 10000 = 31 + 9969 */
    CHECK_STR(next_block(&r), "3ff14d82");
    finish(&r);
}

/* hpack §3, §2.2: never-indexed fields are shown as such */
static void never_indexed_fields_are_marked(void) {
    struct recorder r;
    server(&r);
    r.heard = BIT(ON_HEADER) | BIT(ON_INVALID_HEADER);
    struct bytes block = {0};
    put_hex(&block, "82 87 84 41 026578 10 01 61 01 62 00 01 61 01 62 40 01 61 01 62 "
                    "10 03 61 20 62 01 62");
    put_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, block.data, block.length);
    deliver(&r);
    EXPECT(&r, "header 1 :method: GET\n"
               "header 1 :scheme: https\n"
               "header 1 :path: /\n"
               "header 1 :authority: ex\n"
               "header 1 a: b (never)\n"
               "header 1 a: b\n"
               "header 1 a: b\n"
               "invalid_header 1 a b: b (never)\n");
    bytes_free(&block);
    finish(&r);
}

/* hpack §1.2: the encoder protects some fields by itself */
static void sensitive_fields_are_never_indexed(void) {
    struct recorder r;
    client(&r);
    request(&r, "authorization: secret\ncookie: short\ncookie: longer than twenty octets\n", NULL);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {authorization: secret (never); cookie: short (never); "
                    "cookie: longer than twenty octets}\n");
    finish(&r);
}

/* Both ends of a connection keep their tables in step over many messages. */
static void tables_stay_in_step(void) {
    struct recorder r;
    client(&r);
    for (int i = 0; i < 300; i++) {
        char text[128];
        snprintf(text, sizeof(text), "x-%d: %d\nsame: value\n", i % 70, i % 3);
        CHECK_INT(request(&r, text, NULL), 1 + 2 * i);
        char expected[128];
        snprintf(expected, sizeof(expected), "> HEADERS %d +ES+EH {x-%d: %d; same: value}\n",
                 1 + 2 * i, i % 70, i % 3);
        EXPECT_SENT(&r, expected);
    }
    CHECK(nghttp2_session_get_hd_deflate_dynamic_table_size(r.session) <= 4096);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(table_sizes_of_a_session),
        TEST(received_table_size_is_confirmed),
        TEST(smallest_table_size_of_a_frame_is_confirmed),
        TEST(option_caps_the_encoder),
        TEST(larger_encoder_waits_for_the_peers_settings),
        TEST(never_indexed_fields_are_marked),
        TEST(sensitive_fields_are_never_indexed),
        TEST(tables_stay_in_step),
    };
    return RUN_TESTS(tests);
}
