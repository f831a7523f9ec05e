#include "trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "describe.h"

static int keep_fields(nghttp2_session *session, const nghttp2_frame *frame, nghttp2_rcbuf *name,
                       nghttp2_rcbuf *value, uint8_t flags, void *user_data) {
    (void)session, (void)frame, (void)flags;
    struct trial *t = user_data;
    if (t->kept_count + 2 > sizeof(t->kept) / sizeof(t->kept[0])) return 0;
    nghttp2_rcbuf_incref(name);
    nghttp2_rcbuf_incref(value);
    t->kept[t->kept_count++] = name;
    t->kept[t->kept_count++] = value;
    return 0;
}

static int hear_error(nghttp2_session *session, int code, const char *text, size_t length,
                      void *user_data) {
    (void)session, (void)code, (void)text, (void)length, (void)user_data;
    return 0;
}

static nghttp2_ssize pad(nghttp2_session *session, const nghttp2_frame *frame, size_t max,
                         void *user_data) {
    (void)session, (void)user_data;
    size_t wanted = frame->hd.length + 3;
    return (nghttp2_ssize)(wanted < max ? wanted : max);
}

static nghttp2_ssize pack(nghttp2_session *session, uint8_t *buf, size_t length,
                          const nghttp2_frame *frame, void *user_data) {
    (void)session, (void)length, (void)frame, (void)user_data;
    memcpy(buf, "packed", 6);
    return 6;
}

static int unpack(nghttp2_session *session, void **payload, const nghttp2_frame_hd *hd,
                  void *user_data) {
    (void)session, (void)payload, (void)hd, (void)user_data;
    return 0;
}

static void begin(struct trial *t) {
    memset(t, 0, sizeof(*t));
    heap_init(&t->heap);
    if (nghttp2_option_new(&t->option) != 0) abort();
    if (nghttp2_session_callbacks_new(&t->callbacks) != 0) abort();
    nghttp2_option_set_no_closed_streams(t->option, 1);
    nghttp2_option_set_user_recv_extension_type(t->option, 0xfa);
    nghttp2_option_set_builtin_recv_extension_type(t->option, NGHTTP2_ALTSVC);
    nghttp2_option_set_builtin_recv_extension_type(t->option, NGHTTP2_ORIGIN);
    nghttp2_option_set_builtin_recv_extension_type(t->option, NGHTTP2_PRIORITY_UPDATE);
    nghttp2_session_callbacks_set_on_header_callback2(t->callbacks, keep_fields);
    nghttp2_session_callbacks_set_error_callback2(t->callbacks, hear_error);
    nghttp2_session_callbacks_set_select_padding_callback2(t->callbacks, pad);
    nghttp2_session_callbacks_set_pack_extension_callback2(t->callbacks, pack);
    nghttp2_session_callbacks_set_unpack_extension_callback(t->callbacks, unpack);
}

/* Deletes everything, the kept fields last; the number of blocks that are left. */
static size_t end(struct trial *t) {
    nghttp2_session_del(t->client);
    nghttp2_session_del(t->server);
    nghttp2_option_del(t->option);
    nghttp2_session_callbacks_del(t->callbacks);
    for (size_t i = 0; i < t->kept_count; i++) nghttp2_rcbuf_decref(t->kept[i]);
    return t->heap.blocks;
}

/*
 * The encoder of the originals reports one refusal, that of a new table entry, as HEADER_COMP; the
 * session then ends with GOAWAY(INTERNAL_ERROR) as if the peer could be told.  Ours says NOMEM.
 */
static bool is_expected(int result, bool for_ever) {
    if (result == NGHTTP2_ERR_NOMEM) return true;
    if (library_is_ours() || for_ever) return false;
    return result == 0 || result == NGHTTP2_ERR_HEADER_COMP || result == NGHTTP2_ERR_STREAM_CLOSED;
}

static void refuse_one(const char *file, int line, conversation run, size_t request,
                       bool for_ever) {
    struct trial t;
    begin(&t);
    t.heap.fail_at = request;
    t.heap.for_ever = for_ever;
    int result = run(&t);
    bool was_refused = t.heap.refused > 0;
    size_t left = end(&t);
    if (was_refused && is_expected(result, for_ever) && left == 0) return;
    printf("%s:%d: allocation %zu refused%s: %s, %zu blocks left%s\n", file, line, request,
           for_ever ? " for ever" : "", error_name(result), left,
           was_refused ? "" : " (there was no such allocation)");
    check_failed();
}

void exhaust(const char *file, int line, conversation run) {
    struct trial t;
    begin(&t);
    check_int(file, line, "result without refusals", run(&t), 0);
    size_t requests = t.heap.requests;
    check_int(file, line, "requests for no octets", (long long)t.heap.zero_sized, 0);
    check_int(file, line, "blocks left", (long long)end(&t), 0);
    int before = check_failures();
    for (size_t n = 1; n <= requests && check_failures() < before + 10; n++) {
        refuse_one(file, line, run, n, false);
        refuse_one(file, line, run, n, true);
    }
}

/* What one session has to say, said to the other; the number of octets. */
static nghttp2_ssize carry(nghttp2_session *from, nghttp2_session *to) {
    nghttp2_ssize total = 0;
    for (int i = 0; i < 10000; i++) {
        const uint8_t *data;
        nghttp2_ssize n = nghttp2_session_mem_send2(from, &data);
        if (n <= 0) return n < 0 ? n : total;
        nghttp2_ssize taken = nghttp2_session_mem_recv2(to, data, (size_t)n);
        if (taken < 0) return taken;
        total += n;
    }
    return NGHTTP2_ERR_INTERNAL;
}

int exchange(struct trial *t) {
    for (int i = 0; i < 1000; i++) {
        nghttp2_ssize there = carry(t->client, t->server);
        if (there < 0) return (int)there;
        nghttp2_ssize back = carry(t->server, t->client);
        if (back < 0) return (int)back;
        if (there == 0 && back == 0) return 0;
    }
    return NGHTTP2_ERR_INTERNAL;
}

int meet(struct trial *t, const char *client_settings, const char *server_settings) {
    struct entries client = entries(client_settings), server = entries(server_settings);
    TRY(nghttp2_session_client_new3(&t->client, t->callbacks, t, t->option, &t->heap.mem));
    TRY(nghttp2_session_server_new3(&t->server, t->callbacks, t, t->option, &t->heap.mem));
    TRY(nghttp2_submit_settings(t->client, NGHTTP2_FLAG_NONE, client.iv, client.count));
    TRY(nghttp2_submit_settings(t->server, NGHTTP2_FLAG_NONE, server.iv, server.count));
    return exchange(t);
}

int give(nghttp2_session *session, struct bytes *in) {
    nghttp2_ssize n = nghttp2_session_mem_recv2(session, in->data, in->length);
    size_t length = in->length;
    bytes_free(in);
    if (n < 0) return (int)n;
    return (size_t)n == length ? 0 : NGHTTP2_ERR_INTERNAL;
}

int ask(struct trial *t, const char *text, const nghttp2_data_provider2 *provider) {
    struct fields list = fields(text);
    return nghttp2_submit_request2(t->client, NULL, list.nva, list.count, provider, NULL);
}

int respond(struct trial *t, int32_t stream_id, const char *text,
            const nghttp2_data_provider2 *provider) {
    struct fields list = fields(text);
    return nghttp2_submit_response2(t->server, stream_id, list.nva, list.count, provider);
}

static nghttp2_ssize read_octets(nghttp2_session *session, int32_t stream_id, uint8_t *buf,
                                 size_t length, uint32_t *flags, nghttp2_data_source *source,
                                 void *user_data) {
    (void)session, (void)stream_id, (void)user_data;
    size_t *left = source->ptr;
    size_t n = *left < length ? *left : length;
    memset(buf, 'x', n);
    *left -= n;
    if (*left == 0) *flags |= NGHTTP2_DATA_FLAG_EOF;
    return (nghttp2_ssize)n;
}

nghttp2_data_provider2 octets(size_t *left) {
    return (nghttp2_data_provider2){.source = {.ptr = left}, .read_callback = read_octets};
}
