/* ALTSVC and ORIGIN, both ends. */
#include "support.h"

static void client_with(struct recorder *r, uint8_t type) {
    prepare_client(r);
    nghttp2_option_set_builtin_recv_extension_type(r->option, type);
    start(r);
    handshake(r);
    CHECK_INT(request(r, GET, NULL), 1);
    drain(r);
    forget(r);
}

static void expect_altsvc(uint32_t stream_id, const char *origin, const char *value,
                          const char *transcript) {
    struct recorder r;
    client_with(&r, NGHTTP2_ALTSVC);
    put_altsvc(&r.in, stream_id, origin, value);
    deliver(&r);
    EXPECT_SENT(&r, transcript);
    finish(&r);
}

/* §7.11 */
static void altsvc_is_delivered(void) {
    expect_altsvc(0, "example.com", "h2=\":443\"",
                  "frame_recv ALTSVC 0 \"example.com\" \"h2=\":443\"\"\n");
    expect_altsvc(1, "", "clear", "frame_recv ALTSVC 1 \"\" \"clear\"\n");
}

/* §7.11: told to the program, not to the peer */
static void malformed_altsvc_is_reported_and_dropped(void) {
    expect_altsvc(0, "", "v", "invalid_frame ALTSVC 0 \"\" \"v\": PROTO\n");
    expect_altsvc(1, "o", "v", "invalid_frame ALTSVC 1 \"o\" \"v\": PROTO\n");
    expect_altsvc(0, "o", "", "invalid_frame ALTSVC 0 \"o\" \"\": PROTO\n");
    expect_altsvc(1, "", "", "invalid_frame ALTSVC 1 \"\" \"\": PROTO\n");
}

/* §7.11: silently, and before the value is looked at */
static void altsvc_for_a_missing_stream_is_dropped(void) {
    expect_altsvc(3, "", "v", "");
    expect_altsvc(3, "", "", "");
}

/* §7.11 */
static void altsvc_for_a_stream_being_reset_is_dropped(void) {
    struct recorder r;
    client_with(&r, NGHTTP2_ALTSVC);
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    put_altsvc(&r.in, 1, "", "v");
    deliver(&r);
    EXPECT(&r, "");
    finish(&r);
}

/* §7.11 */
static void altsvc_origin_longer_than_the_frame_is_a_size_error(void) {
    struct recorder r;
    client_with(&r, NGHTTP2_ALTSVC);
    put_hex_frame(&r.in, NGHTTP2_ALTSVC, 0, 0, "0003 6162");
    deliver(&r);
    EXPECT_SENT(&r, "> GOAWAY last=0 FRAME_SIZE_ERROR\n");
    finish(&r);
}

/* §7.11 */
static void altsvc_at_a_server_is_skipped(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ALTSVC);
    start(&r);
    handshake(&r);
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_altsvc(&r.in, 0, "o", "v");
    put_altsvc(&r.in, 0, "", "");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

static void check_altsvc_is_empty(struct recorder *r) {
    const nghttp2_ext_altsvc *altsvc = r->frame->ext.payload;
    CHECK(altsvc->origin == NULL);
    CHECK_INT(altsvc->origin_len, 0);
    CHECK(altsvc->field_value == NULL);
    CHECK_INT(altsvc->field_value_len, 0);
}

/* §7.11: payload of length 2 */
static void empty_altsvc_has_null_members(void) {
    struct recorder r;
    client_with(&r, NGHTTP2_ALTSVC);
    during(&r, ON_INVALID_FRAME, 1, check_altsvc_is_empty);
    put_altsvc(&r.in, 1, "", "");
    deliver(&r);
    CHECK_INT(r.calls[ON_INVALID_FRAME], 1);
    finish(&r);
}

static void expect_origin(const char *payload_hex, const char *transcript) {
    struct recorder r;
    client_with(&r, NGHTTP2_ORIGIN);
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_hex_frame(&r.in, NGHTTP2_ORIGIN, 0x0f, 0, payload_hex);
    deliver(&r);
    EXPECT_SENT(&r, transcript);
    finish(&r);
}

/* §7.12 */
static void origins_are_delivered(void) {
    expect_origin("0003 616263 0001 64",
                  "begin_frame ORIGIN len=8\nframe_recv ORIGIN \"abc\" \"d\"\n");
    expect_origin("", "begin_frame ORIGIN len=0\nframe_recv ORIGIN\n");
    expect_origin("0000 0001 61 0000", "begin_frame ORIGIN len=7\nframe_recv ORIGIN \"a\"\n");
    expect_origin("0000", "begin_frame ORIGIN len=2\nframe_recv ORIGIN\n");
}

/* §7.12 */
static void truncated_origin_is_dropped(void) {
    expect_origin("0003 6162", "begin_frame ORIGIN len=4\n");
    expect_origin("0001 61 00", "begin_frame ORIGIN len=4\n");
    expect_origin("00", "begin_frame ORIGIN len=1\n");
}

/* §7.12 */
static void origin_elsewhere_is_skipped(void) {
    struct recorder r;
    client_with(&r, NGHTTP2_ORIGIN);
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_hex_frame(&r.in, NGHTTP2_ORIGIN, 0, 1, "0001 61");
    for (unsigned flag = 0x10; flag <= 0x80; flag *= 2) {
        put_hex_frame(&r.in, NGHTTP2_ORIGIN, flag, 0, "0001 61");
    }
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);

    prepare_server(&r);
    nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ORIGIN);
    start(&r);
    handshake(&r);
    r.heard |= BIT(ON_BEGIN_FRAME);
    put_hex_frame(&r.in, NGHTTP2_ORIGIN, 0, 0, "0001 61");
    deliver(&r);
    EXPECT_SENT(&r, "");
    finish(&r);
}

static void check_origins(struct recorder *r) {
    const nghttp2_ext_origin *origin = r->frame->ext.payload;
    CHECK_INT(origin->nov, 2);
    CHECK_INT(origin->ov[0].origin[origin->ov[0].origin_len], 0);
    CHECK_INT(origin->ov[1].origin[origin->ov[1].origin_len], 0);
}

static void check_no_origins(struct recorder *r) {
    const nghttp2_ext_origin *origin = r->frame->ext.payload;
    CHECK_INT(origin->nov, 0);
    CHECK(origin->ov == NULL);
}

/* §7.12 */
static void origins_are_nul_terminated(void) {
    struct recorder r;
    client_with(&r, NGHTTP2_ORIGIN);
    during(&r, ON_FRAME_RECV, 1, check_origins);
    during(&r, ON_FRAME_RECV, 2, check_no_origins);
    put_hex_frame(&r.in, NGHTTP2_ORIGIN, 0, 0, "0003 616263 0001 64");
    put_hex_frame(&r.in, NGHTTP2_ORIGIN, 0, 0, "0000");
    deliver(&r);
    CHECK_INT(r.calls[ON_FRAME_RECV], 2);
    finish(&r);
}

static int submit_altsvc(struct recorder *r, int32_t stream_id, const char *origin,
                         const char *value) {
    return nghttp2_submit_altsvc(r->session, NGHTTP2_FLAG_NONE, stream_id, (const uint8_t *)origin,
                                 strlen(origin), (const uint8_t *)value, strlen(value));
}

/* misc §1, §16.2 */
static void server_sends_altsvc(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    deliver(&r);
    forget(&r);
    CHECK_INT(submit_altsvc(&r, 0, "o", "value"), 0);
    CHECK_INT(submit_altsvc(&r, 1, "", "value"), 0);
    CHECK_INT(submit_altsvc(&r, 0, "o", ""), 0);
    CHECK_INT(submit_altsvc(&r, 3, "", "value"), 0);
    EXPECT_SENT(&r, "> ALTSVC 0 \"o\" \"value\"\n"
                    "> ALTSVC 1 \"\" \"value\"\n"
                    "> ALTSVC 0 \"o\" \"\"\n"
                    "not_sent ALTSVC 3 \"\" \"value\": STREAM_CLOSED\n");
    nghttp2_submit_rst_stream(r.session, 0, 1, NGHTTP2_CANCEL);
    CHECK_INT(submit_altsvc(&r, 1, "", "v"), 0);
    EXPECT_SENT(&r, "close 1 CANCEL\n"
                    "> RST_STREAM 1 CANCEL\n"
                    "not_sent ALTSVC 1 \"\" \"v\": STREAM_CLOSED\n");
    finish(&r);
}

/* misc §1 */
static void altsvc_arguments(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(submit_altsvc(&r, 0, "o", "v"), NGHTTP2_ERR_INVALID_STATE);
    finish(&r);
    server(&r);
    CHECK_INT(submit_altsvc(&r, 0, "", "v"), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(submit_altsvc(&r, 1, "o", "v"), NGHTTP2_ERR_INVALID_ARGUMENT);
    uint8_t octets[16384] = {'a'};
    CHECK_INT(nghttp2_submit_altsvc(r.session, 0, 0, octets, 1, octets, 16382),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_altsvc(r.session, 0, 0, octets, 1, octets, 16381), 0);
    CHECK_INT(drain(&r), 0);
    finish(&r);
}

/* misc §1, §16.2 */
static void server_sends_origins(void) {
    struct recorder r;
    server(&r);
    nghttp2_origin_entry origins[] = {
        {(uint8_t *)"abc", 3}, {(uint8_t *)"", 0}, {(uint8_t *)"d", 1}};
    CHECK_INT(nghttp2_submit_origin(r.session, 0, origins, 3), 0);
    CHECK_INT(nghttp2_submit_origin(r.session, 0, NULL, 0), 0);
    EXPECT_SENT(&r, "> ORIGIN \"\\x00\\x03abc\\x00\\x00\\x00\\x01d\"\n> ORIGIN\n");
    finish(&r);
}

/* misc §1 */
static void origin_arguments(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_submit_origin(r.session, 0, NULL, 0), NGHTTP2_ERR_INVALID_STATE);
    finish(&r);
    server(&r);
    static uint8_t octets[16384];
    nghttp2_origin_entry origin = {octets, 16383};
    CHECK_INT(nghttp2_submit_origin(r.session, 0, &origin, 1), NGHTTP2_ERR_INVALID_ARGUMENT);
    origin.origin_len = 16382;
    CHECK_INT(nghttp2_submit_origin(r.session, 0, &origin, 1), 0);
    EXPECT_SENT(&r, "> ORIGIN [16384]\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(altsvc_is_delivered),
        TEST(malformed_altsvc_is_reported_and_dropped),
        TEST(altsvc_for_a_missing_stream_is_dropped),
        TEST(altsvc_for_a_stream_being_reset_is_dropped),
        TEST(altsvc_origin_longer_than_the_frame_is_a_size_error),
        TEST(altsvc_at_a_server_is_skipped),
        TEST(empty_altsvc_has_null_members),
        TEST(origins_are_delivered),
        TEST(truncated_origin_is_dropped),
        TEST(origin_elsewhere_is_skipped),
        TEST(origins_are_nul_terminated),
        TEST(server_sends_altsvc),
        TEST(altsvc_arguments),
        TEST(server_sends_origins),
        TEST(origin_arguments),
    };
    return RUN_TESTS(tests);
}
