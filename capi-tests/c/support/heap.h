/*
 * An allocator that counts what is out, and can refuse: once, or from some request on for ever.
 */
#ifndef CAPI_TESTS_HEAP_H
#define CAPI_TESTS_HEAP_H

#include <stdbool.h>
#include <stddef.h>

#include <nghttp2/nghttp2.h>

struct heap {
    nghttp2_mem mem;
    size_t blocks;   /* handed out and not yet freed */
    size_t bytes;    /* their sizes */
    size_t peak;     /* the largest value of bytes */
    size_t requests; /* malloc, calloc and growing realloc calls so far */
    size_t fail_at;  /* refuse this request, counted from 1; 0 = none */
    bool for_ever;   /* and all that follow */
    size_t refused;
    size_t zero_sized; /* requests for no octets: there should be none */
};

/* The heap must stay where it is: its mem points back at it. */
void heap_init(struct heap *heap);

#endif
