/*
 * The C interface to HTTP/2 (RFC 9113) and HPACK (RFC 7541).
 *
 * SPDX-License-Identifier: MIT
 *
 * This file is generated from the Rust sources of the library. Change those.
 */
#ifndef NGHTTP2_H
#define NGHTTP2_H

#include <stdlib.h>
#include <inttypes.h>
#include <sys/types.h>
#include <stdarg.h>
#include <stddef.h>

#include <nghttp2/nghttp2ver.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef __has_declspec_attribute
#  define __has_declspec_attribute(x) 0
#endif

#ifdef BUILDING_NGHTTP2
#  undef NGHTTP2_NO_SSIZE_T
#endif

#ifdef NGHTTP2_STATICLIB
#  define NGHTTP2_EXTERN
#elif defined(WIN32) || (__has_declspec_attribute(dllexport) && \
                         __has_declspec_attribute(dllimport))
#  ifdef BUILDING_NGHTTP2
#    define NGHTTP2_EXTERN __declspec(dllexport)
#  else
#    define NGHTTP2_EXTERN __declspec(dllimport)
#  endif
#else
#  ifdef BUILDING_NGHTTP2
#    define NGHTTP2_EXTERN __attribute__((visibility("default")))
#  else
#    define NGHTTP2_EXTERN
#  endif
#endif

/**
 * The name of the protocol over TLS (RFC 9113 section 3.1).
 */
#define NGHTTP2_PROTO_VERSION_ID "h2"

/**
 * The same as an entry in a list for ALPN (RFC 7301): with its length in front.
 */
#define NGHTTP2_PROTO_ALPN "\x2h2"

/**
 * How many octets NGHTTP2_PROTO_ALPN has.
 */
#define NGHTTP2_PROTO_ALPN_LEN (sizeof(NGHTTP2_PROTO_ALPN) - 1)

/**
 * The name of the protocol in the Upgrade field of HTTP/1.1 (RFC 7540 section 3.2).
 */
#define NGHTTP2_CLEARTEXT_PROTO_VERSION_ID "h2c"

/**
 * What a client sends first (RFC 9113 section 3.4).
 */
#define NGHTTP2_CLIENT_MAGIC "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


/**
 * How many octets ::NGHTTP2_PROTO_VERSION_ID has.
 */
#define NGHTTP2_PROTO_VERSION_ID_LEN 2

/**
 * How many octets ::NGHTTP2_CLEARTEXT_PROTO_VERSION_ID has.
 */
#define NGHTTP2_CLEARTEXT_PROTO_VERSION_ID_LEN 3

/**
 * The age of ::nghttp2_info.
 */
#define NGHTTP2_VERSION_AGE 1

/**
 * The weight of a stream nothing is said about (RFC 7540 section 5.3.5).
 */
#define NGHTTP2_DEFAULT_WEIGHT 16

/**
 * The largest weight of a stream.
 */
#define NGHTTP2_MAX_WEIGHT 256

/**
 * The smallest weight of a stream.
 */
#define NGHTTP2_MIN_WEIGHT 1

/**
 * The largest flow-control window, in octets (RFC 9113 section 6.9.1).
 */
#define NGHTTP2_MAX_WINDOW_SIZE (int32_t)((1u << 31) - 1)

/**
 * The window of a stream before SETTINGS say otherwise, in octets.
 */
#define NGHTTP2_INITIAL_WINDOW_SIZE ((1 << 16) - 1)

/**
 * The window of a connection at its start, in octets.
 */
#define NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE ((1 << 16) - 1)

/**
 * The size of the HPACK tables before SETTINGS say otherwise, in octets.
 */
#define NGHTTP2_DEFAULT_HEADER_TABLE_SIZE (1 << 12)

/**
 * How many octets ::NGHTTP2_CLIENT_MAGIC has.
 */
#define NGHTTP2_CLIENT_MAGIC_LEN 24

/**
 * How many entries a received SETTINGS frame may have by default.
 */
#define NGHTTP2_DEFAULT_MAX_SETTINGS 32

/**
 * A number of streams that stands for no limit. Programs use it as a default.
 */
#define NGHTTP2_INITIAL_MAX_CONCURRENT_STREAMS ((1u << 31) - 1)

/**
 * The urgency of a response nothing is said about (RFC 9218 section 4.1).
 */
#define NGHTTP2_EXTPRI_DEFAULT_URGENCY 3

/**
 * The most urgent.
 */
#define NGHTTP2_EXTPRI_URGENCY_HIGH 0

/**
 * The least urgent.
 */
#define NGHTTP2_EXTPRI_URGENCY_LOW 7

/**
 * How many urgencies there are.
 */
#define NGHTTP2_EXTPRI_URGENCY_LEVELS (NGHTTP2_EXTPRI_URGENCY_LOW + 1)

/**
 * Error codes. They are negative. Those below ::NGHTTP2_ERR_FATAL mean that the session can only be
 * deleted.
 */
typedef enum {
  /**
   * An argument is outside its range.
   */
  NGHTTP2_ERR_INVALID_ARGUMENT = -501,
  /**
   * Room for a frame ran out.
   */
  NGHTTP2_ERR_BUFFER_ERROR = -502,
  /**
   * The protocol version is not supported.
   */
  NGHTTP2_ERR_UNSUPPORTED_VERSION = -503,
  /**
   * From a callback: nothing can be done now; try again later.
   */
  NGHTTP2_ERR_WOULDBLOCK = -504,
  /**
   * A rule of the protocol, or of this role in it, forbids the operation.
   */
  NGHTTP2_ERR_PROTO = -505,
  /**
   * A frame is malformed.
   */
  NGHTTP2_ERR_INVALID_FRAME = -506,
  /**
   * The peer has closed the connection.
   */
  NGHTTP2_ERR_EOF = -507,
  /**
   * From a read callback: there is no data now; nghttp2_session_resume_data() will follow.
   */
  NGHTTP2_ERR_DEFERRED = -508,
  /**
   * All stream ids of this endpoint are spent.
   */
  NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE = -509,
  /**
   * The stream is over, or never was.
   */
  NGHTTP2_ERR_STREAM_CLOSED = -510,
  /**
   * RST_STREAM is queued for the stream.
   */
  NGHTTP2_ERR_STREAM_CLOSING = -511,
  /**
   * We have said all on the stream.
   */
  NGHTTP2_ERR_STREAM_SHUT_WR = -512,
  /**
   * The stream id is not valid here.
   */
  NGHTTP2_ERR_INVALID_STREAM_ID = -513,
  /**
   * The state of the stream does not allow the frame.
   */
  NGHTTP2_ERR_INVALID_STREAM_STATE = -514,
  /**
   * Another DATA frame is deferred already.
   */
  NGHTTP2_ERR_DEFERRED_DATA_EXIST = -515,
  /**
   * GOAWAY forbids new streams.
   */
  NGHTTP2_ERR_START_STREAM_NOT_ALLOWED = -516,
  /**
   * GOAWAY has been sent.
   */
  NGHTTP2_ERR_GOAWAY_ALREADY_SENT = -517,
  /**
   * A header block is malformed.
   */
  NGHTTP2_ERR_INVALID_HEADER_BLOCK = -518,
  /**
   * The call does not fit the state or the role of the session.
   */
  NGHTTP2_ERR_INVALID_STATE = -519,
  /**
   * From a callback: something is wrong with this stream only.
   */
  NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE = -521,
  /**
   * A frame is, or would be, too long or too short.
   */
  NGHTTP2_ERR_FRAME_SIZE_ERROR = -522,
  /**
   * Compressing or decompressing fields has failed; the context is lost.
   */
  NGHTTP2_ERR_HEADER_COMP = -523,
  /**
   * A flow-control window was overrun, or would become too large.
   */
  NGHTTP2_ERR_FLOW_CONTROL = -524,
  /**
   * The buffer is too small.
   */
  NGHTTP2_ERR_INSUFF_BUFSIZE = -525,
  /**
   * From a callback: stop here; the program will go on later.
   */
  NGHTTP2_ERR_PAUSE = -526,
  /**
   * Too many SETTINGS frames of ours are not acknowledged.
   */
  NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS = -527,
  /**
   * The peer has switched server push off.
   */
  NGHTTP2_ERR_PUSH_DISABLED = -528,
  /**
   * The stream has a data source already.
   */
  NGHTTP2_ERR_DATA_EXIST = -529,
  /**
   * The session is about to end.
   */
  NGHTTP2_ERR_SESSION_CLOSING = -530,
  /**
   * A header field breaks a rule of HTTP.
   */
  NGHTTP2_ERR_HTTP_HEADER = -531,
  /**
   * A message breaks a rule of HTTP.
   */
  NGHTTP2_ERR_HTTP_MESSAGING = -532,
  /**
   * The stream was refused.
   */
  NGHTTP2_ERR_REFUSED_STREAM = -533,
  /**
   * A state that the library believes impossible.
   */
  NGHTTP2_ERR_INTERNAL = -534,
  /**
   * From a callback, and to others: the frame is dropped.
   */
  NGHTTP2_ERR_CANCEL = -535,
  /**
   * The first frame of the peer is not SETTINGS.
   */
  NGHTTP2_ERR_SETTINGS_EXPECTED = -536,
  /**
   * A SETTINGS frame has more entries than allowed.
   */
  NGHTTP2_ERR_TOO_MANY_SETTINGS = -537,
  /**
   * The border: codes below are fatal.
   */
  NGHTTP2_ERR_FATAL = -900,
  /**
   * Memory ran out.
   */
  NGHTTP2_ERR_NOMEM = -901,
  /**
   * A callback failed.
   */
  NGHTTP2_ERR_CALLBACK_FAILURE = -902,
  /**
   * The first octets are not ::NGHTTP2_CLIENT_MAGIC.
   */
  NGHTTP2_ERR_BAD_CLIENT_MAGIC = -903,
  /**
   * The peer makes us queue more than the limits allow.
   */
  NGHTTP2_ERR_FLOODED = -904,
  /**
   * A header block is spread over too many CONTINUATION frames.
   */
  NGHTTP2_ERR_TOO_MANY_CONTINUATIONS = -905
} nghttp2_error;

/**
 * Flags of ::nghttp2_nv.
 */
typedef enum {
  /**
   * No flag.
   */
  NGHTTP2_NV_FLAG_NONE = 0,
  /**
   * The value is sensitive: no compression table may store it (RFC 7541 section 6.2.3).
   */
  NGHTTP2_NV_FLAG_NO_INDEX = 1,
  /**
   * The name is not copied. It must be in lower case, and must stay as it is until the frame was
   * sent, was told to be not sent, or the session was deleted.
   */
  NGHTTP2_NV_FLAG_NO_COPY_NAME = 2,
  /**
   * The value is not copied, and must stay as it is for as long.
   */
  NGHTTP2_NV_FLAG_NO_COPY_VALUE = 4
} nghttp2_nv_flag;

/**
 * Frame types.
 */
typedef enum {
  /**
   * DATA (RFC 9113 section 6.1)
   */
  NGHTTP2_DATA = 0,
  /**
   * HEADERS (RFC 9113 section 6.2)
   */
  NGHTTP2_HEADERS = 1,
  /**
   * PRIORITY (RFC 7540 section 6.3)
   */
  NGHTTP2_PRIORITY = 2,
  /**
   * RST_STREAM (RFC 9113 section 6.4)
   */
  NGHTTP2_RST_STREAM = 3,
  /**
   * SETTINGS (RFC 9113 section 6.5)
   */
  NGHTTP2_SETTINGS = 4,
  /**
   * PUSH_PROMISE (RFC 9113 section 6.6)
   */
  NGHTTP2_PUSH_PROMISE = 5,
  /**
   * PING (RFC 9113 section 6.7)
   */
  NGHTTP2_PING = 6,
  /**
   * GOAWAY (RFC 9113 section 6.8)
   */
  NGHTTP2_GOAWAY = 7,
  /**
   * WINDOW_UPDATE (RFC 9113 section 6.9)
   */
  NGHTTP2_WINDOW_UPDATE = 8,
  /**
   * CONTINUATION (RFC 9113 section 6.10). Programs see its header only.
   */
  NGHTTP2_CONTINUATION = 9,
  /**
   * ALTSVC (RFC 7838 section 4)
   */
  NGHTTP2_ALTSVC = 10,
  /**
   * ORIGIN (RFC 8336 section 2)
   */
  NGHTTP2_ORIGIN = 12,
  /**
   * PRIORITY_UPDATE (RFC 9218 section 7.1)
   */
  NGHTTP2_PRIORITY_UPDATE = 16
} nghttp2_frame_type;

/**
 * Flags of frames. What a bit means depends on the type.
 */
typedef enum {
  /**
   * No flag.
   */
  NGHTTP2_FLAG_NONE = 0,
  /**
   * The sender's last frame on the stream.
   */
  NGHTTP2_FLAG_END_STREAM = 1,
  /**
   * The end of a header block.
   */
  NGHTTP2_FLAG_END_HEADERS = 4,
  /**
   * The frame is padded.
   */
  NGHTTP2_FLAG_PADDED = 8,
  /**
   * HEADERS with priority fields.
   */
  NGHTTP2_FLAG_PRIORITY = 32,
  /**
   * SETTINGS and PING: an acknowledgement.
   */
  NGHTTP2_FLAG_ACK = 1
} nghttp2_flag;

/**
 * Parameters that SETTINGS sets (RFC 9113 section 6.5.2).
 */
typedef enum {
  /**
   * The size of the sender's table for decompressing fields, in octets.
   */
  NGHTTP2_SETTINGS_HEADER_TABLE_SIZE = 1,
  /**
   * Whether the sender accepts server push, 0 or 1.
   */
  NGHTTP2_SETTINGS_ENABLE_PUSH = 2,
  /**
   * How many streams the sender lets the receiver have open.
   */
  NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS = 3,
  /**
   * The window of each stream for what the sender receives, 0 to 2^31 - 1 octets.
   */
  NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE = 4,
  /**
   * The longest payload that the sender accepts, 2^14 to 2^24 - 1 octets.
   */
  NGHTTP2_SETTINGS_MAX_FRAME_SIZE = 5,
  /**
   * The largest header section that the sender cares for, in octets, 32 more for each field.
   */
  NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE = 6,
  /**
   * Whether extended CONNECT may be used, 0 or 1 (RFC 8441 section 3).
   */
  NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL = 8,
  /**
   * Whether the sender does without the priorities of RFC 7540, 0 or 1 (RFC 9218 section 2.1).
   */
  NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES = 9
} nghttp2_settings_id;

/**
 * Error codes on the wire (RFC 9113 section 7).
 */
typedef enum {
  /**
   * Not an error.
   */
  NGHTTP2_NO_ERROR = 0,
  /**
   * An unspecific violation of the protocol.
   */
  NGHTTP2_PROTOCOL_ERROR = 1,
  /**
   * An unexpected fault of the sender.
   */
  NGHTTP2_INTERNAL_ERROR = 2,
  /**
   * Flow control was violated.
   */
  NGHTTP2_FLOW_CONTROL_ERROR = 3,
  /**
   * SETTINGS was not acknowledged in time.
   */
  NGHTTP2_SETTINGS_TIMEOUT = 4,
  /**
   * A frame came for a half-closed stream.
   */
  NGHTTP2_STREAM_CLOSED = 5,
  /**
   * The size of a frame is wrong.
   */
  NGHTTP2_FRAME_SIZE_ERROR = 6,
  /**
   * Nothing was done about the stream.
   */
  NGHTTP2_REFUSED_STREAM = 7,
  /**
   * The stream is not needed any more.
   */
  NGHTTP2_CANCEL = 8,
  /**
   * The compression context is lost.
   */
  NGHTTP2_COMPRESSION_ERROR = 9,
  /**
   * The connection of a tunnel failed.
   */
  NGHTTP2_CONNECT_ERROR = 10,
  /**
   * The peer generates too much load.
   */
  NGHTTP2_ENHANCE_YOUR_CALM = 11,
  /**
   * The transport is not secure enough.
   */
  NGHTTP2_INADEQUATE_SECURITY = 12,
  /**
   * HTTP/1.1 is required.
   */
  NGHTTP2_HTTP_1_1_REQUIRED = 13
} nghttp2_error_code;

/**
 * Flags that a read callback sets.
 */
typedef enum {
  /**
   * No flag.
   */
  NGHTTP2_DATA_FLAG_NONE = 0,
  /**
   * These octets are the last.
   */
  NGHTTP2_DATA_FLAG_EOF = 1,
  /**
   * With ::NGHTTP2_DATA_FLAG_EOF: the stream does not end here, because trailers follow.
   */
  NGHTTP2_DATA_FLAG_NO_END_STREAM = 2,
  /**
   * Nothing was written to the buffer; ::nghttp2_send_data_callback will send the octets.
   */
  NGHTTP2_DATA_FLAG_NO_COPY = 4
} nghttp2_data_flag;

/**
 * What a header block is, seen from the state of its stream.
 */
typedef enum {
  /**
   * It opens a stream: a request.
   */
  NGHTTP2_HCAT_REQUEST = 0,
  /**
   * It is the first from the server, be it final or interim.
   */
  NGHTTP2_HCAT_RESPONSE = 1,
  /**
   * It is the first on a promised stream.
   */
  NGHTTP2_HCAT_PUSH_RESPONSE = 2,
  /**
   * It is any other: trailers, or what follows an interim response.
   */
  NGHTTP2_HCAT_HEADERS = 3
} nghttp2_headers_category;

/**
 * What nghttp2_hd_inflate_hd3() has come to.
 */
typedef enum {
  /**
   * Nothing special.
   */
  NGHTTP2_HD_INFLATE_NONE = 0,
  /**
   * The header block is complete.
   */
  NGHTTP2_HD_INFLATE_FINAL = 1,
  /**
   * There is one more field.
   */
  NGHTTP2_HD_INFLATE_EMIT = 2
} nghttp2_hd_inflate_flag;

/**
 * The state of a stream (RFC 9113 section 5.1).
 */
typedef enum {
  /**
   * Not opened yet.
   */
  NGHTTP2_STREAM_STATE_IDLE = 1,
  /**
   * Open both ways.
   */
  NGHTTP2_STREAM_STATE_OPEN,
  /**
   * Promised by us.
   */
  NGHTTP2_STREAM_STATE_RESERVED_LOCAL,
  /**
   * Promised by the peer.
   */
  NGHTTP2_STREAM_STATE_RESERVED_REMOTE,
  /**
   * We have said all.
   */
  NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL,
  /**
   * The peer has said all.
   */
  NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE,
  /**
   * Over.
   */
  NGHTTP2_STREAM_STATE_CLOSED
} nghttp2_stream_proto_state;

/**
 * Compresses fields.
 */
typedef struct nghttp2_hd_deflater nghttp2_hd_deflater;

/**
 * Decompresses fields.
 */
typedef struct nghttp2_hd_inflater nghttp2_hd_inflater;

/**
 * A set of options. Sessions copy it when they are created, so one set may serve for many. A later
 * call of the same function replaces what an earlier one has set, but for the types of extension
 * frames, which add up.
 */
typedef struct nghttp2_option nghttp2_option;

/**
 * A counted string, that header callbacks hand out.
 */
typedef struct nghttp2_rcbuf nghttp2_rcbuf;

/**
 * One end of an HTTP/2 connection.
 *
 * A session does no I/O and starts no threads. One thread at a time may use it; a program with
 * several has to see to that. Pointers to it are not checked: they must come from a function like
 * nghttp2_session_client_new(), and not be used after nghttp2_session_del(). After an error for
 * which nghttp2_is_fatal() holds it can only be deleted.
 */
typedef struct nghttp2_session nghttp2_session;

/**
 * A table of callbacks. Sessions copy it when they are created.
 *
 * Each callback gets the session that calls it, and as user_data the pointer that was given when
 * the session was made, or to nghttp2_session_set_user_data(). Frames, fields and other things
 * that its arguments point to are the library's, and end with the call unless something else is
 * said. It may submit frames and ask the session, but it must neither delete the session nor make
 * it receive.
 */
typedef struct nghttp2_session_callbacks nghttp2_session_callbacks;

/**
 * A stream of a session. nghttp2_session_find_stream() gives out such objects; they belong to the
 * session.
 */
typedef struct nghttp2_stream nghttp2_stream;

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Sends octets, like ::nghttp2_send_callback2, which new programs use.
 */
typedef ssize_t (*nghttp2_send_callback)(nghttp2_session *session,
                                         const uint8_t *data,
                                         size_t length,
                                         int flags,
                                         void *user_data);
#endif

/**
 * A number of octets, or a negative error code.
 */
typedef ptrdiff_t nghttp2_ssize;

/**
 * Sends at most `length` octets that are at `data`, for nghttp2_session_send(). `flags` is always
 * 0.
 *
 * Returns how many were sent; ::NGHTTP2_ERR_WOULDBLOCK if none can be sent now; or
 * ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
 */
typedef nghttp2_ssize (*nghttp2_send_callback2)(nghttp2_session *session,
                                                const uint8_t *data,
                                                size_t length,
                                                int flags,
                                                void *user_data);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Receives octets, like ::nghttp2_recv_callback2, which new programs use.
 */
typedef ssize_t (*nghttp2_recv_callback)(nghttp2_session *session,
                                         uint8_t *buf,
                                         size_t length,
                                         int flags,
                                         void *user_data);
#endif

/**
 * Receives at most `length` octets into buf, for nghttp2_session_recv(). `flags` is always 0.
 *
 * Returns how many were received; ::NGHTTP2_ERR_WOULDBLOCK if there are none now;
 * ::NGHTTP2_ERR_EOF if there will be none; or ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
 */
typedef nghttp2_ssize (*nghttp2_recv_callback2)(nghttp2_session *session,
                                                uint8_t *buf,
                                                size_t length,
                                                int flags,
                                                void *user_data);

/**
 * The header of a frame.
 */
typedef struct {
  /**
   * The length of the payload in octets, padding included. For a header block that continues in
   * CONTINUATION frames, of all of them together.
   */
  size_t length;
  /**
   * The stream; 0 is the connection.
   */
  int32_t stream_id;
  /**
   * The type, of ::nghttp2_frame_type or any other.
   */
  uint8_t type;
  /**
   * The flags, of ::nghttp2_flag, combined by OR.
   */
  uint8_t flags;
  /**
   * The reserved bit in front of the stream id; always 0.
   */
  uint8_t reserved;
} nghttp2_frame_hd;

/**
 * DATA. The octets come through ::nghttp2_on_data_chunk_recv_callback.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
   */
  size_t padlen;
} nghttp2_data;

/**
 * A place in the dependency tree (RFC 7540 section 5.3).
 */
typedef struct {
  /**
   * The stream this one depends on; 0 is the root.
   */
  int32_t stream_id;
  /**
   * The share among those that depend on the same, ::NGHTTP2_MIN_WEIGHT to ::NGHTTP2_MAX_WEIGHT.
   */
  int32_t weight;
  /**
   * Whether the stream takes over all that depend on its parent, 0 or 1.
   */
  uint8_t exclusive;
} nghttp2_priority_spec;

/**
 * A header field.
 */
typedef struct {
  /**
   * The name. A program need not end it with NUL; the library always does.
   */
  uint8_t *name;
  /**
   * The value, likewise.
   */
  uint8_t *value;
  /**
   * The length of the name in octets, without NUL.
   */
  size_t namelen;
  /**
   * The length of the value in octets, without NUL.
   */
  size_t valuelen;
  /**
   * Flags of ::nghttp2_nv_flag, combined by OR.
   */
  uint8_t flags;
} nghttp2_nv;

/**
 * HEADERS.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
   */
  size_t padlen;
  /**
   * The priority fields, or the default if there are none.
   */
  nghttp2_priority_spec pri_spec;
  /**
   * The fields, of a frame that is sent. Those of a received one come through
   * ::nghttp2_on_header_callback; then this is NULL.
   */
  nghttp2_nv *nva;
  /**
   * How many fields there are in nva.
   */
  size_t nvlen;
  /**
   * What the header block is.
   */
  nghttp2_headers_category cat;
} nghttp2_headers;

/**
 * PRIORITY.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * The new place in the tree.
   */
  nghttp2_priority_spec pri_spec;
} nghttp2_priority;

/**
 * RST_STREAM.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * Why, of ::nghttp2_error_code or any other.
   */
  uint32_t error_code;
} nghttp2_rst_stream;

/**
 * One parameter in SETTINGS.
 */
typedef struct {
  /**
   * Which one, of ::nghttp2_settings_id or any other.
   */
  int32_t settings_id;
  /**
   * Its value.
   */
  uint32_t value;
} nghttp2_settings_entry;

/**
 * SETTINGS.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * How many entries there are. Of a received frame, repetitions have been merged.
   */
  size_t niv;
  /**
   * The entries.
   */
  nghttp2_settings_entry *iv;
} nghttp2_settings;

/**
 * PUSH_PROMISE.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * The octets of padding, the Pad Length octet included; 0 if the frame is not padded.
   */
  size_t padlen;
  /**
   * The fields of the promised request, as in ::nghttp2_headers.
   */
  nghttp2_nv *nva;
  /**
   * How many fields there are in nva.
   */
  size_t nvlen;
  /**
   * The stream on which the response will come.
   */
  int32_t promised_stream_id;
  /**
   * The reserved bit in front of it; always 0.
   */
  uint8_t reserved;
} nghttp2_push_promise;

/**
 * PING.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * What the answer must repeat.
   */
  uint8_t opaque_data[8];
} nghttp2_ping;

/**
 * GOAWAY.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * The last stream of the receiver that the sender may have acted upon.
   */
  int32_t last_stream_id;
  /**
   * Why, of ::nghttp2_error_code or any other.
   */
  uint32_t error_code;
  /**
   * More about why; NULL if there is nothing.
   */
  uint8_t *opaque_data;
  /**
   * How many octets that has.
   */
  size_t opaque_data_len;
  /**
   * The reserved bit in front of the stream id; always 0.
   */
  uint8_t reserved;
} nghttp2_goaway;

/**
 * WINDOW_UPDATE.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * How many octets more may be sent.
   */
  int32_t window_size_increment;
  /**
   * The reserved bit in front of it; always 0.
   */
  uint8_t reserved;
} nghttp2_window_update;

/**
 * A frame of a type beyond RFC 9113.
 */
typedef struct {
  /**
   * The frame header.
   */
  nghttp2_frame_hd hd;
  /**
   * For types that the library knows: ::nghttp2_ext_altsvc, ::nghttp2_ext_origin or
   * ::nghttp2_ext_priority_update. For others: what the program has put there.
   */
  void *payload;
} nghttp2_extension;

/**
 * Any frame; the type in hd says which member is the right one.
 */
typedef union {
  /**
   * What all frames have in common.
   */
  nghttp2_frame_hd hd;
  /**
   * DATA
   */
  nghttp2_data data;
  /**
   * HEADERS
   */
  nghttp2_headers headers;
  /**
   * PRIORITY
   */
  nghttp2_priority priority;
  /**
   * RST_STREAM
   */
  nghttp2_rst_stream rst_stream;
  /**
   * SETTINGS
   */
  nghttp2_settings settings;
  /**
   * PUSH_PROMISE
   */
  nghttp2_push_promise push_promise;
  /**
   * PING
   */
  nghttp2_ping ping;
  /**
   * GOAWAY
   */
  nghttp2_goaway goaway;
  /**
   * WINDOW_UPDATE
   */
  nghttp2_window_update window_update;
  /**
   * All other types
   */
  nghttp2_extension ext;
} nghttp2_frame;

/**
 * A frame was received, with everything that belongs to it: of HEADERS and PUSH_PROMISE all
 * fields, of DATA all octets have been told. What `frame` refers to ends with the call.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_on_frame_recv_callback)(nghttp2_session *session,
                                              const nghttp2_frame *frame,
                                              void *user_data);

/**
 * The received `frame` is in error, for the reason lib_error_code, of ::nghttp2_error. What the
 * library does about it, RST_STREAM or GOAWAY, follows by itself.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_on_invalid_frame_recv_callback)(nghttp2_session *session,
                                                      const nghttp2_frame *frame,
                                                      int lib_error_code,
                                                      void *user_data);

/**
 * A piece of the content on stream_id was received: len octets at `data`, which points to the
 * program's own input. `flags` is that of the DATA frame. Padding is never told.
 *
 * Returns 0; ::NGHTTP2_ERR_PAUSE, which makes nghttp2_session_mem_recv2() return, while the next
 * call goes on behind this piece; or ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
 */
typedef int (*nghttp2_on_data_chunk_recv_callback)(nghttp2_session *session,
                                                   uint8_t flags,
                                                   int32_t stream_id,
                                                   const uint8_t *data,
                                                   size_t len,
                                                   void *user_data);

/**
 * A `frame` other than DATA is about to be sent.
 *
 * Returns 0; ::NGHTTP2_ERR_CANCEL, which drops it; anything else is fatal.
 */
typedef int (*nghttp2_before_frame_send_callback)(nghttp2_session *session,
                                                  const nghttp2_frame *frame,
                                                  void *user_data);

/**
 * A `frame` was sent, CONTINUATION frames included.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_on_frame_send_callback)(nghttp2_session *session,
                                              const nghttp2_frame *frame,
                                              void *user_data);

/**
 * A `frame` other than DATA that was submitted cannot be sent, for the reason lib_error_code, of
 * ::nghttp2_error.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_on_frame_not_send_callback)(nghttp2_session *session,
                                                  const nghttp2_frame *frame,
                                                  int lib_error_code,
                                                  void *user_data);

/**
 * The stream stream_id is over, with error_code, of ::nghttp2_error_code or any other;
 * ::NGHTTP2_NO_ERROR if both ends have said all. It can still be asked about, and its user data be
 * had, until the call returns. Each stream that was opened or promised is told once.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_on_stream_close_callback)(nghttp2_session *session,
                                                int32_t stream_id,
                                                uint32_t error_code,
                                                void *user_data);

/**
 * A header block begins, of the HEADERS or PUSH_PROMISE in `frame`. Its fields follow.
 *
 * Returns 0; ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream it is for, of
 * PUSH_PROMISE the promised one; anything else is fatal.
 */
typedef int (*nghttp2_on_begin_headers_callback)(nghttp2_session *session,
                                                 const nghttp2_frame *frame,
                                                 void *user_data);

/**
 * One field of the header block of `frame`: namelen octets of `name`, and valuelen octets of
 * `value`. A NUL stands behind both, which end with the call. `flags` is of ::nghttp2_nv_flag.
 *
 * Returns 0; ::NGHTTP2_ERR_PAUSE, which makes nghttp2_session_mem_recv2() return, while the next
 * call goes on behind this field; ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the
 * stream; anything else is fatal.
 */
typedef int (*nghttp2_on_header_callback)(nghttp2_session *session,
                                          const nghttp2_frame *frame,
                                          const uint8_t *name,
                                          size_t namelen,
                                          const uint8_t *value,
                                          size_t valuelen,
                                          uint8_t flags,
                                          void *user_data);

/**
 * Like ::nghttp2_on_header_callback, but `name` and `value` are counted: the program may keep them
 * after nghttp2_rcbuf_incref().
 */
typedef int (*nghttp2_on_header_callback2)(nghttp2_session *session,
                                           const nghttp2_frame *frame,
                                           nghttp2_rcbuf *name,
                                           nghttp2_rcbuf *value,
                                           uint8_t flags,
                                           void *user_data);

/**
 * A field that is invalid, but can be left out of its message, which is what happens when 0 is
 * returned. ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE resets the stream instead. Otherwise like
 * ::nghttp2_on_header_callback.
 */
typedef int (*nghttp2_on_invalid_header_callback)(nghttp2_session *session,
                                                  const nghttp2_frame *frame,
                                                  const uint8_t *name,
                                                  size_t namelen,
                                                  const uint8_t *value,
                                                  size_t valuelen,
                                                  uint8_t flags,
                                                  void *user_data);

/**
 * Like ::nghttp2_on_invalid_header_callback, but `name` and `value` are counted, as for
 * ::nghttp2_on_header_callback2.
 */
typedef int (*nghttp2_on_invalid_header_callback2)(nghttp2_session *session,
                                                   const nghttp2_frame *frame,
                                                   nghttp2_rcbuf *name,
                                                   nghttp2_rcbuf *value,
                                                   uint8_t flags,
                                                   void *user_data);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Chooses padding, like ::nghttp2_select_padding_callback2, which new programs use.
 */
typedef ssize_t (*nghttp2_select_padding_callback)(nghttp2_session *session,
                                                   const nghttp2_frame *frame,
                                                   size_t max_payloadlen,
                                                   void *user_data);
#endif

/**
 * Chooses the length that the payload of a HEADERS, PUSH_PROMISE or DATA `frame` gets by padding
 * (RFC 9113 section 6.1).
 *
 * Returns frame->hd.length, for none, up to max_payloadlen octets. Any other number is fatal.
 */
typedef nghttp2_ssize (*nghttp2_select_padding_callback2)(nghttp2_session *session,
                                                          const nghttp2_frame *frame,
                                                          size_t max_payloadlen,
                                                          void *user_data);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Chooses how much data to read, like ::nghttp2_data_source_read_length_callback2, which new
 * programs use.
 */
typedef ssize_t (*nghttp2_data_source_read_length_callback)(nghttp2_session *session,
                                                            uint8_t frame_type,
                                                            int32_t stream_id,
                                                            int32_t session_remote_window_size,
                                                            int32_t stream_remote_window_size,
                                                            uint32_t remote_max_frame_size,
                                                            void *user_data);
#endif

/**
 * Chooses how many octets may be read for the next DATA frame on stream_id. frame_type is always
 * ::NGHTTP2_DATA. What may be sent is limited by session_remote_window_size and
 * stream_remote_window_size, the octets left in the windows of the connection and of the stream,
 * and by remote_max_frame_size, the peer's NGHTTP2_SETTINGS_MAX_FRAME_SIZE.
 *
 * Returns a number of octets, which is brought down to these limits. 0 and less is fatal.
 */
typedef nghttp2_ssize (*nghttp2_data_source_read_length_callback2)(nghttp2_session *session,
                                                                   uint8_t frame_type,
                                                                   int32_t stream_id,
                                                                   int32_t session_remote_window_size,
                                                                   int32_t stream_remote_window_size,
                                                                   uint32_t remote_max_frame_size,
                                                                   void *user_data);

/**
 * A frame header, `hd`, was received, of a frame that is not going to be ignored. Its payload has
 * not been looked at.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_on_begin_frame_callback)(nghttp2_session *session,
                                               const nghttp2_frame_hd *hd,
                                               void *user_data);

/**
 * What a data source reads from. It belongs to the program; the library copies it and hands it back.
 */
typedef union {
  /**
   * A file descriptor.
   */
  int fd;
  /**
   * Anything else.
   */
  void *ptr;
} nghttp2_data_source;

/**
 * Sends a DATA `frame` whose octets the program has in `source`, after a read callback has set
 * ::NGHTTP2_DATA_FLAG_NO_COPY. To be sent are: the 9 octets of framehd; one octet with the value
 * frame->data.padlen - 1 if padlen is above 0; `length` octets of data; padlen - 1 zero octets.
 *
 * Returns 0 when all was sent; ::NGHTTP2_ERR_WOULDBLOCK when nothing was, to be called again
 * later; ::NGHTTP2_ERR_PAUSE when all was sent and the library shall return;
 * ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream; or
 * ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
 */
typedef int (*nghttp2_send_data_callback)(nghttp2_session *session,
                                          nghttp2_frame *frame,
                                          const uint8_t *framehd,
                                          size_t length,
                                          nghttp2_data_source *source,
                                          void *user_data);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Writes the payload of an extension frame, like ::nghttp2_pack_extension_callback2, which new
 * programs use.
 */
typedef ssize_t (*nghttp2_pack_extension_callback)(nghttp2_session *session,
                                                   uint8_t *buf,
                                                   size_t len,
                                                   const nghttp2_frame *frame,
                                                   void *user_data);
#endif

/**
 * Writes at most len octets, the payload of the extension `frame`, to buf. frame->ext.payload is
 * what nghttp2_submit_extension() was given.
 *
 * Returns how many octets were written; ::NGHTTP2_ERR_CANCEL, which drops the frame; any other
 * negative number is fatal.
 */
typedef nghttp2_ssize (*nghttp2_pack_extension_callback2)(nghttp2_session *session,
                                                          uint8_t *buf,
                                                          size_t len,
                                                          const nghttp2_frame *frame,
                                                          void *user_data);

/**
 * An extension frame with the header `hd` was received as a whole. What is stored in `payload` is
 * what ::nghttp2_on_frame_recv_callback finds in frame->ext.payload; the library does not free it.
 *
 * Returns 0; ::NGHTTP2_ERR_CANCEL, which drops the frame; anything else is fatal.
 */
typedef int (*nghttp2_unpack_extension_callback)(nghttp2_session *session,
                                                 void **payload,
                                                 const nghttp2_frame_hd *hd,
                                                 void *user_data);

/**
 * A piece of the payload of an extension frame with the header `hd` was received: len octets at
 * `data`, which points to the program's own input.
 *
 * Returns 0; ::NGHTTP2_ERR_CANCEL, which ignores the rest of the frame; anything else is fatal.
 */
typedef int (*nghttp2_on_extension_chunk_recv_callback)(nghttp2_session *session,
                                                        const nghttp2_frame_hd *hd,
                                                        const uint8_t *data,
                                                        size_t len,
                                                        void *user_data);

/**
 * A text for people, like ::nghttp2_error_callback2, which new programs use.
 */
typedef int (*nghttp2_error_callback)(nghttp2_session *session,
                                      const char *msg,
                                      size_t len,
                                      void *user_data);

/**
 * A text for people, msg, about what the peer does wrong. It has len octets, and a NUL behind
 * them. lib_error_code, of ::nghttp2_error, says what kind of fault it is.
 *
 * Returns 0. Anything else is fatal.
 */
typedef int (*nghttp2_error_callback2)(nghttp2_session *session,
                                       int lib_error_code,
                                       const char *msg,
                                       size_t len,
                                       void *user_data);

/**
 * Fills dest with destlen octets that nobody can predict.
 */
typedef void (*nghttp2_rand_callback)(uint8_t *dest, size_t destlen);

/**
 * Like malloc(3).
 */
typedef void *(*nghttp2_malloc)(size_t size, void *mem_user_data);

/**
 * Like free(3).
 */
typedef void (*nghttp2_free)(void *ptr, void *mem_user_data);

/**
 * Like calloc(3).
 */
typedef void *(*nghttp2_calloc)(size_t nmemb, size_t size, void *mem_user_data);

/**
 * Like realloc(3).
 */
typedef void *(*nghttp2_realloc)(void *ptr, size_t size, void *mem_user_data);

/**
 * Four functions that serve as an allocator. Each gets mem_user_data as its last argument, and all
 * must be set. They must not call into the session that uses them.
 */
typedef struct {
  /**
   * Handed to each function.
   */
  void *mem_user_data;
  /**
   * Like malloc(3).
   */
  nghttp2_malloc malloc;
  /**
   * Like free(3).
   */
  nghttp2_free free;
  /**
   * Like calloc(3).
   */
  nghttp2_calloc calloc;
  /**
   * Like realloc(3).
   */
  nghttp2_realloc realloc;
} nghttp2_mem;

/**
 * A piece of memory.
 */
typedef struct {
  /**
   * Where it begins.
   */
  uint8_t *base;
  /**
   * How many octets it has.
   */
  size_t len;
} nghttp2_vec;

/**
 * The priority of a response (RFC 9218 section 4).
 */
typedef struct {
  /**
   * ::NGHTTP2_EXTPRI_URGENCY_HIGH to ::NGHTTP2_EXTPRI_URGENCY_LOW.
   */
  uint32_t urgency;
  /**
   * Whether parts of the response are of use before the whole has come, 0 or 1.
   */
  int inc;
} nghttp2_extpri;

/**
 * Reads at most `length` octets of the content on stream_id into buf. It sets flags of
 * ::nghttp2_data_flag in data_flags. It may change what `source` holds.
 *
 * Returns how many octets were read. Instead it may return ::NGHTTP2_ERR_DEFERRED, when there is
 * no data until nghttp2_session_resume_data() is called; ::NGHTTP2_ERR_PAUSE, which makes
 * nghttp2_session_mem_send2() and nghttp2_session_send() return, and is asked again by the next
 * call; ::NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, which resets the stream; or
 * ::NGHTTP2_ERR_CALLBACK_FAILURE, which is fatal.
 */
typedef nghttp2_ssize (*nghttp2_data_source_read_callback2)(nghttp2_session *session,
                                                            int32_t stream_id,
                                                            uint8_t *buf,
                                                            size_t length,
                                                            uint32_t *data_flags,
                                                            nghttp2_data_source *source,
                                                            void *user_data);

/**
 * What to read from, and how.
 */
typedef struct {
  /**
   * What to read from.
   */
  nghttp2_data_source source;
  /**
   * How.
   */
  nghttp2_data_source_read_callback2 read_callback;
} nghttp2_data_provider2;

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Reads data to send, like ::nghttp2_data_source_read_callback2, which new programs use.
 */
typedef ssize_t (*nghttp2_data_source_read_callback)(nghttp2_session *session,
                                                     int32_t stream_id,
                                                     uint8_t *buf,
                                                     size_t length,
                                                     uint32_t *data_flags,
                                                     nghttp2_data_source *source,
                                                     void *user_data);
#endif

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * What to read from, and how. Use ::nghttp2_data_provider2 in new programs.
 */
typedef struct {
  /**
   * What to read from.
   */
  nghttp2_data_source source;
  /**
   * How.
   */
  nghttp2_data_source_read_callback read_callback;
} nghttp2_data_provider;
#endif

/**
 * One origin.
 */
typedef struct {
  /**
   * Its ASCII form. In a received frame a NUL follows.
   */
  uint8_t *origin;
  /**
   * The length of that in octets, without NUL.
   */
  size_t origin_len;
} nghttp2_origin_entry;

/**
 * What this library is.
 */
typedef struct {
  /**
   * The age of this structure, currently ::NGHTTP2_VERSION_AGE. Members come in with later ages.
   */
  int age;
  /**
   * The version as ::NGHTTP2_VERSION_NUM has it.
   */
  int version_num;
  /**
   * The version as ::NGHTTP2_VERSION has it.
   */
  const char *version_str;
  /**
   * The protocol, `h2`.
   */
  const char *proto_str;
} nghttp2_info;

/**
 * Prints debug output of the library: `format` and `args` are like those of vprintf(3).
 */
typedef void (*nghttp2_debug_vprintf_callback)(const char *format, va_list args);

/**
 * The payload of ALTSVC.
 */
typedef struct {
  /**
   * The origin it is about; it may be empty. In a received frame no NUL follows.
   */
  uint8_t *origin;
  /**
   * The length of that in octets.
   */
  size_t origin_len;
  /**
   * The value of the Alt-Svc field. In a received frame no NUL follows.
   */
  uint8_t *field_value;
  /**
   * The length of that in octets.
   */
  size_t field_value_len;
} nghttp2_ext_altsvc;

/**
 * The payload of ORIGIN.
 */
typedef struct {
  /**
   * How many origins there are.
   */
  size_t nov;
  /**
   * The origins.
   */
  nghttp2_origin_entry *ov;
} nghttp2_ext_origin;

/**
 * The payload of PRIORITY_UPDATE.
 */
typedef struct {
  /**
   * The stream whose priority changes.
   */
  int32_t stream_id;
  /**
   * The new value of the Priority field. No NUL follows.
   */
  uint8_t *field_value;
  /**
   * The length of that in octets.
   */
  size_t field_value_len;
} nghttp2_ext_priority_update;

/**
 * Makes an empty table and stores it in callbacks_ptr. It is not made with any session's
 * allocator. Fill it with the functions whose names begin like this one, hand it to
 * nghttp2_session_client_new() or nghttp2_session_server_new(), and free it with
 * nghttp2_session_callbacks_del(). A function that is NULL is not called.
 *
 * Returns 0 or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_callbacks_new(nghttp2_session_callbacks **callbacks_ptr);

/**
 * Frees a table. NULL is allowed. Sessions made with it are not concerned.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_del(nghttp2_session_callbacks *callbacks);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Sets an ::nghttp2_send_callback, with which nghttp2_session_send() sends.
 *
 * @deprecated Use nghttp2_session_callbacks_set_send_callback2().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_send_callback(nghttp2_session_callbacks *cbs,
                                                 nghttp2_send_callback send_callback);
#endif

/**
 * Sets an ::nghttp2_send_callback2, with which nghttp2_session_send() sends. It comes before that
 * of nghttp2_session_callbacks_set_send_callback(). Programs that use nghttp2_session_mem_send2()
 * need none.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_send_callback2(nghttp2_session_callbacks *cbs,
                                                  nghttp2_send_callback2 send_callback);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Sets an ::nghttp2_recv_callback, with which nghttp2_session_recv() receives.
 *
 * @deprecated Use nghttp2_session_callbacks_set_recv_callback2().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_recv_callback(nghttp2_session_callbacks *cbs,
                                                 nghttp2_recv_callback recv_callback);
#endif

/**
 * Sets an ::nghttp2_recv_callback2, with which nghttp2_session_recv() receives. It comes before
 * that of nghttp2_session_callbacks_set_recv_callback(). Programs that use
 * nghttp2_session_mem_recv2() need none.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_recv_callback2(nghttp2_session_callbacks *cbs,
                                                  nghttp2_recv_callback2 recv_callback);

/**
 * Sets an ::nghttp2_on_frame_recv_callback, which is called when a frame was received.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_frame_recv_callback(nghttp2_session_callbacks *cbs,
                                                          nghttp2_on_frame_recv_callback on_frame_recv_callback);

/**
 * Sets an ::nghttp2_on_invalid_frame_recv_callback, which is called when a received frame is in
 * error.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(nghttp2_session_callbacks *cbs,
                                                                  nghttp2_on_invalid_frame_recv_callback on_invalid_frame_recv_callback);

/**
 * Sets an ::nghttp2_on_data_chunk_recv_callback, which is called when a piece of DATA was
 * received.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_data_chunk_recv_callback(nghttp2_session_callbacks *cbs,
                                                               nghttp2_on_data_chunk_recv_callback on_data_chunk_recv_callback);

/**
 * Sets an ::nghttp2_before_frame_send_callback, which is called before a frame other than DATA is
 * sent.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_before_frame_send_callback(nghttp2_session_callbacks *cbs,
                                                              nghttp2_before_frame_send_callback before_frame_send_callback);

/**
 * Sets an ::nghttp2_on_frame_send_callback, which is called when a frame was sent.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_frame_send_callback(nghttp2_session_callbacks *cbs,
                                                          nghttp2_on_frame_send_callback on_frame_send_callback);

/**
 * Sets an ::nghttp2_on_frame_not_send_callback, which is called when a frame cannot be sent.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_frame_not_send_callback(nghttp2_session_callbacks *cbs,
                                                              nghttp2_on_frame_not_send_callback on_frame_not_send_callback);

/**
 * Sets an ::nghttp2_on_stream_close_callback, which is called when a stream is over.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_stream_close_callback(nghttp2_session_callbacks *cbs,
                                                            nghttp2_on_stream_close_callback on_stream_close_callback);

/**
 * Sets an ::nghttp2_on_begin_headers_callback, which is called when a header block begins.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_begin_headers_callback(nghttp2_session_callbacks *cbs,
                                                             nghttp2_on_begin_headers_callback on_begin_headers_callback);

/**
 * Sets an ::nghttp2_on_header_callback, which is called for each received field.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_header_callback(nghttp2_session_callbacks *cbs,
                                                      nghttp2_on_header_callback on_header_callback);

/**
 * Sets an ::nghttp2_on_header_callback2, which is called for each received field, with counted
 * strings. It comes before that of nghttp2_session_callbacks_set_on_header_callback().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_header_callback2(nghttp2_session_callbacks *cbs,
                                                       nghttp2_on_header_callback2 on_header_callback2);

/**
 * Sets an ::nghttp2_on_invalid_header_callback, which is called for a received field that is
 * invalid and could be left out.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_invalid_header_callback(nghttp2_session_callbacks *cbs,
                                                              nghttp2_on_invalid_header_callback on_invalid_header_callback);

/**
 * Sets an ::nghttp2_on_invalid_header_callback2, which is called for a received field that is
 * invalid and could be left out, with counted strings. It comes before that of
 * nghttp2_session_callbacks_set_on_invalid_header_callback().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_invalid_header_callback2(nghttp2_session_callbacks *cbs,
                                                               nghttp2_on_invalid_header_callback2 on_invalid_header_callback2);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Sets an ::nghttp2_select_padding_callback, which chooses padding.
 *
 * @deprecated Use nghttp2_session_callbacks_set_select_padding_callback2().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_select_padding_callback(nghttp2_session_callbacks *cbs,
                                                           nghttp2_select_padding_callback select_padding_callback);
#endif

/**
 * Sets an ::nghttp2_select_padding_callback2, which chooses padding. It comes before that of
 * nghttp2_session_callbacks_set_select_padding_callback(). Without any nothing is padded.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_select_padding_callback2(nghttp2_session_callbacks *cbs,
                                                            nghttp2_select_padding_callback2 select_padding_callback);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Sets an ::nghttp2_data_source_read_length_callback, which chooses how much data is read.
 *
 * @deprecated Use nghttp2_session_callbacks_set_data_source_read_length_callback2().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_data_source_read_length_callback(nghttp2_session_callbacks *cbs,
                                                                    nghttp2_data_source_read_length_callback data_source_read_length_callback);
#endif

/**
 * Sets an ::nghttp2_data_source_read_length_callback2, which chooses how much data is read. It
 * comes before that of nghttp2_session_callbacks_set_data_source_read_length_callback(). Without
 * any it is at most 16,384 octets for each frame.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_data_source_read_length_callback2(nghttp2_session_callbacks *cbs,
                                                                     nghttp2_data_source_read_length_callback2 data_source_read_length_callback);

/**
 * Sets an ::nghttp2_on_begin_frame_callback, which is called when a frame header was received.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_begin_frame_callback(nghttp2_session_callbacks *cbs,
                                                           nghttp2_on_begin_frame_callback on_begin_frame_callback);

/**
 * Sets an ::nghttp2_send_data_callback, which sends data that read callbacks do not copy.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_send_data_callback(nghttp2_session_callbacks *cbs,
                                                      nghttp2_send_data_callback send_data_callback);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Sets an ::nghttp2_pack_extension_callback, which writes extension frames.
 *
 * @deprecated Use nghttp2_session_callbacks_set_pack_extension_callback2().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_pack_extension_callback(nghttp2_session_callbacks *cbs,
                                                           nghttp2_pack_extension_callback pack_extension_callback);
#endif

/**
 * Sets an ::nghttp2_pack_extension_callback2, which writes extension frames. It comes before that
 * of nghttp2_session_callbacks_set_pack_extension_callback().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_pack_extension_callback2(nghttp2_session_callbacks *cbs,
                                                            nghttp2_pack_extension_callback2 pack_extension_callback);

/**
 * Sets an ::nghttp2_unpack_extension_callback, which is called when an extension frame was
 * received. Without it those frames are ignored.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_unpack_extension_callback(nghttp2_session_callbacks *cbs,
                                                             nghttp2_unpack_extension_callback unpack_extension_callback);

/**
 * Sets an ::nghttp2_on_extension_chunk_recv_callback, which is called when a piece of an extension
 * frame was received.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(nghttp2_session_callbacks *cbs,
                                                                    nghttp2_on_extension_chunk_recv_callback on_extension_chunk_recv_callback);

/**
 * Sets an ::nghttp2_error_callback, which gets texts for people.
 *
 * @deprecated Use nghttp2_session_callbacks_set_error_callback2().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_error_callback(nghttp2_session_callbacks *cbs,
                                                  nghttp2_error_callback error_callback);

/**
 * Sets an ::nghttp2_error_callback2, which gets texts for people. It comes before that of
 * nghttp2_session_callbacks_set_error_callback().
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_error_callback2(nghttp2_session_callbacks *cbs,
                                                   nghttp2_error_callback2 error_callback2);

/**
 * Sets an ::nghttp2_rand_callback, which session constructors call once for 8 octets, to seed hash
 * tables. Without it the library takes them from elsewhere.
 */
NGHTTP2_EXTERN
void nghttp2_session_callbacks_set_rand_callback(nghttp2_session_callbacks *cbs,
                                                 nghttp2_rand_callback rand_callback);

/**
 * Makes a deflater whose table never holds more than max_deflate_dynamic_table_size octets (RFC
 * 7541 section 4.2), and stores it in deflater_ptr. Free it with nghttp2_hd_deflate_del().
 *
 * Returns 0 or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_hd_deflate_new(nghttp2_hd_deflater **deflater_ptr,
                           size_t max_deflate_dynamic_table_size);

/**
 * Like nghttp2_hd_deflate_new(), with an allocator, whose functions must work until the deflater
 * is freed. `mem` may be NULL, for that of the C library.
 */
NGHTTP2_EXTERN
int nghttp2_hd_deflate_new2(nghttp2_hd_deflater **deflater_ptr,
                            size_t max_deflate_dynamic_table_size,
                            nghttp2_mem *mem);

/**
 * Frees a deflater.
 */
NGHTTP2_EXTERN void nghttp2_hd_deflate_del(nghttp2_hd_deflater *deflater);

/**
 * Says that the decompressing end allows a table of settings_max_dynamic_table_size octets. The
 * next header block announces what is used of that (RFC 7541 section 6.3).
 *
 * Returns 0.
 */
NGHTTP2_EXTERN
int nghttp2_hd_deflate_change_table_size(nghttp2_hd_deflater *deflater,
                                         size_t settings_max_dynamic_table_size);

/**
 * Writes the header block for nvlen fields in nva to buf, which has room for buflen octets: make
 * it as large as nghttp2_hd_deflate_bound() says (RFC 7541 section 6).
 *
 * Returns the length of the block in octets; ::NGHTTP2_ERR_INSUFF_BUFSIZE if there is not room
 * enough; ::NGHTTP2_ERR_NOMEM; or ::NGHTTP2_ERR_HEADER_COMP. After an error the deflater can only
 * be freed.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2_hd_deflate_hd2(nghttp2_hd_deflater *deflater,
                                     uint8_t *buf,
                                     size_t buflen,
                                     const nghttp2_nv *nva,
                                     size_t nvlen);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_hd_deflate_hd2().
 *
 * @deprecated Use nghttp2_hd_deflate_hd2().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_hd_deflate_hd(nghttp2_hd_deflater *deflater,
                              uint8_t *buf,
                              size_t buflen,
                              const nghttp2_nv *nva,
                              size_t nvlen);
#endif

/**
 * Like nghttp2_hd_deflate_hd2(), but fills veclen buffers in vec, one after the other.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2_hd_deflate_hd_vec2(nghttp2_hd_deflater *deflater,
                                         const nghttp2_vec *vec,
                                         size_t veclen,
                                         const nghttp2_nv *nva,
                                         size_t nvlen);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_hd_deflate_hd_vec2().
 *
 * @deprecated Use nghttp2_hd_deflate_hd_vec2().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_hd_deflate_hd_vec(nghttp2_hd_deflater *deflater,
                                  const nghttp2_vec *vec,
                                  size_t veclen,
                                  const nghttp2_nv *nva,
                                  size_t nvlen);
#endif

/**
 * Returns how many octets the header block for nvlen fields in nva has at most.
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_deflate_bound(nghttp2_hd_deflater *deflater,
                                const nghttp2_nv *nva,
                                size_t nvlen);

/**
 * Returns how many entries there are in the static and the dynamic table together.
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_deflate_get_num_table_entries(nghttp2_hd_deflater *deflater);

/**
 * Returns the table entry with index idx, from 1 on (RFC 7541 section 2.3.3); NULL for 0 and
 * beyond the tables. It belongs to the deflater, and is valid until the table changes.
 */
NGHTTP2_EXTERN
const nghttp2_nv *nghttp2_hd_deflate_get_table_entry(nghttp2_hd_deflater *deflater,
                                                     size_t idx);

/**
 * Returns how many octets the dynamic table holds (RFC 7541 section 4.1).
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_deflate_get_dynamic_table_size(nghttp2_hd_deflater *deflater);

/**
 * Returns how many octets the dynamic table may hold (RFC 7541 section 4.2).
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_deflate_get_max_dynamic_table_size(nghttp2_hd_deflater *deflater);

/**
 * Makes an inflater, and stores it in inflater_ptr. Its table holds at most 4,096 octets until
 * nghttp2_hd_inflate_change_table_size() says otherwise. Free it with nghttp2_hd_inflate_del().
 *
 * Returns 0 or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_hd_inflate_new(nghttp2_hd_inflater **inflater_ptr);

/**
 * Like nghttp2_hd_inflate_new(), with an allocator, whose functions must work until the inflater
 * is freed. `mem` may be NULL, for that of the C library.
 */
NGHTTP2_EXTERN
int nghttp2_hd_inflate_new2(nghttp2_hd_inflater **inflater_ptr,
                            nghttp2_mem *mem);

/**
 * Frees an inflater.
 */
NGHTTP2_EXTERN void nghttp2_hd_inflate_del(nghttp2_hd_inflater *inflater);

/**
 * Says that the compressing end was allowed a table of settings_max_dynamic_table_size octets, between
 * two header blocks. If that is less than the table holds now, the next block must announce it.
 *
 * Returns 0, or ::NGHTTP2_ERR_INVALID_STATE inside a header block.
 */
NGHTTP2_EXTERN
int nghttp2_hd_inflate_change_table_size(nghttp2_hd_inflater *inflater,
                                         size_t settings_max_dynamic_table_size);

/**
 * Decompresses up to the next field. `in` has inlen octets of a header block; in_final is nonzero
 * if the block ends there. What has happened is told in inflate_flags, of
 * ::nghttp2_hd_inflate_flag:
 *
 * - With ::NGHTTP2_HD_INFLATE_EMIT there is a field in nv_out, whose strings end with the next
 *   call. Call again with the rest of the input, even if nothing is left.
 * - With ::NGHTTP2_HD_INFLATE_FINAL the block is complete. Call nghttp2_hd_inflate_end_headers().
 * - Otherwise more input is needed.
 *
 * Returns how many octets were used; ::NGHTTP2_ERR_HEADER_COMP or ::NGHTTP2_ERR_NOMEM. After an
 * error the inflater can only be freed.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2_hd_inflate_hd3(nghttp2_hd_inflater *inflater,
                                     nghttp2_nv *nv_out,
                                     int *inflate_flags,
                                     const uint8_t *in,
                                     size_t inlen,
                                     int in_final);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_hd_inflate_hd3().
 *
 * @deprecated Use nghttp2_hd_inflate_hd3().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_hd_inflate_hd2(nghttp2_hd_inflater *inflater,
                               nghttp2_nv *nv_out,
                               int *inflate_flags,
                               const uint8_t *in,
                               size_t inlen,
                               int in_final);
#endif

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_hd_inflate_hd3().
 *
 * @deprecated Use nghttp2_hd_inflate_hd3().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_hd_inflate_hd(nghttp2_hd_inflater *inflater,
                              nghttp2_nv *nv_out,
                              int *inflate_flags,
                              uint8_t *in,
                              size_t inlen,
                              int in_final);
#endif

/**
 * Says that a header block was complete, before the next one begins.
 *
 * Returns 0.
 */
NGHTTP2_EXTERN
int nghttp2_hd_inflate_end_headers(nghttp2_hd_inflater *inflater);

/**
 * Returns how many entries there are in the static and the dynamic table together.
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_inflate_get_num_table_entries(nghttp2_hd_inflater *inflater);

/**
 * Returns the table entry with index idx, from 1 on (RFC 7541 section 2.3.3); NULL for 0 and
 * beyond the tables. It belongs to the inflater, and is valid until the table changes.
 */
NGHTTP2_EXTERN
const nghttp2_nv *nghttp2_hd_inflate_get_table_entry(nghttp2_hd_inflater *inflater,
                                                     size_t idx);

/**
 * Returns how many octets the dynamic table holds (RFC 7541 section 4.1).
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_inflate_get_dynamic_table_size(nghttp2_hd_inflater *inflater);

/**
 * Returns how many octets the dynamic table may hold (RFC 7541 section 4.2).
 */
NGHTTP2_EXTERN
size_t nghttp2_hd_inflate_get_max_dynamic_table_size(nghttp2_hd_inflater *inflater);

/**
 * Makes a set of options, all at their defaults, and stores it in option_ptr. It is not made with
 * any session's allocator. Free it with nghttp2_option_del().
 *
 * Returns 0 or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_option_new(nghttp2_option **option_ptr);

/**
 * Frees a set of options. NULL is allowed. Sessions made with it are not concerned.
 */
NGHTTP2_EXTERN
void nghttp2_option_del(nghttp2_option *option);

/**
 * With a nonzero val, windows are not updated as data is received, but as the program says that it has
 * consumed it, with nghttp2_session_consume() and its like. Default: 0.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_no_auto_window_update(nghttp2_option *option,
                                              int val);

/**
 * Assumes that the peer allows val streams until its SETTINGS come. Default: 100.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_peer_max_concurrent_streams(nghttp2_option *option,
                                                    uint32_t val);

/**
 * With a nonzero val, a server does not expect ::NGHTTP2_CLIENT_MAGIC, because the program has
 * taken it off the input. Default: 0.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_no_recv_client_magic(nghttp2_option *option,
                                             int val);

/**
 * With a nonzero val, received messages are not held to the rules of HTTP (RFC 9113 section 8), for
 * protocols other than HTTP. Default: 0.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_no_http_messaging(nghttp2_option *option,
                                          int val);

/**
 * Lets the server promise a client val streams without beginning the responses. Promises beyond
 * are answered with RST_STREAM. Default: 200.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_reserved_remote_streams(nghttp2_option *option,
                                                    uint32_t val);

/**
 * Adds a frame `type` that the program handles itself, through
 * ::nghttp2_unpack_extension_callback. Types below 10 are ignored. A type that the library could
 * handle is left to the program, too.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_user_recv_extension_type(nghttp2_option *option,
                                                 uint8_t type);

/**
 * Lets the library handle a frame `type`: ::NGHTTP2_ALTSVC, ::NGHTTP2_ORIGIN or
 * ::NGHTTP2_PRIORITY_UPDATE. Others are ignored.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_builtin_recv_extension_type(nghttp2_option *option,
                                                    uint8_t type);

/**
 * With a nonzero val, the program answers PING itself, with nghttp2_submit_ping(). Default: 0.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_no_auto_ping_ack(nghttp2_option *option,
                                         int val);

/**
 * Lets a header block that is sent have val octets. An estimate from above is compared; a frame
 * beyond is not sent, with ::NGHTTP2_ERR_FRAME_SIZE_ERROR. Default: 65,536.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_send_header_block_length(nghttp2_option *option,
                                                     size_t val);

/**
 * Lets the table for compressing fields have val octets. Sizes above 4,096 are used only if the
 * peer allows them. Default: 4,096.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_deflate_dynamic_table_size(nghttp2_option *option,
                                                       size_t val);

/**
 * Has no effect: streams that are over are never kept, whatever val is.
 *
 * @deprecated There is nothing to choose any more.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_no_closed_streams(nghttp2_option *option,
                                          int val);

/**
 * Lets val acknowledgements of PING and SETTINGS wait to be sent. A peer that makes us queue more
 * is cut off with ::NGHTTP2_ERR_FLOODED; with 0, by the first. Default: 1,000.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_outbound_ack(nghttp2_option *option,
                                         size_t val);

/**
 * Lets a received SETTINGS frame have val entries. 0 is ignored. Default: 32.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_settings(nghttp2_option *option,
                                     size_t val);

/**
 * With a nonzero val, a server that has sent NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES uses the
 * priorities of RFC 7540 nevertheless if the client has not sent it. Default: 0.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_server_fallback_rfc7540_priorities(nghttp2_option *option,
                                                           int val);

/**
 * With a nonzero val, received field values may begin and end with blanks, which RFC 9113 section
 * 8.2.1 forbids. Default: 0.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(nghttp2_option *option,
                                                                      int val);

/**
 * Lets a server accept so many RST_STREAM frames: `burst` at once, and `rate` more each second.
 * Beyond, it sends GOAWAY and ignores new streams. Default: 1,000 and 33.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_stream_reset_rate_limit(nghttp2_option *option,
                                                uint64_t burst,
                                                uint64_t rate);

/**
 * Lets a header block need val CONTINUATION frames. A peer that uses more is cut off with
 * ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS. 0 allows none. Default: 8.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_continuations(nghttp2_option *option,
                                          size_t val);

/**
 * Lets the peer send so many suspicious frames: `burst` at once, and `rate` more each second.
 * Beyond, the session is terminated with NGHTTP2_ENHANCE_YOUR_CALM. Default: 10,000 and 330.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_glitch_rate_limit(nghttp2_option *option,
                                          uint64_t burst,
                                          uint64_t rate);

/**
 * Lets val frames wait to be sent that the library has queued only because of what the peer does:
 * RST_STREAM, and acknowledgements. A peer that makes us queue more is cut off with
 * ::NGHTTP2_ERR_FLOODED. Default: 5,000.
 */
NGHTTP2_EXTERN
void nghttp2_option_set_max_outbound_queue_size(nghttp2_option *option,
                                                size_t val);

/**
 * Fills in pri_spec, a place in the dependency tree: below stream_id, 0 being the root, with a
 * share of `weight`, which is not checked here. `exclusive` counts as 0 or 1 (RFC 7540 section
 * 5.3.1).
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
void nghttp2_priority_spec_init(nghttp2_priority_spec *pri_spec,
                                int32_t stream_id,
                                int32_t weight,
                                int exclusive);

/**
 * Fills in pri_spec with the default place in the dependency tree: below the root, with weight 16
 * (RFC 7540 section 5.3.5).
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
void nghttp2_priority_spec_default_init(nghttp2_priority_spec *pri_spec);

/**
 * Returns nonzero if pri_spec is the default place in the dependency tree.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
int nghttp2_priority_spec_check_default(const nghttp2_priority_spec *pri_spec);

/**
 * Queues PRIORITY, which gives stream_id the place pri_spec (RFC 7540 section 6.3). A weight
 * outside its range is brought into it. Does nothing if the peer has said that it does not use
 * these priorities. `flags` is ignored.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0, pri_spec is NULL, or the stream
 * depends on itself; or ::NGHTTP2_ERR_NOMEM.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
int nghttp2_submit_priority(nghttp2_session *session,
                            uint8_t flags,
                            int32_t stream_id,
                            const nghttp2_priority_spec *pri_spec);

/**
 * Gives stream_id, which may be idle, the place pri_spec in our dependency tree, without telling
 * the peer. Does nothing once NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such stream, or it depends on itself;
 * or ::NGHTTP2_ERR_NOMEM.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
int nghttp2_session_change_stream_priority(nghttp2_session *session,
                                           int32_t stream_id,
                                           const nghttp2_priority_spec *pri_spec);

/**
 * Makes stream_id, an idle stream, at the place pri_spec in our dependency tree, without telling
 * the peer, for others to depend on. Does nothing once NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was
 * submitted with 1.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if the id has been used, or depends on itself; or
 * ::NGHTTP2_ERR_NOMEM.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
int nghttp2_session_create_idle_stream(nghttp2_session *session,
                                       int32_t stream_id,
                                       const nghttp2_priority_spec *pri_spec);

/**
 * Gives the response on stream_id the priority extpri (RFC 9218 section 4). With a nonzero
 * ignore_client_signal what the client says about it does not count from now on. An urgency above
 * 7 counts as 7. Does nothing unless NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if there is
 * no such stream; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_change_extpri_stream_priority(nghttp2_session *session,
                                                  int32_t stream_id,
                                                  const nghttp2_extpri *extpri,
                                                  int ignore_client_signal);

/**
 * Stores the priority of the response on stream_id in extpri, which is left alone unless
 * NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES was submitted with 1.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; or ::NGHTTP2_ERR_INVALID_ARGUMENT if there
 * is no such stream.
 */
NGHTTP2_EXTERN
int nghttp2_session_get_extpri_stream_priority(nghttp2_session *session,
                                               nghttp2_extpri *extpri,
                                               int32_t stream_id);

/**
 * Parses len octets of `value` as the value of a Priority field (RFC 9218 section 4), and stores
 * what it says in extpri. What it does not mention stays, so fill in defaults first. If it cannot
 * be parsed, extpri is left alone.
 *
 * Returns 0 or ::NGHTTP2_ERR_INVALID_ARGUMENT.
 */
NGHTTP2_EXTERN
int nghttp2_extpri_parse_priority(nghttp2_extpri *extpri,
                                  const uint8_t *value,
                                  size_t len);

/**
 * Returns nonzero if received octets should be passed to the session: while streams are open, and
 * otherwise until GOAWAY was sent or received. It does not hold after
 * nghttp2_session_terminate_session() once its GOAWAY was sent.
 */
NGHTTP2_EXTERN
int nghttp2_session_want_read(nghttp2_session *session);

/**
 * Returns nonzero if there is something to send. Data that is deferred, or blocked by a window,
 * does not count, nor do requests that wait because of how many streams the peer allows. It may
 * hold until sending has been tried once more, though all octets have gone out. When neither this
 * nor nghttp2_session_want_read() holds, the connection can be closed.
 */
NGHTTP2_EXTERN
int nghttp2_session_want_write(nghttp2_session *session);

/**
 * Returns the pointer that was stored for stream_id; NULL if there is none, or no such stream.
 */
NGHTTP2_EXTERN
void *nghttp2_session_get_stream_user_data(nghttp2_session *session,
                                           int32_t stream_id);

/**
 * Stores the pointer stream_user_data for stream_id, also if that is a request which waits to be
 * sent. It replaces what was stored before; the library never looks at what it points to.
 *
 * Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such stream.
 */
NGHTTP2_EXTERN
int nghttp2_session_set_stream_user_data(nghttp2_session *session,
                                         int32_t stream_id,
                                         void *stream_user_data);

/**
 * Sets user_data, the pointer that is handed to all callbacks from now on.
 */
NGHTTP2_EXTERN
void nghttp2_session_set_user_data(nghttp2_session *session,
                                   void *user_data);

/**
 * Returns how many frames wait to be sent. DATA does not count.
 */
NGHTTP2_EXTERN
size_t nghttp2_session_get_outbound_queue_size(nghttp2_session *session);

/**
 * Returns how many octets of DATA were received on stream_id and not given back to its window yet;
 * -1 if there is no such stream.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_stream_effective_recv_data_length(nghttp2_session *session,
                                                              int32_t stream_id);

/**
 * Returns the size of the window of stream_id for what the peer sends, as last set by SETTINGS,
 * nghttp2_submit_window_update() and nghttp2_session_set_local_window_size(); -1 if there is no
 * such stream.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_stream_effective_local_window_size(nghttp2_session *session,
                                                               int32_t stream_id);

/**
 * Returns how many octets the peer may still send on stream_id, 0 at least; -1 if there is no such
 * stream.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_stream_local_window_size(nghttp2_session *session,
                                                     int32_t stream_id);

/**
 * Returns how many octets of DATA were received on the connection and not given back to its window yet.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_effective_recv_data_length(nghttp2_session *session);

/**
 * Returns the size of the connection's window for what the peer sends.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_effective_local_window_size(nghttp2_session *session);

/**
 * Returns how many octets the peer may still send on the connection. It is negative if the window
 * was made smaller than what has been received already.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_local_window_size(nghttp2_session *session);

/**
 * Returns how many octets we may still send on stream_id, 0 at least, the connection's window
 * aside; -1 if there is no such stream.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_stream_remote_window_size(nghttp2_session *session,
                                                      int32_t stream_id);

/**
 * Returns how many octets we may still send on the connection.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_remote_window_size(nghttp2_session *session);

/**
 * Returns 1 if we have said all on stream_id, 0 if not, and -1 if there is no such stream.
 */
NGHTTP2_EXTERN
int nghttp2_session_get_stream_local_close(nghttp2_session *session,
                                           int32_t stream_id);

/**
 * Returns 1 if the peer has said all on stream_id, 0 if not, and -1 if there is no such stream.
 */
NGHTTP2_EXTERN
int nghttp2_session_get_stream_remote_close(nghttp2_session *session,
                                            int32_t stream_id);

/**
 * Returns how many octets the table for decompressing received fields holds (RFC 7541 section 4.1).
 */
NGHTTP2_EXTERN
size_t nghttp2_session_get_hd_inflate_dynamic_table_size(nghttp2_session *session);

/**
 * Returns how many octets the table for compressing sent fields holds (RFC 7541 section 4.1).
 */
NGHTTP2_EXTERN
size_t nghttp2_session_get_hd_deflate_dynamic_table_size(nghttp2_session *session);

/**
 * Returns the parameter `id` of the peer's; before its SETTINGS have come, what is assumed (RFC
 * 9113 section 6.5.2). 0 for one that is not known.
 */
NGHTTP2_EXTERN
uint32_t nghttp2_session_get_remote_settings(nghttp2_session *session,
                                             nghttp2_settings_id id);

/**
 * Returns the parameter `id` of ours, as the peer has acknowledged it last. 0 for one that is not
 * known.
 */
NGHTTP2_EXTERN
uint32_t nghttp2_session_get_local_settings(nghttp2_session *session,
                                            nghttp2_settings_id id);

/**
 * Sets the id that our next stream gets to next_stream_id, which must be odd for a client and even
 * for a server. Ids only go up.
 *
 * Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if it is smaller than what is next, or not for us.
 */
NGHTTP2_EXTERN
int nghttp2_session_set_next_stream_id(nghttp2_session *session,
                                       int32_t next_stream_id);

/**
 * Returns the id that our next stream gets. Above 2^31 - 1 there will be none (RFC 9113 section
 * 5.1.1).
 */
NGHTTP2_EXTERN
uint32_t nghttp2_session_get_next_stream_id(nghttp2_session *session);

/**
 * Returns the id of the last stream of the peer's that callbacks were told about; 0 if there was
 * none.
 */
NGHTTP2_EXTERN
int32_t nghttp2_session_get_last_proc_stream_id(nghttp2_session *session);

/**
 * Returns nonzero if a client may submit a request that can be sent: it has ids left, GOAWAY was
 * not received, and the session is not about to end.
 */
NGHTTP2_EXTERN
int nghttp2_session_check_request_allowed(nghttp2_session *session);

/**
 * Returns nonzero for the server's end of a connection.
 */
NGHTTP2_EXTERN
int nghttp2_session_check_server_session(nghttp2_session *session);

/**
 * Counts one more reference, so that the string outlives the callback. It may outlive the session,
 * as long as the allocator works.
 */
NGHTTP2_EXTERN
void nghttp2_rcbuf_incref(nghttp2_rcbuf *rcbuf);

/**
 * Counts one reference less, and frees the string with the last one. NULL is allowed.
 */
NGHTTP2_EXTERN
void nghttp2_rcbuf_decref(nghttp2_rcbuf *rcbuf);

/**
 * Returns where the string is and how long it is. A NUL stands behind it. It must not be changed,
 * and is there as long as a reference to it is.
 */
NGHTTP2_EXTERN
nghttp2_vec nghttp2_rcbuf_get_buf(nghttp2_rcbuf *rcbuf);

/**
 * Returns nonzero if the string is one of the library's own, which are neither counted nor freed.
 */
NGHTTP2_EXTERN
int nghttp2_rcbuf_is_static(const nghttp2_rcbuf *rcbuf);

/**
 * Processes inlen octets at `in` that were received, calling callbacks about what they mean. They
 * may be cut anywhere. `in` may be NULL if inlen is 0.
 *
 * Returns how many were processed: all, unless a callback returned ::NGHTTP2_ERR_PAUSE. Then the
 * rest must be passed again, and even if nothing is left a call may be needed to hear of the
 * frame's end.
 *
 * A negative result is fatal: ::NGHTTP2_ERR_NOMEM, ::NGHTTP2_ERR_CALLBACK_FAILURE,
 * ::NGHTTP2_ERR_BAD_CLIENT_MAGIC, ::NGHTTP2_ERR_FLOODED or ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.
 * Other faults of the peer are answered by frames that the library queues.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2_session_mem_recv2(nghttp2_session *session,
                                        const uint8_t *in,
                                        size_t inlen);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_session_mem_recv2().
 *
 * @deprecated Use nghttp2_session_mem_recv2().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_session_mem_recv(nghttp2_session *session,
                                 const uint8_t *in,
                                 size_t inlen);
#endif

/**
 * Receives octets through ::nghttp2_recv_callback2 and processes them, until there are none. No
 * callback may pause.
 *
 * Returns 0; ::NGHTTP2_ERR_EOF if the peer has closed the connection; or, which is fatal,
 * ::NGHTTP2_ERR_NOMEM, ::NGHTTP2_ERR_CALLBACK_FAILURE, also if there is no function to receive
 * with, ::NGHTTP2_ERR_BAD_CLIENT_MAGIC, ::NGHTTP2_ERR_FLOODED or
 * ::NGHTTP2_ERR_TOO_MANY_CONTINUATIONS.
 */
NGHTTP2_EXTERN
int nghttp2_session_recv(nghttp2_session *session);

/**
 * Makes a session for the client's end, and stores it in session_ptr, which is left alone if that
 * fails. callbacks is copied, and must not be NULL. user_data is handed to all callbacks. Free the
 * session with nghttp2_session_del().
 *
 * Nothing is sent by itself except ::NGHTTP2_CLIENT_MAGIC: the program must submit SETTINGS, with
 * nghttp2_submit_settings() (RFC 9113 section 3.4).
 *
 * Returns 0 or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_client_new(nghttp2_session **session_ptr,
                               const nghttp2_session_callbacks *callbacks,
                               void *user_data);

/**
 * Makes a session for the server's end; otherwise like nghttp2_session_client_new().
 */
NGHTTP2_EXTERN
int nghttp2_session_server_new(nghttp2_session **session_ptr,
                               const nghttp2_session_callbacks *callbacks,
                               void *user_data);

/**
 * Like nghttp2_session_client_new(), with options, which are copied. `option` may be NULL.
 */
NGHTTP2_EXTERN
int nghttp2_session_client_new2(nghttp2_session **session_ptr,
                                const nghttp2_session_callbacks *callbacks,
                                void *user_data,
                                const nghttp2_option *option);

/**
 * Like nghttp2_session_server_new(), with options, which are copied. `option` may be NULL.
 */
NGHTTP2_EXTERN
int nghttp2_session_server_new2(nghttp2_session **session_ptr,
                                const nghttp2_session_callbacks *callbacks,
                                void *user_data,
                                const nghttp2_option *option);

/**
 * Like nghttp2_session_client_new2(), with an allocator for everything that belongs to the
 * session. The structure is copied. `mem` may be NULL, for that of the C library.
 */
NGHTTP2_EXTERN
int nghttp2_session_client_new3(nghttp2_session **session_ptr,
                                const nghttp2_session_callbacks *callbacks,
                                void *user_data,
                                const nghttp2_option *option,
                                nghttp2_mem *mem);

/**
 * Like nghttp2_session_server_new2(), with an allocator for everything that belongs to the
 * session. The structure is copied. `mem` may be NULL, for that of the C library.
 */
NGHTTP2_EXTERN
int nghttp2_session_server_new3(nghttp2_session **session_ptr,
                                const nghttp2_session_callbacks *callbacks,
                                void *user_data,
                                const nghttp2_option *option,
                                nghttp2_mem *mem);

/**
 * Deletes a session. NULL is allowed. No callback is called, whatever is still open. It must not be
 * called from a callback of the session.
 */
NGHTTP2_EXTERN
void nghttp2_session_del(nghttp2_session *session);

/**
 * Ends the session: received octets are ignored from now on, GOAWAY with error_code, of
 * ::nghttp2_error_code or any other, is sent (RFC 9113 section 6.8), and after it nothing. Then
 * neither nghttp2_session_want_read() nor nghttp2_session_want_write() holds. A second call does
 * nothing.
 *
 * Returns 0 or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_terminate_session(nghttp2_session *session,
                                      uint32_t error_code);

/**
 * Like nghttp2_session_terminate_session(), with last_stream_id, the last stream of the peer that
 * was, or may have been, acted upon.
 *
 * Returns 0, ::NGHTTP2_ERR_NOMEM, or ::NGHTTP2_ERR_INVALID_ARGUMENT if the id is one of ours.
 */
NGHTTP2_EXTERN
int nghttp2_session_terminate_session2(nghttp2_session *session,
                                       int32_t last_stream_id,
                                       uint32_t error_code);

/**
 * Like nghttp2_session_upgrade2(), for programs that do not say whether the request was HEAD. The
 * length of the response's content is not checked then.
 *
 * @deprecated Use nghttp2_session_upgrade2().
 */
NGHTTP2_EXTERN
int nghttp2_session_upgrade(nghttp2_session *session,
                            const uint8_t *settings_payload,
                            size_t settings_payloadlen,
                            void *stream_user_data);

/**
 * Says that the connection has just been upgraded from HTTP/1.1 (RFC 7540 section 3.2).
 * settings_payload, of settings_payloadlen octets, is the value of HTTP2-Settings, decoded from
 * base64url; head_request is nonzero if the request was HEAD. The request is on stream 1 then, for
 * which a client stores stream_user_data. Client magic and SETTINGS must still be exchanged.
 *
 * Returns 0; ::NGHTTP2_ERR_PROTO if the session has been used already;
 * ::NGHTTP2_ERR_INVALID_ARGUMENT if the payload is malformed; ::NGHTTP2_ERR_TOO_MANY_SETTINGS;
 * ::NGHTTP2_ERR_CALLBACK_FAILURE; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_upgrade2(nghttp2_session *session,
                             const uint8_t *settings_payload,
                             size_t settings_payloadlen,
                             int head_request,
                             void *stream_user_data);

/**
 * Returns the object of the stream stream_id, which may be idle; that of the dependency tree's
 * root if it is 0; or NULL if there is no such stream, or no memory for its object. It belongs to
 * the session, and is valid until the stream is over.
 */
NGHTTP2_EXTERN
nghttp2_stream *nghttp2_session_find_stream(nghttp2_session *session,
                                            int32_t stream_id);

/**
 * Returns the state of a stream (RFC 9113 section 5.1). That of the root is
 * ::NGHTTP2_STREAM_STATE_IDLE.
 */
NGHTTP2_EXTERN
nghttp2_stream_proto_state nghttp2_stream_get_state(nghttp2_stream *stream);

/**
 * Returns the root of the dependency tree (RFC 7540 section 5.3.1).
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
nghttp2_stream *nghttp2_session_get_root_stream(nghttp2_session *session);

/**
 * Returns the stream that a stream depends on; NULL for the root, and for streams outside the tree.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
nghttp2_stream *nghttp2_stream_get_parent(nghttp2_stream *stream);

/**
 * Returns the id of a stream.
 */
NGHTTP2_EXTERN int32_t nghttp2_stream_get_stream_id(nghttp2_stream *stream);

/**
 * Returns the next one of the streams that depend on the same; NULL if it is the last.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
nghttp2_stream *nghttp2_stream_get_next_sibling(nghttp2_stream *stream);

/**
 * Returns the previous one of the streams that depend on the same; NULL if it is the first.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
nghttp2_stream *nghttp2_stream_get_previous_sibling(nghttp2_stream *stream);

/**
 * Returns the first one of the streams that depend on a stream; NULL if there is none.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
nghttp2_stream *nghttp2_stream_get_first_child(nghttp2_stream *stream);

/**
 * Returns the weight of a stream, ::NGHTTP2_MIN_WEIGHT to ::NGHTTP2_MAX_WEIGHT.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN int32_t nghttp2_stream_get_weight(nghttp2_stream *stream);

/**
 * Returns the sum of the weights of the streams that depend on a stream.
 *
 * @deprecated The priorities of RFC 7540 are deprecated.
 */
NGHTTP2_EXTERN
int32_t nghttp2_stream_get_sum_dependency_weight(nghttp2_stream *stream);

/**
 * Queues a request of nvlen fields in nva, which are copied (RFC 9113 section 8.3.1).
 * Pseudo-header fields come first; what the fields say is not checked. The content is read through
 * data_prd once the request was sent; NULL, or a provider without a function, stands for no
 * content. The provider is copied. The place in the dependency tree is pri_spec, or the default if
 * that is NULL. stream_user_data can be had through nghttp2_session_get_stream_user_data() as soon
 * as the request is being sent.
 *
 * Requests beyond what the peer allows wait.
 *
 * Returns the id of the stream; ::NGHTTP2_ERR_PROTO for a server; ::NGHTTP2_ERR_INVALID_ARGUMENT
 * if the stream depends on itself; ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent;
 * or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int32_t nghttp2_submit_request2(nghttp2_session *session,
                                const nghttp2_priority_spec *pri_spec,
                                const nghttp2_nv *nva,
                                size_t nvlen,
                                const nghttp2_data_provider2 *data_prd,
                                void *stream_user_data);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_submit_request2().
 *
 * @deprecated Use nghttp2_submit_request2().
 */
NGHTTP2_EXTERN
int32_t nghttp2_submit_request(nghttp2_session *session,
                               const nghttp2_priority_spec *pri_spec,
                               const nghttp2_nv *nva,
                               size_t nvlen,
                               const nghttp2_data_provider *data_prd,
                               void *stream_user_data);
#endif

/**
 * Queues a response on stream_id, of nvlen fields in nva, which are copied (RFC 9113 section
 * 8.3.2). The content is read through data_prd once the response was sent; NULL, or a provider
 * without a function, stands for no content. The provider is copied. Whether there is such a
 * stream is found out when it is to be sent.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not positive; ::NGHTTP2_ERR_PROTO for
 * a client; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_response2(nghttp2_session *session,
                             int32_t stream_id,
                             const nghttp2_nv *nva,
                             size_t nvlen,
                             const nghttp2_data_provider2 *data_prd);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_submit_response2().
 *
 * @deprecated Use nghttp2_submit_response2().
 */
NGHTTP2_EXTERN
int nghttp2_submit_response(nghttp2_session *session,
                            int32_t stream_id,
                            const nghttp2_nv *nva,
                            size_t nvlen,
                            const nghttp2_data_provider *data_prd);
#endif

/**
 * Queues trailers of nvlen fields in nva, which are copied (RFC 9113 section 8.1). They end the
 * stream stream_id. Submit them from the read callback that sets ::NGHTTP2_DATA_FLAG_EOF and
 * ::NGHTTP2_DATA_FLAG_NO_END_STREAM, or later: earlier they cut the content off.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not positive; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_trailer(nghttp2_session *session,
                           int32_t stream_id,
                           const nghttp2_nv *nva,
                           size_t nvlen);

/**
 * Queues HEADERS of nvlen fields in nva, which are copied (RFC 9113 section 6.2). With stream_id
 * -1 they are a request, and content can be submitted with nghttp2_submit_data2() later; otherwise
 * an interim or final response, or trailers. Of `flags` only ::NGHTTP2_FLAG_END_STREAM counts.
 * pri_spec and stream_user_data are as for nghttp2_submit_request2().
 *
 * Returns the id of the new stream, or 0 for one that is there; ::NGHTTP2_ERR_PROTO for a request
 * by a server; ::NGHTTP2_ERR_INVALID_ARGUMENT for another id that is not positive, or if the
 * stream depends on itself; ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent; or
 * ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int32_t nghttp2_submit_headers(nghttp2_session *session,
                               uint8_t flags,
                               int32_t stream_id,
                               const nghttp2_priority_spec *pri_spec,
                               const nghttp2_nv *nva,
                               size_t nvlen,
                               void *stream_user_data);

/**
 * Queues DATA for stream_id (RFC 9113 section 6.1), read through data_prd, which is copied.
 * `flags` may have ::NGHTTP2_FLAG_END_STREAM; then the end of the data ends the stream. Only one
 * provider serves a stream at a time.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0 or the provider has no function;
 * ::NGHTTP2_ERR_STREAM_CLOSED if there is no such stream; ::NGHTTP2_ERR_DATA_EXIST if it has a
 * provider; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_data2(nghttp2_session *session,
                         uint8_t flags,
                         int32_t stream_id,
                         const nghttp2_data_provider2 *data_prd);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_submit_data2().
 *
 * @deprecated Use nghttp2_submit_data2().
 */
NGHTTP2_EXTERN
int nghttp2_submit_data(nghttp2_session *session,
                        uint8_t flags,
                        int32_t stream_id,
                        const nghttp2_data_provider *data_prd);
#endif

/**
 * Says that data for stream_id can be read again after a read callback has returned
 * ::NGHTTP2_ERR_DEFERRED.
 *
 * Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if nothing was deferred.
 */
NGHTTP2_EXTERN
int nghttp2_session_resume_data(nghttp2_session *session,
                                int32_t stream_id);

/**
 * Queues RST_STREAM with error_code for stream_id (RFC 9113 section 6.4). A request that was not
 * sent yet is taken back instead. For a stream that is over nothing is done. `flags` is ignored.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_rst_stream(nghttp2_session *session,
                              uint8_t flags,
                              int32_t stream_id,
                              uint32_t error_code);

/**
 * Queues PUSH_PROMISE for the request of nvlen fields in nva, which are copied, on the client's
 * stream stream_id (RFC 9113 section 8.4). promised_stream_user_data is stored for the promised
 * stream. The response is submitted with nghttp2_submit_response2() for the returned id. `flags`
 * is ignored.
 *
 * Returns the id of the promised stream; ::NGHTTP2_ERR_PROTO for a client;
 * ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is not that of a client's stream;
 * ::NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE when all ids are spent; ::NGHTTP2_ERR_STREAM_CLOSED if
 * that stream is not there; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int32_t nghttp2_submit_push_promise(nghttp2_session *session,
                                    uint8_t flags,
                                    int32_t stream_id,
                                    const nghttp2_nv *nva,
                                    size_t nvlen,
                                    void *promised_stream_user_data);

/**
 * Queues SETTINGS with niv parameters in iv, which are copied (RFC 9113 section 6.5). Most come
 * into force when the peer has acknowledged them. Acknowledgements of the peer's are sent by the
 * library. `flags` is ignored.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT for a value that is not allowed, or if
 * NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES differs from what was said first; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_settings(nghttp2_session *session,
                            uint8_t flags,
                            const nghttp2_settings_entry *iv,
                            size_t niv);

/**
 * Queues PING with 8 octets of opaque_data, which are copied, or zeros if that is NULL (RFC 9113
 * section 6.7). With ::NGHTTP2_FLAG_ACK in `flags` it is an answer, for programs that have set
 * nghttp2_option_set_no_auto_ping_ack().
 *
 * Returns 0; ::NGHTTP2_ERR_FLOODED if too many answers wait; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_ping(nghttp2_session *session,
                        uint8_t flags,
                        const uint8_t *opaque_data);

/**
 * Queues GOAWAY with error_code and opaque_data_len octets of opaque_data, which are copied (RFC
 * 9113 section 6.8). Streams of the peer up to last_stream_id go on; later ones are closed, and
 * new ones ignored, when it was sent. `flags` is ignored. After
 * nghttp2_session_terminate_session() nothing is queued, and the result is 0.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if last_stream_id is one of ours, or the frame would
 * be too long; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_goaway(nghttp2_session *session,
                          uint8_t flags,
                          int32_t last_stream_id,
                          uint32_t error_code,
                          const uint8_t *opaque_data,
                          size_t opaque_data_len);

/**
 * Queues a GOAWAY that announces another one (RFC 9113 section 6.8): the client should make no new
 * requests, but those on their way are still served. After a while, submit the other one with
 * nghttp2_submit_goaway(). Does nothing if any GOAWAY was submitted, sent or received before.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_shutdown_notice(nghttp2_session *session);

/**
 * Gives the peer window_size_increment octets on stream_id, or on the connection if that is 0,
 * with WINDOW_UPDATE (RFC 9113 section 6.9). A negative number takes so many away, by withholding
 * later updates. 0, and streams that are not there, are ignored, as is `flags`.
 *
 * Returns 0; ::NGHTTP2_ERR_FLOW_CONTROL if the window would become too large or too small; or
 * ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_window_update(nghttp2_session *session,
                                 uint8_t flags,
                                 int32_t stream_id,
                                 int32_t window_size_increment);

/**
 * Makes window_size octets the size of the window for what the peer sends on stream_id, or on the
 * connection if that is 0. A larger one is announced with WINDOW_UPDATE, a smaller one is brought
 * about by withholding updates. Streams that are not there are ignored, as is `flags`.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if window_size is negative; ::NGHTTP2_ERR_FLOW_CONTROL
 * if what is left of the window would leave its range; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_set_local_window_size(nghttp2_session *session,
                                          uint8_t flags,
                                          int32_t stream_id,
                                          int32_t window_size);

/**
 * Says that `size` octets of the data on stream_id have been consumed, for sessions made with
 * nghttp2_option_set_no_auto_window_update(). Windows are updated when half of them has been
 * consumed. For a stream that is over, the connection's window gets its part all the same.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id is 0; ::NGHTTP2_ERR_INVALID_STATE without
 * that option; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_consume(nghttp2_session *session,
                            int32_t stream_id,
                            size_t size);

/**
 * Like nghttp2_session_consume(), for the connection's window only.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE without the option; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_session_consume_connection(nghttp2_session *session,
                                       size_t size);

/**
 * Like nghttp2_session_consume(), for the stream's window only. A stream that is over is ignored.
 */
NGHTTP2_EXTERN
int nghttp2_session_consume_stream(nghttp2_session *session,
                                   int32_t stream_id,
                                   size_t size);

/**
 * Queues a frame of a `type` above 9, with these `flags`, on stream_id.
 * ::nghttp2_pack_extension_callback2 writes its payload; there it finds `payload`, which is not
 * copied, in frame->ext.payload.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_ARGUMENT for another type; ::NGHTTP2_ERR_INVALID_STATE without
 * that callback; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_extension(nghttp2_session *session,
                             uint8_t type,
                             uint8_t flags,
                             int32_t stream_id,
                             void *payload);

/**
 * Queues ALTSVC (RFC 7838 section 4) from a server: with stream_id 0 for `origin`, which has
 * origin_len octets; on another stream for the origin of that stream, and then with an empty one.
 * field_value, of field_value_len octets, is the value of Alt-Svc. Both texts are copied. `flags`
 * is ignored.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if the frame
 * would be too long, or stream and origin do not fit; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_altsvc(nghttp2_session *session,
                          uint8_t flags,
                          int32_t stream_id,
                          const uint8_t *origin,
                          size_t origin_len,
                          const uint8_t *field_value,
                          size_t field_value_len);

/**
 * Queues ORIGIN (RFC 8336 section 2) from a server, with nov origins in ov, which are copied.
 * `flags` is ignored.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a client; ::NGHTTP2_ERR_INVALID_ARGUMENT if the frame
 * would be too long; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_origin(nghttp2_session *session,
                          uint8_t flags,
                          const nghttp2_origin_entry *ov,
                          size_t nov);

/**
 * Queues PRIORITY_UPDATE (RFC 9218 section 7.1) from a client, with field_value, a value of
 * field_value_len octets for the Priority field of the request on stream_id, which is copied and
 * not checked. Does nothing if the server uses the priorities of RFC 7540. `flags` is ignored.
 *
 * Returns 0; ::NGHTTP2_ERR_INVALID_STATE for a server; ::NGHTTP2_ERR_INVALID_ARGUMENT if stream_id
 * is 0, or the frame would be too long; or ::NGHTTP2_ERR_NOMEM.
 */
NGHTTP2_EXTERN
int nghttp2_submit_priority_update(nghttp2_session *session,
                                   uint8_t flags,
                                   int32_t stream_id,
                                   const uint8_t *field_value,
                                   size_t field_value_len);

/**
 * Gives out octets to be sent: data_ptr is set to where they are. They are the library's, and
 * valid until the next call that sends. All of them must be sent; callbacks have been told so
 * already. Call it until it returns 0.
 *
 * Returns how many octets there are. 0 means that there is nothing to send now; then data_ptr is
 * set to NULL. So it is when a callback that sending has caused asks: it must return first.
 *
 * A negative result is fatal: ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2_session_mem_send2(nghttp2_session *session,
                                        const uint8_t **data_ptr);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_session_mem_send2().
 *
 * @deprecated Use nghttp2_session_mem_send2().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_session_mem_send(nghttp2_session *session,
                                 const uint8_t **data_ptr);
#endif

/**
 * Sends through ::nghttp2_send_callback2 until there is nothing left, or that would block. From a
 * callback that sending has caused, it does nothing: all goes out when that has returned.
 *
 * Returns 0, ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE.
 */
NGHTTP2_EXTERN
int nghttp2_session_send(nghttp2_session *session);

/**
 * Returns what this library is; NULL if it is older than least_version, a number like
 * ::NGHTTP2_VERSION_NUM, or 0 for any. The structure must not be changed, and is never freed.
 */
NGHTTP2_EXTERN
nghttp2_info *nghttp2_version(int least_version);

/**
 * Returns nonzero if after lib_error_code a session can only be deleted: if it is below
 * ::NGHTTP2_ERR_FATAL.
 */
NGHTTP2_EXTERN
int nghttp2_is_fatal(int lib_error_code);

/**
 * Returns a text for lib_error_code, of ::nghttp2_error. It is never NULL, and never freed.
 */
NGHTTP2_EXTERN
const char *nghttp2_strerror(int lib_error_code);

/**
 * Returns the name of error_code, of ::nghttp2_error_code; `unknown` for others. It is never NULL,
 * and never freed.
 */
NGHTTP2_EXTERN
const char *nghttp2_http2_strerror(uint32_t error_code);

/**
 * Compares the names of two fields octet by octet.
 *
 * Returns a number below, equal to or above 0 as that of lhs is smaller than, equal to or larger
 * than that of rhs, like memcmp(3). Of two names of which one begins with the other, the shorter
 * one is smaller.
 */
NGHTTP2_EXTERN
int nghttp2_nv_compare_name(const nghttp2_nv *lhs,
                            const nghttp2_nv *rhs);

/**
 * Chooses a protocol for TLS (RFC 7301 section 3.2): from the client's list of inlen octets in
 * `in`, each entry with its length in front.
 *
 * Returns 1 if there is `h2`; 0 if not, but `http/1.1`; and otherwise -1. `out` and outlen are set
 * to the entry that was chosen, which is in the list; with -1 they are left alone.
 */
NGHTTP2_EXTERN
int nghttp2_select_alpn(const unsigned char **out,
                        unsigned char *outlen,
                        const unsigned char *in,
                        unsigned int inlen);

/**
 * Like nghttp2_select_alpn().
 *
 * @deprecated Use nghttp2_select_alpn().
 */
NGHTTP2_EXTERN
int nghttp2_select_next_protocol(unsigned char **out,
                                 unsigned char *outlen,
                                 const unsigned char *in,
                                 unsigned int inlen);

/**
 * Writes niv parameters in iv to buf, which has room for buflen octets, as the payload of
 * SETTINGS, which HTTP2-Settings carries in base64url when a connection is upgraded from HTTP/1.1
 * (RFC 7540 section 3.2.1).
 *
 * Returns how many octets that are; ::NGHTTP2_ERR_INVALID_ARGUMENT for a value that is not
 * allowed; or ::NGHTTP2_ERR_INSUFF_BUFSIZE if buflen is below 6 for each parameter.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2_pack_settings_payload2(uint8_t *buf,
                                             size_t buflen,
                                             const nghttp2_settings_entry *iv,
                                             size_t niv);

#if !defined(NGHTTP2_NO_SSIZE_T)
/**
 * Like nghttp2_pack_settings_payload2().
 *
 * @deprecated Use nghttp2_pack_settings_payload2().
 */
NGHTTP2_EXTERN
ssize_t nghttp2_pack_settings_payload(uint8_t *buf,
                                      size_t buflen,
                                      const nghttp2_settings_entry *iv,
                                      size_t niv);
#endif

/**
 * Returns nonzero if `name`, of len octets, is the name of a field in lower case (RFC 9113 section
 * 8.2.1). One colon in front is allowed.
 */
NGHTTP2_EXTERN
int nghttp2_check_header_name(const uint8_t *name,
                              size_t len);

/**
 * Returns nonzero if `value`, of len octets, is the value of a field, with blanks at its ends or
 * without.
 */
NGHTTP2_EXTERN
int nghttp2_check_header_value(const uint8_t *value,
                               size_t len);

/**
 * Returns nonzero if `value`, of len octets, is the value of a field without blanks at its ends
 * (RFC 9113 section 8.2.1).
 */
NGHTTP2_EXTERN
int nghttp2_check_header_value_rfc9113(const uint8_t *value,
                                       size_t len);

/**
 * Returns nonzero if `value`, of len octets, is a method (RFC 9110 section 9.1).
 */
NGHTTP2_EXTERN
int nghttp2_check_method(const uint8_t *value,
                         size_t len);

/**
 * Returns nonzero if `value`, of len octets, may be the value of :path. Only its octets are looked
 * at.
 */
NGHTTP2_EXTERN
int nghttp2_check_path(const uint8_t *value,
                       size_t len);

/**
 * Returns nonzero if `value`, of len octets, may be an authority. Only its octets are looked at.
 */
NGHTTP2_EXTERN
int nghttp2_check_authority(const uint8_t *value,
                            size_t len);

/**
 * Does nothing, whatever debug_vprintf_callback is: this library prints no debug output. The
 * function is here for programs that set one where others do.
 */
NGHTTP2_EXTERN
void nghttp2_set_debug_vprintf_callback(nghttp2_debug_vprintf_callback debug_vprintf_callback);

#ifdef __cplusplus
}
#endif

#endif /* NGHTTP2_H */
