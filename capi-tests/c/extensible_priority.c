/* The RFC 9218 scheduler: urgency, incremental streams, where priorities come from. */
#include "support.h"

enum { STREAMS = 8 };

/* A server that answers several requests; the order of DATA frames is written as stream ids. */
struct responder {
    struct recorder r;
    struct body bodies[STREAMS];
    size_t count;
};

static void start_responder(struct responder *s, const char *settings) {
    *s = (struct responder){.count = 0};
    prepare_server(&s->r);
    nghttp2_option_set_builtin_recv_extension_type(s->r.option, NGHTTP2_PRIORITY_UPDATE);
    s->r.settings = settings;
    start(&s->r);
    handshake(&s->r);
    put_window_update(&s->r.in, 0, 1 << 24);
    deliver(&s->r);
}

/* The next request, with this Priority field, and a response of that many full frames. */
static void respond(struct responder *s, const char *priority, size_t frames) {
    uint32_t id = (uint32_t)(1 + 2 * s->count);
    struct bytes text = {0};
    text_printf(&text, GET);
    if (*priority) text_printf(&text, "priority: %s\n", priority);
    put_headers(&s->r.in, id, ES | EH, text_of(&text));
    bytes_free(&text);
    deliver(&s->r);
    s->bodies[s->count] = (struct body){.left = frames * 16384};
    CHECK_INT(response(&s->r, (int32_t)id, OK_200, &s->bodies[s->count]), 0);
    s->count++;
}

/* Sends at most this many frames; returns the ids of the DATA frames among them. */
static const char *data_order(struct responder *s, int frames) {
    static char order[256];
    order[0] = 0;
    for (int i = 0; i < frames; i++) {
        const uint8_t *data;
        nghttp2_ssize n = nghttp2_session_mem_send2(s->r.session, &data);
        if (n <= 0) break;
        if (data[3] != NGHTTP2_DATA) continue;
        size_t used = strlen(order);
        snprintf(order + used, sizeof(order) - used, used ? " %d" : "%d", data[8]);
    }
    forget(&s->r);
    return order;
}

/* §19: the worked example */
static void urgency_first_then_creation_order(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "u=3, i", 3);
    respond(&s, "i", 3);
    respond(&s, "u=1", 2);
    respond(&s, "u=3", 2);
    CHECK_STR(data_order(&s, 1000), "5 5 1 3 7 7 1 3 1 3");
    finish(&s.r);
}

/* §19: streams that are not incremental are served one after the other */
static void streams_are_served_in_turn_unless_incremental(void) {
    struct responder s;
    start_responder(&s, "9=1");
    for (int i = 0; i < 3; i++) respond(&s, "", 2);
    CHECK_STR(data_order(&s, 1000), "1 1 3 3 5 5");
    finish(&s.r);
    start_responder(&s, "9=1");
    for (int i = 0; i < 3; i++) respond(&s, "i", 2);
    CHECK_STR(data_order(&s, 1000), "1 3 5 1 3 5");
    finish(&s.r);
}

/* §19: every level */
static void lower_urgency_waits(void) {
    struct responder s;
    start_responder(&s, "9=1");
    char value[] = "u=7";
    for (int i = 0; i < STREAMS; i++, value[2]--) respond(&s, value, 1);
    CHECK_STR(data_order(&s, 1000), "15 13 11 9 7 5 3 1");
    finish(&s.r);
}

/* §19: a more urgent stream interrupts */
static void urgent_stream_interrupts(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "", 4);
    CHECK_STR(data_order(&s, 3), "1 1");
    respond(&s, "u=0", 2);
    CHECK_STR(data_order(&s, 1000), "3 3 1 1");
    finish(&s.r);
}

/* §19: turns are measured in octets */
static void incremental_streams_share_octets(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "i", 4);
    respond(&s, "i", 1);
    s.bodies[1].at_most = 4096;
    CHECK_STR(data_order(&s, 1000), "1 3 3 3 3 1 1 1");
    finish(&s.r);
}

static void expect_priority(struct recorder *r, int32_t stream_id, uint32_t urgency, int inc) {
    nghttp2_extpri priority = {99, 99};
    CHECK_INT(nghttp2_session_get_extpri_stream_priority(r->session, &priority, stream_id), 0);
    CHECK_INT(priority.urgency, urgency);
    CHECK_INT(priority.inc, inc);
}

static void check_default(struct recorder *r) {
    expect_priority(r, 1, 3, 0);
}

/* §19, §7.2: the header field is applied behind on_frame_recv */
static void priority_field_counts_behind_the_callback(void) {
    struct responder s;
    start_responder(&s, "9=1");
    during(&s.r, ON_FRAME_RECV, 1, check_default);
    respond(&s, "u=5, i", 1);
    CHECK_INT(s.r.calls[ON_FRAME_RECV], 2);
    expect_priority(&s.r, 1, 5, 1);
    finish(&s.r);
}

/* §19: ... and overrides an earlier PRIORITY_UPDATE */
static void priority_field_overrides_an_earlier_update(void) {
    struct responder s;
    start_responder(&s, "9=1");
    put_priority_update(&s.r.in, 0, 1, "u=1");
    respond(&s, "u=5", 1);
    expect_priority(&s.r, 1, 5, 0);
    put_priority_update(&s.r.in, 0, 3, "u=1");
    respond(&s, "", 1);
    expect_priority(&s.r, 3, 1, 0);
    finish(&s.r);
}

/* http §3: what voids the field, and several of them */
static void priority_fields_that_do_not_count(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "u=9", 1);
    expect_priority(&s.r, 1, 3, 0);
    respond(&s, "u=1\npriority: i", 1);
    expect_priority(&s.r, 3, 1, 1);
    respond(&s, "u=1\npriority: u=", 1);
    expect_priority(&s.r, 5, 3, 0);
    respond(&s, "u=1\npriority: u=2", 1);
    expect_priority(&s.r, 7, 2, 0);
    finish(&s.r);
}

/* http §3 (since 1.70): also a value that may not stand in a field */
static void invalid_priority_field_voids_the_valid_one(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "u=1\npriority: \x01", 1);
    expect_priority(&s.r, 1, 3, 0);
    finish(&s.r);
}

/* §19: the program's own choice */
static void program_changes_priorities(void) {
    struct responder s;
    start_responder(&s, "9=1");
    for (int i = 0; i < 3; i++) respond(&s, "", 2);
    nghttp2_extpri urgent = {0, 0};
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(s.r.session, 5, &urgent, 0), 0);
    CHECK_STR(data_order(&s, 5), "5 5");
    nghttp2_extpri beyond = {99, 1};
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(s.r.session, 1, &beyond, 0), 0);
    expect_priority(&s.r, 1, 7, 1);
    CHECK_STR(data_order(&s, 1000), "3 3 1 1");
    finish(&s.r);
}

/* misc §2: once taken over, client signals no longer count */
static void program_takes_a_stream_over(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "u=1", 1);
    nghttp2_extpri own = {6, 0};
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(s.r.session, 1, &own, 1), 0);
    expect_priority(&s.r, 1, 6, 0);
    own.urgency = 5;
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(s.r.session, 1, &own, 0), 0);
    put_priority_update(&s.r.in, 0, 1, "u=0");
    deliver(&s.r);
    expect_priority(&s.r, 1, 5, 0);
    finish(&s.r);
}

static void take_over(struct recorder *r) {
    nghttp2_extpri own = {6, 0};
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(r->session, 1, &own, 1), 0);
}

/* misc §2: in time for the header field */
static void program_takes_a_stream_over_before_its_priority_field(void) {
    struct responder s;
    start_responder(&s, "9=1");
    during(&s.r, ON_FRAME_RECV, 1, take_over);
    respond(&s, "u=1", 1);
    expect_priority(&s.r, 1, 6, 0);
    finish(&s.r);
}

/* misc §2: of an idle stream the priority is kept, but not that it was taken over */
static void taking_an_idle_stream_over_ends_with_its_request(void) {
    struct responder s;
    start_responder(&s, "9=1");
    put_priority_update(&s.r.in, 0, 1, "u=4");
    deliver(&s.r);
    take_over(&s.r);
    put_priority_update(&s.r.in, 0, 1, "u=4");
    deliver(&s.r);
    expect_priority(&s.r, 1, 6, 0);
    respond(&s, "", 1);
    expect_priority(&s.r, 1, 6, 0);
    put_priority_update(&s.r.in, 0, 1, "u=0");
    deliver(&s.r);
    expect_priority(&s.r, 1, 0, 0);
    finish(&s.r);
}

/* misc §2: arguments, in order */
static void arguments(void) {
    struct recorder r;
    nghttp2_extpri priority = {5, 1};
    client(&r);
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(r.session, 0, &priority, 0),
              NGHTTP2_ERR_INVALID_STATE);
    CHECK_INT(nghttp2_session_get_extpri_stream_priority(r.session, &priority, 0),
              NGHTTP2_ERR_INVALID_STATE);
    finish(&r);
    server(&r);
    CHECK_INT(nghttp2_session_change_extpri_stream_priority(r.session, 0, &priority, 0), 0);
    CHECK_INT(nghttp2_session_get_extpri_stream_priority(r.session, &priority, 0), 0);
    CHECK_INT(priority.urgency, 5);
    CHECK_INT(priority.inc, 1);
    finish(&r);
    prepare_server(&r);
    r.settings = "9=1";
    start(&r);
    handshake(&r);
    for (int32_t id = 0; id < 4; id++) {
        CHECK_INT(nghttp2_session_change_extpri_stream_priority(r.session, id, &priority, 0),
                  NGHTTP2_ERR_INVALID_ARGUMENT);
        CHECK_INT(nghttp2_session_get_extpri_stream_priority(r.session, &priority, id),
                  NGHTTP2_ERR_INVALID_ARGUMENT);
    }
    finish(&r);
}

/* §19: a deferred stream takes its place again */
static void deferred_stream_returns(void) {
    struct responder s;
    start_responder(&s, "9=1");
    respond(&s, "", 2);
    respond(&s, "", 2);
    answer(&s.r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
    CHECK_STR(data_order(&s, 3), "3");
    CHECK_INT(nghttp2_session_resume_data(s.r.session, 1), 0);
    CHECK_STR(data_order(&s, 1000), "1 1 3");
    finish(&s.r);
}

/* §19: uploads of a client, one after the other, whatever their priority */
static void uploads_run_one_after_the_other(void) {
    struct recorder r;
    prepare_client(&r);
    r.settings = "9=1";
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    struct body bodies[2] = {{.left = 20000}, {.left = 20000}};
    request(&r, ":method: POST\npriority: i\n", &bodies[0]);
    request(&r, ":method: POST\npriority: i\n", &bodies[1]);
    send_one(&r);
    send_one(&r);
    forget(&r);
    EXPECT_SENT(&r, "> DATA 1 len=16384\n"
                    "> DATA 1 +ES len=3616\n"
                    "> DATA 3 len=16384\n"
                    "> DATA 3 +ES len=3616\n");
    finish(&r);
}

/* since-1.52 §4: while RFC 7540 priorities are in use, the field is delivered and not applied */
static void priority_field_does_not_count_in_tree_mode(void) {
    struct responder s;
    start_responder(&s, "");
    respond(&s, "u=7", 2);
    respond(&s, "u=0", 2);
    CHECK_STR(data_order(&s, 1000), "1 3 1 3");
    finish(&s.r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(urgency_first_then_creation_order),
        TEST(streams_are_served_in_turn_unless_incremental),
        TEST(lower_urgency_waits),
        TEST(urgent_stream_interrupts),
        TEST(incremental_streams_share_octets),
        TEST(priority_field_counts_behind_the_callback),
        TEST(priority_field_overrides_an_earlier_update),
        TEST(priority_fields_that_do_not_count),
        TEST_SINCE_1_70(invalid_priority_field_voids_the_valid_one),
        TEST(program_changes_priorities),
        TEST(program_takes_a_stream_over),
        TEST(program_takes_a_stream_over_before_its_priority_field),
        TEST(taking_an_idle_stream_over_ends_with_its_request),
        TEST(arguments),
        TEST(deferred_stream_returns),
        TEST(uploads_run_one_after_the_other),
        TEST_TREE(priority_field_does_not_count_in_tree_mode),
    };
    return RUN_TESTS(tests);
}
