/*
 * What a session thinks of one header field: a complete message with this field added is given to a
 * new session, and the reaction comes back as one word.
 */
#ifndef CAPI_TESTS_VERDICT_H
#define CAPI_TESTS_VERDICT_H

#include "recorder.h"

enum verdict {
    DELIVERED, /* on_header */
    DROPPED,   /* no callback at all, the message arrives */
    IGNORED,   /* on_invalid_header, the message arrives */
    FIELD_ERROR,
    MESSAGE_ERROR,
    OTHER,
};

#define EXPECT_VERDICT(of, expected) expect_verdict(__FILE__, __LINE__, of, expected)

/* One message with one field that is looked at; octets may be anything. */
struct message {
    bool to_client;      /* a response; else a request */
    const char *request; /* the client's own request; NULL = GET */
    const char *before;  /* fields in front of it; NULL = the request GET, :status 200 */
    const char *name, *value;
    size_t name_length, value_length; /* 0 = strlen */
    const char *behind;               /* fields behind it */
    bool no_end_stream;
    const char *settings; /* our own */
    bool edges_allowed;   /* option no_rfc9113_leading_and_trailing_ws_validation */
};

/* Octet sets in hexadecimal: "09 20-7e 80-ff". */
bool octet_in(unsigned octet, const char *set);

bool expect_verdict(const char *file, int line, struct message message, enum verdict expected);

#endif
