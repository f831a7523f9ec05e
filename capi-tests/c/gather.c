/* nghttp2x_session_mem_sendv: many frames in the program's buffers. */
#include <nghttp2/nghttp2x.h>

#include "support.h"

enum { ROOM = 40000 };

/* Gathers once, into buffers of these sizes, and feeds the wire. */
static nghttp2_ssize gather(struct recorder *r, const size_t *sizes, size_t count) {
    static uint8_t room[ROOM + 8];
    nghttp2_vec vec[8];
    uint8_t *place = room;
    memset(room, 0xee, sizeof(room));
    for (size_t i = 0; i < count; i++) {
        vec[i] = (nghttp2_vec){place, sizes[i]};
        place += sizes[i];
    }
    nghttp2_ssize rv = nghttp2x_session_mem_sendv(r->session, vec, count);
    if (rv < 0) text_printf(&r->log, "sendv = %s\n", nghttp2_strerror((int)rv));
    if (rv > 0) wire_feed(&r->wire, room, (size_t)rv, &r->log);
    /* Nothing is written behind what is counted. */
    if (rv >= 0 && CHECK(rv <= place - room)) CHECK_INT(room[rv], 0xee);
    return rv;
}

static nghttp2_ssize gather_into(struct recorder *r, size_t size) {
    return gather(r, &size, 1);
}

static void prepare_sending(struct recorder *r, uint32_t callbacks) {
    prepare_server(r);
    r->callbacks |= callbacks;
    start(r);
    handshake(r);
    put_headers(&r->in, 1, ES | EH, GET);
    put_headers(&r->in, 3, ES | EH, GET);
    deliver(r);
    forget(r);
}

static void several_frames_at_once(void) {
    struct recorder r;
    struct body body = {.left = 20000};
    prepare_sending(&r, 0);
    response(&r, 1, OK_200, &body);
    response(&r, 3, OK_200, NULL);
    nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
    CHECK_INT(gather_into(&r, ROOM), 17 + 2 * 10 + 9 + 16384 + 9 + 20000 - 16384);
    EXPECT(&r, "close 3 NO_ERROR\nclose 1 NO_ERROR\n"
               "> PING \"12345678\"\n"
               "> HEADERS 1 +EH {:status: 200}\n"
               "> HEADERS 3 +ES+EH {:status: 200}\n"
               "> DATA 1 len=16384\n> DATA 1 +ES len=3616\n");
    CHECK_INT(gather_into(&r, ROOM), 0);
    finish(&r);
}

/* Whatever the sizes of the buffers, the octets are those of mem_send. */
static void frames_are_cut_anywhere(void) {
    struct bytes expected = {0};
    for (size_t step = 0; step <= 40; step++) {
        struct recorder r;
        struct body body = {.left = 100};
        prepare_sending(&r, 0);
        response(&r, 1, OK_200, &body);
        response(&r, 3, OK_200, NULL);
        nghttp2_submit_ping(r.session, 0, (const uint8_t *)"12345678");
        struct bytes found = {0};
        const uint8_t *data;
        nghttp2_ssize rv;
        if (step == 0) {
            while ((rv = nghttp2_session_mem_send2(r.session, &data)) > 0) {
                bytes_append(&expected, data, (size_t)rv);
            }
        } else {
            uint8_t room[80];
            nghttp2_vec vec[3] = {{room, step}, {NULL, 0}, {room + step, step}};
            while ((rv = nghttp2x_session_mem_sendv(r.session, vec, 3)) > 0) {
                bytes_append(&found, room, (size_t)rv);
                CHECK(rv == (nghttp2_ssize)(2 * step) || found.length == expected.length);
            }
            check_mem(__FILE__, __LINE__, "octets", found.data, found.length, expected.data,
                      expected.length);
        }
        CHECK_INT(rv, 0);
        forget(&r);
        bytes_free(&found);
        finish(&r);
    }
    bytes_free(&expected);
}

/* The rest of a frame also comes from mem_send; what follows from a frame, behind its last octet. */
static void the_rest_comes_from_mem_send(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    response(&r, 1, OK_200, NULL);
    r.heard |= BIT(BEFORE_FRAME_SEND) | BIT(ON_FRAME_SEND);
    CHECK_INT(gather_into(&r, 4), 4);
    EXPECT(&r, "before_send HEADERS 1 +ES+EH RESPONSE\n");
    CHECK(nghttp2_session_want_write(r.session));
    CHECK_INT(send_one(&r), 6);
    EXPECT(&r, "sent HEADERS 1 +ES+EH RESPONSE\nclose 1 NO_ERROR\n"
               "> HEADERS 1 +ES+EH {:status: 200}\n");
    finish(&r);
}

/* What the program sends itself must not overtake what it was given. */
static void sending_by_the_program_waits(void) {
    struct recorder r;
    struct body body = {.left = 10, .no_copy = true};
    prepare_sending(&r, BIT(SEND_DATA));
    response(&r, 1, OK_200, &body);
    r.heard |= BIT(SEND_DATA);
    CHECK_INT(gather_into(&r, ROOM), 10);
    EXPECT(&r, "> HEADERS 1 +EH {:status: 200}\n");
    CHECK_INT(r.calls[SEND_DATA], 0);
    CHECK(nghttp2_session_want_write(r.session));
    CHECK_INT(gather_into(&r, ROOM), 0);
    CHECK_INT(r.calls[SEND_DATA], 1);
    CHECK(nghttp2_session_find_stream(r.session, 1) == NULL);
    finish(&r);
}

static void gathers_nothing(struct recorder *r) {
    uint8_t room[100];
    nghttp2_vec vec = {room, sizeof(room)};
    CHECK_INT(nghttp2x_session_mem_sendv(r->session, &vec, 1), 0);
}

static void without_room_or_from_within(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    response(&r, 1, OK_200, NULL);
    CHECK_INT(nghttp2x_session_mem_sendv(r.session, NULL, 0), 0);
    CHECK_INT(gather_into(&r, 0), 0);
    EXPECT(&r, "");
    during(&r, BEFORE_FRAME_SEND, 1, gathers_nothing);
    during(&r, ON_STREAM_CLOSE, 1, gathers_nothing);
    CHECK_INT(gather_into(&r, ROOM), 10);
    EXPECT(&r, "close 1 NO_ERROR\n> HEADERS 1 +ES+EH {:status: 200}\n");
    CHECK_INT(r.calls[BEFORE_FRAME_SEND] + r.calls[ON_STREAM_CLOSE], 2);
    finish(&r);
}

static void a_failing_callback_is_fatal(void) {
    struct recorder r;
    prepare_sending(&r, 0);
    nghttp2_submit_ping(r.session, 0, NULL);
    response(&r, 1, OK_200, NULL);
    answer(&r, ON_FRAME_SEND, 2, -1);
    CHECK_INT(gather_into(&r, ROOM), NGHTTP2_ERR_CALLBACK_FAILURE);
    forget(&r);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_OURS(several_frames_at_once),
        TEST_OURS(frames_are_cut_anywhere),
        TEST_OURS(the_rest_comes_from_mem_send),
        TEST_OURS(sending_by_the_program_waits),
        TEST_OURS(without_room_or_from_within),
        TEST_OURS(a_failing_callback_is_fatal),
    };
    return RUN_TESTS(tests);
}
