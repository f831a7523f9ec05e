/* Missing arguments that are documented to be fine. */
#include "support.h"

/* session §2 */
static void sessions_without_anything(void) {
    nghttp2_session_callbacks *callbacks;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    for (int is_server = 0; is_server < 2; is_server++) {
        nghttp2_session *session = NULL;
        int rv = is_server ? nghttp2_session_server_new3(&session, callbacks, NULL, NULL, NULL)
                           : nghttp2_session_client_new3(&session, callbacks, NULL, NULL, NULL);
        CHECK_INT(rv, 0);
        const uint8_t *data;
        CHECK_INT(nghttp2_session_mem_send2(session, &data), is_server ? 0 : 24);
        CHECK_INT(nghttp2_session_mem_recv2(session, NULL, 0), 0);
        nghttp2_session_set_user_data(session, NULL);
        nghttp2_session_del(session);
    }
    nghttp2_session_callbacks_del(callbacks);
}

/* misc §4, §5, hpack §4 */
static void deleting_null(void) {
    nghttp2_session_del(NULL);
    nghttp2_option_del(NULL);
    nghttp2_session_callbacks_del(NULL);
    nghttp2_rcbuf_decref(NULL);
}

/* misc §5: NULL unsets, every setter takes it */
static void setters_take_null(void) {
    nghttp2_session_callbacks *cbs;
    CHECK_INT(nghttp2_session_callbacks_new(&cbs), 0);
    nghttp2_session_callbacks_set_send_callback(cbs, NULL);
    nghttp2_session_callbacks_set_send_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_recv_callback(cbs, NULL);
    nghttp2_session_callbacks_set_recv_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_on_frame_recv_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(cbs, NULL);
    nghttp2_session_callbacks_set_before_frame_send_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_frame_send_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_stream_close_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_begin_headers_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_header_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_header_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_on_invalid_header_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_invalid_header_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_select_padding_callback(cbs, NULL);
    nghttp2_session_callbacks_set_select_padding_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_data_source_read_length_callback(cbs, NULL);
    nghttp2_session_callbacks_set_data_source_read_length_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_on_begin_frame_callback(cbs, NULL);
    nghttp2_session_callbacks_set_send_data_callback(cbs, NULL);
    nghttp2_session_callbacks_set_pack_extension_callback(cbs, NULL);
    nghttp2_session_callbacks_set_pack_extension_callback2(cbs, NULL);
    nghttp2_session_callbacks_set_unpack_extension_callback(cbs, NULL);
    nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(cbs, NULL);
    nghttp2_session_callbacks_set_error_callback(cbs, NULL);
    nghttp2_session_callbacks_set_error_callback2(cbs, NULL);
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_server_new(&session, cbs, NULL), 0);
    nghttp2_session_del(session);
    nghttp2_session_callbacks_del(cbs);
}

/* misc §1 */
static void submissions_without_lists(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(nghttp2_submit_request2(r.session, NULL, NULL, 0, NULL, NULL), 1);
    CHECK_INT(nghttp2_submit_request(r.session, NULL, NULL, 0, NULL, NULL), 3);
    CHECK_INT(nghttp2_submit_headers(r.session, 0, -1, NULL, NULL, 0, NULL), 5);
    CHECK_INT(nghttp2_submit_settings(r.session, 0, NULL, 0), 0);
    CHECK_INT(nghttp2_submit_ping(r.session, 0, NULL), 0);
    CHECK_INT(nghttp2_submit_goaway(r.session, 0, 0, 0, NULL, 0), 0);
    EXPECT_SENT(&r, "> SETTINGS\n"
                    "> PING \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"\n"
                    "> GOAWAY last=0 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {}\n"
                    "> HEADERS 3 +ES+EH {}\n"
                    "> HEADERS 5 +EH {}\n");
    finish(&r);

    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    forget(&r);
    CHECK_INT(nghttp2_submit_push_promise(r.session, 0, 1, NULL, 0, NULL), 2);
    CHECK_INT(nghttp2_submit_response2(r.session, 1, NULL, 0, NULL), 0);
    CHECK_INT(nghttp2_submit_response(r.session, 2, NULL, 0, NULL), 0);
    CHECK_INT(nghttp2_submit_origin(r.session, 0, NULL, 0), 0);
    CHECK_INT(nghttp2_submit_altsvc(r.session, 0, 0, (const uint8_t *)"o", 1, NULL, 0), 0);
    EXPECT_SENT(&r, "> PUSH_PROMISE 1 +EH -> 2 {}\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {}\n"
                    "> ORIGIN\n"
                    "> ALTSVC 0 \"o\" \"\"\n"
                    "close 2 NO_ERROR\n"
                    "> HEADERS 2 +ES+EH {}\n");
    finish(&r);
}

/* misc §1: priority updates */
static void priority_update_without_value(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    CHECK_INT(nghttp2_submit_priority_update(r.session, 0, 1, NULL, 0), 0);
    EXPECT_SENT(&r, "> PRIORITY_UPDATE of 1 \"\"\n");
    finish(&r);
}

/* session §15 */
static void upgrade_without_payload(void) {
    for (int is_server = 0; is_server < 2; is_server++) {
        struct recorder r;
        prepare(&r, is_server);
        start(&r);
        CHECK_INT(nghttp2_session_upgrade2(r.session, NULL, 0, 0, NULL), 0);
        CHECK(nghttp2_session_find_stream(r.session, 1) != NULL);
        finish(&r);
    }
}

/* misc §9, http §8, §9, hpack */
static void functions_without_session(void) {
    CHECK_INT(nghttp2_pack_settings_payload2(NULL, 0, NULL, 0), 0);
    nghttp2_extpri priority = {3, 0};
    CHECK_INT(nghttp2_extpri_parse_priority(&priority, NULL, 0), 0);
    CHECK_INT(nghttp2_check_header_name(NULL, 0), 0);
    CHECK_INT(nghttp2_check_header_value(NULL, 0), 1);
    CHECK_INT(nghttp2_check_header_value_rfc9113(NULL, 0), 1);
    CHECK_INT(nghttp2_check_method(NULL, 0), 0);
    CHECK_INT(nghttp2_check_path(NULL, 0), 1);
    CHECK_INT(nghttp2_check_authority(NULL, 0), 1);
    nghttp2_set_debug_vprintf_callback(NULL);
    const unsigned char *out = NULL;
    unsigned char length = 0;
    CHECK_INT(nghttp2_select_alpn(&out, &length, NULL, 0), -1);
}

/* hpack §1.1, §2.1 */
static void hpack_without_allocator_or_input(void) {
    nghttp2_hd_deflater *deflater;
    nghttp2_hd_inflater *inflater;
    CHECK_INT(nghttp2_hd_deflate_new2(&deflater, 4096, NULL), 0);
    CHECK_INT(nghttp2_hd_inflate_new2(&inflater, NULL), 0);
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, NULL, 0, NULL, 0), 0);
    CHECK_INT(nghttp2_hd_deflate_bound(deflater, NULL, 0), 12);
    nghttp2_nv nv = {NULL, NULL, 0, 0, NGHTTP2_NV_FLAG_NONE};
    uint8_t block[16];
    CHECK_INT(nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), &nv, 1), 3);
    int flags;
    CHECK_INT(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, NULL, 0, 1), 0);
    CHECK_INT(flags, NGHTTP2_HD_INFLATE_FINAL);
    nghttp2_hd_deflate_del(deflater);
    nghttp2_hd_inflate_del(inflater);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(sessions_without_anything),
        TEST(deleting_null),
        TEST(setters_take_null),
        TEST(submissions_without_lists),
        TEST(priority_update_without_value),
        TEST(upgrade_without_payload),
        TEST(functions_without_session),
        TEST(hpack_without_allocator_or_input),
    };
    return RUN_TESTS(tests);
}
