#include "recorder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "callbacks.h"
#include "describe.h"

void prepare(struct recorder *r, bool is_server) {
    *r = (struct recorder){
        .is_server = is_server,
        .callbacks = USUAL_CALLBACKS,
        .heard = USUAL_LINES,
        .settings = "",
        .peer_settings = "",
    };
    heap_init(&r->heap);
    wire_init(&r->wire);
    if (nghttp2_option_new(&r->option) != 0) abort();
    /* Retention of closed streams is the one part of the tree that we do not have. */
    nghttp2_option_set_no_closed_streams(r->option, 1);
}

void prepare_server(struct recorder *r) {
    prepare(r, true);
}

void prepare_client(struct recorder *r) {
    prepare(r, false);
}

void start(struct recorder *r) {
    nghttp2_session_callbacks *callbacks;
    if (nghttp2_session_callbacks_new(&callbacks) != 0) abort();
    register_callbacks(callbacks, r->callbacks, r->old_forms);
    int rv = r->is_server
                 ? nghttp2_session_server_new3(&r->session, callbacks, r, r->option, &r->heap.mem)
                 : nghttp2_session_client_new3(&r->session, callbacks, r, r->option, &r->heap.mem);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_option_del(r->option);
    r->option = NULL;
    CHECK_INT(rv, 0);
    if (rv != 0) abort();
}

void handshake(struct recorder *r) {
    if (r->settings) CHECK_INT(submit_settings(r, r->settings), 0);
    if (r->is_server) put_magic(&r->in);
    put_settings(&r->in, r->peer_settings);
    if (r->settings) {
        drain(r);
        put_settings_ack(&r->in);
    }
    deliver(r);
    drain(r);
    forget(r);
    memset(r->calls, 0, sizeof(r->calls));
}

void server(struct recorder *r) {
    prepare_server(r);
    start(r);
    handshake(r);
}

void client(struct recorder *r) {
    prepare_client(r);
    start(r);
    handshake(r);
}

void finish(struct recorder *r) {
    nghttp2_session_del(r->session);
    nghttp2_option_del(r->option);
    CHECK_INT(r->heap.blocks, 0);
    wire_free(&r->wire);
    bytes_free(&r->in);
    bytes_free(&r->log);
}

static void react_to(struct recorder *r, struct reaction reaction) {
    if (r->reaction_count == sizeof(r->reactions) / sizeof(r->reactions[0])) abort();
    if (reaction.nth) reaction.nth += r->calls[reaction.event];
    r->reactions[r->reaction_count++] = reaction;
}

void answer(struct recorder *r, enum event event, size_t nth, int code) {
    react_to(r, (struct reaction){event, nth, code, NULL});
}

void during(struct recorder *r, enum event event, size_t nth, void (*act)(struct recorder *)) {
    react_to(r, (struct reaction){event, nth, 0, act});
}

void no_reactions(struct recorder *r) {
    r->reaction_count = 0;
}

nghttp2_ssize receive(struct recorder *r, const uint8_t *data, size_t length) {
    nghttp2_ssize rv = nghttp2_session_mem_recv2(r->session, data, length);
    if (rv < 0) {
        text_printf(&r->log, "recv = %s\n", error_name((int)rv));
    } else if ((size_t)rv != length) {
        text_printf(&r->log, "recv = %d\n", (int)rv);
    }
    return rv;
}

nghttp2_ssize deliver(struct recorder *r) {
    /* Callbacks may prepare the next delivery. */
    struct bytes in = r->in;
    r->in = (struct bytes){0};
    nghttp2_ssize rv = receive(r, in.data, in.length);
    bytes_free(&in);
    return rv;
}

nghttp2_ssize send_one(struct recorder *r) {
    const uint8_t *data = NULL;
    nghttp2_ssize rv = nghttp2_session_mem_send2(r->session, &data);
    if (rv < 0) text_printf(&r->log, "send = %s\n", error_name((int)rv));
    if (rv > 0) wire_feed(&r->wire, data, (size_t)rv, &r->log);
    return rv;
}

nghttp2_ssize drain(struct recorder *r) {
    for (int i = 0; i < 1000000; i++) {
        nghttp2_ssize rv = send_one(r);
        if (rv <= 0) return rv;
    }
    text_printf(&r->log, "send without end\n");
    return -1;
}

void forget(struct recorder *r) {
    bytes_clear(&r->log);
}

static void print_lines(const char *label, const char *text) {
    printf("  %s\n", label);
    while (*text) {
        const char *end = strchr(text, '\n');
        size_t length = end ? (size_t)(end - text) : strlen(text);
        printf("    \"");
        for (size_t i = 0; i < length; i++) {
            if (text[i] == '"' || text[i] == '\\') printf("\\");
            printf("%c", text[i]);
        }
        printf("\\n\"\n");
        text += length + (end != NULL);
    }
}

bool expect_log(const char *file, int line, struct recorder *r, const char *expected) {
    bool same = strcmp(text_of(&r->log), expected) == 0;
    if (!same) {
        printf("%s:%d: transcript differs\n", file, line);
        print_lines("is", text_of(&r->log));
        print_lines("expected", expected);
        check_failed();
    }
    forget(r);
    return same;
}

int32_t request(struct recorder *r, const char *text, struct body *body) {
    struct fields list = fields(text);
    if (!body) return nghttp2_submit_request2(r->session, NULL, list.nva, list.count, NULL, NULL);
    nghttp2_data_provider2 provider = body_provider(body);
    return nghttp2_submit_request2(r->session, NULL, list.nva, list.count, &provider, NULL);
}

int response(struct recorder *r, int32_t stream_id, const char *text, struct body *body) {
    struct fields list = fields(text);
    if (!body) return nghttp2_submit_response2(r->session, stream_id, list.nva, list.count, NULL);
    nghttp2_data_provider2 provider = body_provider(body);
    return nghttp2_submit_response2(r->session, stream_id, list.nva, list.count, &provider);
}

int headers(struct recorder *r, unsigned flags, int32_t stream_id, const char *text) {
    struct fields list = fields(text);
    return nghttp2_submit_headers(r->session, (uint8_t)flags, stream_id, NULL, list.nva, list.count,
                                  NULL);
}

int trailer(struct recorder *r, int32_t stream_id, const char *text) {
    struct fields list = fields(text);
    return nghttp2_submit_trailer(r->session, stream_id, list.nva, list.count);
}

int32_t push(struct recorder *r, int32_t stream_id, const char *text) {
    struct fields list = fields(text);
    return nghttp2_submit_push_promise(r->session, NGHTTP2_FLAG_NONE, stream_id, list.nva,
                                       list.count, NULL);
}

int submit_settings(struct recorder *r, const char *text) {
    struct entries list = entries(text);
    return nghttp2_submit_settings(r->session, NGHTTP2_FLAG_NONE, list.iv, list.count);
}
