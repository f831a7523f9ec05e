/*
 * A rich exchange on one session, in which every callback is called, for the re-entrancy programs.
 */
#ifndef CAPI_TESTS_SCENARIO_H
#define CAPI_TESTS_SCENARIO_H

#include "recorder.h"

struct scenario {
    struct recorder r;
    struct body bodies[3];
};

/* Runs it on a server or a client; intrude is called in the nth call of event (nth 0: never). */
void play(struct scenario *s, bool is_server, enum event event, size_t nth,
          void (*intrude)(struct recorder *));
/* The lines of the transcript, without those that contain the needle; must be freed. */
char *lines_without(struct recorder *r, const char *needle);
/* The number of lines that contain the needle. */
size_t count_lines_with(struct recorder *r, const char *needle);
/* Only what came in: begin_frame, header, chunk, frame_recv and so on. */
char *inbound_lines(struct recorder *r);

/* Uses every function that only asks. */
void ask_everything(struct recorder *r);

#endif
