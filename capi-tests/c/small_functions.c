/* Functions without a session: texts, version, ALPN, SETTINGS payload, comparisons. */
#include "support.h"

/* misc §7 */
static void texts_of_library_errors(void) {
    static const struct {
        int code;
        const char *text;
    } rows[] = {
        {0, "Success"},
        {-501, "Invalid argument"},
        {-502, "Out of buffer space"},
        {-503, "Unsupported SPDY version"},
        {-504, "Operation would block"},
        {-505, "Protocol error"},
        {-506, "Invalid frame octets"},
        {-507, "EOF"},
        {-508, "Data transfer deferred"},
        {-509, "No more Stream ID available"},
        {-510, "Stream was already closed or invalid"},
        {-511, "Stream is closing"},
        {-512, "The transmission is not allowed for this stream"},
        {-513, "Stream ID is invalid"},
        {-514, "Invalid stream state"},
        {-515, "Another DATA frame has already been deferred"},
        {-516, "request HEADERS is not allowed"},
        {-517, "GOAWAY has already been sent"},
        {-518, "Invalid header block"},
        {-519, "Invalid state"},
        {-521, "The user callback function failed due to the temporal error"},
        {-522, "The length of the frame is invalid"},
        {-523, "Header compression/decompression error"},
        {-524, "Flow control error"},
        {-525, "Insufficient buffer size given to function"},
        {-526, "Callback was paused by the application"},
        {-527, "Too many inflight SETTINGS"},
        {-528, "Server push is disabled by peer"},
        {-529, "DATA or HEADERS frame has already been submitted for the stream"},
        {-530, "The current session is closing"},
        {-531, "Invalid HTTP header field was received"},
        {-532, "Violation in HTTP messaging rule"},
        {-533, "Stream was refused"},
        {-534, "Internal error"},
        {-535, "Cancel"},
        {-536, "When a local endpoint expects to receive SETTINGS frame, it receives an other type "
               "of frame"},
        {-537, "SETTINGS frame contained more than the maximum allowed entries"},
        {-901, "Out of memory"},
        {-902, "The user callback function failed"},
        {-903, "Received bad client magic byte string"},
        {-904, "Flooding was detected in this HTTP/2 session, and it must be closed"},
        {-905, "Too many CONTINUATION frames following a HEADER frame"},
    };
    size_t known = 0;
    for (int code = -2000; code < 2000; code++) {
        const char *expected = "Unknown error code";
        for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
            if (rows[i].code == code) expected = rows[i].text;
        }
        known += strcmp(expected, "Unknown error code") != 0;
        CHECK_STR(nghttp2_strerror(code), expected);
    }
    CHECK_INT(known, sizeof(rows) / sizeof(rows[0]));
    CHECK_STR(nghttp2_strerror(INT32_MIN), "Unknown error code");
    CHECK(nghttp2_strerror(-505) == nghttp2_strerror(-505));
}

/* misc §7 */
static void texts_of_wire_codes(void) {
    static const char *const names[] = {
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT",
        "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR",
        "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"};
    for (uint32_t code = 0; code < 14; code++) CHECK_STR(nghttp2_http2_strerror(code), names[code]);
    CHECK_STR(nghttp2_http2_strerror(14), "unknown");
    CHECK_STR(nghttp2_http2_strerror(0xffffffff), "unknown");
}

/* misc §10 */
static void fatal_errors(void) {
    CHECK(nghttp2_is_fatal(-901));
    CHECK(nghttp2_is_fatal(-905));
    CHECK(nghttp2_is_fatal(INT32_MIN));
    CHECK(!nghttp2_is_fatal(-900));
    CHECK(!nghttp2_is_fatal(-537));
    CHECK(!nghttp2_is_fatal(0));
    CHECK(!nghttp2_is_fatal(901));
}

/* misc §10 */
static void version(void) {
    nghttp2_info *info = nghttp2_version(0);
    CHECK_INT(info->age, 1);
    CHECK_STR(info->proto_str, "h2");
    CHECK(nghttp2_version(info->version_num) == info);
    CHECK(nghttp2_version(info->version_num + 1) == NULL);
    CHECK(nghttp2_version(-1) == info);
    char text[32];
    snprintf(text, sizeof(text), "%d.%d.%d", info->version_num >> 16, info->version_num >> 8 & 255,
             info->version_num & 255);
    CHECK(strncmp(info->version_str, text, strlen(text)) == 0);
}

/* misc §10: the version of the header is that of the library, or older */
static void header_and_library_agree(void) {
    CHECK(nghttp2_version(NGHTTP2_VERSION_NUM) != NULL);
    CHECK_STR(nghttp2_version(0)->version_str, NGHTTP2_VERSION);
}

/* misc §8 */
static void alpn_selection(void) {
    static const struct {
        const char *list;
        size_t length;
        int result;
        size_t at;
    } rows[] = {
        {"\x02h2\x08http/1.1", 12, 1, 1},
        {"\x08http/1.1\x02h2", 12, 1, 10},
        {"\x08http/1.1\x06spdy/3", 16, 0, 1},
        {"\x06spdy/3", 7, -1, 0},
        {"", 0, -1, 0},
        {"\x02H2", 3, -1, 0},
        {"\x03h2c\x08http/1.0", 13, -1, 0},
        {"\x02h2\xff", 4, 1, 1},
        {"\xffh2\x02h2", 6, -1, 0},
        {"\x00\x02h2", 4, 1, 2},
        {"\x02h", 2, -1, 0},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const unsigned char *list = (const unsigned char *)rows[i].list;
        const unsigned char *out = (const unsigned char *)"untouched";
        const unsigned char *untouched = out;
        unsigned char length = 77;
        unsigned list_length = (unsigned)rows[i].length;
        CHECK_INT(nghttp2_select_alpn(&out, &length, list, list_length), rows[i].result);
        CHECK(out == (rows[i].result < 0 ? untouched : list + rows[i].at));
        CHECK_INT(length, rows[i].result < 0 ? 77 : rows[i].result ? 2 : 8);
        unsigned char *older = NULL;
        CHECK_INT(nghttp2_select_next_protocol(&older, &length, list, list_length),
                  rows[i].result);
        CHECK(older == (rows[i].result < 0 ? NULL : list + rows[i].at));
    }
}

/* misc §9 */
static void settings_payload(void) {
    nghttp2_settings_entry iv[] = {{3, 0x01020304}, {0xabcd, 5}};
    uint8_t payload[12];
    CHECK_INT(nghttp2_pack_settings_payload2(payload, 12, iv, 2), 12);
    CHECK_MEM(payload, 12, "\0\3\1\2\3\4\xab\xcd\0\0\0\5");
    memset(payload, 0, 12);
    CHECK_INT(nghttp2_pack_settings_payload(payload, 12, iv, 2), 12);
    CHECK_MEM(payload, 12, "\0\3\1\2\3\4\xab\xcd\0\0\0\5");
    CHECK_INT(nghttp2_pack_settings_payload2(payload, 11, iv, 2), NGHTTP2_ERR_INSUFF_BUFSIZE);
    CHECK_INT(nghttp2_pack_settings_payload2(payload, 0, NULL, 0), 0);
    CHECK_INT(nghttp2_pack_settings_payload2(NULL, 0, NULL, 0), 0);
}

/* misc §9: single entries are checked, before the room is */
static void settings_payload_values(void) {
    static const char *const wrong[] = {"2=2",          "8=2",     "9=2",
                                        "4=2147483648", "5=16383", "5=16777216"};
    uint8_t payload[384];
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct entries list = entries(wrong[i]);
        CHECK_INT(nghttp2_pack_settings_payload2(payload, 0, list.iv, 1),
                  NGHTTP2_ERR_INVALID_ARGUMENT);
    }
    struct entries list = entries("1=0 2=1 3=0 4=2147483647 5=16777215 6=0 7=9 8=1 9=0 9=1");
    CHECK_INT(nghttp2_pack_settings_payload2(payload, sizeof(payload), list.iv, list.count), 60);
}

/* hpack §4 */
static void names_are_compared_as_octets(void) {
    static const struct {
        const char *left, *right;
        int sign;
    } rows[] = {{"a", "a", 0},  {"a", "b", -1}, {"b", "a", 1},  {"a", "ab", -1},
                {"ab", "a", 1}, {"", "", 0},    {"", "a", -1},  {"A", "a", -1},
                {"\xff", "a", 1}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        nghttp2_nv left = {(uint8_t *)rows[i].left, (uint8_t *)"z", strlen(rows[i].left), 1, 0};
        nghttp2_nv right = {(uint8_t *)rows[i].right, (uint8_t *)"a", strlen(rows[i].right), 1, 0};
        int result = nghttp2_nv_compare_name(&left, &right);
        CHECK_INT((result > 0) - (result < 0), rows[i].sign);
    }
}

/* misc §11 */
static void priority_specs(void) {
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, 7, 1000, 5);
    CHECK_INT(spec.stream_id, 7);
    CHECK_INT(spec.weight, 1000);
    CHECK_INT(spec.exclusive, 1);
    CHECK(!nghttp2_priority_spec_check_default(&spec));
    nghttp2_priority_spec_default_init(&spec);
    CHECK_INT(spec.stream_id, 0);
    CHECK_INT(spec.weight, 16);
    CHECK_INT(spec.exclusive, 0);
    CHECK(nghttp2_priority_spec_check_default(&spec));
    spec.weight = 15;
    CHECK(!nghttp2_priority_spec_check_default(&spec));
    nghttp2_priority_spec_init(&spec, 0, 16, 1);
    CHECK(!nghttp2_priority_spec_check_default(&spec));
    nghttp2_priority_spec_init(&spec, 1, 16, 0);
    CHECK(!nghttp2_priority_spec_check_default(&spec));
}

static void never_called(const char *format, va_list arguments) {
    (void)format, (void)arguments;
    check_failed();
}

/* misc §13 */
static void debug_output_is_off(void) {
    nghttp2_set_debug_vprintf_callback(never_called);
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    finish(&r);
    nghttp2_set_debug_vprintf_callback(NULL);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(texts_of_library_errors),
        TEST(texts_of_wire_codes),
        TEST(fatal_errors),
        TEST(version),
        TEST_SINCE_1_70(header_and_library_agree),
        TEST(alpn_selection),
        TEST(settings_payload),
        TEST(settings_payload_values),
        TEST(names_are_compared_as_octets),
        TEST(priority_specs),
        TEST(debug_output_is_off),
    };
    return RUN_TESTS(tests);
}
