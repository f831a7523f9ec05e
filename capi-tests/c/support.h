/* Everything a test program needs. */
#ifndef CAPI_TESTS_SUPPORT_H
#define CAPI_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nghttp2/nghttp2.h>

#include "support/bytes.h"
#include "support/check.h"
#include "support/describe.h"
#include "support/heap.h"
#include "support/recorder.h"
#include "support/tree.h"
#include "support/verdict.h"
#include "support/wire.h"

#endif
