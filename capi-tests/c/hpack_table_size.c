/* HPACK dynamic table size updates, both ends. */
#include "support.h"

static nghttp2_hd_deflater *new_deflater(size_t max) {
    nghttp2_hd_deflater *deflater = NULL;
    CHECK_INT(nghttp2_hd_deflate_new(&deflater, max), 0);
    return deflater;
}

/* Encodes the fields and compares. */
static void expect_text(nghttp2_hd_deflater *deflater, const char *text, const char *hex) {
    struct fields list = fields(text);
    uint8_t buffer[256];
    struct bytes expected = {0};
    put_hex(&expected, hex);
    nghttp2_ssize n =
        nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), list.nva, list.count);
    if (CHECK(n >= 0)) {
        check_mem(__FILE__, __LINE__, hex, buffer, (size_t)n, expected.data, expected.length);
    }
    bytes_free(&expected);
}

static void change(nghttp2_hd_deflater *deflater, size_t size) {
    CHECK_INT(nghttp2_hd_deflate_change_table_size(deflater, size), 0);
}

/* hpack §1.4, §1.5: below 4096 the size announces itself */
static void first_block_of_a_small_deflater(void) {
    static const struct {
        size_t max, limit;
        const char *hex;
    } rows[] = {
        {0, 0, "20 00 01 61 01 62"},         {100, 100, "3f45 40 01 61 01 62"},
        {4095, 4095, "3fe01f 40 01 61 01 62"}, {4096, 4096, "40 01 61 01 62"},
        {8192, 4096, "40 01 61 01 62"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        nghttp2_hd_deflater *deflater = new_deflater(rows[i].max);
        CHECK_INT(nghttp2_hd_deflate_get_max_dynamic_table_size(deflater), rows[i].limit);
        expect_text(deflater, "a: b", rows[i].hex);
        nghttp2_hd_deflate_del(deflater);
    }
}

/* hpack §1.5: the minimum and the last */
static void changes_between_blocks_are_merged(void) {
    nghttp2_hd_deflater *deflater = new_deflater(8192);
    change(deflater, 8192);
    CHECK_INT(nghttp2_hd_deflate_get_max_dynamic_table_size(deflater), 8192);
    expect_text(deflater, "", "3fe13f");
    change(deflater, 100);
    change(deflater, 5000);
    expect_text(deflater, "", "3f45 3fe926");
    expect_text(deflater, "", "");
    change(deflater, 300);
    change(deflater, 200);
    change(deflater, 400);
    change(deflater, 250);
    expect_text(deflater, "", "3fa901 3fdb01");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.4: never above the deflater's own maximum, and told even if nothing changed */
static void maximum_caps_the_size(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    change(deflater, 8192);
    CHECK_INT(nghttp2_hd_deflate_get_max_dynamic_table_size(deflater), 4096);
    expect_text(deflater, "", "3fe11f");
    change(deflater, 0);
    expect_text(deflater, "a: b", "20 00 01 61 01 62");
    change(deflater, (size_t)-1);
    expect_text(deflater, "a: b", "3fe11f 40 01 61 01 62");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.4: eviction happens at once */
static void smaller_size_evicts_at_once(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    expect_text(deflater, "a: 1\nb: 2", "40 01 61 01 31 40 01 62 01 32");
    CHECK_INT(nghttp2_hd_deflate_get_dynamic_table_size(deflater), 68);
    change(deflater, 67);
    CHECK_INT(nghttp2_hd_deflate_get_dynamic_table_size(deflater), 34);
    CHECK_INT(nghttp2_hd_deflate_get_num_table_entries(deflater), 62);
    change(deflater, 0);
    CHECK_INT(nghttp2_hd_deflate_get_dynamic_table_size(deflater), 0);
    nghttp2_hd_deflate_del(deflater);
}

/* A table that is larger than the default and full. */
static void large_tables_are_used(void) {
    nghttp2_hd_deflater *deflater = new_deflater(65536);
    change(deflater, 65536);
    uint8_t buffer[256];
    for (int i = 0; i < 3000; i++) {
        char value[16];
        int n = snprintf(value, sizeof(value), "%d", i);
        nghttp2_nv nv = {(uint8_t *)"n", (uint8_t *)value, 1, (size_t)n, 0};
        CHECK(nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), &nv, 1) > 0);
    }
    size_t size = nghttp2_hd_deflate_get_dynamic_table_size(deflater);
    CHECK(size <= 65536 && size > 65536 - 37);
    nghttp2_hd_deflate_del(deflater);
}

/* Decodes a whole block; the number of fields, or the error. */
static int decode(nghttp2_hd_inflater *inflater, const char *hex) {
    struct bytes block = {0};
    put_hex(&block, hex);
    const uint8_t *in = block.data;
    size_t left = block.length;
    int count = 0;
    for (;;) {
        nghttp2_nv nv;
        int flags = 0;
        nghttp2_ssize n = nghttp2_hd_inflate_hd3(inflater, &nv, &flags, in, left, 1);
        if (n < 0) {
            count = (int)n;
            break;
        }
        in += n;
        left -= (size_t)n;
        if (flags & NGHTTP2_HD_INFLATE_EMIT) count++;
        if (flags & NGHTTP2_HD_INFLATE_FINAL) {
            nghttp2_hd_inflate_end_headers(inflater);
            break;
        }
    }
    bytes_free(&block);
    return count;
}

static nghttp2_hd_inflater *new_inflater(void) {
    nghttp2_hd_inflater *inflater = NULL;
    CHECK_INT(nghttp2_hd_inflate_new(&inflater), 0);
    return inflater;
}

/* hpack §2.1 */
static void smaller_limit_must_be_confirmed(void) {
    static const struct {
        const char *block;
        int result;
    } rows[] = {
        {"3f45 82", 1},                    /* 100 */
        {"20 82", 1},                      /* 0 */
        {"3f45 20 3f45 82", 1},            /* several */
        {"3f45", 0},                       /* alone */
        {"82", NGHTTP2_ERR_HEADER_COMP},   /* missing */
        {"", NGHTTP2_ERR_HEADER_COMP},     /* missing from an empty block */
        {"3f46 82", NGHTTP2_ERR_HEADER_COMP},     /* 101 */
        {"82 3f45", NGHTTP2_ERR_HEADER_COMP},     /* behind a field */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        nghttp2_hd_inflater *inflater = new_inflater();
        CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 100), 0);
        CHECK_INT(nghttp2_hd_inflate_get_max_dynamic_table_size(inflater), 100);
        if (!CHECK_INT(decode(inflater, rows[i].block), rows[i].result)) {
            printf("  %s\n", rows[i].block);
        }
        nghttp2_hd_inflate_del(inflater);
    }
}

/* hpack §2.1: a later larger value does not lift the bound before it was confirmed */
static void bound_stays_until_confirmed(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 100), 0);
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 4096), 0);
    CHECK_INT(decode(inflater, "3fe11f 82"), NGHTTP2_ERR_HEADER_COMP);
    nghttp2_hd_inflate_del(inflater);
    inflater = new_inflater();
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 100), 0);
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 4096), 0);
    CHECK_INT(decode(inflater, "3f45 3fe11f 82"), 1);
    CHECK_INT(decode(inflater, "82"), 1);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.1: a larger limit asks for nothing */
static void larger_limit_needs_no_confirmation(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 8192), 0);
    CHECK_INT(nghttp2_hd_inflate_get_max_dynamic_table_size(inflater), 4096);
    CHECK_INT(decode(inflater, "82"), 1);
    CHECK_INT(decode(inflater, "3fe13f 82"), 1);
    CHECK_INT(nghttp2_hd_inflate_get_max_dynamic_table_size(inflater), 8192);
    CHECK_INT(decode(inflater, "3fe23f 82"), NGHTTP2_ERR_HEADER_COMP);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.1, §2.3: without a change the initial limit holds */
static void updates_may_come_uninvited(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    CHECK_INT(decode(inflater, "3f45 82"), 1);
    CHECK_INT(decode(inflater, "3fe11f 82"), 1);
    CHECK_INT(decode(inflater, "3fe21f 82"), NGHTTP2_ERR_HEADER_COMP);
    nghttp2_hd_inflate_del(inflater);
}

/* Two make sense; a block of nothing else would keep us busy for nothing. */
static void updates_are_few(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    for (int block = 0; block < 3; block++) {
        CHECK_INT(decode(inflater, "20 20 20 20 20 20 20 3f45 82"), 1);
    }
    CHECK_INT(decode(inflater, "20 20 20 20 20 20 20 20 20 82"), NGHTTP2_ERR_HEADER_COMP);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.1: only between blocks */
static void limit_changes_only_between_blocks(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    static const uint8_t block[] = {0x82, 0x87};
    nghttp2_nv nv;
    int flags;
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block, 2, 0), 1);
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 100), NGHTTP2_ERR_INVALID_STATE);
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block + 1, 1, 1), 1);
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, NULL, 0, 1), 0);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_FINAL);
    CHECK_INT(nghttp2_hd_inflate_end_headers(inflater), 0);
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 100), 0);
    nghttp2_hd_inflate_del(inflater);
}

/* hpack §2.1: the decoder evicts at once as well */
static void smaller_limit_evicts_at_once(void) {
    nghttp2_hd_inflater *inflater = new_inflater();
    CHECK_INT(decode(inflater, "40 01 61 01 31 40 01 62 01 32"), 2);
    CHECK_INT(nghttp2_hd_inflate_get_dynamic_table_size(inflater), 68);
    CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, 67), 0);
    CHECK_INT(nghttp2_hd_inflate_get_dynamic_table_size(inflater), 34);
    CHECK_INT(nghttp2_hd_inflate_get_num_table_entries(inflater), 62);
    nghttp2_hd_inflate_del(inflater);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(first_block_of_a_small_deflater),
        TEST(changes_between_blocks_are_merged),
        TEST(maximum_caps_the_size),
        TEST(smaller_size_evicts_at_once),
        TEST(large_tables_are_used),
        TEST(smaller_limit_must_be_confirmed),
        TEST(bound_stays_until_confirmed),
        TEST(larger_limit_needs_no_confirmation),
        TEST(updates_may_come_uninvited),
        TEST_OURS(updates_are_few),
        TEST(limit_changes_only_between_blocks),
        TEST(smaller_limit_evicts_at_once),
    };
    return RUN_TESTS(tests);
}
