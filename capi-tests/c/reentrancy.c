/*
 * Calls on the session from inside its callbacks: every callback of a rich exchange, at each of its
 * calls, with every kind of intrusion.
 */
#include "support.h"
#include "support/scenario.h"

/* Callbacks that the exchange has on one side, and how often. */
static size_t baseline_calls[2][EVENTS];
static char *baseline[2], *baseline_inbound[2];

static void make_baselines(void) {
    if (baseline[0]) return;
    for (int is_server = 0; is_server < 2; is_server++) {
        struct scenario s;
        play(&s, is_server, ON_BEGIN_FRAME, 0, NULL);
        baseline[is_server] = lines_without(&s.r, "\n");
        baseline_inbound[is_server] = inbound_lines(&s.r);
        memcpy(baseline_calls[is_server], s.r.calls, sizeof(s.r.calls));
        finish(&s.r);
    }
}

typedef void (*intrusion)(struct recorder *);
typedef void (*judgement)(struct scenario *s, bool is_server, enum event event, size_t nth);

/* Plays the exchange with the intrusion in every call of every callback of these. */
static void intrude_everywhere(uint32_t events, intrusion intrude, judgement judge) {
    make_baselines();
    for (int is_server = 0; is_server < 2; is_server++) {
        for (enum event event = 0; event < EVENTS; event++) {
            if (!(events & BIT(event))) continue;
            for (size_t nth = 1; nth <= baseline_calls[is_server][event]; nth++) {
                int before = check_failures();
                struct scenario s;
                play(&s, is_server, event, nth, intrude);
                judge(&s, is_server, event, nth);
                finish(&s.r);
                if (check_failures() == before) continue;
                printf("  %s, event %d, call %zu\n", is_server ? "server" : "client", event, nth);
                return;
            }
        }
    }
}

/* The exchange really has all of them. */
static void every_callback_is_called(void) {
    make_baselines();
    for (enum event event = 0; event < EVENTS; event++) {
        if (event == SEND || event == RECV) continue;
        CHECK(baseline_calls[1][event] > 0);
        CHECK(baseline_calls[0][event] > 0);
    }
}

static void nothing_changed(struct scenario *s, bool is_server, enum event event, size_t nth) {
    (void)event, (void)nth;
    CHECK(strcmp(text_of(&s->r.log), baseline[is_server]) == 0);
}

/* §8: questions change nothing */
static void questions_in_every_callback(void) {
    intrude_everywhere(ALL_EVENTS, ask_everything, nothing_changed);
}

static void submit_ping(struct recorder *r) {
    CHECK_INT(nghttp2_submit_ping(r->session, 0, (const uint8_t *)"re-entry"), 0);
}

static void one_ping_more(struct scenario *s, bool is_server, enum event event, size_t nth) {
    (void)event, (void)nth;
    CHECK_INT(count_lines_with(&s->r, "> PING \"re-entry\""), 1);
    char *others = lines_without(&s->r, "PING \"re-entry\"");
    CHECK_STR(others, baseline[is_server]);
    free(others);
}

/* §8: a submitted frame goes out once, and nothing else changes */
static void submission_in_every_callback(void) {
    intrude_everywhere(ALL_EVENTS, submit_ping, one_ping_more);
}

static void terminate(struct recorder *r) {
    CHECK_INT(nghttp2_session_terminate_session(r->session, NGHTTP2_INTERNAL_ERROR), 0);
    CHECK_INT(nghttp2_session_terminate_session(r->session, NGHTTP2_NO_ERROR), 0);
}

static void session_ended(struct scenario *s, bool is_server, enum event event, size_t nth) {
    (void)is_server, (void)event, (void)nth;
    CHECK_INT(count_lines_with(&s->r, "> GOAWAY"), 1);
    CHECK(strstr(text_of(&s->r.log), "INTERNAL_ERROR") != NULL);
    CHECK_INT(nghttp2_session_want_read(s->r.session), 0);
    CHECK_INT(nghttp2_session_want_write(s->r.session), 0);
    /* Nothing is taken in any more. */
    forget(&s->r);
    put_ping(&s->r.in, 0, "12345678");
    put_hex(&s->r.in, "ffffffffffffffffff");
    deliver(&s->r);
    EXPECT_SENT(&s->r, "");
}

/* §8, §13: the session ends in good order from wherever it is told to */
static void termination_in_every_callback(void) {
    intrude_everywhere(ALL_EVENTS, terminate, session_ended);
}

/* §8: a block that cannot be decoded any further ends there, after a termination too */
static void termination_before_a_broken_field(void) {
    struct recorder r;
    server(&r);
    r.heard = ALL_EVENTS;
    during(&r, ON_HEADER, 1, terminate);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, EH, 1, "82 80 84");
    put_ping(&r.in, 0, "12345678");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +EH len=3\n"
               "begin_headers HEADERS 1 +EH REQUEST\n"
               "header 1 :method: GET\n");
    EXPECT_SENT(&r, "before_send GOAWAY last=1 INTERNAL_ERROR\n"
                    "sent GOAWAY last=1 INTERNAL_ERROR\n"
                    "> GOAWAY last=1 INTERNAL_ERROR\n");
    finish(&r);
}

static void reset_all(struct recorder *r) {
    for (int32_t id = 1; id < 12; id++) {
        CHECK_INT(nghttp2_submit_rst_stream(r->session, 0, id, NGHTTP2_CANCEL), 0);
    }
}

static void every_stream_closed_once(struct scenario *s, bool is_server, enum event event,
                                     size_t nth) {
    (void)is_server, (void)event, (void)nth;
    for (int32_t id = 1; id < 12; id++) {
        char line[32];
        snprintf(line, sizeof(line), "close %d ", id);
        CHECK(count_lines_with(&s->r, line) <= 1);
    }
    /* A request that was cancelled before it was sent is answered all the same: a peer gone mad. */
    if (count_lines_with(&s->r, "REQUEST: STREAM_CLOSING") > 0) return;
    /* Else the connection lives. */
    CHECK_INT(count_lines_with(&s->r, "> GOAWAY"), 0);
    forget(&s->r);
    put_ping(&s->r.in, 0, "12345678");
    deliver(&s->r);
    EXPECT_SENT(&s->r, "begin_frame PING len=8\n"
                       "frame_recv PING \"12345678\"\n"
                       "before_send PING +ACK \"12345678\"\n"
                       "sent PING +ACK \"12345678\"\n"
                       "> PING +ACK \"12345678\"\n");
}

/* §8: also the stream that the callback is about */
static void resets_in_every_callback(void) {
    intrude_everywhere(ALL_EVENTS, reset_all, every_stream_closed_once);
}

#define RECEIVE_EVENTS                                                                             \
    (BIT(ON_BEGIN_FRAME) | BIT(ON_FRAME_RECV) | BIT(ON_INVALID_FRAME) | BIT(ON_DATA_CHUNK) |       \
     BIT(ON_BEGIN_HEADERS) | BIT(ON_HEADER) | BIT(ON_INVALID_HEADER) | BIT(ON_ERROR) |             \
     BIT(ON_EXTENSION_CHUNK) | BIT(UNPACK_EXTENSION))

static void send_everything(struct recorder *r) {
    CHECK_INT(drain(r), 0);
}

static void same_input_and_all_answered(struct scenario *s, bool is_server, enum event event,
                                        size_t nth) {
    (void)event, (void)nth;
    char *inbound = inbound_lines(&s->r);
    CHECK_STR(inbound, baseline_inbound[is_server]);
    free(inbound);
    CHECK_INT(count_lines_with(&s->r, "> PING +ACK"), 1);
    CHECK_INT(count_lines_with(&s->r, "> SETTINGS +ACK"), 1);
    CHECK_INT(nghttp2_session_want_write(s->r.session), 0);
}

/* Sending from inside a receive callback: the input goes on as if nothing had happened. */
static void mem_send_in_every_receive_callback(void) {
    intrude_everywhere(RECEIVE_EVENTS, send_everything, same_input_and_all_answered);
}

#define SEND_EVENTS (ALL_EVENTS & ~(RECEIVE_EVENTS | BIT(ON_STREAM_CLOSE)))

static void find_nothing_to_send(struct recorder *r) {
    const uint8_t *data = (const uint8_t *)"";
    CHECK_INT((int)nghttp2_session_mem_send2(r->session, &data), 0);
    CHECK(data == NULL);
    CHECK_INT(nghttp2_session_send(r->session), 0);
}

/* §8 forbids it: what a callback was lent stays in its place, and the output is not mixed up. */
static void mem_send_in_every_send_callback(void) {
    intrude_everywhere(SEND_EVENTS, find_nothing_to_send, nothing_changed);
}

/* The same, where frames are received and where they are sent. */
static void mem_send_when_streams_close(void) {
    intrude_everywhere(BIT(ON_STREAM_CLOSE), send_everything, same_input_and_all_answered);
}

static void change_things(struct recorder *r) {
    nghttp2_session *session = r->session;
    nghttp2_extpri priority = {1, 1};
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, 0, 77, 0);
    for (int32_t id = 1; id < 12; id++) {
        nghttp2_session_set_stream_user_data(session, id, r);
        nghttp2_session_set_local_window_size(session, 0, id, 100000);
        nghttp2_submit_window_update(session, 0, id, 5);
        nghttp2_session_consume_stream(session, id, 1);
        nghttp2_session_resume_data(session, id);
        nghttp2_session_change_extpri_stream_priority(session, id, &priority, 0);
        nghttp2_session_change_stream_priority(session, id, &spec);
        nghttp2_session_create_idle_stream(session, id + 100, &spec);
        nghttp2_submit_priority(session, 0, id, &spec);
    }
    nghttp2_session_set_local_window_size(session, 0, 0, 200000);
    nghttp2_session_consume_connection(session, 1);
    nghttp2_submit_settings(session, 0, NULL, 0);
    nghttp2_submit_altsvc(session, 0, 0, (const uint8_t *)"o", 1, (const uint8_t *)"v", 1);
    nghttp2_submit_origin(session, 0, NULL, 0);
    nghttp2_submit_priority_update(session, 0, 1, (const uint8_t *)"u=1", 3);
    nghttp2_session_set_user_data(session, r);
}

static void same_input(struct scenario *s, bool is_server, enum event event, size_t nth) {
    (void)event, (void)nth;
    char *inbound = inbound_lines(&s->r);
    CHECK_STR(inbound, baseline_inbound[is_server]);
    free(inbound);
    CHECK_INT(count_lines_with(&s->r, "> SETTINGS\n"), 1);
    CHECK_INT(nghttp2_session_want_write(s->r.session), 0);
}

/* §8: setters and the other submit functions */
static void changes_in_every_callback(void) {
    intrude_everywhere(ALL_EVENTS, change_things, same_input);
}

static void submit_streams(struct recorder *r) {
    static struct body body;
    body = (struct body){.left = 5};
    if (r->is_server) {
        push(r, 1, ":method: GET\n");
        response(r, r->stream_id, ":status: 299\n", NULL);
        return;
    }
    CHECK(request(r, ":method: PUT\n", &body) > 0);
    trailer(r, 1, "t: 1\n");
}

static void connection_lives(struct scenario *s, bool is_server, enum event event, size_t nth) {
    (void)event, (void)nth;
    if (!is_server) CHECK_INT(count_lines_with(&s->r, "{:method: PUT}"), 1);
    CHECK_INT(count_lines_with(&s->r, "> GOAWAY"), 0);
    CHECK_INT(count_lines_with(&s->r, "CALLBACK_FAILURE"), 0);
    CHECK_INT(nghttp2_session_want_read(s->r.session), 1);
}

/* §8: new streams, and responses in the middle of things */
static void new_streams_in_every_callback(void) {
    intrude_everywhere(ALL_EVENTS & ~BIT(ON_STREAM_CLOSE), submit_streams, connection_lives);
}

static void replace_user_data(struct recorder *r) {
    /* A copy of the recorder that has to be asked from now on. */
    static struct recorder other;
    other = *r;
    other.reaction_count = 0;
    other.log = (struct bytes){0};
    r->context = &other;
    nghttp2_session_set_user_data(r->session, &other);
}

/* misc §2: the very next callback sees the new pointer */
static void user_data_replaced_in_a_callback(void) {
    struct recorder r;
    server(&r);
    r.heard = ALL_EVENTS;
    during(&r, ON_BEGIN_HEADERS, 1, replace_user_data);
    put_headers(&r.in, 1, ES | EH, ":method: GET\n:scheme: https\n:path: /\n:authority: ex\n");
    deliver(&r);
    EXPECT(&r, "begin_frame HEADERS 1 +ES+EH len=52\nbegin_headers HEADERS 1 +ES+EH REQUEST\n");
    struct recorder *other = r.context;
    EXPECT(other, "header 1 :method: GET\n"
                  "header 1 :scheme: https\n"
                  "header 1 :path: /\n"
                  "header 1 :authority: ex\n"
                  "frame_recv HEADERS 1 +ES+EH REQUEST\n");
    bytes_free(&other->log);
    finish(&r);
}

static int upgrade_between(nghttp2_session *session, const nghttp2_frame *frame, void *context) {
    static const uint8_t settings[] = {0, 3, 0, 0, 0, 5, 0, 4, 0, 0, 0, 9};
    int *calls = context;
    if ((*calls)++ > 0) return 0;
    CHECK_INT(nghttp2_session_upgrade2(session, settings, sizeof(settings), 0, NULL), 0);
    CHECK_INT(nghttp2_session_upgrade2(session, settings, sizeof(settings), 0, NULL),
              NGHTTP2_ERR_PROTO);
    CHECK_INT((int)frame->settings.niv, 1);
    CHECK_INT(frame->settings.iv[0].settings_id, NGHTTP2_SETTINGS_HEADER_TABLE_SIZE);
    CHECK_INT((int)frame->settings.iv[0].value, 7);
    return 0;
}

/* §8: the frame that a callback is about outlives an upgrade in between, and input goes on */
static void upgrade_in_the_middle_of_a_frame(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    struct bytes in = {0};
    int calls = 0;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, upgrade_between);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, &calls), 0);
    nghttp2_session_callbacks_del(callbacks);
    put_magic(&in);
    put_settings(&in, "1=7");
    put_ping(&in, 0, "12345678");
    CHECK_INT((int)nghttp2_session_mem_recv2(session, in.data, in.length), (int)in.length);
    CHECK_INT(calls, 3);
    nghttp2_session_del(session);
    bytes_free(&in);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(every_callback_is_called),
        TEST(questions_in_every_callback),
        TEST(submission_in_every_callback),
        TEST(termination_in_every_callback),
        TEST(resets_in_every_callback),
        TEST(mem_send_in_every_receive_callback),
        TEST(mem_send_in_every_send_callback),
        TEST(mem_send_when_streams_close),
        TEST(changes_in_every_callback),
        TEST(new_streams_in_every_callback),
        TEST(user_data_replaced_in_a_callback),
        TEST(termination_before_a_broken_field),
        TEST(upgrade_in_the_middle_of_a_frame),
    };
    int status = RUN_TESTS(tests);
    for (int i = 0; i < 2; i++) {
        free(baseline[i]);
        free(baseline_inbound[i]);
    }
    return status;
}
