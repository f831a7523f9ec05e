/*
 * Frames as text.  The notation of all transcripts:
 *
 *   DATA 1 +ES len=5            HEADERS 1 +ES+EH REQUEST pad=4 pri=3/16!
 *   PRIORITY 3 pri=1/16         RST_STREAM 1 CANCEL
 *   SETTINGS 3=100 4=70000      SETTINGS +ACK
 *   PUSH_PROMISE 1 +EH -> 2     PING +ACK "12345678"
 *   GOAWAY last=1 NO_ERROR "x"  WINDOW_UPDATE 0 100
 *   EXT(fa) 1 flags=80
 *
 * The stream id is left out where it has to be 0 and is.  pad counts the pad length octet too.
 */
#ifndef CAPI_TESTS_DESCRIBE_H
#define CAPI_TESTS_DESCRIBE_H

#include "bytes.h"

/* Without NGHTTP2_ERR_, without NGHTTP2_. */
const char *error_name(int lib_error_code);
const char *code_name(uint32_t error_code);

void describe_hd(struct bytes *text, const nghttp2_frame_hd *hd);
void describe_frame(struct bytes *text, const nghttp2_frame *frame);

#endif
