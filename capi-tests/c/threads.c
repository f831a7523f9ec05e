/*
 * Threads that each have sessions of their own do not disturb one another (misc §14), though they
 * make them from the same callbacks, options and error texts.
 */
#include "support.h"

#include <pthread.h>

enum { THREADS = 4, CONVERSATIONS = 100, REQUESTS = 8 };

static nghttp2_session_callbacks *callbacks;
static nghttp2_option *option;

/* What one side of a conversation has heard, in one number. */
struct side {
    uint64_t heard;
};

static void hear(struct side *side, const void *data, size_t length) {
    const uint8_t *octets = data;
    for (size_t i = 0; i < length; i++) {
        side->heard = (side->heard ^ octets[i]) * UINT64_C(0x100000001b3);
    }
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                     size_t namelen, const uint8_t *value, size_t valuelen, uint8_t flags,
                     void *user_data) {
    (void)session, (void)flags;
    hear(user_data, &frame->hd.stream_id, sizeof(frame->hd.stream_id));
    hear(user_data, name, namelen);
    hear(user_data, value, valuelen);
    return 0;
}

static int on_frame_recv(nghttp2_session *session, const nghttp2_frame *frame, void *user_data) {
    const char *text = nghttp2_strerror(NGHTTP2_ERR_PROTO);
    hear(user_data, text, strlen(text));
    if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST) {
        nghttp2_nv status = {(uint8_t *)":status", (uint8_t *)"204", 7, 3, NGHTTP2_NV_FLAG_NONE};
        return nghttp2_submit_response2(session, frame->hd.stream_id, &status, 1, NULL);
    }
    return 0;
}

/* Carries all octets that one side has for the other. */
static bool carry(nghttp2_session *from, nghttp2_session *to) {
    const uint8_t *octets;
    nghttp2_ssize length;
    while ((length = nghttp2_session_mem_send2(from, &octets)) > 0) {
        if (nghttp2_session_mem_recv2(to, octets, (size_t)length) != length) return false;
    }
    return length == 0;
}

/* A conversation that depends on the number only. Returns what was heard, or 0 if it failed. */
static uint64_t converse(unsigned number) {
    struct side sides[2] = {{number + 1}, {number + 1}};
    nghttp2_session *client = NULL, *server = NULL;
    bool good = nghttp2_session_client_new2(&client, callbacks, &sides[0], option) == 0 &&
                nghttp2_session_server_new2(&server, callbacks, &sides[1], option) == 0 &&
                nghttp2_submit_settings(client, NGHTTP2_FLAG_NONE, NULL, 0) == 0 &&
                nghttp2_submit_settings(server, NGHTTP2_FLAG_NONE, NULL, 0) == 0;
    for (unsigned request = 0; good && request < REQUESTS; request++) {
        char path[32];
        int length = snprintf(path, sizeof(path), "/%u/%u", number, request / 2);
        nghttp2_nv fields[] = {
            {(uint8_t *)":method", (uint8_t *)"GET", 7, 3, NGHTTP2_NV_FLAG_NONE},
            {(uint8_t *)":scheme", (uint8_t *)"https", 7, 5, NGHTTP2_NV_FLAG_NONE},
            {(uint8_t *)":authority", (uint8_t *)"ex", 10, 2, NGHTTP2_NV_FLAG_NONE},
            {(uint8_t *)":path", (uint8_t *)path, 5, (size_t)length, NGHTTP2_NV_FLAG_NONE},
            {(uint8_t *)"x-path", (uint8_t *)path, 6, (size_t)length, NGHTTP2_NV_FLAG_NONE},
        };
        good = nghttp2_submit_request2(client, NULL, fields, 5, NULL, NULL) > 0 &&
               carry(client, server) && carry(server, client);
    }
    nghttp2_session_del(client);
    nghttp2_session_del(server);
    return good ? sides[0].heard ^ sides[1].heard << 1 : 0;
}

static uint64_t expected[CONVERSATIONS];

/* Returns how many conversations went as they did alone. */
static void *work(void *first) {
    size_t same = 0;
    for (unsigned i = 0; i < CONVERSATIONS; i++) {
        unsigned number = (*(unsigned *)first + i) % CONVERSATIONS;
        same += converse(number) == expected[number];
    }
    return (void *)same;
}

static void sessions_are_independent(void) {
    CHECK_INT(nghttp2_session_callbacks_new(&callbacks), 0);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
    CHECK_INT(nghttp2_option_new(&option), 0);
    nghttp2_option_set_peer_max_concurrent_streams(option, 50);

    for (unsigned number = 0; number < CONVERSATIONS; number++) {
        expected[number] = converse(number);
        CHECK_INT(expected[number] != 0, 1);
        CHECK_INT(number == 0 || expected[number] != expected[number - 1], 1);
    }
    pthread_t threads[THREADS];
    unsigned first[THREADS];
    for (unsigned i = 0; i < THREADS; i++) {
        first[i] = i * CONVERSATIONS / THREADS;
        CHECK_INT(pthread_create(&threads[i], NULL, work, &first[i]), 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        void *same = NULL;
        CHECK_INT(pthread_join(threads[i], &same), 0);
        CHECK_INT((int)(size_t)same, CONVERSATIONS);
    }
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(sessions_are_independent),
    };
    return RUN_TESTS(tests);
}
