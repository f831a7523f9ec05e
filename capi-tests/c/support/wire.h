/*
 * The peer's eyes: octets that a session wrote, as text lines "> FRAME".
 *
 * Header fields stand in braces on the frame that ends their block; "(never)" marks a literal that
 * must never be indexed.
 */
#ifndef CAPI_TESTS_WIRE_H
#define CAPI_TESTS_WIRE_H

#include "bytes.h"

struct wire {
    nghttp2_hd_inflater *inflater;
    struct bytes pending; /* octets of an unfinished frame */
    struct bytes block;   /* header block fragments */
    bool lengths;         /* write len= for header frames too */
    bool ignore_blocks;   /* write the size of header blocks instead of their fields */
};

void wire_init(struct wire *wire);
void wire_free(struct wire *wire);
/* Takes octets cut anywhere; writes the lines of the frames they complete. */
void wire_feed(struct wire *wire, const uint8_t *data, size_t length, struct bytes *text);

#endif
