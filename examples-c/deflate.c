/*
 * HPACK (RFC 7541) by itself: header lists are compressed and expanded again,
 * without any session.
 *
 *   cc deflate.c -o deflate $(pkg-config --cflags --libs libnghttp2)
 *   ./deflate
 *
 * For each list it shows the fields, the block as it would travel, what the
 * other end made of it, and the dynamic tables of both ends.  They must always
 * agree: an index means "what we both remember".  Watch the second request
 * shrink, and what a smaller table costs.
 */
/* Hides the older functions that speak ssize_t; the ones below replace them. */
#define NGHTTP2_NO_SSIZE_T

#include <nghttp2/nghttp2.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"

enum {
  TABLE_SIZE = 4096,      /* what HTTP/2 starts with */
  SMALL_TABLE_SIZE = 128, /* room for two or three entries */
  STATIC_ENTRIES = 61,    /* dynamic entries come behind the static ones */
  PIECE = 16              /* the decoder gets its input in such pieces */
};

struct codec {
  nghttp2_hd_deflater *encoder;
  nghttp2_hd_inflater *decoder;
  size_t plain;      /* octets of all names and values so far */
  size_t compressed; /* octets of all blocks so far */
};

/* ---- showing ---- */

static void show_field(const nghttp2_nv *nv) {
  printf("%.*s: %.*s%s\n", (int)nv->namelen, (const char *)nv->name,
         (int)nv->valuelen, (const char *)nv->value,
         (nv->flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0 ? "  (never indexed)"
                                                     : "");
}

static void show_block(const uint8_t *block, size_t length) {
  for (size_t i = 0; i < length; i++) {
    printf("%s%02x", i % 16 == 0 ? "\n    " : " ", block[i]);
  }
  printf("\n");
}

static double percent(size_t part, size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * (double)part / (double)whole;
}

static bool same_field(const nghttp2_nv *a, const nghttp2_nv *b) {
  return a->namelen == b->namelen && a->valuelen == b->valuelen &&
         memcmp(a->name, b->name, a->namelen) == 0 &&
         memcmp(a->value, b->value, a->valuelen) == 0;
}

/* Shows both tables, newest entry first; false if they differ.  The entries
   belong to the library and are valid until the table changes. */
static bool show_tables(const struct codec *codec) {
  nghttp2_hd_deflater *encoder = codec->encoder;
  nghttp2_hd_inflater *decoder = codec->decoder;
  size_t mine = nghttp2_hd_deflate_get_num_table_entries(encoder);
  size_t theirs = nghttp2_hd_inflate_get_num_table_entries(decoder);
  bool same = mine == theirs;

  printf("  encoder's table: %zu entries, %zu of %zu octets\n",
         mine - STATIC_ENTRIES,
         nghttp2_hd_deflate_get_dynamic_table_size(encoder),
         nghttp2_hd_deflate_get_max_dynamic_table_size(encoder));
  for (size_t i = STATIC_ENTRIES + 1; i <= mine; i++) {
    printf("    [%zu] ", i);
    show_field(nghttp2_hd_deflate_get_table_entry(encoder, i));
  }
  printf("  decoder's table: %zu entries, %zu of %zu octets\n",
         theirs - STATIC_ENTRIES,
         nghttp2_hd_inflate_get_dynamic_table_size(decoder),
         nghttp2_hd_inflate_get_max_dynamic_table_size(decoder));
  for (size_t i = STATIC_ENTRIES + 1; i <= theirs; i++) {
    const nghttp2_nv *entry = nghttp2_hd_inflate_get_table_entry(decoder, i);
    printf("    [%zu] ", i);
    show_field(entry);
    same = same && i <= mine &&
           same_field(entry, nghttp2_hd_deflate_get_table_entry(encoder, i));
  }
  return same;
}

/* ---- compressing and expanding ---- */

/* Returns the block, to be freed by the caller, or NULL.  An encoder that has
   failed once cannot be used again: the tables would no longer agree. */
static uint8_t *encode(nghttp2_hd_deflater *encoder, const nghttp2_nv *fields,
                       size_t count, size_t *length) {
  /* No block is longer than the bound, so the buffer cannot be too small. */
  size_t capacity = nghttp2_hd_deflate_bound(encoder, fields, count);
  uint8_t *block = malloc(capacity);

  if (block == NULL) {
    return NULL;
  }
  nghttp2_ssize written =
      nghttp2_hd_deflate_hd2(encoder, block, capacity, fields, count);
  if (written < 0) {
    fprintf(stderr, "deflate: %s\n", nghttp2_strerror((int)written));
    free(block);
    return NULL;
  }
  *length = (size_t)written;
  return block;
}

/*
 * Expands a block and compares it with what went in.  A block arrives in as
 * many pieces as it takes, cut anywhere; the decoder keeps its place.  Each
 * call reads up to the end of one field or of the piece.  After the last piece
 * one more call, even with nothing left, says whether the block is complete.
 */
static bool decode(nghttp2_hd_inflater *decoder, const uint8_t *block,
                   size_t length, const nghttp2_nv *fields, size_t count) {
  const uint8_t *end = block + length;
  size_t decoded = 0;
  int flags = 0;

  while ((flags & NGHTTP2_HD_INFLATE_FINAL) == 0) {
    size_t rest = (size_t)(end - block);
    size_t piece = rest < PIECE ? rest : PIECE;
    nghttp2_nv nv;
    nghttp2_ssize taken = nghttp2_hd_inflate_hd3(decoder, &nv, &flags, block,
                                                 piece, piece == rest);
    if (taken < 0) {
      fprintf(stderr, "deflate: %s\n", nghttp2_strerror((int)taken));
      return false;
    }
    block += taken;
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) == 0) {
      continue;
    }
    /* nv is valid until the next call. */
    printf("    ");
    show_field(&nv);
    if (decoded == count || !same_field(&nv, &fields[decoded]) ||
        nv.flags != fields[decoded].flags) {
      fputs("deflate: not the field that went in\n", stderr);
      return false;
    }
    decoded += 1;
  }
  /* Tells the decoder that the next call begins a new block. */
  nghttp2_hd_inflate_end_headers(decoder);
  return decoded == count;
}

static bool round_trip(struct codec *codec, const char *title,
                       const nghttp2_nv *fields, size_t count) {
  size_t plain = 0;
  size_t length = 0;

  printf("%s\n  fields:\n", title);
  for (size_t i = 0; i < count; i++) {
    plain += fields[i].namelen + fields[i].valuelen;
    printf("    ");
    show_field(&fields[i]);
  }
  uint8_t *block = encode(codec->encoder, fields, count, &length);
  if (block == NULL) {
    return false;
  }
  printf("  block: %zu octets for %zu, %.1f %%", length, plain,
         percent(length, plain));
  show_block(block, length);
  codec->plain += plain;
  codec->compressed += length;

  printf("  decoded:\n");
  bool same = decode(codec->decoder, block, length, fields, count);
  free(block);
  if (!same) {
    return false;
  }
  if (!show_tables(codec)) {
    fputs("deflate: the tables differ\n", stderr);
    return false;
  }
  printf("\n");
  return true;
}

/* ---- a short conversation ---- */

/* One direction of one connection has one encoder and one decoder; requests and
   responses never share them.  Here all lists go the same way. */
static bool converse(struct codec *codec) {
  const nghttp2_nv first[] = {
      field(":method", "GET"),
      field(":scheme", "https"),
      field(":authority", "example.org"),
      field(":path", "/"),
      field("user-agent", "deflate-example/1.0"),
      field("accept-encoding", "gzip, deflate"),
      secret("authorization", "Basic c2VjcmV0OnNlY3JldA==")};
  const nghttp2_nv second[] = {
      field(":method", "GET"),
      field(":scheme", "https"),
      field(":authority", "example.org"),
      field(":path", "/style.css"),
      field("user-agent", "deflate-example/1.0"),
      field("accept-encoding", "gzip, deflate"),
      field("referer", "https://example.org/"),
      secret("authorization", "Basic c2VjcmV0OnNlY3JldA==")};

  if (!round_trip(codec, "A request on a new connection", first,
                  sizeof first / sizeof first[0]) ||
      !round_trip(codec, "A request like it", second,
                  sizeof second / sizeof second[0])) {
    return false;
  }

  /* The receiver decides how much the sender may ask it to remember.  In HTTP/2
     it says so with SETTINGS_HEADER_TABLE_SIZE; the decoder may shrink when the
     acknowledgement is in, and the next block must begin with the new size. */
  if (nghttp2_hd_inflate_change_table_size(codec->decoder, SMALL_TABLE_SIZE) !=
          0 ||
      nghttp2_hd_deflate_change_table_size(codec->encoder, SMALL_TABLE_SIZE) !=
          0) {
    fputs("deflate: cannot change the table size\n", stderr);
    return false;
  }
  return round_trip(codec, "The same after the table has shrunk", second,
                    sizeof second / sizeof second[0]) &&
         round_trip(codec, "And once more", second,
                    sizeof second / sizeof second[0]);
}

int main(void) {
  struct codec codec = {0};
  bool good = false;

  if (nghttp2_hd_deflate_new(&codec.encoder, TABLE_SIZE) != 0) {
    fputs("deflate: out of memory\n", stderr);
    return 1;
  }
  if (nghttp2_hd_inflate_new(&codec.decoder) == 0) {
    good = converse(&codec);
    nghttp2_hd_inflate_del(codec.decoder);
  }
  nghttp2_hd_deflate_del(codec.encoder);

  printf("All blocks: %zu octets for %zu, %.1f %%\n", codec.compressed,
         codec.plain, percent(codec.compressed, codec.plain));
  return good ? 0 : 1;
}
