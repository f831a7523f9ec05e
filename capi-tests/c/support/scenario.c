#include "scenario.h"

#include <stdlib.h>
#include <string.h>

/* Callbacks that the sources of the scenario need beyond the usual ones. */
#define SCENARIO_CALLBACKS                                                                         \
    (USUAL_CALLBACKS | BIT(ON_EXTENSION_CHUNK) | BIT(UNPACK_EXTENSION) | BIT(PACK_EXTENSION) |     \
     BIT(SELECT_PADDING) | BIT(READ_LENGTH) | BIT(SEND_DATA))

static void begin(struct scenario *s, bool is_server) {
    struct recorder *r = &s->r;
    prepare(r, is_server);
    nghttp2_option_set_user_recv_extension_type(r->option, 0xfa);
    r->callbacks = SCENARIO_CALLBACKS;
    r->settings = "9=1";
    r->peer_settings = "9=1";
    start(r);
    handshake(r);
    r->heard = ALL_EVENTS;
    r->packed = "packed";
    s->bodies[0] = (struct body){.left = 20000};
    s->bodies[1] = (struct body){.left = 3, .no_copy = true};
    s->bodies[2] = (struct body){.left = 3, .no_end_stream = true};
}

static void put_server_input(struct bytes *in) {
    put_settings(in, "4=70000");
    put_headers(in, 1, EH, POST "a b: invalid\n");
    put_padded(in, NGHTTP2_DATA, 0, 1, "abc", 3, 2);
    put_data(in, 1, ES, "def");
    put_headers(in, 3, ES, GET);
    put_continuation(in, 3, EH, "x: y\n");
    put_headers(in, 5, EH, POST);
    put_headers(in, 5, ES | EH, "trailer: t\n");
    put_headers(in, 7, ES | EH, GET "Upper: x\n");
    put_headers(in, 9, EH, POST);
    put_frame(in, 0xfa, 0, 0, "payload", 7);
    put_ping(in, 0, "12345678");
    put_window_update(in, 0, 1000);
    put_rst_stream(in, 9, NGHTTP2_CANCEL);
}

static void answer_as_server(struct scenario *s) {
    struct recorder *r = &s->r;
    nghttp2_submit_extension(r->session, 0xfa, 0, 0, NULL);
    response(r, 1, OK_200, &s->bodies[0]);
    response(r, 3, OK_200, &s->bodies[1]);
    response(r, 5, OK_200, &s->bodies[2]);
    response(r, 99, OK_200, NULL);
    push(r, 1, GET);
}

static void ask_as_client(struct scenario *s) {
    struct recorder *r = &s->r;
    nghttp2_submit_extension(r->session, 0xfa, 0, 0, NULL);
    request(r, POST, &s->bodies[0]);
    request(r, POST, &s->bodies[1]);
    request(r, GET, NULL);
    trailer(r, 99, "t: 1\n");
}

static void put_client_input(struct bytes *in) {
    put_settings(in, "4=70000");
    put_headers(in, 1, EH, ":status: 103\n");
    put_headers(in, 1, EH, OK_200 "a b: invalid\n");
    put_data(in, 1, 0, "abc");
    put_push_promise(in, 1, EH, 2, GET);
    put_headers(in, 2, ES | EH, OK_200);
    put_headers(in, 1, ES | EH, "trailer: t\n");
    put_headers(in, 3, ES | EH, OK_200 "Upper: x\n");
    put_frame(in, 0xfa, 0, 0, "payload", 7);
    put_ping(in, 0, "12345678");
    put_rst_stream(in, 5, NGHTTP2_CANCEL);
}

void play(struct scenario *s, bool is_server, enum event event, size_t nth,
          void (*intrude)(struct recorder *)) {
    begin(s, is_server);
    struct recorder *r = &s->r;
    if (nth > 0) during(r, event, nth, intrude);
    if (!is_server) {
        ask_as_client(s);
        drain(r);
    }
    if (is_server) {
        put_server_input(&r->in);
    } else {
        put_client_input(&r->in);
    }
    deliver(r);
    if (is_server) answer_as_server(s);
    drain(r);
}

typedef bool (*line_filter)(const char *line, const char *needle);

static char *filtered(struct recorder *r, line_filter keeps, const char *needle) {
    char *text = malloc(r->log.length + 1);
    size_t length = 0;
    const char *line = text_of(&r->log);
    while (*line) {
        const char *end = strchr(line, '\n');
        size_t n = (size_t)(end - line);
        char copy[8192];
        if (n >= sizeof(copy)) abort();
        memcpy(copy, line, n);
        copy[n] = 0;
        if (keeps(copy, needle)) {
            memcpy(text + length, line, n + 1);
            length += n + 1;
        }
        line = end + 1;
    }
    text[length] = 0;
    return text;
}

static bool lacks(const char *line, const char *needle) {
    return strstr(line, needle) == NULL;
}

static bool is_inbound(const char *line, const char *needle) {
    (void)needle;
    static const char *const starts[] = {"begin_frame",    "begin_headers", "header ",
                                         "invalid_header", "chunk",         "extension_chunk",
                                         "unpack",         "frame_recv",    "error"};
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        if (strncmp(line, starts[i], strlen(starts[i])) == 0) return true;
    }
    return false;
}

char *lines_without(struct recorder *r, const char *needle) {
    return filtered(r, lacks, needle);
}

char *inbound_lines(struct recorder *r) {
    return filtered(r, is_inbound, NULL);
}

size_t count_lines_with(struct recorder *r, const char *needle) {
    size_t count = 0;
    const char *text = text_of(&r->log);
    for (const char *at = text; (at = strstr(at, needle)) != NULL; at += strlen(needle)) count++;
    return count;
}

void ask_everything(struct recorder *r) {
    nghttp2_session *session = r->session;
    for (int32_t id = 0; id < 12; id++) {
        nghttp2_session_get_stream_user_data(session, id);
        nghttp2_session_get_stream_effective_recv_data_length(session, id);
        nghttp2_session_get_stream_effective_local_window_size(session, id);
        nghttp2_session_get_stream_local_window_size(session, id);
        nghttp2_session_get_stream_remote_window_size(session, id);
        nghttp2_session_get_stream_local_close(session, id);
        nghttp2_session_get_stream_remote_close(session, id);
        nghttp2_extpri priority;
        nghttp2_session_get_extpri_stream_priority(session, &priority, id);
        nghttp2_stream *stream = nghttp2_session_find_stream(session, id);
        if (!stream) continue;
        CHECK_INT(nghttp2_stream_get_stream_id(stream), id);
        nghttp2_stream_get_state(stream);
        nghttp2_stream_get_parent(stream);
        nghttp2_stream_get_first_child(stream);
        nghttp2_stream_get_next_sibling(stream);
        nghttp2_stream_get_previous_sibling(stream);
        nghttp2_stream_get_weight(stream);
        nghttp2_stream_get_sum_dependency_weight(stream);
    }
    nghttp2_session_want_read(session);
    nghttp2_session_want_write(session);
    nghttp2_session_get_outbound_queue_size(session);
    nghttp2_session_get_effective_recv_data_length(session);
    nghttp2_session_get_effective_local_window_size(session);
    nghttp2_session_get_local_window_size(session);
    nghttp2_session_get_remote_window_size(session);
    nghttp2_session_get_hd_inflate_dynamic_table_size(session);
    nghttp2_session_get_hd_deflate_dynamic_table_size(session);
    nghttp2_session_get_remote_settings(session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE);
    nghttp2_session_get_local_settings(session, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE);
    nghttp2_session_get_next_stream_id(session);
    nghttp2_session_get_last_proc_stream_id(session);
    nghttp2_session_check_request_allowed(session);
    nghttp2_session_check_server_session(session);
    nghttp2_session_get_root_stream(session);
}
