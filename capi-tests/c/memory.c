/* Where memory comes from, and what happens when single objects cannot be made. */
#include "support.h"

/* misc §6: every octet of a session */
static void sessions_use_the_allocator(void) {
    struct recorder r;
    server(&r);
    size_t idle = r.heap.blocks;
    CHECK(idle > 0);
    for (uint32_t id = 1; id < 40; id += 2) put_headers(&r.in, id, ES | EH, GET "x-a: b\n");
    deliver(&r);
    CHECK(r.heap.blocks > idle);
    size_t before = r.heap.bytes;
    nghttp2_submit_goaway(r.session, 0, 1, 0, (const uint8_t *)"some debug data", 15);
    CHECK(r.heap.bytes >= before + 15);
    CHECK_INT(r.heap.zero_sized, 0);
    finish(&r);
}

/* misc §6: ... is given back when nothing needs it any more */
static void finished_streams_leave_nothing_behind(void) {
    struct recorder r;
    server(&r);
    size_t after_first = 0;
    for (uint32_t id = 1; id < 20000; id += 2) {
        put_headers(&r.in, id, ES | EH, GET);
        deliver(&r);
        response(&r, (int32_t)id, OK_200, NULL);
        drain(&r);
        forget(&r);
        if (id == 201) after_first = r.heap.bytes;
    }
    CHECK(r.heap.bytes <= after_first);
    finish(&r);
}

/* What one large frame needed is not held for the life of the connection. */
static void large_frames_leave_nothing_behind(void) {
    static char debug[16000], fields[16001];
    struct recorder r;
    server(&r);
    r.callbacks |= BIT(ON_ERROR);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    size_t before = r.heap.bytes;
    memset(fields, 'X', sizeof(fields) - 1);
    memcpy(fields + sizeof(fields) - 4, ": v", 3);
    put_headers(&r.in, 3, ES | EH, fields);
    deliver(&r);
    CHECK(r.heap.peak > before + sizeof(fields));
    drain(&r);
    memset(debug, 'd', sizeof(debug) - 1);
    put_goaway(&r.in, 0, 0, debug);
    deliver(&r);
    CHECK(r.heap.bytes < before + 4000);
    finish(&r);
}

/* A conversation in the middle of everything. */
static void sessions_can_be_deleted_at_any_time(void) {
    struct bytes input = {0};
    put_a_bit_of_everything(&input);
    for (size_t cut = 0; cut <= input.length; cut++) {
        struct recorder r;
        prepare_server(&r);
        nghttp2_option_set_user_recv_extension_type(r.option, 0xfa);
        r.callbacks |= BIT(UNPACK_EXTENSION);
        start(&r);
        submit_settings(&r, "3=100");
        receive(&r, input.data, cut);
        struct body body = {.left = 100000};
        response(&r, 1, OK_200, &body);
        push(&r, 3, GET);
        for (size_t sends = cut % 7; sends > 0; sends--) send_one(&r);
        finish(&r);
    }
    bytes_free(&input);
}

/* session §2: nothing is written when creation fails */
static void failed_creation_leaves_the_pointer_alone(void) {
    nghttp2_session_callbacks *callbacks;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    for (int is_server = 0; is_server < 2; is_server++) {
        size_t failures = 0;
        for (size_t n = 1; n < 100; n++) {
            struct heap heap;
            heap_init(&heap);
            heap.fail_at = n;
            nghttp2_session *untouched = (nghttp2_session *)&heap, *session = untouched;
            nghttp2_mem *mem = &heap.mem;
            int rv = is_server
                         ? nghttp2_session_server_new3(&session, callbacks, NULL, NULL, mem)
                         : nghttp2_session_client_new3(&session, callbacks, NULL, NULL, mem);
            if (rv == 0) {
                nghttp2_session_del(session);
                CHECK_INT(heap.blocks, 0);
                break;
            }
            CHECK_INT(rv, NGHTTP2_ERR_NOMEM);
            CHECK(session == untouched);
            CHECK_INT(heap.blocks, 0);
            failures++;
        }
        CHECK(failures > 0);
    }
    nghttp2_session_callbacks_del(callbacks);
}

/* hpack §1.1, §2.1: HPACK objects keep the pointer to the allocator */
static void hpack_objects_use_the_allocator(void) {
    struct heap heap;
    heap_init(&heap);
    nghttp2_hd_deflater *deflater;
    nghttp2_hd_inflater *inflater;
    CHECK_INT(nghttp2_hd_deflate_new2(&deflater, 4096, &heap.mem), 0);
    CHECK_INT(nghttp2_hd_inflate_new2(&inflater, &heap.mem), 0);
    size_t before = heap.requests;
    struct fields list = fields("x-one: 1\nx-two: 2\n");
    uint8_t block[100];
    nghttp2_ssize n = nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), list.nva, list.count);
    CHECK(n > 0 && heap.requests > before);
    before = heap.requests;
    nghttp2_nv nv;
    int flags;
    CHECK(nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block, (size_t)n, 1) > 0);
    CHECK(heap.requests > before);
    nghttp2_hd_deflate_del(deflater);
    nghttp2_hd_inflate_del(inflater);
    CHECK_INT(heap.blocks, 0);
}

/* hpack §1.1: a refusal is NOMEM; in the original sometimes HEADER_COMP */
static void deflater_without_memory(void) {
    struct fields list = fields("x-one: 1\nx-two: 2\nx-one: 3\n:method: PUT\n");
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        bool done = false;
        for (size_t n = 1; n < 100 && !done; n++) {
            struct heap heap;
            heap_init(&heap);
            heap.fail_at = n;
            heap.for_ever = for_ever;
            nghttp2_hd_deflater *deflater = NULL;
            int rv = nghttp2_hd_deflate_new2(&deflater, 4096, &heap.mem);
            if (rv != 0) {
                CHECK_INT(rv, NGHTTP2_ERR_NOMEM);
                CHECK_INT(heap.blocks, 0);
                continue;
            }
            uint8_t block[200];
            nghttp2_ssize result =
                nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), list.nva, list.count);
            done = heap.refused == 0;
            if (done) CHECK(result > 0);
            if (!done && library_is_ours()) CHECK_INT(result, NGHTTP2_ERR_NOMEM);
            if (!done) CHECK(result == NGHTTP2_ERR_NOMEM || result == NGHTTP2_ERR_HEADER_COMP);
            nghttp2_hd_deflate_del(deflater);
            CHECK_INT(heap.blocks, 0);
        }
        CHECK(done);
    }
}

/* hpack §2.3 */
static void inflater_without_memory(void) {
    struct bytes block = {0};
    put_hex(&block, "82 40 82 94e7 03 626172 7e 03 62617a 0f 0d 01 35 00 01 61 01 62");
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        bool done = false;
        for (size_t n = 1; n < 100 && !done; n++) {
            struct heap heap;
            heap_init(&heap);
            heap.fail_at = n;
            heap.for_ever = for_ever;
            nghttp2_hd_inflater *inflater = NULL;
            int rv = nghttp2_hd_inflate_new2(&inflater, &heap.mem);
            if (rv != 0) {
                CHECK_INT(rv, NGHTTP2_ERR_NOMEM);
                CHECK_INT(heap.blocks, 0);
                continue;
            }
            size_t at = 0;
            nghttp2_ssize used = 0;
            int flags = 0;
            while (used >= 0 && !(flags & NGHTTP2_HD_INFLATE_FINAL)) {
                nghttp2_nv nv;
                used = nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block.data + at,
                                              block.length - at, 1);
                if (used > 0) at += (size_t)used;
            }
            done = heap.refused == 0;
            if (done) CHECK(used >= 0);
            if (!done) CHECK_INT(used, NGHTTP2_ERR_NOMEM);
            nghttp2_hd_inflate_del(inflater);
            CHECK_INT(heap.blocks, 0);
        }
        CHECK(done);
    }
    bytes_free(&block);
}

/* misc §6: a submit function that fails leaves nothing behind */
static void submit_functions_without_memory(void) {
    for (int function = 0; function < 12; function++) {
        bool done = false;
        for (size_t n = 1; n < 20 && !done; n++) {
            struct recorder r;
            server(&r);
            put_headers(&r.in, 1, ES | EH, GET);
            deliver(&r);
            struct body body = {.left = 1};
            nghttp2_data_provider2 provider = body_provider(&body);
            nghttp2_priority_spec spec = {0, 7, 0};
            const uint8_t *text = (const uint8_t *)"12345678";
            nghttp2_origin_entry origin = {(uint8_t *)"o", 1};
            int rv = 0;
            r.heap.fail_at = r.heap.requests + n;
            switch (function) {
            case 0: rv = response(&r, 1, OK_200, &body); break;
            case 1: rv = trailer(&r, 1, "a: b\n"); break;
            case 2: rv = push(&r, 1, GET); break;
            case 3: rv = nghttp2_submit_data2(r.session, 0, 1, &provider); break;
            case 4: rv = nghttp2_submit_priority(r.session, 0, 1, &spec); break;
            case 5: rv = nghttp2_submit_rst_stream(r.session, 0, 1, 0); break;
            case 6: rv = submit_settings(&r, "3=1"); break;
            case 7: rv = nghttp2_submit_ping(r.session, 0, text); break;
            case 8: rv = nghttp2_submit_goaway(r.session, 0, 1, 0, text, 8); break;
            case 9: rv = nghttp2_submit_window_update(r.session, 0, 1, 7); break;
            case 10: rv = nghttp2_submit_altsvc(r.session, 0, 0, text, 1, text, 1); break;
            case 11: rv = nghttp2_submit_origin(r.session, 0, &origin, 1); break;
            }
            done = r.heap.refused == 0;
            r.heap.fail_at = 0;
            if (done) CHECK(rv >= 0);
            if (!done && !CHECK_INT(rv, NGHTTP2_ERR_NOMEM)) printf("  function %d\n", function);
            finish(&r);
        }
        CHECK(done);
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(sessions_use_the_allocator),
        TEST(finished_streams_leave_nothing_behind),
        TEST(large_frames_leave_nothing_behind),
        TEST(sessions_can_be_deleted_at_any_time),
        TEST(failed_creation_leaves_the_pointer_alone),
        TEST(hpack_objects_use_the_allocator),
        TEST(deflater_without_memory),
        TEST(inflater_without_memory),
        TEST_SINCE_1_70(submit_functions_without_memory),
    };
    return RUN_TESTS(tests);
}
