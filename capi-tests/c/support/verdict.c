#include "verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool octet_in(unsigned octet, const char *set) {
    for (unsigned first, last; *set; set += *set == ' ') {
        int n;
        if (sscanf(set, "%2x-%2x%n", &first, &last, &n) != 2) {
            if (sscanf(set, "%2x%n", &first, &n) != 1) abort();
            last = first;
        }
        if (octet >= first && octet <= last) return true;
        set += n;
    }
    return false;
}

static const char *const verdict_names[] = {"delivered",   "dropped",       "ignored",
                                            "field error", "message error", "something else"};

static enum verdict verdict_of(struct recorder *r, size_t fields_before) {
    const char *log = text_of(&r->log);
    bool reset = strstr(log, "> RST_STREAM 1 PROTOCOL_ERROR\n") != NULL;
    if (strstr(log, ": HTTP_HEADER\n")) return reset ? FIELD_ERROR : OTHER;
    if (strstr(log, ": HTTP_MESSAGING\n")) return reset ? MESSAGE_ERROR : OTHER;
    if (reset || !strstr(log, "frame_recv HEADERS 1")) return OTHER;
    if (r->calls[ON_INVALID_HEADER]) return IGNORED;
    return r->calls[ON_HEADER] > fields_before ? DELIVERED : DROPPED;
}

static size_t count_lines(const char *text) {
    size_t lines = 0;
    for (; *text; text++) lines += *text == '\n';
    return lines;
}

static void begin(struct recorder *r, const struct message *message) {
    prepare(r, !message->to_client);
    if (message->settings) r->settings = message->settings;
    nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(r->option,
                                                                     message->edges_allowed);
    start(r);
    handshake(r);
    if (message->to_client) {
        request(r, message->request ? message->request : GET, NULL);
        drain(r);
        forget(r);
    }
}

bool expect_verdict(const char *file, int line, struct message message, enum verdict expected) {
    struct recorder r;
    begin(&r, &message);
    const char *before = message.before;
    if (!before) before = message.to_client ? OK_200 : GET;
    const char *behind = message.behind ? message.behind : "";
    size_t name_length = message.name_length ? message.name_length : strlen(message.name);
    size_t value_length = message.value_length ? message.value_length : strlen(message.value);

    struct bytes block = {0};
    put_fields(&block, before);
    put_literal(&block, message.name, name_length, message.value, value_length);
    put_fields(&block, behind);
    put_frame(&r.in, NGHTTP2_HEADERS, EH | (message.no_end_stream ? 0 : ES), 1, block.data,
              block.length);
    bytes_free(&block);
    deliver(&r);
    drain(&r);
    enum verdict verdict = verdict_of(&r, count_lines(before) + count_lines(behind));
    if (verdict != expected) {
        struct bytes text = {0};
        text_octets(&text, message.name, name_length);
        text_printf(&text, ": ");
        text_octets(&text, message.value, value_length);
        printf("%s:%d: \"%s\" is %s, expected %s\n", file, line, text_of(&text),
               verdict_names[verdict], verdict_names[expected]);
        bytes_free(&text);
        check_failed();
    }
    finish(&r);
    return verdict == expected;
}
