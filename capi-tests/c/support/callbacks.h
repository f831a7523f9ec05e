/* Between recorder.c and callbacks.c: the callbacks that write the transcript. */
#ifndef CAPI_TESTS_CALLBACKS_H
#define CAPI_TESTS_CALLBACKS_H

#include "recorder.h"

void register_callbacks(nghttp2_session_callbacks *callbacks, uint32_t wanted, uint32_t old_forms);

#endif
