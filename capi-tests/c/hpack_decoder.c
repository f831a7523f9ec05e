/* The HPACK decoder: steps, representations, tables, errors. */
#include "support.h"

static nghttp2_hd_inflater *new_inflater(void) {
    nghttp2_hd_inflater *inflater = NULL;
    CHECK_INT(nghttp2_hd_inflate_new(&inflater), 0);
    return inflater;
}

/* Decodes a block that arrives in pieces; the fields go to text. 0 or an error. */
static int decode_pieces(nghttp2_hd_inflater *inflater, const struct bytes *block, size_t piece,
                         struct bytes *text) {
    size_t at = 0;
    for (;;) {
        size_t n = block->length - at < piece ? block->length - at : piece;
        int last = at + n == block->length;
        for (;;) {
            nghttp2_nv nv;
            int flags = 0;
            nghttp2_ssize used =
                nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block->data + at, n, last);
            if (used < 0) return (int)used;
            at += (size_t)used;
            n -= (size_t)used;
            if (flags & NGHTTP2_HD_INFLATE_EMIT) {
                text_octets(text, nv.name, nv.namelen);
                text_printf(text, ": ");
                text_octets(text, nv.value, nv.valuelen);
                text_printf(text, "%s\n", nv.flags ? " (never)" : "");
                CHECK_INT(nv.name[nv.namelen] | nv.value[nv.valuelen], 0);
                CHECK(!(flags & NGHTTP2_HD_INFLATE_FINAL));
                continue;
            }
            if (flags & NGHTTP2_HD_INFLATE_FINAL) return nghttp2_hd_inflate_end_headers(inflater);
            if (n == 0) break;
        }
        if (last) return NGHTTP2_ERR_INTERNAL; /* neither a field nor an end */
    }
}

/* The block in every division, each time by a decoder in the same state. */
static void expect_fields(const char *before, const char *hex, const char *expected) {
    struct bytes first = {0}, block = {0};
    put_hex(&first, before);
    put_hex(&block, hex);
    for (size_t piece = block.length; piece > 0; piece--) {
        nghttp2_hd_inflater *inflater = new_inflater();
        struct bytes text = {0};
        if (first.length) CHECK_INT(decode_pieces(inflater, &first, first.length, &text), 0);
        bytes_clear(&text);
        CHECK_INT(decode_pieces(inflater, &block, piece, &text), 0);
        CHECK_STR(text_of(&text), expected);
        bytes_free(&text);
        nghttp2_hd_inflate_del(inflater);
    }
    bytes_free(&first);
    bytes_free(&block);
}

static void expect_failure(const char *hex) {
    struct bytes block = {0};
    put_hex(&block, hex);
    for (size_t piece = 1; piece <= block.length; piece++) {
        nghttp2_hd_inflater *inflater = new_inflater();
        struct bytes text = {0};
        if (!CHECK_INT(decode_pieces(inflater, &block, piece, &text), NGHTTP2_ERR_HEADER_COMP)) {
            printf("  %s\n", hex);
        }
        /* And for ever. */
        nghttp2_nv nv;
        int flags;
        static const uint8_t get[] = {0x82};
        CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, get, 1, 1),
                  NGHTTP2_ERR_HEADER_COMP);
        bytes_free(&text);
        nghttp2_hd_inflate_del(inflater);
    }
    bytes_free(&block);
}

/* hpack §2.2, RFC 7541 appendix C.2 */
static void every_representation(void) {
    expect_fields("", "82", ":method: GET\n");
    expect_fields("", "400a 637573746f6d2d6b6579 0d 637573746f6d2d686561646572",
                  "custom-key: custom-header\n");
    expect_fields("", "040c 2f73616d706c652f70617468", ":path: /sample/path\n");
    expect_fields("", "1008 70617373776f7264 06 736563726574", "password: secret (never)\n");
    expect_fields("", "14 01 61", ":path: a (never)\n");
    expect_fields("", "82 86 84 41 8c f1e3c2e5f23a6ba0ab90f4ff",
                  ":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\n");
}

/* hpack §2.3: what is stored */
static void only_incremental_fields_are_stored(void) {
    expect_fields("40 01 61 01 31 00 01 62 01 32 10 01 63 01 33", "be", "a: 1\n");
    expect_fields("40 01 61 01 31 40 01 62 01 32", "bf be 7e 01 33 bf",
                  "a: 1\nb: 2\nb: 3\nb: 2\n");
}

/* hpack §2.3: an entry larger than the table empties it, and is emitted */
static void too_large_an_entry_empties_the_table(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    struct bytes block = {0}, text = {0};
    put_hex(&block, "3f45 40 01 61 01 31 40 01 62");
    put_u8(&block, 70);
    for (int i = 0; i < 70; i++) put_u8(&block, 'v');
    CHECK_INT(decode_pieces(inflater, &block, block.length, &text), 0);
    CHECK_INT(nghttp2_hd_inflate_get_dynamic_table_size(inflater), 0);
    CHECK_INT(nghttp2_hd_inflate_get_num_table_entries(inflater), 61);
    CHECK_INT(strlen(text_of(&text)), 5 + 3 + 70 + 1);
    bytes_free(&block);
    bytes_free(&text);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.3: the name may be that of the entry which is evicted by this very field */
static void evicted_name_stays_valid(void) {
    expect_fields("3f03 40 01 61 01 31", "7e 01 32", "a: 2\n");
}

/* hpack §2.2: an empty block */
static void empty_block_is_final(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    nghttp2_nv nv;
    int flags = 99;
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, NULL, 0, 1), 0);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_FINAL);
    CHECK_INT(nghttp2_hd_inflate_end_headers(inflater), 0);
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, NULL, 0, 0), 0);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_NONE);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.2: three generations of the function */
static void old_and_new_functions_mix(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    uint8_t block[] = {0x82, 0x87, 0x84};
    nghttp2_nv nv;
    int flags;
    CHECK_INT(nghttp2_hd_inflate_hd(inflater, &nv, &flags, block, 3, 1), 1);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_EMIT);
    CHECK_MEM(nv.value, nv.valuelen, "GET");
    CHECK_INT(nghttp2_hd_inflate_hd2(inflater, &nv, &flags, block + 1, 2, 1), 1);
    CHECK_MEM(nv.value, nv.valuelen, "https");
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block + 2, 1, 1), 1);
    CHECK_MEM(nv.value, nv.valuelen, "/");
    CHECK_INT(nghttp2_hd_inflate_hd2(inflater, &nv, &flags, NULL, 0, 1), 0);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_FINAL);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.3 */
static void wrong_indexes(void) {
    expect_failure("80");
    expect_failure("be");
    expect_failure("ff8080808001");
    expect_failure("7e 01 61");
    expect_failure("0f 2f 01 61");
    expect_failure("40 01 61 01 31 bf");
}

/* hpack §2.3: integers */
static void wrong_integers(void) {
    expect_failure("ff ff ff ff ff ff");
    expect_failure("00 7f ff ff ff ff 1f");
    expect_failure("00 7f 80 80 80 80 80 00");
    expect_failure("3f ff ff ff ff ff");
}

/* hpack §2.3: longer than needed is fine, up to four empty continuation octets */
static void integers_may_be_padded(void) {
    for (int zeros = 0; zeros < 6; zeros++) {
        nghttp2_hd_inflater *inflater = new_inflater();
        struct bytes block = {0}, text = {0};
        put_hex(&block, "00 7f");
        for (int i = 0; i < zeros; i++) put_u8(&block, 0x80);
        put_u8(&block, 0);
        for (int i = 0; i < 127; i++) put_u8(&block, 'a');
        put_u8(&block, 0);
        CHECK_INT(decode_pieces(inflater, &block, block.length, &text),
                  zeros < 5 ? 0 : NGHTTP2_ERR_HEADER_COMP);
        CHECK_INT(strlen(text_of(&text)), zeros < 5 ? 127 + 3 : 0);
        bytes_free(&block);
        bytes_free(&text);
        nghttp2_hd_inflate_del(inflater);
    }
}

/* hpack §2.3: strings */
static void wrong_strings(void) {
    expect_failure("00");
    expect_failure("00 01");
    expect_failure("00 01 61");
    expect_failure("00 01 61 05 6162");
    expect_failure("82 41");
}

/* hpack §2.3: the announced length counts, before any octet of it is there */
static void strings_are_limited_to_65536_octets(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    struct bytes block = {0};
    /* 65536 = 127 + 65409 */
    put_hex(&block, "00 01 61 7f 81ff03");
    nghttp2_nv nv;
    int flags;
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block.data, block.length, 0), 7);
    static uint8_t value[65536];
    memset(value, 'v', sizeof(value));
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, value, sizeof(value), 0), 65536);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_EMIT);
    CHECK_INT(nv.valuelen, 65536);
    bytes_free(&block);
    nghttp2_hd_inflate_del(inflater);
    expect_failure("00 01 61 7f 82ff03");
    expect_failure("00 7f 82ff03");
    expect_failure("00 ff 82ff03");
}

/* hpack §2.3: Huffman codes */
static void wrong_huffman_codes(void) {
    expect_failure("00 84 ffffffff 00");   /* EOS */
    expect_failure("00 82 1fff 00");       /* a whole octet of padding */
    expect_failure("00 81 18 00");         /* padding of zeros */
    expect_failure("00 81 fe 00");         /* inside a code */
    expect_failure("00 85 ff ff ff fc 1f 00");
}

static void huffman_at_its_edges(void) {
    expect_fields("", "00 80 80", ": \n");
    expect_fields("", "00 81 1f 00", "a: \n");
    expect_fields("", "00 01 61 82 39cf", "a: ooo\n");
    expect_fields("", "00 01 61 84 fffffff3", "a: \\x0a\n");
}

/* hpack §2.3: size updates behind a field */
static void update_behind_a_field(void) {
    expect_failure("82 20");
    expect_failure("82 3f45 82");
}

/* hpack §2.1: the same getters as the encoder's */
static void table_entries(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    struct bytes block = {0}, text = {0};
    put_hex(&block, "40 01 61 01 31");
    CHECK_INT(decode_pieces(inflater, &block, 5, &text), 0);
    CHECK_INT(nghttp2_hd_inflate_get_num_table_entries(inflater), 62);
    CHECK_INT(nghttp2_hd_inflate_get_dynamic_table_size(inflater), 34);
    CHECK_INT(nghttp2_hd_inflate_get_max_dynamic_table_size(inflater), 4096);
    CHECK(nghttp2_hd_inflate_get_table_entry(inflater, 0) == NULL);
    CHECK(nghttp2_hd_inflate_get_table_entry(inflater, 63) == NULL);
    const nghttp2_nv *nv = nghttp2_hd_inflate_get_table_entry(inflater, 2);
    CHECK_MEM(nv->value, nv->valuelen, "GET");
    nv = nghttp2_hd_inflate_get_table_entry(inflater, 62);
    CHECK_MEM(nv->name, nv->namelen, "a");
    bytes_free(&block);
    bytes_free(&text);
    nghttp2_hd_inflate_del(inflater);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(every_representation),
        TEST(only_incremental_fields_are_stored),
        TEST(too_large_an_entry_empties_the_table),
        TEST(evicted_name_stays_valid),
        TEST(empty_block_is_final),
        TEST(old_and_new_functions_mix),
        TEST(wrong_indexes),
        TEST(wrong_integers),
        TEST(integers_may_be_padded),
        TEST(wrong_strings),
        TEST(strings_are_limited_to_65536_octets),
        TEST(wrong_huffman_codes),
        TEST(huffman_at_its_edges),
        TEST(update_behind_a_field),
        TEST(table_entries),
    };
    return RUN_TESTS(tests);
}
