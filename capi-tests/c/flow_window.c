/* Receive windows that the program enlarges and shrinks. */
#include "support.h"

static void server_with_upload(struct recorder *r, bool manual) {
    prepare_server(r);
    nghttp2_option_set_no_auto_window_update(r->option, manual);
    start(r);
    handshake(r);
    put_headers(&r->in, 1, EH, POST);
    deliver(r);
    r->heard = BIT(ON_FRAME_NOT_SEND) | BIT(ON_STREAM_CLOSE);
    forget(r);
}

static void upload(struct recorder *r, size_t size) {
    while (size > 0) {
        size_t n = size < 16384 ? size : 16384;
        put_data_of_length(&r->in, 1, 0, n);
        size -= n;
    }
    deliver(r);
}

static void expect_connection(struct recorder *r, int received, int size, int left) {
    CHECK_INT(nghttp2_session_get_effective_recv_data_length(r->session), received);
    CHECK_INT(nghttp2_session_get_effective_local_window_size(r->session), size);
    CHECK_INT(nghttp2_session_get_local_window_size(r->session), left);
}

static void expect_stream(struct recorder *r, int received, int size, int left) {
    CHECK_INT(nghttp2_session_get_stream_effective_recv_data_length(r->session, 1), received);
    CHECK_INT(nghttp2_session_get_stream_effective_local_window_size(r->session, 1), size);
    CHECK_INT(nghttp2_session_get_stream_local_window_size(r->session, 1), left);
}

static int update(struct recorder *r, int32_t stream_id, int32_t delta) {
    return nghttp2_submit_window_update(r->session, NGHTTP2_FLAG_NONE, stream_id, delta);
}

static int set_window(struct recorder *r, int32_t stream_id, int32_t size) {
    return nghttp2_session_set_local_window_size(r->session, NGHTTP2_FLAG_NONE, stream_id, size);
}

/* §11 submit_window_update */
static void no_increment_and_no_stream_do_nothing(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 0, 0), 0);
    CHECK_INT(update(&r, 1, 0), 0);
    CHECK_INT(update(&r, 99, 5), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §11 submit_window_update: beyond what was received, the window itself grows */
static void increment_enlarges_the_window(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 0, 1000), 0);
    CHECK_INT(update(&r, 1, 2000), 0);
    expect_connection(&r, 0, 66535, 66535);
    expect_stream(&r, 0, 67535, 67535);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 1000\n> WINDOW_UPDATE 1 2000\n");
    finish(&r);
}

/* §11 submit_window_update: what was received is given back first */
static void increment_gives_received_octets_back_first(void) {
    struct recorder r;
    server_with_upload(&r, true);
    upload(&r, 1000);
    CHECK_INT(update(&r, 1, 400), 0);
    expect_stream(&r, 600, 65535, 64935);
    CHECK_INT(update(&r, 1, 1000), 0);
    expect_stream(&r, 0, 65935, 65935);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 400\n> WINDOW_UPDATE 1 1000\n");
    finish(&r);
}

/* §11 submit_window_update: what the program announced itself needs no consuming any more */
static void increment_counts_as_consumed(void) {
    struct recorder r;
    server_with_upload(&r, true);
    upload(&r, 65535);
    CHECK_INT(nghttp2_session_consume_stream(r.session, 1, 30000), 0);
    CHECK_INT(update(&r, 1, 10000), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 10000\n");
    /* 30000 - 10000 are left as consumed; 12767 more reach the half. */
    CHECK_INT(nghttp2_session_consume_stream(r.session, 1, 12766), 0);
    EXPECT_SENT(&r, "");
    CHECK_INT(nghttp2_session_consume_stream(r.session, 1, 1), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 32767\n");
    finish(&r);
}

/* §11 submit_window_update */
static void increment_must_not_overflow(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 0, 0x7fffffff - 65535), 0);
    CHECK_INT(update(&r, 0, 1), NGHTTP2_ERR_FLOW_CONTROL);
    CHECK_INT(update(&r, 1, 0x7fffffff), NGHTTP2_ERR_FLOW_CONTROL);
    expect_connection(&r, 0, 0x7fffffff, 0x7fffffff);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 2147418112\n");
    finish(&r);
}

/* §11 submit_window_update: the window shrinks by withholding later updates */
static void negative_increment_withholds_updates(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 1, -60000), 0);
    EXPECT_SENT(&r, "");
    /* The peer still may send 65535 octets. */
    expect_stream(&r, 0, 5535, 65535);
    upload(&r, 60000);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 32768\n");
    expect_stream(&r, 0, 5535, 5535);
    upload(&r, 2767);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 2767\n");
    finish(&r);
}

/* §11 submit_window_update: raising it again before the peer noticed sends nothing */
static void reduction_can_be_taken_back(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 1, -1000), 0);
    CHECK_INT(update(&r, 1, 400), 0);
    expect_stream(&r, 0, 64935, 65535);
    EXPECT_SENT(&r, "");
    CHECK_INT(update(&r, 1, 1000), 0);
    expect_stream(&r, 0, 65935, 65935);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 400\n");
    finish(&r);
}

/* §11 submit_window_update */
static void reduction_has_limits(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 0, -65536), NGHTTP2_ERR_FLOW_CONTROL);
    CHECK_INT(update(&r, 0, INT32_MIN), NGHTTP2_ERR_FLOW_CONTROL);
    expect_connection(&r, 0, 65535, 65535);
    CHECK_INT(update(&r, 0, -65535), 0);
    expect_connection(&r, 0, 0, 65535);
    finish(&r);
}

/* §11 set_local_window_size */
static void window_size_is_set(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(set_window(&r, 0, 100000), 0);
    CHECK_INT(set_window(&r, 1, 200000), 0);
    expect_connection(&r, 0, 100000, 100000);
    expect_stream(&r, 0, 200000, 200000);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 34465\n> WINDOW_UPDATE 1 134465\n");
    CHECK_INT(set_window(&r, 0, 100000), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

/* §11 set_local_window_size */
static void window_size_arguments(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(set_window(&r, 0, -1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(set_window(&r, 99, -1), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(set_window(&r, 99, 5), 0);
    CHECK_INT(set_window(&r, 1, 0x7fffffff), 0);
    expect_stream(&r, 0, 0x7fffffff, 0x7fffffff);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 2147418112\n");
    finish(&r);
}

/* §11 set_local_window_size */
static void smaller_size_withholds_updates(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(set_window(&r, 1, 10000), 0);
    expect_stream(&r, 0, 10000, 65535);
    EXPECT_SENT(&r, "");
    upload(&r, 32000);
    expect_stream(&r, 0, 10000, 33535);
    EXPECT_SENT(&r, "");
    upload(&r, 28535);
    expect_stream(&r, 0, 10000, 10000);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 0 48384\n> WINDOW_UPDATE 1 5000\n");
    finish(&r);
}

/* §11 set_local_window_size: a raise that only takes a reduction back runs the update test */
static void larger_size_after_a_reduction(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(set_window(&r, 1, 1000), 0);
    upload(&r, 10000);
    CHECK_INT(set_window(&r, 1, 20000), 0);
    expect_stream(&r, 0, 20000, 55535);
    EXPECT_SENT(&r, "");
    CHECK_INT(set_window(&r, 1, 65535), 0);
    EXPECT_SENT(&r, "");
    expect_stream(&r, 10000, 65535, 55535);
    CHECK_INT(set_window(&r, 1, 70000), 0);
    EXPECT_SENT(&r, "> WINDOW_UPDATE 1 4465\n");
    expect_stream(&r, 10000, 70000, 60000);
    finish(&r);
}

/* §11 set_local_window_size: ... which may send what was withheld */
static void larger_size_may_release_an_update(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(set_window(&r, 1, 100), 0);
    upload(&r, 30000);
    CHECK_INT(set_window(&r, 1, 50000), 0);
    EXPECT_SENT(&r, "");
    expect_stream(&r, 14465, 50000, 35535);
    finish(&r);
}

/* §16.2: an update whose stream has gone is not sent, and not reported */
static void update_of_a_vanished_stream_is_dropped_silently(void) {
    struct recorder r;
    server_with_upload(&r, false);
    CHECK_INT(update(&r, 1, 10), 0);
    put_rst_stream(&r.in, 1, NGHTTP2_CANCEL);
    deliver(&r);
    EXPECT_SENT(&r, "close 1 CANCEL\n");
    finish(&r);
}

/* §16.2 */
static void update_of_an_own_promise_is_not_sent(void) {
    struct recorder r;
    server_with_upload(&r, false);
    push(&r, 1, GET);
    drain(&r);
    forget(&r);
    CHECK_INT(update(&r, 2, 10), 0);
    EXPECT_SENT(&r, "");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(no_increment_and_no_stream_do_nothing),
        TEST(increment_enlarges_the_window),
        TEST(increment_gives_received_octets_back_first),
        TEST(increment_counts_as_consumed),
        TEST(increment_must_not_overflow),
        TEST(negative_increment_withholds_updates),
        TEST(reduction_can_be_taken_back),
        TEST(reduction_has_limits),
        TEST(window_size_is_set),
        TEST(window_size_arguments),
        TEST(smaller_size_withholds_updates),
        TEST(larger_size_after_a_reduction),
        TEST(larger_size_may_release_an_update),
        TEST(update_of_a_vanished_stream_is_dropped_silently),
        TEST(update_of_an_own_promise_is_not_sent),
    };
    return RUN_TESTS(tests);
}
