#include "heap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The size stands before each block, with room that keeps malloc's alignment. */
enum { PREFIX = 16 };

static bool refuse(struct heap *heap) {
    heap->requests++;
    if (heap->fail_at == 0) return false;
    bool now = heap->for_ever ? heap->requests >= heap->fail_at : heap->requests == heap->fail_at;
    heap->refused += now;
    return now;
}

static void *allocate(struct heap *heap, size_t size) {
    if (refuse(heap)) return NULL;
    char *base = malloc(PREFIX + size);
    if (!base) return NULL;
    memcpy(base, &size, sizeof(size));
    heap->blocks++;
    heap->bytes += size;
    if (heap->bytes > heap->peak) heap->peak = heap->bytes;
    heap->zero_sized += size == 0;
    return base + PREFIX;
}

static size_t size_of(void *block) {
    size_t size;
    memcpy(&size, (char *)block - PREFIX, sizeof(size));
    return size;
}

static void *heap_malloc(size_t size, void *heap) {
    return allocate(heap, size);
}

static void heap_free(void *block, void *user_data) {
    struct heap *heap = user_data;
    if (!block) return;
    heap->blocks--;
    heap->bytes -= size_of(block);
    free((char *)block - PREFIX);
}

static void *heap_calloc(size_t count, size_t size, void *heap) {
    if (size && count > SIZE_MAX / size) return NULL;
    void *block = allocate(heap, count * size);
    if (block) memset(block, 0, count * size);
    return block;
}

/* Always moves, so that a pointer kept into the old block is found by valgrind. */
static void *heap_realloc(void *block, size_t size, void *heap) {
    void *moved = allocate(heap, size);
    if (!block || !moved) return moved;
    size_t kept = size_of(block);
    memcpy(moved, block, kept < size ? kept : size);
    heap_free(block, heap);
    return moved;
}

void heap_init(struct heap *heap) {
    *heap = (struct heap){
        .mem = {heap, heap_malloc, heap_free, heap_calloc, heap_realloc},
    };
}
