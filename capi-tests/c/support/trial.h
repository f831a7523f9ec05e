/*
 * Conversations that run out of memory: the same one again and again, each time with another
 * allocation refused, once or for ever.
 */
#ifndef CAPI_TESTS_TRIAL_H
#define CAPI_TESTS_TRIAL_H

#include "bytes.h"
#include "heap.h"

struct trial {
    struct heap heap;
    nghttp2_option *option;
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *client, *server; /* NULL, or deleted after the conversation */
    nghttp2_rcbuf *kept[64];          /* fields held until after the sessions are gone */
    size_t kept_count;
};

/* The result of a conversation: 0, or the first error a function returned. */
typedef int (*conversation)(struct trial *);

#define TRY(call)                                                                                  \
    do {                                                                                           \
        nghttp2_ssize result_ = (call);                                                            \
        if (result_ < 0) return (int)result_;                                                      \
    } while (0)

/*
 * Without refusals the conversation must succeed; with any of its allocations refused, it must end
 * with NGHTTP2_ERR_NOMEM and nothing else.  In both cases everything can be deleted, and is freed.
 */
#define EXHAUST(run) exhaust(__FILE__, __LINE__, run)
void exhaust(const char *file, int line, conversation run);

/* Makes both sessions and exchanges prefaces and SETTINGS, given as in entries(). */
int meet(struct trial *t, const char *client_settings, const char *server_settings);
/* Lets both sessions talk until neither has anything to say. */
int exchange(struct trial *t);
/* Gives octets to one session, all of which must be taken. */
int give(nghttp2_session *session, struct bytes *in);

int ask(struct trial *t, const char *fields, const nghttp2_data_provider2 *provider);
int respond(struct trial *t, int32_t stream_id, const char *fields,
            const nghttp2_data_provider2 *provider);
/* A body of this many octets, for any number of streams one after the other. */
nghttp2_data_provider2 octets(size_t *left);

#endif
