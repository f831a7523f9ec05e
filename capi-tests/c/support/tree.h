/*
 * The dependency tree as text: "0/33(99:16/5(7:5) 3:1 1:16)" is a root whose children have weights
 * that add up to 33; in sibling order 99 of weight 16 with a child 7 of weight 5, then 3, then 1.
 */
#ifndef CAPI_TESTS_TREE_H
#define CAPI_TESTS_TREE_H

#include "recorder.h"

/* Also checks that parents and siblings point back. Valid until the next call. */
const char *tree_of(struct recorder *r);

#endif
