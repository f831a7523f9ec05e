/* error_callback: when it is called, with which code, and in which order. */
#include "support.h"

#define ERROR_LINES (USUAL_LINES | BIT(ON_ERROR))

static void server_hearing_errors(struct recorder *r, unsigned old, uint32_t without) {
    prepare_server(r);
    r->callbacks &= ~without;
    if (old) r->old_forms = BIT(ON_ERROR);
    start(r);
    handshake(r);
    r->heard = ERROR_LINES;
}

/* §21 */
static void first_frame_that_is_not_settings(void) {
    struct recorder r;
    prepare_server(&r);
    start(&r);
    r.heard = ERROR_LINES;
    put_magic(&r.in);
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT(&r, "error SETTINGS_EXPECTED\n");
    finish(&r);
}

/* §21: before RST_STREAM is queued, before on_invalid_frame_recv */
static void queue_is_empty(struct recorder *r) {
    CHECK_INT(nghttp2_session_get_outbound_queue_size(r->session), 0);
}

static void field_that_resets_the_stream(void) {
    struct recorder r;
    server_hearing_errors(&r, 0, 0);
    during(&r, ON_ERROR, 1, queue_is_empty);
    put_headers(&r.in, 1, ES | EH, GET "Upper: x\n");
    deliver(&r);
    EXPECT(&r, "error HTTP_HEADER\ninvalid_frame HEADERS 1 +ES+EH REQUEST: HTTP_HEADER\n");
    CHECK_INT(r.calls[ON_ERROR], 1);
    finish(&r);
}

/* §21: after on_invalid_header returned 0 */
static void field_that_is_ignored(void) {
    struct recorder r;
    server_hearing_errors(&r, 0, 0);
    put_headers(&r.in, 1, ES | EH, GET "a b: x\n");
    deliver(&r);
    EXPECT(&r, "invalid_header 1 a b: x\n"
               "error HTTP_HEADER\n"
               "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

/* §21: ... or without that callback (since 1.67) */
static void field_that_is_ignored_without_callback(void) {
    struct recorder r;
    server_hearing_errors(&r, 0, BIT(ON_INVALID_HEADER));
    put_headers(&r.in, 1, ES | EH, GET "a b: x\n");
    deliver(&r);
    EXPECT(&r, "error HTTP_HEADER\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

/* §21 */
static void message_errors_are_not_told(void) {
    struct recorder r;
    server_hearing_errors(&r, 0, 0);
    put_headers(&r.in, 1, ES | EH, ":method: GET\n");
    deliver(&r);
    EXPECT(&r, "invalid_frame HEADERS 1 +ES+EH REQUEST: HTTP_MESSAGING\n");
    finish(&r);
}

/* §21: the older form has no code */
static void older_callback(void) {
    struct recorder r;
    server_hearing_errors(&r, 1, 0);
    put_headers(&r.in, 1, ES | EH, GET "a b: x\n");
    deliver(&r);
    EXPECT(&r, "invalid_header 1 a b: x\nerror\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

static char message[512];

static int keep_message(nghttp2_session *session, int code, const char *text, size_t length,
                        void *user_data) {
    (void)session, (void)code, (void)user_data;
    CHECK_INT(text[length], 0);
    snprintf(message, sizeof(message), "%.*s", (int)length, text);
    return 0;
}

/* §21: the text names frame type, stream, name and value; its wording is informal */
static void text_names_the_field(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_error_callback2(callbacks, keep_message);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
    struct bytes input = {0};
    put_magic(&input);
    put_settings(&input, "");
    put_headers(&input, 7, ES | EH, GET "Upper: strange\n");
    CHECK_INT(nghttp2_session_mem_recv2(session, input.data, input.length), input.length);
    CHECK(strstr(message, "7") != NULL);
    CHECK(strstr(message, "Upper") != NULL);
    CHECK(strstr(message, "strange") != NULL);
    bytes_free(&input);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_session_del(session);
}

/* §21: very long fields */
static void long_fields_are_told_as_well(void) {
    struct recorder r;
    server_hearing_errors(&r, 0, 0);
    r.heard &= ~BIT(ON_INVALID_HEADER);
    struct bytes block = {0};
    put_fields(&block, GET);
    static char value[16000];
    memset(value, 'v', sizeof(value));
    put_literal(&block, "a b", 3, value, sizeof(value));
    put_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, block.data, block.length);
    bytes_free(&block);
    deliver(&r);
    EXPECT(&r, "error HTTP_HEADER\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(first_frame_that_is_not_settings),
        TEST(field_that_resets_the_stream),
        TEST(field_that_is_ignored),
        TEST_SINCE_1_70(field_that_is_ignored_without_callback),
        TEST(message_errors_are_not_told),
        TEST(older_callback),
        TEST(text_names_the_field),
        TEST(long_fields_are_told_as_well),
    };
    return RUN_TESTS(tests);
}
