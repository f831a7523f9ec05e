#include "bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct bytes *b, size_t more) {
    if (b->length + more <= b->capacity) return;
    b->capacity = (b->length + more) * 2 + 64;
    b->data = realloc(b->data, b->capacity);
    if (!b->data) abort();
}

void bytes_append(struct bytes *b, const void *data, size_t length) {
    if (length == 0) return;
    reserve(b, length);
    memcpy(b->data + b->length, data, length);
    b->length += length;
}

void bytes_clear(struct bytes *b) {
    b->length = 0;
}

void bytes_free(struct bytes *b) {
    free(b->data);
    *b = (struct bytes){0};
}

void text_printf(struct bytes *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) abort();
    reserve(text, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf((char *)text->data + text->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)length;
}

void text_octets(struct bytes *text, const void *data, size_t length) {
    const uint8_t *octets = data;
    for (size_t i = 0; i < length; i++) {
        if (octets[i] >= 0x20 && octets[i] < 0x7f) {
            text_printf(text, "%c", octets[i]);
        } else {
            text_printf(text, "\\x%02x", octets[i]);
        }
    }
}

const char *text_of(const struct bytes *text) {
    return text->length ? (const char *)text->data : "";
}

void put_u8(struct bytes *b, unsigned value) {
    uint8_t octet = (uint8_t)value;
    bytes_append(b, &octet, 1);
}

void put_u16(struct bytes *b, unsigned value) {
    put_u8(b, value >> 8);
    put_u8(b, value);
}

void put_u32(struct bytes *b, uint32_t value) {
    put_u16(b, value >> 16);
    put_u16(b, value);
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

void put_hex(struct bytes *b, const char *hex) {
    int high = -1;
    for (; *hex; hex++) {
        int digit = hex_digit(*hex);
        if (digit < 0) continue;
        if (high < 0) {
            high = digit;
            continue;
        }
        put_u8(b, (unsigned)(high * 16 + digit));
        high = -1;
    }
}

/* RFC 7541 §5.1 with a prefix of 7 bits. */
static void put_string(struct bytes *b, const void *data, size_t length) {
    if (length < 127) {
        put_u8(b, (unsigned)length);
    } else {
        put_u8(b, 127);
        size_t rest = length - 127;
        for (; rest >= 128; rest /= 128) put_u8(b, (unsigned)(rest % 128) | 0x80);
        put_u8(b, (unsigned)rest);
    }
    bytes_append(b, data, length);
}

void put_literal(struct bytes *b, const void *name, size_t name_length, const void *value,
                 size_t value_length) {
    put_u8(b, 0x00);
    put_string(b, name, name_length);
    put_string(b, value, value_length);
}

/* Splits the first "name: value" line off; false at the end of the text. */
static bool next_field(const char **text, nghttp2_nv *nv) {
    const char *line = *text;
    if (!*line) return false;
    const char *end = strchr(line, '\n');
    if (!end) end = line + strlen(line);
    const char *colon = strstr(line, ": ");
    if (!colon || colon > end) abort();
    *nv = (nghttp2_nv){(uint8_t *)line, (uint8_t *)colon + 2, (size_t)(colon - line),
                       (size_t)(end - colon - 2), NGHTTP2_NV_FLAG_NONE};
    *text = *end ? end + 1 : end;
    return true;
}

void put_fields(struct bytes *b, const char *text) {
    nghttp2_nv nv;
    while (next_field(&text, &nv)) put_literal(b, nv.name, nv.namelen, nv.value, nv.valuelen);
}

struct fields fields(const char *text) {
    struct fields list = {.count = 0};
    while (list.count < MAX_FIELDS && next_field(&text, &list.nva[list.count])) list.count++;
    if (*text) abort();
    return list;
}

struct entries entries(const char *text) {
    struct entries list = {.count = 0};
    for (;;) {
        while (*text == ' ') text++;
        if (!*text) return list;
        if (list.count == 64) abort();
        char *end;
        int32_t id = (int32_t)strtol(text, &end, 0);
        if (*end != '=') abort();
        uint32_t value = (uint32_t)strtoul(end + 1, &end, 0);
        list.iv[list.count++] = (nghttp2_settings_entry){id, value};
        text = end;
    }
}
