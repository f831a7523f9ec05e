/*
 * What this library has beyond the C interface of nghttp2/nghttp2.h. No other one has this file, so
 * a program that can do without asks for it first:
 *
 *   #if __has_include(<nghttp2/nghttp2x.h>)
 *   #  include <nghttp2/nghttp2x.h>
 *   #endif
 *
 * SPDX-License-Identifier: MIT
 *
 * This file is generated from the Rust sources of the library. Change those.
 */
#ifndef NGHTTP2X_H
#define NGHTTP2X_H

#include <nghttp2/nghttp2.h>

#ifdef __cplusplus
extern "C" {
#endif


/**
 * When names and values are Huffman coded (RFC 7541 section 5.2).
 */
typedef enum {
  /**
   * If that makes them strictly shorter. The default, and what the original does.
   */
  NGHTTP2X_HUFFMAN_SHORTER = 0,
  /**
   * Always, though it makes some longer, four times at most.
   */
  NGHTTP2X_HUFFMAN_ALWAYS = 1,
  /**
   * Never: more octets for less time, at both ends.
   */
  NGHTTP2X_HUFFMAN_NEVER = 2
} nghttp2x_huffman;

/**
 * Limits that a peer can run into. Further ones may come in with later versions of the library; what a
 * number stands for never changes.
 */
typedef enum {
  /**
   * None.
   */
  NGHTTP2X_LIMIT_NONE = 0,
  /**
   * nghttp2_option_set_stream_reset_rate_limit()
   */
  NGHTTP2X_LIMIT_STREAM_RESETS = 1,
  /**
   * nghttp2x_option_set_own_reset_rate_limit()
   */
  NGHTTP2X_LIMIT_OWN_RESETS = 2,
  /**
   * nghttp2_option_set_glitch_rate_limit()
   */
  NGHTTP2X_LIMIT_GLITCHES = 3,
  /**
   * nghttp2x_option_set_max_header_list(), or NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE: octets
   */
  NGHTTP2X_LIMIT_HEADER_LIST = 4,
  /**
   * nghttp2x_option_set_max_header_list(): fields
   */
  NGHTTP2X_LIMIT_HEADER_FIELDS = 5,
  /**
   * nghttp2x_option_set_max_interim_responses()
   */
  NGHTTP2X_LIMIT_INTERIM_RESPONSES = 6,
  /**
   * nghttp2_option_set_max_continuations()
   */
  NGHTTP2X_LIMIT_CONTINUATIONS = 7,
  /**
   * nghttp2_option_set_max_settings()
   */
  NGHTTP2X_LIMIT_SETTINGS = 8,
  /**
   * nghttp2_option_set_max_outbound_ack()
   */
  NGHTTP2X_LIMIT_OUTBOUND_ACKS = 9,
  /**
   * nghttp2_option_set_max_outbound_queue_size()
   */
  NGHTTP2X_LIMIT_OUTBOUND_QUEUE = 10,
  /**
   * nghttp2x_option_set_control_frame_rate_limit()
   */
  NGHTTP2X_LIMIT_CONTROL_FRAMES = 11,
  /**
   * nghttp2x_option_set_short_data_rate_limit()
   */
  NGHTTP2X_LIMIT_SHORT_DATA = 12,
  /**
   * nghttp2x_option_set_max_window_updates()
   */
  NGHTTP2X_LIMIT_WINDOW_UPDATES = 13
} nghttp2x_limit;

/**
 * Counts since the session was made. Members may be added at the end with later versions of the
 * library; none is ever taken away.
 */
typedef struct {
  /**
   * Frames whose header has come as a whole, whatever became of them. Each CONTINUATION is one;
   * ::NGHTTP2_CLIENT_MAGIC is none.
   */
  uint64_t frames_received;
  /**
   * Octets that the session has processed: frame headers, ::NGHTTP2_CLIENT_MAGIC, and what is ignored
   * after the end of the session, too. So many nghttp2_session_mem_recv2() has returned in all, as
   * long as it has not failed.
   */
  uint64_t octets_received;
  /**
   * Frames that were sent as a whole. Each CONTINUATION is one, DATA that
   * ::nghttp2_send_data_callback has sent is, ::NGHTTP2_CLIENT_MAGIC is none.
   */
  uint64_t frames_sent;
  /**
   * Octets that nghttp2_session_mem_send2() has returned, or ::nghttp2_send_callback2 has taken: frame
   * headers, padding and ::NGHTTP2_CLIENT_MAGIC, too. And those of the frames that
   * ::nghttp2_send_data_callback has sent, header and padding included.
   */
  uint64_t octets_sent;
  /**
   * RST_STREAM frames that have come for streams which are not idle, open or over.
   */
  uint64_t resets_received;
  /**
   * RST_STREAM frames that were sent, the program's among them.
   */
  uint64_t resets_sent;
  /**
   * Glitches: suspicious frames (nghttp2_option_set_glitch_rate_limit()).
   */
  uint64_t glitches;
  /**
   * Streams that the peer has opened or promised, and that were turned away: because too many are
   * open or reserved, promises are not wanted, or not on that stream, GOAWAY has been sent, or too
   * many were reset. Malformed messages do not count, nor does what the program rejects.
   */
  uint64_t streams_refused;
} nghttp2x_counters;

/**
 * The limit that a peer ran into.
 */
typedef struct {
  /**
   * Which one.
   */
  nghttp2x_limit limit;
  /**
   * The stream that it is about; 0 is the connection.
   */
  int32_t stream_id;
  /**
   * How much it allows; of a rate, the burst. In what the limit counts.
   */
  uint64_t value;
  /**
   * How much more it allows each second, if it is a rate; otherwise 0.
   */
  uint64_t rate;
} nghttp2x_excess;

/**
 * Stores what was counted so far in counters. `size` is `sizeof(nghttp2x_counters)`, as the
 * program was compiled: members beyond are left alone, and those that the library does not know
 * become 0. It may be called at any time until the session is deleted, and costs next to nothing.
 *
 * Returns how many octets the library knows of those that were asked for: `size`, unless the
 * library is older than the header that the program was compiled with.
 */
NGHTTP2_EXTERN
size_t nghttp2x_session_get_counters(nghttp2_session *session,
                                     nghttp2x_counters *counters,
                                     size_t size);

/**
 * Says which limit the peer ran into last. Not each of them ends the session, but when the library
 * ends it because of one, this is it from then on. A frame that is beyond a rate whose excess
 * costs a glitch is noted as that, and if there was one glitch too many as
 * ::NGHTTP2X_LIMIT_GLITCHES.
 *
 * It may be called until the session is deleted, also after a function has returned an error that
 * is fatal.
 *
 * Returns 1; or 0 if the peer never ran into any, and ::NGHTTP2X_LIMIT_NONE in excess.
 */
NGHTTP2_EXTERN
int nghttp2x_session_get_excess(nghttp2_session *session,
                                nghttp2x_excess *excess);

/**
 * Fills veclen buffers in vec, one after the other, with octets to be sent: as many as there are now, or
 * as the buffers take. Where they end within a frame, its rest comes first the next time, also from
 * nghttp2_session_mem_send2(). So one system call sends what would take one for each frame otherwise.
 *
 * Callbacks are called as they are by nghttp2_session_send(): those about a frame having been sent when
 * the last of its octets is in a buffer. Before ::nghttp2_send_data_callback sends something itself, the
 * function returns what must go out first; the callback is called the next time.
 *
 * Returns how many octets are in the buffers, which are the program's then and must all be sent. 0 means
 * that there is nothing to send now, or no room; so it is when a callback that sending has caused asks.
 * A negative result is fatal: ::NGHTTP2_ERR_NOMEM or ::NGHTTP2_ERR_CALLBACK_FAILURE; what is in the
 * buffers does not count then.
 */
NGHTTP2_EXTERN
nghttp2_ssize nghttp2x_session_mem_sendv(nghttp2_session *session,
                                         const nghttp2_vec *vec,
                                         size_t veclen);

/**
 * Limits how much one header block may come to that the peer sends: to `octets` in all, where each
 * field counts for its name, its value and 32 octets more (RFC 9113 section 10.5.1), and to so
 * many `fields`. Where the session has sent NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE and the peer has
 * acknowledged it, that holds in place of `octets`.
 *
 * Once a block goes beyond, no more of its fields are told, and its stream is reset with
 * NGHTTP2_ENHANCE_YOUR_CALM; ::nghttp2_on_invalid_frame_recv_callback gets
 * ::NGHTTP2_ERR_HTTP_MESSAGING, and a glitch is counted. Beyond four times as much the session is
 * terminated with NGHTTP2_ENHANCE_YOUR_CALM.
 *
 * Default: 1,048,576 octets and 8,192 fields. 0 stands for no limit; as `octets` also in place of
 * the one that was sent.
 */
NGHTTP2_EXTERN
void nghttp2x_option_set_max_header_list(nghttp2_option *option,
                                         size_t octets,
                                         size_t fields);

/**
 * Limits for how many streams the peer may make the library queue RST_STREAM: `burst` at once, and
 * `rate` more each second. Beyond, the session is terminated with NGHTTP2_ENHANCE_YOUR_CALM. What
 * the program resets with nghttp2_submit_rst_stream() does not count; what it rejects from a
 * callback does.
 *
 * Default: 1,000 and 33. A `burst` of 0 stands for no limit.
 */
NGHTTP2_EXTERN
void nghttp2x_option_set_own_reset_rate_limit(nghttp2_option *option,
                                              uint64_t burst,
                                              uint64_t rate);

/**
 * Limits how many PING and SETTINGS frames the peer may send, acknowledgements apart: `burst` at
 * once, and `rate` more each second. Receivers measure the connection by PING: each DATA frame
 * that was sent, and each 256 octets of it, allow for one more, counted as by
 * nghttp2x_option_set_max_window_updates(). Each frame beyond is a glitch
 * (nghttp2_option_set_glitch_rate_limit()).
 *
 * Default: 1,000 and 100. A `burst` of 0 stands for no limit.
 */
NGHTTP2_EXTERN
void nghttp2x_option_set_control_frame_rate_limit(nghttp2_option *option,
                                                  uint64_t burst,
                                                  uint64_t rate);

/**
 * Limits how many octets the payloads of DATA may be short of 256 in all: `burst` at once, and
 * `rate` more each second. The longer frames make up for it with what they have more. Of each
 * stream the first short frame does not count, nor does the last frame. Each frame beyond is a
 * glitch (nghttp2_option_set_glitch_rate_limit()). An empty one that does not end its stream
 * always is.
 *
 * Default: 2,560,000 both, which is about ten thousand frames of one octet. A `burst` of 0 stands
 * for no limit. Programs that take more small messages than that each second, from one connection,
 * should raise it.
 */
NGHTTP2_EXTERN
void nghttp2x_option_set_short_data_rate_limit(nghttp2_option *option,
                                               uint64_t burst,
                                               uint64_t rate);

/**
 * Lets val WINDOW_UPDATE frames for the connection come more than one for each DATA frame that was
 * sent, and for each 256 octets of it. A frame that a window has cut short counts by its octets
 * only. Each update beyond is a glitch (nghttp2_option_set_glitch_rate_limit()).
 *
 * Default: 1,000. 0 stands for no limit.
 */
NGHTTP2_EXTERN
void nghttp2x_option_set_max_window_updates(nghttp2_option *option,
                                            size_t val);

/**
 * Lets a stream of a client have val interim responses (RFC 9110 section 15.2). With the next one
 * the stream is reset with NGHTTP2_ENHANCE_YOUR_CALM; ::nghttp2_on_invalid_frame_recv_callback
 * gets ::NGHTTP2_ERR_HTTP_MESSAGING, and a glitch is counted. Nothing is limited with
 * nghttp2_option_set_no_http_messaging().
 *
 * Default: 100. 0 stands for no limit, and so does what is above 65,534.
 */
NGHTTP2_EXTERN
void nghttp2x_option_set_max_interim_responses(nghttp2_option *option,
                                               size_t val);

/**
 * Says when the strings in header blocks that a session sends are Huffman coded: `huffman` is of
 * ::nghttp2x_huffman. Whatever a peer does, it must understand all of them. Default:
 * ::NGHTTP2X_HUFFMAN_SHORTER.
 *
 * Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such policy; then nothing changes.
 */
NGHTTP2_EXTERN
int nghttp2x_option_set_huffman(nghttp2_option *option,
                                nghttp2x_huffman huffman);

/**
 * Says when the strings that a deflater compresses are Huffman coded, from its next header block
 * on, like nghttp2x_option_set_huffman() does for a session. nghttp2_hd_deflate_bound() knows of
 * it.
 *
 * Returns 0, or ::NGHTTP2_ERR_INVALID_ARGUMENT if there is no such policy; then nothing changes.
 */
NGHTTP2_EXTERN
int nghttp2x_hd_deflate_set_huffman(nghttp2_hd_deflater *deflater,
                                    nghttp2x_huffman huffman);

/**
 * Returns how many octets of heap a session holds: its own object; its streams, and the objects that
 * nghttp2_session_find_stream() has given out; the tables for compressing fields; frames that wait,
 * are being sent, or are being received. It is exactly what has been asked for and not given back,
 * without what an allocator adds. Some of it is kept for later, up to a few kilooctets for each
 * purpose.
 *
 * An ::nghttp2_rcbuf counts as long as it is in the session's table; one that a program, or a callback's
 * argument, alone refers to does not. Nor do options, tables of callbacks, and what no-copy flags lend
 * to the session.
 *
 * Nothing is counted beforehand: the time that it takes grows with the number of frames that wait, and
 * of entries in the table; where entries share counted names, with the square of theirs (a table has
 * some 128 entries at most unless a larger one was asked for). It may be called at any time until the
 * session is deleted.
 */
NGHTTP2_EXTERN
size_t nghttp2x_session_get_memory(nghttp2_session *session);

#ifdef __cplusplus
}
#endif

#endif /* NGHTTP2X_H */
