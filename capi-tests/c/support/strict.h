/* Sessions on which the first glitch is the end. */
#ifndef CAPI_TESTS_STRICT_H
#define CAPI_TESTS_STRICT_H

#include "recorder.h"

/* Glitches are not allowed, answers wait without limit. */
void prepare_strict(struct recorder *r, bool is_server);
/* Starts such a session, or another one, and exchanges SETTINGS. */
void begin(struct recorder *r);
/* The same with a request on stream 1 whose content is to follow. */
void begin_upload(struct recorder *r);
/* Whether the peer has been told to calm down; frames are taken in and the lines forgotten. */
bool calms(struct recorder *r);

#endif
