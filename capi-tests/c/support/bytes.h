/*
 * Octet strings that grow, text that grows, and the frame factory: what a peer would have written.
 */
#ifndef CAPI_TESTS_BYTES_H
#define CAPI_TESTS_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nghttp2/nghttp2.h>

struct bytes {
    uint8_t *data;
    size_t length;
    size_t capacity;
};

void bytes_append(struct bytes *b, const void *data, size_t length);
void bytes_clear(struct bytes *b);
void bytes_free(struct bytes *b);

/* Text is octets behind which a NUL stands. */
void text_printf(struct bytes *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Appends with every octet outside printable ASCII as \xHH. */
void text_octets(struct bytes *text, const void *data, size_t length);
const char *text_of(const struct bytes *text);

/* Short names of the flags, for the frames below. */
enum { ES = 0x01, ACK = 0x01, EH = 0x04, PADDED = 0x08, PRI = 0x20 };

/* The request that most tests speak of; more fields follow by string concatenation. */
#define GET ":method: GET\n:scheme: https\n:path: /\n:authority: ex\n"
#define POST ":method: POST\n:scheme: https\n:path: /\n:authority: ex\n"
#define OK_200 ":status: 200\n"

void put_u8(struct bytes *b, unsigned value);
void put_u16(struct bytes *b, unsigned value);
void put_u32(struct bytes *b, uint32_t value);
/* Hex digits; anything else between them is skipped. */
void put_hex(struct bytes *b, const char *hex);

/* One field as a literal without indexing, strings raw. */
void put_literal(struct bytes *b, const void *name, size_t name_length, const void *value,
                 size_t value_length);
/* Fields as text: lines "name: value". */
void put_fields(struct bytes *b, const char *fields);

void put_magic(struct bytes *b);
void put_head(struct bytes *b, size_t length, unsigned type, unsigned flags, uint32_t stream_id);
void put_frame(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
               const void *payload, size_t length);
void put_hex_frame(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
                   const char *payload_hex);

void put_data(struct bytes *b, uint32_t stream_id, unsigned flags, const char *text);
/* length octets of 'x'. */
void put_data_of_length(struct bytes *b, uint32_t stream_id, unsigned flags, size_t length);
/* Adds the PADDED flag, the pad length octet and the padding. */
void put_padded(struct bytes *b, unsigned type, unsigned flags, uint32_t stream_id,
                const void *payload, size_t length, unsigned pad);
void put_headers(struct bytes *b, uint32_t stream_id, unsigned flags, const char *fields);
/* HEADERS with the PRIORITY flag. */
void put_prioritised(struct bytes *b, uint32_t stream_id, unsigned flags, uint32_t parent,
                     unsigned weight, int exclusive, const char *fields);
void put_priority(struct bytes *b, uint32_t stream_id, uint32_t parent, unsigned weight,
                  int exclusive);
void put_rst_stream(struct bytes *b, uint32_t stream_id, uint32_t error_code);
/* Entries as text: "3=100 4=70000". */
void put_settings(struct bytes *b, const char *entries);
void put_settings_ack(struct bytes *b);
void put_push_promise(struct bytes *b, uint32_t stream_id, unsigned flags, uint32_t promised_id,
                      const char *fields);
void put_ping(struct bytes *b, unsigned flags, const char *eight_octets);
void put_goaway(struct bytes *b, uint32_t last_stream_id, uint32_t error_code, const char *debug);
void put_window_update(struct bytes *b, uint32_t stream_id, uint32_t increment);
void put_continuation(struct bytes *b, uint32_t stream_id, unsigned flags, const char *fields);
void put_altsvc(struct bytes *b, uint32_t stream_id, const char *origin, const char *value);
void put_priority_update(struct bytes *b, uint32_t stream_id, uint32_t prioritised_id,
                         const char *value);
/* A connection of a client: the usual frames, a field that is invalid, a frame of type 0xfa. */
void put_a_bit_of_everything(struct bytes *b);

/* The same texts as lists for the submit functions; valid until some calls later. */
enum { MAX_FIELDS = 64 };
struct fields {
    nghttp2_nv nva[MAX_FIELDS];
    size_t count;
};
struct fields fields(const char *text);

struct entries {
    nghttp2_settings_entry iv[64];
    size_t count;
};
struct entries entries(const char *text);

#endif
