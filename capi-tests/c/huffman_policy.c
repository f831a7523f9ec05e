/* When strings are Huffman coded, for a session and for a deflater. */
#include <nghttp2/nghttp2x.h>

#include "support.h"

/* Encodes one field and compares with hexadecimal octets; the bound holds. */
static void expect_block(nghttp2_hd_deflater *deflater, const char *text, const char *hex) {
    struct fields list = fields(text);
    uint8_t buffer[1000];
    size_t bound = nghttp2_hd_deflate_bound(deflater, list.nva, list.count);
    struct bytes expected = {0};
    put_hex(&expected, hex);
    CHECK(bound <= sizeof(buffer));
    nghttp2_ssize n = nghttp2_hd_deflate_hd2(deflater, buffer, bound, list.nva, list.count);
    if (CHECK(n >= 0)) {
        check_mem(__FILE__, __LINE__, hex, buffer, (size_t)n, expected.data, expected.length);
    }
    bytes_free(&expected);
}

static void a_deflater(void) {
    nghttp2_hd_deflater *deflater;
    CHECK_INT(nghttp2_hd_deflate_new(&deflater, 0), 0);
    expect_block(deflater, "name: a", "20 00 83 a87497 01 61");
    CHECK_INT(nghttp2x_hd_deflate_set_huffman(deflater, NGHTTP2X_HUFFMAN_ALWAYS), 0);
    expect_block(deflater, "name: a", "00 83 a87497 81 1f");
    CHECK_INT(nghttp2x_hd_deflate_set_huffman(deflater, NGHTTP2X_HUFFMAN_NEVER), 0);
    expect_block(deflater, "name: a", "00 04 6e616d65 01 61");
    CHECK_INT(nghttp2x_hd_deflate_set_huffman(deflater, 3), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2x_hd_deflate_set_huffman(deflater, -1), NGHTTP2_ERR_INVALID_ARGUMENT);
    expect_block(deflater, "name: a", "00 04 6e616d65 01 61");
    CHECK_INT(nghttp2x_hd_deflate_set_huffman(deflater, NGHTTP2X_HUFFMAN_SHORTER), 0);
    expect_block(deflater, "name: a", "00 83 a87497 01 61");
    nghttp2_hd_deflate_del(deflater);
}

/* The longest codes have 30 bits: four octets for one at most. */
static void a_bound_for_what_becomes_longer(void) {
    nghttp2_hd_deflater *deflater;
    CHECK_INT(nghttp2_hd_deflate_new(&deflater, 4096), 0);
    uint8_t value[100], buffer[1000];
    memset(value, '\n', sizeof(value));
    nghttp2_nv nv = {(uint8_t *)"n", value, 1, sizeof(value), NGHTTP2_NV_FLAG_NONE};
    size_t shorter = nghttp2_hd_deflate_bound(deflater, &nv, 1);
    CHECK_INT(shorter, nghttp2_hd_deflate_bound(NULL, &nv, 1));
    CHECK_INT(nghttp2x_hd_deflate_set_huffman(deflater, NGHTTP2X_HUFFMAN_ALWAYS), 0);
    size_t bound = nghttp2_hd_deflate_bound(deflater, &nv, 1);
    nghttp2_ssize length = nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), &nv, 1);
    CHECK_INT(length, 1 + 2 + 3 + 375);
    CHECK((size_t)length <= bound && (size_t)length > shorter);
    nghttp2_hd_deflate_del(deflater);
}

/* Peers see the same fields whatever the policy, in blocks of different lengths. */
static void a_session(void) {
    static const struct {
        unsigned policy;
        nghttp2_ssize length;
    } rows[] = {
        {NGHTTP2X_HUFFMAN_SHORTER, 9 + 1 + 5 + 2},
        {NGHTTP2X_HUFFMAN_ALWAYS, 9 + 1 + 5 + 2},
        {NGHTTP2X_HUFFMAN_NEVER, 9 + 1 + 6 + 2},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        prepare_server(&r);
        CHECK_INT(nghttp2x_option_set_huffman(r.option, rows[i].policy), 0);
        CHECK_INT(nghttp2x_option_set_huffman(r.option, 99), NGHTTP2_ERR_INVALID_ARGUMENT);
        start(&r);
        handshake(&r);
        put_headers(&r.in, 1, ES | EH, GET);
        deliver(&r);
        forget(&r);
        response(&r, 1, ":status: 200\nname: a\n", NULL);
        CHECK_INT(send_one(&r), rows[i].length);
        EXPECT(&r, "close 1 NO_ERROR\n> HEADERS 1 +ES+EH {:status: 200; name: a}\n");
        finish(&r);
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(a_deflater),
        TEST_OURS(a_bound_for_what_becomes_longer),
        TEST_OURS(a_session),
    };
    return RUN_TESTS(tests);
}
