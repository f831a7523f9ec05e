#include "wire.h"

#include <stdlib.h>
#include <string.h>

#include "describe.h"

enum { HEAD = 9 };

void wire_init(struct wire *wire) {
    *wire = (struct wire){0};
    if (nghttp2_hd_inflate_new(&wire->inflater) != 0) abort();
    /* A peer that has announced any table size must not take what we send for too large. */
    nghttp2_hd_inflate_change_table_size(wire->inflater, 1 << 20);
}

void wire_free(struct wire *wire) {
    nghttp2_hd_inflate_del(wire->inflater);
    bytes_free(&wire->pending);
    bytes_free(&wire->block);
}

static uint32_t u32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void describe_block(struct wire *wire, struct bytes *text) {
    const uint8_t *in = wire->block.data;
    size_t left = wire->block.length;
    const char *separator = "";
    text_printf(text, " {");
    for (;;) {
        nghttp2_nv nv;
        int flags = 0;
        nghttp2_ssize n = nghttp2_hd_inflate_hd3(wire->inflater, &nv, &flags, in, left, 1);
        if (n < 0) {
            text_printf(text, "undecodable");
            break;
        }
        in += n;
        left -= (size_t)n;
        if (flags & NGHTTP2_HD_INFLATE_EMIT) {
            text_printf(text, "%s", separator);
            text_octets(text, nv.name, nv.namelen);
            text_printf(text, ": ");
            text_octets(text, nv.value, nv.valuelen);
            if (nv.flags & NGHTTP2_NV_FLAG_NO_INDEX) text_printf(text, " (never)");
            separator = "; ";
        }
        if (flags & NGHTTP2_HD_INFLATE_FINAL) break;
    }
    nghttp2_hd_inflate_end_headers(wire->inflater);
    text_printf(text, "}");
}

static void describe_header_frame(struct wire *wire, const nghttp2_frame_hd *hd,
                                  const uint8_t *payload, struct bytes *text) {
    size_t length = hd->length;
    if (hd->flags & PADDED && hd->type != NGHTTP2_CONTINUATION) {
        unsigned pad = payload[0];
        text_printf(text, " pad=%u", pad + 1);
        payload++;
        length -= 1 + pad;
    }
    if (hd->type == NGHTTP2_HEADERS && hd->flags & PRI) {
        uint32_t parent = u32(payload);
        text_printf(text, " pri=%u/%u%s", parent & 0x7fffffff, payload[4] + 1u,
                    parent >> 31 ? "!" : "");
        payload += 5;
        length -= 5;
    }
    if (hd->type == NGHTTP2_PUSH_PROMISE) {
        text_printf(text, " -> %u", u32(payload));
        payload += 4;
        length -= 4;
    }
    if (wire->lengths) text_printf(text, " len=%zu", hd->length);
    if (hd->type != NGHTTP2_CONTINUATION) bytes_clear(&wire->block);
    bytes_append(&wire->block, payload, length);
    if (!(hd->flags & EH)) return;
    if (wire->ignore_blocks) {
        text_printf(text, " {%zu}", wire->block.length);
    } else {
        describe_block(wire, text);
    }
}

static void describe_data(const nghttp2_frame_hd *hd, const uint8_t *payload, struct bytes *text) {
    size_t length = hd->length;
    text_printf(text, " len=%zu", length);
    if (hd->flags & PADDED) {
        text_printf(text, " pad=%u", payload[0] + 1u);
        length -= payload[0] + 1u;
        payload++;
    }
    if (length == 0 || length > 16) return;
    text_printf(text, " \"");
    text_octets(text, payload, length);
    text_printf(text, "\"");
}

/* Frames without a header block are turned into the structure the callbacks see. */
static void describe_other(const nghttp2_frame_hd *hd, const uint8_t *p, struct bytes *text) {
    nghttp2_frame frame = {.hd = *hd};
    nghttp2_settings_entry iv[64];
    nghttp2_ext_priority_update update = {0};
    nghttp2_ext_altsvc altsvc = {0};
    switch (hd->type) {
    case NGHTTP2_PRIORITY:
        frame.priority.pri_spec =
            (nghttp2_priority_spec){(int32_t)(u32(p) & 0x7fffffff), p[4] + 1, p[0] >> 7};
        break;
    case NGHTTP2_RST_STREAM:
        frame.rst_stream.error_code = u32(p);
        break;
    case NGHTTP2_SETTINGS:
        frame.settings.niv = hd->length / 6;
        frame.settings.iv = iv;
        if (frame.settings.niv > 64) frame.settings.niv = 64;
        for (size_t i = 0; i < frame.settings.niv; i++, p += 6) {
            iv[i] = (nghttp2_settings_entry){p[0] << 8 | p[1], u32(p + 2)};
        }
        break;
    case NGHTTP2_PING:
        memcpy(frame.ping.opaque_data, p, 8);
        break;
    case NGHTTP2_GOAWAY:
        frame.goaway.last_stream_id = (int32_t)u32(p);
        frame.goaway.error_code = u32(p + 4);
        frame.goaway.opaque_data = (uint8_t *)p + 8;
        frame.goaway.opaque_data_len = hd->length - 8;
        break;
    case NGHTTP2_WINDOW_UPDATE:
        frame.window_update.window_size_increment = (int32_t)u32(p);
        break;
    case NGHTTP2_PRIORITY_UPDATE:
        update = (nghttp2_ext_priority_update){(int32_t)u32(p), (uint8_t *)p + 4, hd->length - 4};
        frame.ext.payload = &update;
        break;
    case NGHTTP2_ALTSVC:
        altsvc.origin_len = (size_t)(p[0] << 8 | p[1]);
        altsvc.origin = (uint8_t *)p + 2;
        altsvc.field_value = altsvc.origin + altsvc.origin_len;
        altsvc.field_value_len = hd->length - 2 - altsvc.origin_len;
        frame.ext.payload = &altsvc;
        break;
    default:
        describe_hd(text, hd);
        if (hd->length > 32) {
            text_printf(text, " [%zu]", hd->length);
        } else if (hd->length) {
            text_printf(text, " \"");
            text_octets(text, p, hd->length);
            text_printf(text, "\"");
        }
        return;
    }
    describe_frame(text, &frame);
}

static void describe_sent(struct wire *wire, const nghttp2_frame_hd *hd, const uint8_t *payload,
                          struct bytes *text) {
    text_printf(text, "> ");
    switch (hd->type) {
    case NGHTTP2_DATA:
        describe_hd(text, hd);
        describe_data(hd, payload, text);
        break;
    case NGHTTP2_HEADERS:
    case NGHTTP2_PUSH_PROMISE:
    case NGHTTP2_CONTINUATION:
        describe_hd(text, hd);
        describe_header_frame(wire, hd, payload, text);
        break;
    default:
        describe_other(hd, payload, text);
    }
    text_printf(text, "\n");
}

void wire_feed(struct wire *wire, const uint8_t *data, size_t length, struct bytes *text) {
    bytes_append(&wire->pending, data, length);
    const uint8_t *p = wire->pending.data;
    size_t left = wire->pending.length;
    for (;;) {
        if (left >= NGHTTP2_CLIENT_MAGIC_LEN &&
            memcmp(p, NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN) == 0) {
            text_printf(text, "> MAGIC\n");
            p += NGHTTP2_CLIENT_MAGIC_LEN;
            left -= NGHTTP2_CLIENT_MAGIC_LEN;
            continue;
        }
        if (left < HEAD) break;
        nghttp2_frame_hd hd = {
            .length = (size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2],
            .type = p[3],
            .flags = p[4],
            .stream_id = (int32_t)u32(p + 5),
        };
        if (left < HEAD + hd.length) break;
        describe_sent(wire, &hd, p + HEAD, text);
        p += HEAD + hd.length;
        left -= HEAD + hd.length;
    }
    if (left) memmove(wire->pending.data, p, left);
    wire->pending.length = left;
}
