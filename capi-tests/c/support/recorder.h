/*
 * A session under observation.
 *
 * Every callback writes one line into the transcript, every frame the session sends another one
 * (see describe.h and wire.h); a test compares the lines and thereby forgets them.  A callback can
 * be told what to answer at its n-th call, and what to do meanwhile.  All memory of the session
 * comes from a counting allocator that finish() expects to be empty.
 */
#ifndef CAPI_TESTS_RECORDER_H
#define CAPI_TESTS_RECORDER_H

#include "bytes.h"
#include "check.h"
#include "heap.h"
#include "wire.h"

enum event {
    ON_BEGIN_FRAME,
    ON_FRAME_RECV,
    ON_INVALID_FRAME,
    ON_DATA_CHUNK,
    ON_BEGIN_HEADERS,
    ON_HEADER,
    ON_INVALID_HEADER,
    ON_STREAM_CLOSE,
    BEFORE_FRAME_SEND,
    ON_FRAME_SEND,
    ON_FRAME_NOT_SEND,
    ON_ERROR,
    ON_EXTENSION_CHUNK,
    UNPACK_EXTENSION,
    PACK_EXTENSION,
    SELECT_PADDING,
    READ_LENGTH,
    READ_DATA, /* a data source, always there */
    SEND_DATA,
    SEND,
    RECV,
    EVENTS,
};

#define BIT(event) (1u << (event))
#define ALL_EVENTS (BIT(EVENTS) - 1)
/* Registered unless a test says otherwise: the callbacks that change nothing by being there. */
#define USUAL_CALLBACKS (BIT(ON_EXTENSION_CHUNK) - 1)
/* Written unless a test says otherwise. */
#define USUAL_LINES                                                                                \
    (BIT(ON_FRAME_RECV) | BIT(ON_INVALID_FRAME) | BIT(ON_DATA_CHUNK) | BIT(ON_INVALID_HEADER) |    \
     BIT(ON_STREAM_CLOSE) | BIT(ON_FRAME_NOT_SEND))

struct recorder;

struct reaction {
    enum event event;
    size_t nth; /* 0 = every call */
    int code;
    void (*act)(struct recorder *);
};

struct recorder {
    nghttp2_session *session;

    /* Between prepare and start. */
    nghttp2_option *option;
    bool is_server;
    uint32_t callbacks; /* registered */
    uint32_t old_forms; /* registered through the older one of two setters */
    const char *settings;      /* our first SETTINGS; NULL = send none */
    const char *peer_settings; /* the peer's first SETTINGS */

    uint32_t heard; /* callbacks that write lines */
    struct bytes in; /* what deliver() gives to the session */
    struct bytes log;
    struct wire wire;
    struct heap heap;

    struct reaction reactions[16];
    size_t reaction_count;
    size_t calls[EVENTS];

    /* Set while an act runs. */
    const nghttp2_frame *frame;
    int32_t stream_id;

    size_t padding;            /* added by select_padding */
    nghttp2_ssize read_length; /* answered by data_source_read_length; 0 = 16384 */
    const char *packed;        /* written by pack_extension */
    size_t input_offset;       /* of in, for the recv callback */
    size_t input_step;         /* octets per recv callback; 0 = as many as asked for */
    size_t output_step;        /* octets per send callback; 0 = all */
    void *context;             /* for acts */
};

void prepare(struct recorder *r, bool is_server);
void prepare_server(struct recorder *r);
void prepare_client(struct recorder *r);
/* Makes the session; one of these must have been called. */
void start(struct recorder *r);
/* Exchanges the preface, SETTINGS and their acknowledgements. */
void handshake(struct recorder *r);
/* All three. */
void server(struct recorder *r);
void client(struct recorder *r);
/* Deletes everything; checks that no memory is left. */
void finish(struct recorder *r);

/* The nth call of event from now on (0: every call) answers code / also runs act. */
void answer(struct recorder *r, enum event event, size_t nth, int code);
void during(struct recorder *r, enum event event, size_t nth, void (*act)(struct recorder *));
void no_reactions(struct recorder *r);

/* Gives octets to the session; a result other than length is written as "recv = ...". */
nghttp2_ssize receive(struct recorder *r, const uint8_t *data, size_t length);
/* The same for all of r->in, which is emptied. */
nghttp2_ssize deliver(struct recorder *r);
/* mem_send until nothing is left; a negative result is written as "send = ...". */
nghttp2_ssize drain(struct recorder *r);
/* One mem_send. */
nghttp2_ssize send_one(struct recorder *r);

void forget(struct recorder *r);
#define EXPECT(r, text) expect_log(__FILE__, __LINE__, r, text)
bool expect_log(const char *file, int line, struct recorder *r, const char *expected);
/* drain, then EXPECT. */
#define EXPECT_SENT(r, text) (drain(r), EXPECT(r, text))

/* A message body: a data source with a length. */
struct body {
    size_t left;
    const char *text;   /* what to send; NULL = 'x' */
    size_t at_most;     /* octets per call; 0 = as many as asked for */
    bool no_end_stream; /* trailers follow */
    bool no_copy;
    bool stays_open;    /* defers when it is used up, and never says EOF */
    bool goes_on;       /* answers 0 octets when it is used up, and never says EOF */
};
nghttp2_data_provider2 body_provider(struct body *body);
nghttp2_data_provider old_body_provider(struct body *body);

int32_t request(struct recorder *r, const char *fields, struct body *body);
int response(struct recorder *r, int32_t stream_id, const char *fields, struct body *body);
int headers(struct recorder *r, unsigned flags, int32_t stream_id, const char *fields);
int trailer(struct recorder *r, int32_t stream_id, const char *fields);
int32_t push(struct recorder *r, int32_t stream_id, const char *fields);
int submit_settings(struct recorder *r, const char *entries);

#endif
