#include "describe.h"

#include <stdio.h>

struct name {
    int number;
    const char *text;
};

static const char *name_of(const struct name *names, size_t count, int number) {
    for (size_t i = 0; i < count; i++) {
        if (names[i].number == number) return names[i].text;
    }
    static char unknown[4][16];
    static int next;
    char *text = unknown[next++ % 4];
    snprintf(text, sizeof(unknown[0]), "%d", number);
    return text;
}

#define NAME_OF(names, number) name_of(names, sizeof(names) / sizeof(names[0]), number)
#define LIB(name) {NGHTTP2_ERR_##name, #name}
#define WIRE(name) {NGHTTP2_##name, #name}

const char *error_name(int lib_error_code) {
    static const struct name names[] = {
        LIB(INVALID_ARGUMENT),       LIB(BUFFER_ERROR),
        LIB(UNSUPPORTED_VERSION),    LIB(WOULDBLOCK),
        LIB(PROTO),                  LIB(INVALID_FRAME),
        LIB(EOF),                    LIB(DEFERRED),
        LIB(STREAM_ID_NOT_AVAILABLE), LIB(STREAM_CLOSED),
        LIB(STREAM_CLOSING),         LIB(STREAM_SHUT_WR),
        LIB(INVALID_STREAM_ID),      LIB(INVALID_STREAM_STATE),
        LIB(DEFERRED_DATA_EXIST),    LIB(START_STREAM_NOT_ALLOWED),
        LIB(GOAWAY_ALREADY_SENT),    LIB(INVALID_HEADER_BLOCK),
        LIB(INVALID_STATE),          LIB(TEMPORAL_CALLBACK_FAILURE),
        LIB(FRAME_SIZE_ERROR),       LIB(HEADER_COMP),
        LIB(FLOW_CONTROL),           LIB(INSUFF_BUFSIZE),
        LIB(PAUSE),                  LIB(TOO_MANY_INFLIGHT_SETTINGS),
        LIB(PUSH_DISABLED),          LIB(DATA_EXIST),
        LIB(SESSION_CLOSING),        LIB(HTTP_HEADER),
        LIB(HTTP_MESSAGING),         LIB(REFUSED_STREAM),
        LIB(INTERNAL),               LIB(CANCEL),
        LIB(SETTINGS_EXPECTED),      LIB(TOO_MANY_SETTINGS),
        LIB(FATAL),                  LIB(NOMEM),
        LIB(CALLBACK_FAILURE),       LIB(BAD_CLIENT_MAGIC),
        LIB(FLOODED),                LIB(TOO_MANY_CONTINUATIONS),
    };
    return NAME_OF(names, lib_error_code);
}

const char *code_name(uint32_t error_code) {
    static const struct name names[] = {
        WIRE(NO_ERROR),          WIRE(PROTOCOL_ERROR),     WIRE(INTERNAL_ERROR),
        WIRE(FLOW_CONTROL_ERROR), WIRE(SETTINGS_TIMEOUT),  WIRE(STREAM_CLOSED),
        WIRE(FRAME_SIZE_ERROR),  WIRE(REFUSED_STREAM),     WIRE(CANCEL),
        WIRE(COMPRESSION_ERROR), WIRE(CONNECT_ERROR),      WIRE(ENHANCE_YOUR_CALM),
        WIRE(INADEQUATE_SECURITY), WIRE(HTTP_1_1_REQUIRED),
    };
    return NAME_OF(names, (int)error_code);
}

static const char *type_name(uint8_t type) {
    static const struct name names[] = {
        WIRE(DATA),         WIRE(HEADERS),   WIRE(PRIORITY), WIRE(RST_STREAM),
        WIRE(SETTINGS),     WIRE(PUSH_PROMISE), WIRE(PING),  WIRE(GOAWAY),
        WIRE(WINDOW_UPDATE), WIRE(CONTINUATION), WIRE(ALTSVC), WIRE(ORIGIN),
        WIRE(PRIORITY_UPDATE),
    };
    if (type > NGHTTP2_PRIORITY_UPDATE || type == 0x0b || (type > 0x0c && type < 0x10)) return NULL;
    return NAME_OF(names, type);
}

static bool on_connection(uint8_t type) {
    return type == NGHTTP2_SETTINGS || type == NGHTTP2_PING || type == NGHTTP2_GOAWAY ||
           type == NGHTTP2_PRIORITY_UPDATE || type == NGHTTP2_ORIGIN;
}

static void describe_flags(struct bytes *text, uint8_t type, unsigned flags) {
    if (!flags) return;
    text_printf(text, " ");
    if (type == NGHTTP2_SETTINGS || type == NGHTTP2_PING) {
        if (flags & ACK) text_printf(text, "+ACK");
        flags &= ~(unsigned)ACK;
    } else if (type == NGHTTP2_DATA || type == NGHTTP2_HEADERS || type == NGHTTP2_PUSH_PROMISE ||
               type == NGHTTP2_CONTINUATION) {
        if (flags & ES) text_printf(text, "+ES");
        if (flags & EH) text_printf(text, "+EH");
        if (flags & PADDED) text_printf(text, "+PAD");
        if (flags & PRI) text_printf(text, "+PRI");
        unsigned rest = flags & ~(unsigned)(ES | EH | PADDED | PRI);
        if (rest) text_printf(text, "+%02x", rest);
        return;
    }
    if (flags) text_printf(text, "flags=%02x", flags);
}

void describe_hd(struct bytes *text, const nghttp2_frame_hd *hd) {
    const char *name = type_name(hd->type);
    if (name) {
        text_printf(text, "%s", name);
    } else {
        text_printf(text, "EXT(%02x)", hd->type);
    }
    if (!on_connection(hd->type) || hd->stream_id) text_printf(text, " %d", hd->stream_id);
    describe_flags(text, hd->type, hd->flags);
}

static void describe_priority(struct bytes *text, const nghttp2_priority_spec *spec) {
    text_printf(text, " pri=%d/%d%s", spec->stream_id, spec->weight, spec->exclusive ? "!" : "");
}

static void quoted(struct bytes *text, const void *data, size_t length) {
    text_printf(text, " \"");
    text_octets(text, data, length);
    text_printf(text, "\"");
}

static void describe_headers(struct bytes *text, const nghttp2_headers *headers) {
    static const char *const categories[] = {"REQUEST", "RESPONSE", "PUSH_RESPONSE", "HEADERS"};
    text_printf(text, " %s", categories[headers->cat & 3]);
    if (headers->padlen) text_printf(text, " pad=%zu", headers->padlen);
    if (headers->hd.flags & PRI) describe_priority(text, &headers->pri_spec);
}

static void describe_extension(struct bytes *text, const nghttp2_extension *ext) {
    if (!ext->payload) return;
    switch (ext->hd.type) {
    case NGHTTP2_ALTSVC: {
        const nghttp2_ext_altsvc *altsvc = ext->payload;
        quoted(text, altsvc->origin, altsvc->origin_len);
        quoted(text, altsvc->field_value, altsvc->field_value_len);
        return;
    }
    case NGHTTP2_ORIGIN: {
        const nghttp2_ext_origin *origin = ext->payload;
        for (size_t i = 0; i < origin->nov; i++) {
            quoted(text, origin->ov[i].origin, origin->ov[i].origin_len);
        }
        return;
    }
    case NGHTTP2_PRIORITY_UPDATE: {
        const nghttp2_ext_priority_update *update = ext->payload;
        text_printf(text, " of %d", update->stream_id);
        quoted(text, update->field_value, update->field_value_len);
        return;
    }
    default:
        return;
    }
}

void describe_frame(struct bytes *text, const nghttp2_frame *frame) {
    describe_hd(text, &frame->hd);
    switch (frame->hd.type) {
    case NGHTTP2_DATA:
        text_printf(text, " len=%zu", frame->hd.length);
        if (frame->data.padlen) text_printf(text, " pad=%zu", frame->data.padlen);
        return;
    case NGHTTP2_HEADERS:
        describe_headers(text, &frame->headers);
        return;
    case NGHTTP2_PRIORITY:
        describe_priority(text, &frame->priority.pri_spec);
        return;
    case NGHTTP2_RST_STREAM:
        text_printf(text, " %s", code_name(frame->rst_stream.error_code));
        return;
    case NGHTTP2_SETTINGS:
        for (size_t i = 0; i < frame->settings.niv; i++) {
            text_printf(text, " %d=%u", frame->settings.iv[i].settings_id,
                        frame->settings.iv[i].value);
        }
        return;
    case NGHTTP2_PUSH_PROMISE:
        text_printf(text, " -> %d", frame->push_promise.promised_stream_id);
        if (frame->push_promise.padlen) text_printf(text, " pad=%zu", frame->push_promise.padlen);
        return;
    case NGHTTP2_PING:
        quoted(text, frame->ping.opaque_data, 8);
        return;
    case NGHTTP2_GOAWAY:
        text_printf(text, " last=%d %s", frame->goaway.last_stream_id,
                    code_name(frame->goaway.error_code));
        if (frame->goaway.opaque_data_len) {
            quoted(text, frame->goaway.opaque_data, frame->goaway.opaque_data_len);
        }
        return;
    case NGHTTP2_WINDOW_UPDATE:
        text_printf(text, " %d", frame->window_update.window_size_increment);
        return;
    case NGHTTP2_CONTINUATION:
        return;
    default:
        describe_extension(text, &frame->ext);
    }
}
