#include "callbacks.h"

#include <string.h>

#include "describe.h"

/* Counts the call, runs what a test wants to happen, and returns what it wants answered. */
static int react(struct recorder *r, enum event event, const nghttp2_frame *frame, int32_t id) {
    size_t call = ++r->calls[event];
    int code = 0;
    for (size_t i = 0; i < r->reaction_count; i++) {
        struct reaction reaction = r->reactions[i];
        if (reaction.event != event || (reaction.nth && reaction.nth != call)) continue;
        if (reaction.code) code = reaction.code;
        if (!reaction.act) continue;
        r->frame = frame;
        r->stream_id = id;
        reaction.act(r);
    }
    return code;
}

static bool hears(const struct recorder *r, enum event event) {
    return r->heard & BIT(event);
}

/* "label FRAME" */
static void write_frame(struct recorder *r, enum event event, const char *label,
                        const nghttp2_frame *frame) {
    if (!hears(r, event)) return;
    text_printf(&r->log, "%s ", label);
    describe_frame(&r->log, frame);
    text_printf(&r->log, "\n");
}

static int on_frame(void *user_data, enum event event, const char *label,
                    const nghttp2_frame *frame) {
    write_frame(user_data, event, label, frame);
    return react(user_data, event, frame, frame->hd.stream_id);
}

static int on_failed_frame(void *user_data, enum event event, const char *label,
                           const nghttp2_frame *frame, int error) {
    struct recorder *r = user_data;
    if (hears(r, event)) {
        text_printf(&r->log, "%s ", label);
        describe_frame(&r->log, frame);
        text_printf(&r->log, ": %s\n", error_name(error));
    }
    return react(r, event, frame, frame->hd.stream_id);
}

static int on_begin_frame(nghttp2_session *session, const nghttp2_frame_hd *hd, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, ON_BEGIN_FRAME)) {
        text_printf(&r->log, "begin_frame ");
        describe_hd(&r->log, hd);
        text_printf(&r->log, " len=%zu\n", hd->length);
    }
    return react(r, ON_BEGIN_FRAME, NULL, hd->stream_id);
}

static int on_frame_recv(nghttp2_session *session, const nghttp2_frame *frame, void *user_data) {
    (void)session;
    return on_frame(user_data, ON_FRAME_RECV, "frame_recv", frame);
}

static int on_invalid_frame(nghttp2_session *session, const nghttp2_frame *frame, int error,
                            void *user_data) {
    (void)session;
    return on_failed_frame(user_data, ON_INVALID_FRAME, "invalid_frame", frame, error);
}

static int on_data_chunk(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                         const uint8_t *data, size_t length, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, ON_DATA_CHUNK)) {
        nghttp2_frame_hd hd = {.stream_id = stream_id, .type = NGHTTP2_DATA, .flags = flags};
        text_printf(&r->log, "chunk ");
        describe_hd(&r->log, &hd);
        if (length > 16) {
            text_printf(&r->log, " [%zu]\n", length);
        } else {
            text_printf(&r->log, " \"");
            text_octets(&r->log, data, length);
            text_printf(&r->log, "\"\n");
        }
    }
    return react(r, ON_DATA_CHUNK, NULL, stream_id);
}

static int on_begin_headers(nghttp2_session *session, const nghttp2_frame *frame, void *user_data) {
    (void)session;
    return on_frame(user_data, ON_BEGIN_HEADERS, "begin_headers", frame);
}

static int on_field(struct recorder *r, enum event event, const char *label,
                    const nghttp2_frame *frame, nghttp2_vec name, nghttp2_vec value,
                    uint8_t flags) {
    if (hears(r, event)) {
        text_printf(&r->log, "%s %d ", label, frame->hd.stream_id);
        text_octets(&r->log, name.base, name.len);
        text_printf(&r->log, ": ");
        text_octets(&r->log, value.base, value.len);
        text_printf(&r->log, "%s\n", flags & NGHTTP2_NV_FLAG_NO_INDEX ? " (never)" : "");
    }
    return react(r, event, frame, frame->hd.stream_id);
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                     size_t namelen, const uint8_t *value, size_t valuelen, uint8_t flags,
                     void *user_data) {
    (void)session;
    return on_field(user_data, ON_HEADER, "header", frame, (nghttp2_vec){(uint8_t *)name, namelen},
                    (nghttp2_vec){(uint8_t *)value, valuelen}, flags);
}

static int on_header2(nghttp2_session *session, const nghttp2_frame *frame, nghttp2_rcbuf *name,
                      nghttp2_rcbuf *value, uint8_t flags, void *user_data) {
    (void)session;
    return on_field(user_data, ON_HEADER, "header", frame, nghttp2_rcbuf_get_buf(name),
                    nghttp2_rcbuf_get_buf(value), flags);
}

static int on_invalid_header(nghttp2_session *session, const nghttp2_frame *frame,
                             const uint8_t *name, size_t namelen, const uint8_t *value,
                             size_t valuelen, uint8_t flags, void *user_data) {
    (void)session;
    return on_field(user_data, ON_INVALID_HEADER, "invalid_header", frame,
                    (nghttp2_vec){(uint8_t *)name, namelen},
                    (nghttp2_vec){(uint8_t *)value, valuelen}, flags);
}

static int on_invalid_header2(nghttp2_session *session, const nghttp2_frame *frame,
                              nghttp2_rcbuf *name, nghttp2_rcbuf *value, uint8_t flags,
                              void *user_data) {
    (void)session;
    return on_field(user_data, ON_INVALID_HEADER, "invalid_header", frame,
                    nghttp2_rcbuf_get_buf(name), nghttp2_rcbuf_get_buf(value), flags);
}

static int on_stream_close(nghttp2_session *session, int32_t stream_id, uint32_t error_code,
                           void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, ON_STREAM_CLOSE)) {
        text_printf(&r->log, "close %d %s\n", stream_id, code_name(error_code));
    }
    return react(r, ON_STREAM_CLOSE, NULL, stream_id);
}

static int before_frame_send(nghttp2_session *session, const nghttp2_frame *frame,
                             void *user_data) {
    (void)session;
    return on_frame(user_data, BEFORE_FRAME_SEND, "before_send", frame);
}

static int on_frame_send(nghttp2_session *session, const nghttp2_frame *frame, void *user_data) {
    (void)session;
    return on_frame(user_data, ON_FRAME_SEND, "sent", frame);
}

static int on_frame_not_send(nghttp2_session *session, const nghttp2_frame *frame, int error,
                             void *user_data) {
    (void)session;
    return on_failed_frame(user_data, ON_FRAME_NOT_SEND, "not_sent", frame, error);
}

static int on_error2(nghttp2_session *session, int error, const char *message, size_t length,
                     void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    /* The wording is informal; that there is some, is not. */
    CHECK(message && length > 0);
    if (hears(r, ON_ERROR)) text_printf(&r->log, "error %s\n", error_name(error));
    return react(r, ON_ERROR, NULL, 0);
}

static int on_error(nghttp2_session *session, const char *message, size_t length,
                    void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    CHECK(message && length > 0);
    if (hears(r, ON_ERROR)) text_printf(&r->log, "error\n");
    return react(r, ON_ERROR, NULL, 0);
}

static int on_extension_chunk(nghttp2_session *session, const nghttp2_frame_hd *hd,
                              const uint8_t *data, size_t length, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, ON_EXTENSION_CHUNK)) {
        text_printf(&r->log, "extension_chunk ");
        describe_hd(&r->log, hd);
        text_printf(&r->log, " \"");
        text_octets(&r->log, data, length);
        text_printf(&r->log, "\"\n");
    }
    return react(r, ON_EXTENSION_CHUNK, NULL, hd->stream_id);
}

static int unpack_extension(nghttp2_session *session, void **payload, const nghttp2_frame_hd *hd,
                            void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, UNPACK_EXTENSION)) {
        text_printf(&r->log, "unpack ");
        describe_hd(&r->log, hd);
        text_printf(&r->log, "\n");
    }
    *payload = r->context;
    return react(r, UNPACK_EXTENSION, NULL, hd->stream_id);
}

static nghttp2_ssize pack_extension(nghttp2_session *session, uint8_t *buf, size_t length,
                                    const nghttp2_frame *frame, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, PACK_EXTENSION)) {
        text_printf(&r->log, "pack ");
        describe_hd(&r->log, &frame->hd);
        text_printf(&r->log, " room=%zu\n", length);
    }
    int code = react(r, PACK_EXTENSION, frame, frame->hd.stream_id);
    if (code) return code;
    size_t n = r->packed ? strlen(r->packed) : 0;
    if (n) memcpy(buf, r->packed, n);
    return (nghttp2_ssize)n;
}

static nghttp2_ssize select_padding(nghttp2_session *session, const nghttp2_frame *frame,
                                    size_t max, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, SELECT_PADDING)) {
        text_printf(&r->log, "select_padding ");
        describe_hd(&r->log, &frame->hd);
        text_printf(&r->log, " len=%zu max=%zu\n", frame->hd.length, max);
    }
    int code = react(r, SELECT_PADDING, frame, frame->hd.stream_id);
    if (code) return code;
    size_t wanted = frame->hd.length + r->padding;
    return (nghttp2_ssize)(wanted < max ? wanted : max);
}

static nghttp2_ssize read_length(nghttp2_session *session, uint8_t type, int32_t stream_id,
                                 int32_t connection_window, int32_t stream_window,
                                 uint32_t max_frame_size, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    if (hears(r, READ_LENGTH)) {
        text_printf(&r->log, "read_length type=%u %d windows=%d,%d max=%u\n", type, stream_id,
                    connection_window, stream_window, max_frame_size);
    }
    int code = react(r, READ_LENGTH, NULL, stream_id);
    if (code) return code;
    return r->read_length ? r->read_length : 16384;
}

static nghttp2_ssize read_data(nghttp2_session *session, int32_t stream_id, uint8_t *buf,
                               size_t length, uint32_t *flags, nghttp2_data_source *source,
                               void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    struct body *body = source->ptr;
    if (hears(r, READ_DATA)) text_printf(&r->log, "read %d length=%zu\n", stream_id, length);
    int code = react(r, READ_DATA, NULL, stream_id);
    if (code) return code;
    if (body->left == 0 && body->stays_open) return NGHTTP2_ERR_DEFERRED;
    size_t n = body->left < length ? body->left : length;
    if (body->at_most && n > body->at_most) n = body->at_most;
    if (body->no_copy) {
        *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
    } else if (body->text) {
        memcpy(buf, body->text, n);
        body->text += n;
    } else {
        memset(buf, 'x', n);
    }
    body->left -= n;
    if (body->left == 0 && !body->stays_open && !body->goes_on) *flags |= NGHTTP2_DATA_FLAG_EOF;
    if (body->no_end_stream) *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
    return (nghttp2_ssize)n;
}

nghttp2_data_provider2 body_provider(struct body *body) {
    return (nghttp2_data_provider2){.source = {.ptr = body}, .read_callback = read_data};
}

nghttp2_data_provider old_body_provider(struct body *body) {
    return (nghttp2_data_provider){.source = {.ptr = body}, .read_callback = read_data};
}

static int send_data(nghttp2_session *session, nghttp2_frame *frame, const uint8_t *framehd,
                     size_t length, nghttp2_data_source *source, void *user_data) {
    (void)session;
    (void)source;
    struct recorder *r = user_data;
    if (hears(r, SEND_DATA)) {
        text_printf(&r->log, "send_data ");
        describe_frame(&r->log, frame);
        text_printf(&r->log, " payload=%zu\n", length);
    }
    int code = react(r, SEND_DATA, frame, frame->hd.stream_id);
    if (code && code != NGHTTP2_ERR_PAUSE) return code;
    struct bytes out = {0};
    bytes_append(&out, framehd, 9);
    if (frame->data.padlen) put_u8(&out, (unsigned)frame->data.padlen - 1);
    for (size_t i = 0; i < length; i++) put_u8(&out, 'n');
    for (size_t i = 1; i < frame->data.padlen; i++) put_u8(&out, 0);
    wire_feed(&r->wire, out.data, out.length, &r->log);
    bytes_free(&out);
    return code;
}

static nghttp2_ssize send_octets(nghttp2_session *session, const uint8_t *data, size_t length,
                                 int flags, void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    CHECK_INT(flags, 0);
    if (hears(r, SEND)) text_printf(&r->log, "send %zu\n", length);
    int code = react(r, SEND, NULL, 0);
    if (code) return code;
    size_t n = r->output_step && r->output_step < length ? r->output_step : length;
    wire_feed(&r->wire, data, n, &r->log);
    return (nghttp2_ssize)n;
}

static nghttp2_ssize recv_octets(nghttp2_session *session, uint8_t *buf, size_t length, int flags,
                                 void *user_data) {
    (void)session;
    struct recorder *r = user_data;
    CHECK_INT(flags, 0);
    if (hears(r, RECV)) text_printf(&r->log, "recv %zu\n", length);
    int code = react(r, RECV, NULL, 0);
    if (code) return code;
    size_t n = r->in.length - r->input_offset;
    if (n == 0) return NGHTTP2_ERR_WOULDBLOCK;
    if (n > length) n = length;
    if (r->input_step && n > r->input_step) n = r->input_step;
    memcpy(buf, r->in.data + r->input_offset, n);
    r->input_offset += n;
    return (nghttp2_ssize)n;
}

/* The plain form of a pair, where the test wants that one. */
static void register_old(nghttp2_session_callbacks *cbs, uint32_t wanted) {
#define SET(event, name, function)                                                                 \
    if (wanted & BIT(event)) nghttp2_session_callbacks_set_##name(cbs, function)
    SET(ON_HEADER, on_header_callback, on_header);
    SET(ON_INVALID_HEADER, on_invalid_header_callback, on_invalid_header);
    SET(ON_ERROR, error_callback, on_error);
    SET(PACK_EXTENSION, pack_extension_callback, pack_extension);
    SET(SELECT_PADDING, select_padding_callback, select_padding);
    SET(READ_LENGTH, data_source_read_length_callback, read_length);
    SET(SEND, send_callback, send_octets);
    SET(RECV, recv_callback, recv_octets);
}

static void register_new(nghttp2_session_callbacks *cbs, uint32_t wanted) {
    SET(ON_HEADER, on_header_callback2, on_header2);
    SET(ON_INVALID_HEADER, on_invalid_header_callback2, on_invalid_header2);
    SET(ON_ERROR, error_callback2, on_error2);
    SET(PACK_EXTENSION, pack_extension_callback2, pack_extension);
    SET(SELECT_PADDING, select_padding_callback2, select_padding);
    SET(READ_LENGTH, data_source_read_length_callback2, read_length);
    SET(SEND, send_callback2, send_octets);
    SET(RECV, recv_callback2, recv_octets);
}

void register_callbacks(nghttp2_session_callbacks *cbs, uint32_t wanted, uint32_t old_forms) {
    SET(ON_BEGIN_FRAME, on_begin_frame_callback, on_begin_frame);
    SET(ON_FRAME_RECV, on_frame_recv_callback, on_frame_recv);
    SET(ON_INVALID_FRAME, on_invalid_frame_recv_callback, on_invalid_frame);
    SET(ON_DATA_CHUNK, on_data_chunk_recv_callback, on_data_chunk);
    SET(ON_BEGIN_HEADERS, on_begin_headers_callback, on_begin_headers);
    SET(ON_STREAM_CLOSE, on_stream_close_callback, on_stream_close);
    SET(BEFORE_FRAME_SEND, before_frame_send_callback, before_frame_send);
    SET(ON_FRAME_SEND, on_frame_send_callback, on_frame_send);
    SET(ON_FRAME_NOT_SEND, on_frame_not_send_callback, on_frame_not_send);
    SET(ON_EXTENSION_CHUNK, on_extension_chunk_recv_callback, on_extension_chunk);
    SET(UNPACK_EXTENSION, unpack_extension_callback, unpack_extension);
    SET(SEND_DATA, send_data_callback, send_data);
    register_old(cbs, wanted & old_forms);
    register_new(cbs, wanted & ~old_forms);
#undef SET
}
