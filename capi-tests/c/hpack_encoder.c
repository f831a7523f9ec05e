/* The HPACK encoder: representations, tables, buffers. */
#include "support.h"

/* Encodes fields and compares with hexadecimal octets. */
static void expect_block(nghttp2_hd_deflater *deflater, const nghttp2_nv *nva, size_t count,
                         const char *hex) {
    uint8_t buffer[4096];
    struct bytes expected = {0};
    put_hex(&expected, hex);
    nghttp2_ssize n = nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), nva, count);
    if (CHECK(n >= 0)) {
        check_mem(__FILE__, __LINE__, hex, buffer, (size_t)n, expected.data, expected.length);
    }
    bytes_free(&expected);
}

static void expect_text(nghttp2_hd_deflater *deflater, const char *text, const char *hex) {
    struct fields list = fields(text);
    expect_block(deflater, list.nva, list.count, hex);
}

static void expect_table(nghttp2_hd_deflater *deflater, size_t entries, size_t size) {
    CHECK_INT(nghttp2_hd_deflate_get_num_table_entries(deflater), entries);
    CHECK_INT(nghttp2_hd_deflate_get_dynamic_table_size(deflater), size);
}

static nghttp2_hd_deflater *new_deflater(size_t max) {
    nghttp2_hd_deflater *deflater = NULL;
    CHECK_INT(nghttp2_hd_deflate_new(&deflater, max), 0);
    return deflater;
}

static nghttp2_nv field(const char *name, const char *value, uint8_t flags) {
    return (nghttp2_nv){(uint8_t *)name, (uint8_t *)value, strlen(name), strlen(value), flags};
}

/* hpack §1.5: one deflater, in sequence */
static void vectors(void) {
    static const struct {
        const char *text, *hex;
        size_t entries, size;
    } rows[] = {
        {":method: GET", "82", 61, 0},
        {":method: PUT", "42 03 505554", 62, 42},
        {":method: PUT", "be", 62, 42},
        {":path: /foo", "04 83 62539f", 62, 42},
        {":path: /foo", "04 83 62539f", 62, 42},
        {"authorization: abc", "1f 08 82 1c64", 62, 42},
        {"cookie: short", "1f 11 84 44e7b13f", 62, 42},
        {"cookie: xxxxxxxxxxxxxxxxxxxx", "60 92 f3e7cf9f3e7cf9f3e7cf9f3e7cf9f3e7cf9f", 63, 100},
        {"content-length: 5", "0f 0d 01 35", 63, 100},
        {"foo: bar", "40 82 94e7 03 626172", 64, 138},
        {"foo: bar", "be", 64, 138},
        {"foo: baz", "7e 03 62617a", 65, 176},
        {"set-cookie: a=b", "0f 28 03 613d62", 65, 176},
        {"te: trailers", "40 02 7465 86 4d833505b11f", 66, 218},
        {"host: a", "66 01 61", 67, 255},
        {":status: 201", "48 82 1003", 68, 297},
        {": ", "40 00 00", 69, 329},
    };
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    expect_table(deflater, 61, 0);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        expect_text(deflater, rows[i].text, rows[i].hex);
        expect_table(deflater, rows[i].entries, rows[i].size);
    }
    nghttp2_nv never = field("foo", "bar", NGHTTP2_NV_FLAG_NO_INDEX);
    expect_block(deflater, &never, 1, "1f 33 03 626172");
    never = field(":method", "GET", NGHTTP2_NV_FLAG_NO_INDEX);
    expect_block(deflater, &never, 1, "12 03 474554");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.2 rule 1 */
static void fields_that_are_not_indexed(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    expect_text(deflater, "age: 1", "0f 06 01 31");
    expect_text(deflater, "etag: 1", "0f 13 01 31");
    expect_text(deflater, "if-modified-since: 1", "0f 19 01 31");
    expect_text(deflater, "if-none-match: 1", "0f 1a 01 31");
    expect_text(deflater, "location: 1", "0f 1f 01 31");
    expect_text(deflater, "cookie: xxxxxxxxxxxxxxxxxxx",
                "1f 11 91 f3e7cf9f3e7cf9f3e7cf9f3e7cf9f3e7cf");
    expect_table(deflater, 61, 0);
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.2 rule 1: three quarters of the table, the bound included */
static void large_fields_are_not_indexed(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    static char value[3040];
    memset(value, '~', sizeof(value));
    nghttp2_nv nv = {(uint8_t *)"a", (uint8_t *)value, 1, 3072 - 33, 0};
    uint8_t buffer[16384];
    CHECK(nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), &nv, 1) > 0);
    expect_table(deflater, 62, 3072);
    nv.name = (uint8_t *)"b";
    nv.valuelen++;
    CHECK(nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), &nv, 1) > 0);
    CHECK_INT(buffer[0], 0x00);
    expect_table(deflater, 62, 3072);
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.2 rule 2: names are compared exactly */
static void upper_case_is_another_name(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    expect_text(deflater, "Host: a", "40 83 c67427 01 61");
    expect_text(deflater, "host: a", "66 01 61");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.2 rule 2: the most recent entry, and static names first */
static void search_order(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    expect_text(deflater, "x: 1\nx: 2\nx: 1\nx: 3", "40 01 78 01 31 7e 01 32 bf 7e 01 33");
    nghttp2_hd_deflate_del(deflater);
    deflater = new_deflater(4096);
    /* The name index is the static one although a dynamic entry has the name too. */
    expect_text(deflater, "accept: a\naccept: b", "53 01 61 53 01 62");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.2 rule 3: old entries make room */
static void oldest_entries_are_evicted(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    CHECK_INT(nghttp2_hd_deflate_change_table_size(deflater, 100), 0);
    expect_text(deflater, "a: 1\nb: 2\nc: 3", "3f45 40 01 61 01 31 40 01 62 01 32 40 01 63 01 33");
    expect_table(deflater, 63, 68);
    expect_text(deflater, "b: 2\nc: 3\na: 1", "bf be 40 01 61 01 31");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.3: only where it is shorter */
static void huffman_is_used_only_where_it_is_shorter(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    nghttp2_nv nv = field("aa", "ooo", NGHTTP2_NV_FLAG_NO_INDEX);
    expect_block(deflater, &nv, 1, "10 02 6161 82 39cf");
    nv = field("a", "~", NGHTTP2_NV_FLAG_NO_INDEX);
    expect_block(deflater, &nv, 1, "10 01 61 01 7e");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.3: lengths of one, two and three octets */
static void long_strings(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    static char value[70000];
    memset(value, '~', sizeof(value));
    static uint8_t buffer[80000];
    static const struct {
        size_t length;
        const char *head;
    } rows[] = {{126, "\x10\x01\x61\x7e~"},
                {127, "\x10\x01\x61\x7f\x00~"},
                {128, "\x10\x01\x61\x7f\x01~"},
                {70000, "\x10\x01\x61\x7f\xf1\xa1\x04~"}};
    for (size_t i = 0; i < 4; i++) {
        nghttp2_nv nv = {(uint8_t *)"a", (uint8_t *)value, 1, rows[i].length,
                         NGHTTP2_NV_FLAG_NO_INDEX};
        nghttp2_ssize n = nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), &nv, 1);
        size_t head = (size_t)n - rows[i].length;
        check_mem(__FILE__, __LINE__, "head", buffer, head + 1, rows[i].head, head + 1);
    }
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.1 */
static void bound_depends_on_lengths_only(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    struct fields list = fields("a: 1\nlonger: value\n: ");
    CHECK_INT(nghttp2_hd_deflate_bound(deflater, NULL, 0), 12);
    CHECK_INT(nghttp2_hd_deflate_bound(deflater, list.nva, 3), 12 + 14 + 23 + 12);
    expect_text(deflater, "a: 1", "40 01 61 01 31");
    CHECK_INT(nghttp2_hd_deflate_bound(deflater, list.nva, 3), 12 + 14 + 23 + 12);
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.1: after any error the deflater is unusable */
static void too_small_a_buffer_is_the_end(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    struct fields list = fields("foo: bar");
    uint8_t buffer[64];
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, buffer, 7, list.nva, 1), NGHTTP2_ERR_INSUFF_BUFSIZE);
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, buffer, 64, list.nva, 1), NGHTTP2_ERR_HEADER_COMP);
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, buffer, 64, NULL, 0), NGHTTP2_ERR_HEADER_COMP);
    nghttp2_hd_deflate_del(deflater);
    deflater = new_deflater(4096);
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, buffer, 8, list.nva, 1), 8);
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.1: scatter lists are filled in order, at any octet */
static void blocks_are_scattered(void) {
    struct fields list = fields("foo: bar\n:method: GET\n:path: /foo");
    uint8_t whole[64];
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    nghttp2_ssize length = nghttp2_hd_deflate_hd2(deflater, whole, sizeof(whole), list.nva, 3);
    CHECK_INT(length, 8 + 1 + 5);
    nghttp2_hd_deflate_del(deflater);
    for (size_t cut = 0; cut <= (size_t)length; cut++) {
        for (size_t second = cut; second <= (size_t)length; second++) {
            uint8_t parts[64] = {0};
            nghttp2_vec vec[] = {
                {parts, cut}, {parts + cut, second - cut}, {parts + second, 64 - second}};
            deflater = new_deflater(4096);
            nghttp2_ssize n = second % 2
                                  ? nghttp2_hd_deflate_hd_vec(deflater, vec, 3, list.nva, 3)
                                  : nghttp2_hd_deflate_hd_vec2(deflater, vec, 3, list.nva, 3);
            CHECK_INT(n, length);
            CHECK(memcmp(parts, whole, (size_t)length) == 0);
            nghttp2_hd_deflate_del(deflater);
        }
    }
    deflater = new_deflater(4096);
    nghttp2_vec vec = {whole, 13};
    CHECK_INT(nghttp2_hd_deflate_hd_vec2(deflater, &vec, 1, list.nva, 3),
              NGHTTP2_ERR_INSUFF_BUFSIZE);
    nghttp2_hd_deflate_del(deflater);
    deflater = new_deflater(4096);
    CHECK_INT(nghttp2_hd_deflate_hd_vec2(deflater, NULL, 0, NULL, 0), 0);
    CHECK_INT(nghttp2_hd_deflate_hd_vec2(deflater, NULL, 0, list.nva, 3),
              NGHTTP2_ERR_INSUFF_BUFSIZE);
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.1: entries by HPACK index */
static void table_entries(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    expect_text(deflater, "foo: bar\nfoo: baz", "40 82 94e7 03 626172 7e 03 62617a");
    CHECK(nghttp2_hd_deflate_get_table_entry(deflater, 0) == NULL);
    CHECK(nghttp2_hd_deflate_get_table_entry(deflater, 64) == NULL);
    const nghttp2_nv *nv = nghttp2_hd_deflate_get_table_entry(deflater, 1);
    CHECK_MEM(nv->name, nv->namelen, ":authority");
    CHECK_INT(nv->valuelen, 0);
    nv = nghttp2_hd_deflate_get_table_entry(deflater, 61);
    CHECK_MEM(nv->name, nv->namelen, "www-authenticate");
    nv = nghttp2_hd_deflate_get_table_entry(deflater, 62);
    CHECK_MEM(nv->name, nv->namelen, "foo");
    CHECK_MEM(nv->value, nv->valuelen, "baz");
    nv = nghttp2_hd_deflate_get_table_entry(deflater, 63);
    CHECK_MEM(nv->value, nv->valuelen, "bar");
    nghttp2_hd_deflate_del(deflater);
}

/* hpack §1.1: the older function is the same */
static void old_and_new_functions_mix(void) {
    nghttp2_hd_deflater *deflater = new_deflater(4096);
    struct fields list = fields("foo: bar");
    uint8_t buffer[64];
    CHECK_INT(nghttp2_hd_deflate_hd(deflater, buffer, sizeof(buffer), list.nva, 1), 8);
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, buffer, sizeof(buffer), list.nva, 1), 1);
    CHECK_INT(buffer[0], 0xbe);
    nghttp2_hd_deflate_del(deflater);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(vectors),
        TEST(fields_that_are_not_indexed),
        TEST(large_fields_are_not_indexed),
        TEST(upper_case_is_another_name),
        TEST(search_order),
        TEST(oldest_entries_are_evicted),
        TEST(huffman_is_used_only_where_it_is_shorter),
        TEST(long_strings),
        TEST(bound_depends_on_lengths_only),
        TEST(too_small_a_buffer_is_the_end),
        TEST(blocks_are_scattered),
        TEST(table_entries),
        TEST(old_and_new_functions_mix),
    };
    return RUN_TESTS(tests);
}
