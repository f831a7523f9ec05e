/* The frame factory declared in bytes.h: frames as the peer writes them, right or wrong. */
#include "bytes.h"

#include <stdlib.h>
#include <string.h>

void put_magic(struct bytes *b) {
    bytes_append(b, NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN);
}

void put_head(struct bytes *b, size_t length, unsigned type, unsigned flags, uint32_t stream_id) {
    put_u8(b, (unsigned)(length >> 16));
    put_u16(b, (unsigned)length);
    put_u8(b, type);
    put_u8(b, flags);
    put_u32(b, stream_id);
}

void put_frame(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
               const void *payload, size_t length) {
    put_head(b, length, type, flags, stream_id);
    bytes_append(b, payload, length);
}

/* Puts a frame whose payload was collected, and frees the payload. */
static void put_payload(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
                        struct bytes *payload) {
    put_frame(b, type, flags, stream_id, payload->data, payload->length);
    bytes_free(payload);
}

void put_hex_frame(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
                   const char *payload_hex) {
    struct bytes payload = {0};
    put_hex(&payload, payload_hex);
    put_payload(b, type, flags, stream_id, &payload);
}

void put_data(struct bytes *b, uint32_t stream_id, unsigned flags, const char *text) {
    put_frame(b, NGHTTP2_DATA, flags, stream_id, text, strlen(text));
}

void put_data_of_length(struct bytes *b, uint32_t stream_id, unsigned flags, size_t length) {
    put_head(b, length, NGHTTP2_DATA, flags, stream_id);
    for (size_t i = 0; i < length; i++) put_u8(b, 'x');
}

void put_padded(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
                const void *payload, size_t length, unsigned pad) {
    put_head(b, 1 + length + pad, type, flags | PADDED, stream_id);
    put_u8(b, pad);
    bytes_append(b, payload, length);
    for (unsigned i = 0; i < pad; i++) put_u8(b, 0);
}

void put_headers(struct bytes *b, uint32_t stream_id, unsigned flags, const char *text) {
    struct bytes block = {0};
    put_fields(&block, text);
    put_payload(b, NGHTTP2_HEADERS, flags, stream_id, &block);
}

static void put_dependency(struct bytes *b, uint32_t parent, unsigned weight, int exclusive) {
    put_u32(b, parent | (exclusive ? 0x80000000u : 0));
    put_u8(b, weight - 1);
}

void put_prioritised(struct bytes *b, uint32_t stream_id, unsigned flags, uint32_t parent,
                     unsigned weight, int exclusive, const char *text) {
    struct bytes payload = {0};
    put_dependency(&payload, parent, weight, exclusive);
    put_fields(&payload, text);
    put_payload(b, NGHTTP2_HEADERS, flags | PRI, stream_id, &payload);
}

void put_priority(struct bytes *b, uint32_t stream_id, uint32_t parent, unsigned weight,
                  int exclusive) {
    struct bytes payload = {0};
    put_dependency(&payload, parent, weight, exclusive);
    put_payload(b, NGHTTP2_PRIORITY, 0, stream_id, &payload);
}

void put_rst_stream(struct bytes *b, uint32_t stream_id, uint32_t error_code) {
    put_head(b, 4, NGHTTP2_RST_STREAM, 0, stream_id);
    put_u32(b, error_code);
}

void put_settings(struct bytes *b, const char *text) {
    struct entries list = entries(text);
    put_head(b, list.count * 6, NGHTTP2_SETTINGS, 0, 0);
    for (size_t i = 0; i < list.count; i++) {
        put_u16(b, (unsigned)list.iv[i].settings_id);
        put_u32(b, list.iv[i].value);
    }
}

void put_settings_ack(struct bytes *b) {
    put_head(b, 0, NGHTTP2_SETTINGS, ACK, 0);
}

void put_push_promise(struct bytes *b, uint32_t stream_id, unsigned flags, uint32_t promised_id,
                      const char *text) {
    struct bytes payload = {0};
    put_u32(&payload, promised_id);
    put_fields(&payload, text);
    put_payload(b, NGHTTP2_PUSH_PROMISE, flags, stream_id, &payload);
}

void put_ping(struct bytes *b, unsigned flags, const char *eight_octets) {
    put_frame(b, NGHTTP2_PING, flags, 0, eight_octets, 8);
}

void put_goaway(struct bytes *b, uint32_t last_stream_id, uint32_t error_code, const char *debug) {
    struct bytes payload = {0};
    put_u32(&payload, last_stream_id);
    put_u32(&payload, error_code);
    bytes_append(&payload, debug, strlen(debug));
    put_payload(b, NGHTTP2_GOAWAY, 0, 0, &payload);
}

void put_window_update(struct bytes *b, uint32_t stream_id, uint32_t increment) {
    put_head(b, 4, NGHTTP2_WINDOW_UPDATE, 0, stream_id);
    put_u32(b, increment);
}

void put_continuation(struct bytes *b, uint32_t stream_id, unsigned flags, const char *text) {
    struct bytes block = {0};
    put_fields(&block, text);
    put_payload(b, NGHTTP2_CONTINUATION, flags, stream_id, &block);
}

void put_altsvc(struct bytes *b, uint32_t stream_id, const char *origin, const char *value) {
    struct bytes payload = {0};
    put_u16(&payload, (unsigned)strlen(origin));
    bytes_append(&payload, origin, strlen(origin));
    bytes_append(&payload, value, strlen(value));
    put_payload(b, NGHTTP2_ALTSVC, 0, stream_id, &payload);
}

void put_priority_update(struct bytes *b, uint32_t stream_id, uint32_t prioritised_id,
                         const char *value) {
    struct bytes payload = {0};
    put_u32(&payload, prioritised_id);
    bytes_append(&payload, value, strlen(value));
    put_payload(b, NGHTTP2_PRIORITY_UPDATE, 0, stream_id, &payload);
}

void put_a_bit_of_everything(struct bytes *b) {
    put_magic(b);
    put_settings(b, "3=100 4=70000");
    put_headers(b, 1, NGHTTP2_FLAG_END_HEADERS, POST "a b: invalid\n");
    put_headers(b, 3, NGHTTP2_FLAG_END_STREAM, GET);
    put_continuation(b, 3, NGHTTP2_FLAG_END_HEADERS,
                     "long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n");
    put_padded(b, NGHTTP2_DATA, 0, 1, "abc", 3, 9);
    put_ping(b, 0, "12345678");
    put_frame(b, 0xfa, 0, 0, "payload", 7);
    put_priority_update(b, 0, 5, "u=1");
    put_goaway(b, 0, 0, "debug data");
}
