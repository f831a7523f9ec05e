/* Reference counted names and values of received fields. */
#include "support.h"

enum { KEPT = 16 };

struct keeper {
    nghttp2_rcbuf *names[KEPT], *values[KEPT];
    size_t count;
    bool hold;
};

static int keep(struct keeper *keeper, nghttp2_rcbuf *name, nghttp2_rcbuf *value) {
    if (keeper->count == KEPT) return NGHTTP2_ERR_CALLBACK_FAILURE;
    if (keeper->hold) {
        nghttp2_rcbuf_incref(name);
        nghttp2_rcbuf_incref(value);
    }
    keeper->names[keeper->count] = name;
    keeper->values[keeper->count++] = value;
    return 0;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, nghttp2_rcbuf *name,
                     nghttp2_rcbuf *value, uint8_t flags, void *user_data) {
    (void)session, (void)frame, (void)flags;
    return keep(user_data, name, value);
}

static int on_invalid_header(nghttp2_session *session, const nghttp2_frame *frame,
                             nghttp2_rcbuf *name, nghttp2_rcbuf *value, uint8_t flags,
                             void *user_data) {
    (void)session, (void)frame, (void)flags;
    return keep(user_data, name, value);
}

static void release(struct keeper *keeper) {
    for (size_t i = 0; i < keeper->count; i++) {
        nghttp2_rcbuf_decref(keeper->names[i]);
        nghttp2_rcbuf_decref(keeper->values[i]);
    }
    keeper->count = 0;
}

/* A server that keeps every field; its memory comes from the heap. */
static nghttp2_session *new_server(struct keeper *keeper, struct heap *heap) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session = NULL;
    heap_init(heap);
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_on_header_callback2(callbacks, on_header);
    nghttp2_session_callbacks_set_on_invalid_header_callback2(callbacks, on_invalid_header);
    CHECK_INT(nghttp2_session_server_new3(&session, callbacks, keeper, NULL, &heap->mem), 0);
    nghttp2_session_callbacks_del(callbacks);
    struct bytes input = {0};
    put_magic(&input);
    put_settings(&input, "");
    CHECK_INT(nghttp2_session_mem_recv2(session, input.data, input.length), input.length);
    bytes_free(&input);
    return session;
}

static void receive_block(nghttp2_session *session, uint32_t stream_id, const char *hex) {
    struct bytes input = {0};
    put_hex_frame(&input, NGHTTP2_HEADERS, ES | EH, stream_id, hex);
    CHECK_INT(nghttp2_session_mem_recv2(session, input.data, input.length), input.length);
    bytes_free(&input);
}

static void expect_rcbuf(nghttp2_rcbuf *rcbuf, const char *text) {
    nghttp2_vec vec = nghttp2_rcbuf_get_buf(rcbuf);
    check_mem(__FILE__, __LINE__, text, vec.base, vec.len, text, strlen(text));
    CHECK_INT(vec.base[vec.len], 0);
}

#define REQUEST "82 87 84 41 026578"

/* hpack §4: they outlive block, table and session */
static void buffers_outlive_the_session(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 40 01 61 01 62 00 02 6363 02 6464 1f 08 82 1c64");
    CHECK_INT(keeper.count, 7);
    nghttp2_session_del(session);
    CHECK(heap.blocks > 0);
    expect_rcbuf(keeper.names[0], ":method");
    expect_rcbuf(keeper.values[0], "GET");
    expect_rcbuf(keeper.values[3], "ex");
    expect_rcbuf(keeper.names[4], "a");
    expect_rcbuf(keeper.values[4], "b");
    expect_rcbuf(keeper.names[5], "cc");
    expect_rcbuf(keeper.values[5], "dd");
    expect_rcbuf(keeper.names[6], "authorization");
    expect_rcbuf(keeper.values[6], "abc");
    release(&keeper);
    CHECK_INT(heap.blocks, 0);
}

/* hpack §4: the text does not matter, where it comes from does */
static void static_buffers_are_those_of_the_static_table(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1,
                  "82 87 04 01 2f 41 026578 00 06 616363657074 00 40 06 616363657074 00");
    CHECK(nghttp2_rcbuf_is_static(keeper.names[0]));
    CHECK(nghttp2_rcbuf_is_static(keeper.values[0]));
    CHECK(nghttp2_rcbuf_is_static(keeper.names[2]));
    CHECK(!nghttp2_rcbuf_is_static(keeper.values[2]));
    expect_rcbuf(keeper.values[2], "/");
    CHECK(nghttp2_rcbuf_is_static(keeper.names[3]));
    CHECK(!nghttp2_rcbuf_is_static(keeper.values[3]));
    CHECK(!nghttp2_rcbuf_is_static(keeper.names[4]));
    nghttp2_session_del(session);
    release(&keeper);
    CHECK_INT(heap.blocks, 0);
}

/* hpack §4 */
static void counting_static_buffers_does_nothing(void) {
    struct keeper keeper = {.hold = false};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST);
    nghttp2_rcbuf *name = keeper.names[0];
    for (int i = 0; i < 10; i++) nghttp2_rcbuf_decref(name);
    expect_rcbuf(name, ":method");
    nghttp2_rcbuf_incref(name);
    expect_rcbuf(name, ":method");
    nghttp2_session_del(session);
    expect_rcbuf(name, ":method");
    CHECK_INT(heap.blocks, 0);
}

/* hpack §4: an entry of the table is seen again as the same buffer */
static void stored_entry_is_the_same_buffer_each_time(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 40 01 61 01 62 be");
    CHECK(keeper.names[4] == keeper.names[5]);
    CHECK(keeper.values[4] == keeper.values[5]);
    receive_block(session, 3, "82 87 84 bf 7e 01 63");
    CHECK(keeper.values[3] == keeper.values[9]);
    CHECK(keeper.names[4] == keeper.names[10]);
    nghttp2_session_del(session);
    expect_rcbuf(keeper.values[10], "c");
    release(&keeper);
    CHECK_INT(heap.blocks, 0);
}

/* hpack §4: eviction lets go of an entry that the program still holds */
static void evicted_entry_stays_with_its_holder(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 40 01 61 01 62");
    receive_block(session, 3, "20 82 87 84 01 026578");
    CHECK_INT(nghttp2_session_get_hd_inflate_dynamic_table_size(session), 0);
    expect_rcbuf(keeper.names[4], "a");
    nghttp2_session_del(session);
    expect_rcbuf(keeper.values[4], "b");
    release(&keeper);
    CHECK_INT(heap.blocks, 0);
}

/* hpack §4: counted, not merely kept */
static void every_reference_counts(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 00 01 61 01 62");
    nghttp2_session_del(session);
    nghttp2_rcbuf *value = keeper.values[4];
    nghttp2_rcbuf_incref(value);
    nghttp2_rcbuf_incref(value);
    release(&keeper);
    CHECK(heap.blocks > 0);
    expect_rcbuf(value, "b");
    nghttp2_rcbuf_decref(value);
    expect_rcbuf(value, "b");
    nghttp2_rcbuf_decref(value);
    CHECK_INT(heap.blocks, 0);
    nghttp2_rcbuf_decref(NULL);
}

/* hpack §4: nothing is left if nobody counted */
static void uncounted_buffers_go_with_the_session(void) {
    struct keeper keeper = {.hold = false};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 40 01 61 01 62 00 02 6363 02 6464");
    CHECK_INT(keeper.count, 6);
    nghttp2_session_del(session);
    CHECK_INT(heap.blocks, 0);
}

/* hpack §4: invalid fields come the same way */
static void invalid_fields_are_counted_too(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 40 03 612062 01 62");
    CHECK_INT(keeper.count, 5);
    nghttp2_session_del(session);
    expect_rcbuf(keeper.names[4], "a b");
    expect_rcbuf(keeper.values[4], "b");
    release(&keeper);
    CHECK_INT(heap.blocks, 0);
}

/* Empty strings are buffers like others. */
static void empty_values(void) {
    struct keeper keeper = {.hold = true};
    struct heap heap;
    nghttp2_session *session = new_server(&keeper, &heap);
    receive_block(session, 1, REQUEST " 40 01 61 00 93");
    CHECK_INT(keeper.count, 6);
    expect_rcbuf(keeper.values[4], "");
    expect_rcbuf(keeper.names[5], "accept");
    expect_rcbuf(keeper.values[5], "");
    nghttp2_session_del(session);
    release(&keeper);
    CHECK_INT(heap.blocks, 0);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(buffers_outlive_the_session),
        TEST(static_buffers_are_those_of_the_static_table),
        TEST(counting_static_buffers_does_nothing),
        TEST(stored_entry_is_the_same_buffer_each_time),
        TEST(evicted_entry_stays_with_its_holder),
        TEST(every_reference_counts),
        TEST(uncounted_buffers_go_with_the_session),
        TEST(invalid_fields_are_counted_too),
        TEST(empty_values),
    };
    return RUN_TESTS(tests);
}
