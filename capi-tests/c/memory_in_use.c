/* How much memory a session says it holds: what its allocator has given out, to the octet. */
#include <nghttp2/nghttp2x.h>

#include "support.h"

static size_t in_use(struct recorder *r) {
    return nghttp2x_session_get_memory(r->session);
}

#define CHECK_MEMORY(r) CHECK_INT(in_use(r), (r)->heap.bytes)

static void a_fresh_session(void) {
    for (int is_server = 0; is_server < 2; is_server++) {
        struct recorder r;
        prepare(&r, is_server);
        start(&r);
        CHECK_MEMORY(&r);
        CHECK(in_use(&r) > 500);
        handshake(&r);
        CHECK_MEMORY(&r);
        finish(&r);
    }
}

/* The same, where no allocator is given: nobody but the session knows. */
static void memory_of_the_c_library(void) {
    nghttp2_session_callbacks *callbacks;
    nghttp2_session *session;
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    CHECK_INT(nghttp2_session_server_new(&session, callbacks, NULL), 0);
    size_t fresh = nghttp2x_session_get_memory(session);
    CHECK(fresh > 500 && fresh < 10000);
    static const uint8_t debug[1000];
    CHECK_INT(nghttp2_submit_goaway(session, 0, 1, 0, debug, sizeof(debug)), 0);
    CHECK(nghttp2x_session_get_memory(session) >= fresh + sizeof(debug));
    nghttp2_session_del(session);
    nghttp2_session_callbacks_del(callbacks);
}

/* Streams, and the objects that name them. Once they are over, what remains is little. */
static void many_streams(void) {
    struct recorder r;
    server(&r);
    size_t idle = in_use(&r);
    for (uint32_t id = 1; id < 2000; id += 2) {
        put_headers(&r.in, id, ES | EH, GET);
        deliver(&r);
        CHECK_MEMORY(&r);
        if (id % 4 == 1) CHECK(nghttp2_session_find_stream(r.session, (int32_t)id) != NULL);
        CHECK_MEMORY(&r);
    }
    CHECK(nghttp2_session_get_root_stream(r.session) != NULL);
    CHECK_MEMORY(&r);
    size_t busy = in_use(&r);
    CHECK(busy > idle + 1000 * 100);
    for (uint32_t id = 1; id < 2000; id += 2) response(&r, (int32_t)id, OK_200, NULL);
    CHECK_MEMORY(&r);
    CHECK(in_use(&r) > busy);
    drain(&r);
    CHECK_MEMORY(&r);
    CHECK(in_use(&r) < busy);
    /* Stream objects go when many others have been asked for. */
    for (uint32_t id = 2001; id < 2201; id += 2) {
        put_headers(&r.in, id, ES | EH, GET);
        deliver(&r);
        CHECK(nghttp2_session_find_stream(r.session, (int32_t)id) != NULL);
        CHECK_MEMORY(&r);
        response(&r, (int32_t)id, OK_200, NULL);
        drain(&r);
        CHECK_MEMORY(&r);
    }
    CHECK(in_use(&r) < idle + 16384);
    finish(&r);
}

/* One frame of each kind that a server can submit. */
static int submit(struct recorder *r, int kind, struct body *body) {
    static const uint8_t text[] = "12345678";
    nghttp2_origin_entry origins[] = {{(uint8_t *)"https://a.example", 17}, {(uint8_t *)"b", 1}};
    nghttp2_data_provider2 provider = body_provider(body);
    nghttp2_priority_spec spec = {0, 7, 0};
    switch (kind) {
    case 0: return response(r, 1, OK_200 "Mixed-Case: value\nempty: \n", body);
    case 1: return trailer(r, 1, "a: b\n");
    case 2: return push(r, 1, GET);
    case 3: return nghttp2_submit_data2(r->session, 0, 3, &provider);
    case 4: return nghttp2_submit_priority(r->session, 0, 1, &spec);
    case 5: return nghttp2_submit_rst_stream(r->session, 0, 5, 0);
    case 6: return submit_settings(r, "3=1 4=2 5=16384");
    case 7: return nghttp2_submit_ping(r->session, 0, text);
    case 8: return nghttp2_submit_window_update(r->session, 0, 1, 7);
    case 9: return nghttp2_submit_altsvc(r->session, 0, 0, text, 8, text, 5);
    case 10: return nghttp2_submit_origin(r->session, 0, origins, 2);
    case 11: return nghttp2_submit_extension(r->session, 0xfa, 0, 1, NULL);
    case 12: return nghttp2_submit_goaway(r->session, 0, 5, 0, text, 8);
    }
    return NGHTTP2_ERR_INVALID_ARGUMENT;
}

enum { KINDS = 13 };

/* While they wait, while each of them is on its way, and when they are gone. */
static void frames_that_wait(void) {
    struct recorder r;
    prepare_server(&r);
    r.callbacks |= BIT(PACK_EXTENSION);
    start(&r);
    handshake(&r);
    for (uint32_t id = 1; id <= 5; id += 2) put_headers(&r.in, id, EH, POST);
    deliver(&r);
    size_t idle = in_use(&r);
    struct body body = {.left = 100000};
    for (int kind = 0; kind < KINDS; kind++) {
        if (!CHECK(submit(&r, kind, &body) >= 0)) printf("  kind %d\n", kind);
        CHECK_MEMORY(&r);
    }
    CHECK(in_use(&r) > idle + 500);
    for (int i = 0; i < 100 && send_one(&r) > 0; i++) CHECK_MEMORY(&r);
    CHECK_MEMORY(&r);
    finish(&r);
}

static void client_frames_that_wait(void) {
    struct recorder r;
    client(&r);
    struct body body = {.left = 100};
    for (int i = 0; i < 50; i++) {
        CHECK(request(&r, POST "x-some: field\n", i % 2 ? &body : NULL) > 0);
        CHECK_MEMORY(&r);
    }
    for (int32_t id = 1; id < 20; id += 2) {
        CHECK_INT(nghttp2_submit_priority_update(r.session, 0, id, (uint8_t *)"u=1, i", 6), 0);
        CHECK_MEMORY(&r);
    }
    size_t waiting = in_use(&r);
    for (int i = 0; i < 200 && send_one(&r) > 0; i++) CHECK_MEMORY(&r);
    for (uint32_t id = 1; id < 100; id += 2) put_rst_stream(&r.in, id, NGHTTP2_CANCEL);
    deliver(&r);
    drain(&r);
    CHECK_MEMORY(&r);
    CHECK(in_use(&r) < waiting - 625 * sizeof(void *));
    finish(&r);
}

/* What the program lends is its own. */
static void fields_that_are_not_copied(void) {
    static uint8_t name[] = "x-long", value[10000];
    memset(value, 'v', sizeof(value));
    struct recorder r;
    client(&r);
    size_t before = in_use(&r);
    for (unsigned flags = 0; flags < 8; flags++) {
        struct fields list = fields(GET);
        list.nva[list.count++] = (nghttp2_nv){name, value, 6, sizeof(value), (uint8_t)flags};
        CHECK(nghttp2_submit_request2(r.session, NULL, list.nva, list.count, NULL, NULL) > 0);
        CHECK_MEMORY(&r);
    }
    CHECK(in_use(&r) > before + 4 * sizeof(value) && in_use(&r) < before + 5 * sizeof(value));
    finish(&r);
}

/* A literal that enters the peer's table, with its name spelt out or by an index. */
static void put_entry(struct bytes *block, int number) {
    char text[20];
    if (number % 3 == 0) {
        put_u8(block, 0x40);
        put_u8(block, (unsigned)sprintf(text, "x-%d", number));
        bytes_append(block, text, strlen(text));
    } else {
        /* The name of the newest entry, or of the one before. */
        put_hex(block, number % 3 == 1 ? "7e" : "7f 00");
    }
    put_u8(block, (unsigned)sprintf(text, "value %d", number));
    bytes_append(block, text, strlen(text));
}

/* Both tables, until entries leave them; with callbacks for counted strings and for plain ones. */
static void tables_of_fields(void) {
    for (int counted = 0; counted < 2; counted++) {
        struct recorder r;
        prepare_server(&r);
        if (!counted) r.old_forms |= BIT(ON_HEADER);
        start(&r);
        handshake(&r);
        size_t idle = in_use(&r);
        int number = 0;
        for (uint32_t id = 1; id < 100; id += 2) {
            struct bytes block = {0};
            put_hex(&block, "82 84 87 01 02 6578");
            for (int i = 0; i < 7; i++) put_entry(&block, number++);
            put_frame(&r.in, NGHTTP2_HEADERS, ES | EH, id, block.data, block.length);
            bytes_free(&block);
            deliver(&r);
            CHECK_MEMORY(&r);
            char text[100];
            sprintf(text, OK_200 "x-answer-%u: %u\n", id, id * id);
            response(&r, (int32_t)id, text, NULL);
            drain(&r);
            CHECK_MEMORY(&r);
        }
        CHECK(strstr(text_of(&r.log), "invalid") == NULL);
        CHECK(strstr(text_of(&r.log), "GOAWAY") == NULL);
        forget(&r);
        CHECK(in_use(&r) > idle + 6000);
        /* RFC 7541 section 4.3: without tables everything goes back. */
        put_settings(&r.in, "1=0");
        deliver(&r);
        submit_settings(&r, "1=0");
        drain(&r);
        put_settings_ack(&r.in);
        put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 101, "20 82 84 87 01 02 6578");
        deliver(&r);
        response(&r, 101, OK_200, NULL);
        EXPECT_SENT(&r, "frame_recv SETTINGS 1=0\n> SETTINGS +ACK\n> SETTINGS 1=0\n"
                        "frame_recv SETTINGS +ACK\nframe_recv HEADERS 101 +ES+EH REQUEST\n"
                        "close 101 NO_ERROR\n> HEADERS 101 +ES+EH {:status: 200}\n");
        CHECK_MEMORY(&r);
        CHECK(in_use(&r) < idle + 4096);
        finish(&r);
    }
}

/* Wherever an input is cut. */
static void in_the_middle_of_everything(void) {
    struct bytes input = {0};
    put_a_bit_of_everything(&input);
    for (size_t cut = 0; cut <= input.length; cut++) {
        struct recorder r;
        prepare_server(&r);
        nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_PRIORITY_UPDATE);
        start(&r);
        submit_settings(&r, "9=1");
        receive(&r, input.data, cut);
        CHECK_MEMORY(&r);
        struct body body = {.left = 100000};
        response(&r, 1, OK_200, &body);
        push(&r, 3, GET);
        for (size_t sends = cut % 7; sends > 0; sends--) send_one(&r);
        CHECK_MEMORY(&r);
        finish(&r);
    }
    bytes_free(&input);
}

static void ask_meanwhile(struct recorder *r) {
    CHECK_MEMORY(r);
}

static void callbacks_may_ask(void) {
    struct recorder r;
    prepare_client(&r);
    nghttp2_option_set_builtin_recv_extension_type(r.option, NGHTTP2_ORIGIN);
    r.callbacks |= BIT(SELECT_PADDING) | BIT(READ_LENGTH);
    r.old_forms |= BIT(ON_HEADER);
    r.padding = 5;
    start(&r);
    handshake(&r);
    static const enum event asking[] = {ON_BEGIN_FRAME,    ON_FRAME_RECV, ON_DATA_CHUNK,
                                        ON_BEGIN_HEADERS,  ON_HEADER,     ON_STREAM_CLOSE,
                                        BEFORE_FRAME_SEND, ON_FRAME_SEND, SELECT_PADDING,
                                        READ_LENGTH,       READ_DATA};
    enum { ASKING = sizeof(asking) / sizeof(asking[0]) };
    for (int i = 0; i < ASKING; i++) during(&r, asking[i], 0, ask_meanwhile);
    struct body body = {.left = 1000};
    request(&r, POST, &body);
    drain(&r);
    put_frame(&r.in, NGHTTP2_ORIGIN, 0, 0, "\0\1a\0\3bcd", 8);
    put_headers(&r.in, 1, EH, OK_200);
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    drain(&r);
    for (int i = 0; i < ASKING; i++) {
        if (!CHECK(r.calls[asking[i]] > 0)) printf("  event %d\n", (int)asking[i]);
    }
    finish(&r);
}

/* nghttp2_session_upgrade2() lays aside what is being received. */
static void an_upgrade(void) {
    struct recorder r;
    prepare_server(&r);
    start(&r);
    during(&r, ON_FRAME_RECV, 0, ask_meanwhile);
    CHECK_INT(nghttp2_session_upgrade2(r.session, (const uint8_t *)"\0\3\0\0\0\7", 6, 0, NULL), 0);
    CHECK_INT(r.calls[ON_FRAME_RECV], 1);
    CHECK_MEMORY(&r);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(a_fresh_session),
        TEST_OURS(memory_of_the_c_library),
        TEST_OURS(many_streams),
        TEST_OURS(frames_that_wait),
        TEST_OURS(client_frames_that_wait),
        TEST_OURS(fields_that_are_not_copied),
        TEST_OURS(tables_of_fields),
        TEST_OURS(in_the_middle_of_everything),
        TEST_OURS(callbacks_may_ask),
        TEST_OURS(an_upgrade),
    };
    return RUN_TESTS(tests);
}
