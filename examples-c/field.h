/*
 * One header field for the library, made of two C strings.
 *
 * The library copies name and value, so they may live on the stack.  (The flags
 * NO_COPY_NAME and NO_COPY_VALUE would spare that; the strings would then have
 * to stay where they are until the frame has been sent.)
 */
#ifndef EXAMPLE_FIELD_H
#define EXAMPLE_FIELD_H

#include <nghttp2/nghttp2.h>
#include <string.h>

static inline nghttp2_nv field(const char *name, const char *value) {
  return (nghttp2_nv){.name = (uint8_t *)name,
                      .value = (uint8_t *)value,
                      .namelen = strlen(name),
                      .valuelen = strlen(value),
                      .flags = NGHTTP2_NV_FLAG_NONE};
}

/* For passwords and tokens: neither this encoder nor any proxy behind it may
   put the field into a table, where its value could be guessed by probing. */
static inline nghttp2_nv secret(const char *name, const char *value) {
  nghttp2_nv nv = field(name, value);
  nv.flags = NGHTTP2_NV_FLAG_NO_INDEX;
  return nv;
}

#endif
