/* Sessions that begin as HTTP/1.1 with Upgrade: h2c. */
#include "support.h"

static int upgrade(struct recorder *r, const char *settings, int head_request, void *user_data) {
    struct entries list = entries(settings);
    uint8_t payload[64 * 6];
    nghttp2_ssize n = nghttp2_pack_settings_payload2(payload, sizeof(payload), list.iv, list.count);
    CHECK_INT(n, list.count * 6);
    return nghttp2_session_upgrade2(r->session, payload, (size_t)n, head_request, user_data);
}

/* Before anything is exchanged. */
static void fresh(struct recorder *r, bool is_server) {
    prepare(r, is_server);
    start(r);
    r->heard |= BIT(ON_BEGIN_FRAME) | BIT(ON_BEGIN_HEADERS);
}

/* §15 */
static void server_applies_settings_and_opens_stream_1(void) {
    struct recorder r;
    fresh(&r, true);
    CHECK_INT(upgrade(&r, "3=7 4=1000 99=1", 0, "ignored"), 0);
    EXPECT_SENT(&r, "frame_recv SETTINGS 3=7 4=1000 99=1\n");
    CHECK_INT(nghttp2_session_get_remote_settings(r.session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE),
              1000);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 1);
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 0);
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 1);
    CHECK(nghttp2_session_get_stream_user_data(r.session, 1) == NULL);
    CHECK_INT(nghttp2_session_get_stream_remote_window_size(r.session, 1), 1000);
    finish(&r);
}

/* §15: the entries are not merged, and more are allowed in the preface that follows */
static void server_goes_on_with_the_preface(void) {
    struct recorder r;
    fresh(&r, true);
    CHECK_INT(upgrade(&r, "3=7 3=8", 0, NULL), 0);
    EXPECT(&r, "frame_recv SETTINGS 3=7 3=8\n");
    r.heard = USUAL_LINES;
    CHECK_INT(submit_settings(&r, ""), 0);
    CHECK_INT(response(&r, 1, OK_200, NULL), 0);
    put_magic(&r.in);
    put_settings(&r.in, "3=9");
    put_settings_ack(&r.in);
    drain(&r);
    deliver(&r);
    EXPECT_SENT(&r, "> SETTINGS\n"
                    "close 1 NO_ERROR\n"
                    "> HEADERS 1 +ES+EH {:status: 200}\n"
                    "frame_recv SETTINGS 3=9\n"
                    "frame_recv SETTINGS +ACK\n"
                    "> SETTINGS +ACK\n");
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 3 +ES+EH REQUEST\n");
    finish(&r);
}

/* §15 */
static void client_submits_settings_and_opens_stream_1(void) {
    struct recorder r;
    fresh(&r, false);
    CHECK_INT(upgrade(&r, "3=7", 0, "user data"), 0);
    EXPECT_SENT(&r, "> MAGIC\n> SETTINGS 3=7\n");
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 1), 1);
    CHECK_INT(nghttp2_session_get_stream_remote_close(r.session, 1), 0);
    CHECK_STR(nghttp2_session_get_stream_user_data(r.session, 1), "user data");
    CHECK_INT(nghttp2_session_get_next_stream_id(r.session), 3);
    put_settings(&r.in, "");
    put_headers(&r.in, 1, EH, OK_200);
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "begin_frame SETTINGS len=0\n"
                    "frame_recv SETTINGS\n"
                    "begin_frame HEADERS 1 +EH len=13\n"
                    "begin_headers HEADERS 1 +EH RESPONSE\n"
                    "frame_recv HEADERS 1 +EH RESPONSE\n"
                    "begin_frame DATA 1 +ES len=3\n"
                    "chunk DATA 1 +ES \"abc\"\n"
                    "frame_recv DATA 1 +ES len=3\n"
                    "close 1 NO_ERROR\n"
                    "> SETTINGS +ACK\n");
    finish(&r);
}

/* §15: the settings of the upgrade are acknowledged like any others */
static void clients_settings_are_acknowledged(void) {
    struct recorder r;
    fresh(&r, false);
    CHECK_INT(upgrade(&r, "4=1000", 0, NULL), 0);
    drain(&r);
    CHECK_INT(nghttp2_session_get_local_settings(r.session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE),
              65535);
    put_settings(&r.in, "");
    put_settings_ack(&r.in);
    deliver(&r);
    CHECK_INT(nghttp2_session_get_local_settings(r.session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE),
              1000);
    finish(&r);
}

/* §15: errors in order */
static void upgrade_is_for_unused_sessions(void) {
    struct recorder r;
    fresh(&r, false);
    CHECK_INT(upgrade(&r, "", 0, NULL), 0);
    CHECK_INT(upgrade(&r, "", 0, NULL), NGHTTP2_ERR_PROTO);
    finish(&r);
    fresh(&r, false);
    request(&r, GET, NULL);
    CHECK_INT(nghttp2_session_upgrade2(r.session, (const uint8_t *)"x", 1, 0, NULL),
              NGHTTP2_ERR_PROTO);
    finish(&r);
    fresh(&r, true);
    CHECK_INT(upgrade(&r, "", 0, NULL), 0);
    CHECK_INT(upgrade(&r, "", 0, NULL), NGHTTP2_ERR_PROTO);
    finish(&r);
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    CHECK_INT(upgrade(&r, "", 0, NULL), NGHTTP2_ERR_PROTO);
    finish(&r);
}

/* §15 */
static void payload_must_be_whole_entries_and_not_too_many(void) {
    for (int is_server = 0; is_server < 2; is_server++) {
        struct recorder r;
        fresh(&r, is_server);
        static const uint8_t payload[33 * 6];
        for (size_t length = 1; length < 6; length++) {
            CHECK_INT(nghttp2_session_upgrade2(r.session, payload, length, 0, NULL),
                      NGHTTP2_ERR_INVALID_ARGUMENT);
        }
        CHECK_INT(nghttp2_session_upgrade2(r.session, payload, sizeof(payload), 0, NULL),
                  NGHTTP2_ERR_TOO_MANY_SETTINGS);
        CHECK_INT(nghttp2_session_upgrade2(r.session, payload, 32 * 6, 0, NULL), 0);
        finish(&r);
    }
}

/* §15: invalid values are the peer's fault on a server, the program's on a client */
static void invalid_values(void) {
    struct recorder r;
    static const uint8_t enable_push_2[] = {0, 2, 0, 0, 0, 2};
    fresh(&r, true);
    CHECK_INT(nghttp2_session_upgrade2(r.session, enable_push_2, 6, 0, NULL), 0);
    EXPECT_SENT(&r, "invalid_frame SETTINGS 2=2: PROTO\n"
                    "close 1 REFUSED_STREAM\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"SETTINGS: invalid SETTINGS_ENBLE_PUSH\"\n");
    finish(&r);
    fresh(&r, false);
    CHECK_INT(nghttp2_session_upgrade2(r.session, enable_push_2, 6, 0, NULL),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
}

static void respond_to_upgraded(struct recorder *r, const char *fields) {
    put_settings(&r->in, "");
    put_headers(&r->in, 1, ES | EH, fields);
    deliver(r);
}

/* §15: what is known of the request decides what the response may claim */
static void content_length_of_the_response(void) {
    struct recorder r;
    fresh(&r, false);
    r.heard = USUAL_LINES;
    CHECK_INT(upgrade(&r, "", 1, NULL), 0);
    respond_to_upgraded(&r, OK_200 "content-length: 5\n");
    EXPECT(&r, "frame_recv SETTINGS\nframe_recv HEADERS 1 +ES+EH RESPONSE\nclose 1 NO_ERROR\n");
    finish(&r);

    fresh(&r, false);
    r.heard = USUAL_LINES;
    CHECK_INT(upgrade(&r, "", 0, NULL), 0);
    respond_to_upgraded(&r, OK_200 "content-length: 5\n");
    EXPECT(&r, "frame_recv SETTINGS\ninvalid_frame HEADERS 1 +ES+EH RESPONSE: HTTP_MESSAGING\n");
    finish(&r);

    fresh(&r, false);
    r.heard = USUAL_LINES;
    CHECK_INT(nghttp2_session_upgrade(r.session, NULL, 0, NULL), 0);
    respond_to_upgraded(&r, OK_200 "content-length: 5\n");
    EXPECT(&r, "frame_recv SETTINGS\nframe_recv HEADERS 1 +ES+EH RESPONSE\nclose 1 NO_ERROR\n");
    finish(&r);
}

/* §15: no DATA may follow a request that was complete in HTTP/1.1 */
static void upgraded_stream_takes_no_data(void) {
    struct recorder r;
    fresh(&r, true);
    r.heard = USUAL_LINES;
    CHECK_INT(upgrade(&r, "", 0, NULL), 0);
    put_magic(&r.in);
    put_settings(&r.in, "");
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv SETTINGS\n"
                    "frame_recv SETTINGS\n"
                    "not_sent SETTINGS +ACK: SESSION_CLOSING\n"
                    "> GOAWAY last=1 STREAM_CLOSED \"DATA: stream in half-closed(remote)\"\n");
    finish(&r);
}

static void receive_settings(struct recorder *r) {
    if (r->calls[ON_FRAME_RECV] > 1) return;
    const nghttp2_settings settings = r->frame->settings;
    put_magic(&r->in);
    put_settings(&r->in, "3=9 4=500");
    deliver(r);
    CHECK_INT(settings.niv, 1);
    CHECK_INT(settings.iv[0].settings_id, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE);
    CHECK_INT(settings.iv[0].value, 256);
}

/* The parameters can be read as long as the callback that tells them runs, whatever it does. */
static void receiving_while_the_parameters_are_told(void) {
    struct recorder r;
    fresh(&r, true);
    during(&r, ON_FRAME_RECV, 0, receive_settings);
    CHECK_INT(upgrade(&r, "4=256", 0, NULL), 0);
    CHECK_INT(r.calls[ON_FRAME_RECV], 2);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(server_applies_settings_and_opens_stream_1),
        TEST(server_goes_on_with_the_preface),
        TEST(client_submits_settings_and_opens_stream_1),
        TEST(clients_settings_are_acknowledged),
        TEST(upgrade_is_for_unused_sessions),
        TEST(payload_must_be_whole_entries_and_not_too_many),
        TEST(invalid_values),
        TEST(content_length_of_the_response),
        TEST(upgraded_stream_takes_no_data),
        TEST(receiving_while_the_parameters_are_told),
    };
    return RUN_TESTS(tests);
}
