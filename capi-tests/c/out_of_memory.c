/*
 * Whole conversations in which each single allocation is refused: misc §6.
 * Only NOMEM comes out, everything can still be deleted, and nothing leaks.
 */
#include "support.h"
#include "support/trial.h"

static int request_and_response(struct trial *t) {
    TRY(meet(t, "3=100", "3=100"));
    size_t up = 20000, down = 50000;
    nghttp2_data_provider2 upload = octets(&up), download = octets(&down);
    TRY(ask(t, POST "content-length: 20000\ncookie: a=b\nx-new: value\n", &upload));
    TRY(exchange(t));
    TRY(respond(t, 1, OK_200 "content-length: 50000\nx-other: value\n", &download));
    return exchange(t);
}

static void refused_in_request_and_response(void) {
    EXHAUST(request_and_response);
}

static int many_requests(struct trial *t) {
    TRY(meet(t, "", ""));
    for (int i = 0; i < 20; i++) TRY(ask(t, GET, NULL));
    TRY(exchange(t));
    for (int32_t id = 1; id < 40; id += 2) TRY(respond(t, id, OK_200, NULL));
    return exchange(t);
}

static void refused_in_many_requests(void) {
    EXHAUST(many_requests);
}

static int trailers_and_interim_responses(struct trial *t) {
    TRY(meet(t, "", ""));
    TRY(ask(t, GET, NULL));
    TRY(exchange(t));
    struct fields interim = fields(":status: 103\nlink: x\n"), final = fields(OK_200);
    struct fields trailers = fields("t: 1\n");
    TRY(nghttp2_submit_headers(t->server, 0, 1, NULL, interim.nva, interim.count, NULL));
    TRY(nghttp2_submit_headers(t->server, 0, 1, NULL, final.nva, final.count, NULL));
    TRY(exchange(t));
    size_t left = 10;
    nghttp2_data_provider2 body = octets(&left);
    TRY(nghttp2_submit_data2(t->server, NGHTTP2_FLAG_NONE, 1, &body));
    TRY(exchange(t));
    TRY(nghttp2_submit_trailer(t->server, 1, trailers.nva, trailers.count));
    return exchange(t);
}

static void refused_in_trailers_and_interim_responses(void) {
    EXHAUST(trailers_and_interim_responses);
}

static int push_a_stream(struct trial *t) {
    TRY(meet(t, "", ""));
    TRY(ask(t, GET, NULL));
    TRY(exchange(t));
    struct fields promise = fields(GET "x-pushed: yes\n");
    TRY(nghttp2_submit_push_promise(t->server, 0, 1, promise.nva, promise.count, NULL));
    size_t left = 100;
    nghttp2_data_provider2 body = octets(&left);
    TRY(respond(t, 2, OK_200, &body));
    TRY(exchange(t));
    TRY(respond(t, 1, OK_200, NULL));
    return exchange(t);
}

static void refused_in_push(void) {
    EXHAUST(push_a_stream);
}

static int upgrade_both(struct trial *t) {
    struct entries list = entries("3=100 4=70000 1=8192");
    uint8_t payload[18];
    TRY(nghttp2_pack_settings_payload2(payload, sizeof(payload), list.iv, list.count));
    TRY(nghttp2_session_client_new3(&t->client, t->callbacks, t, t->option, &t->heap.mem));
    TRY(nghttp2_session_server_new3(&t->server, t->callbacks, t, t->option, &t->heap.mem));
    TRY(nghttp2_session_upgrade2(t->client, payload, sizeof(payload), 0, NULL));
    TRY(nghttp2_session_upgrade2(t->server, payload, sizeof(payload), 0, NULL));
    TRY(nghttp2_submit_settings(t->server, 0, NULL, 0));
    TRY(exchange(t));
    size_t left = 100;
    nghttp2_data_provider2 body = octets(&left);
    TRY(respond(t, 1, OK_200, &body));
    return exchange(t);
}

static void refused_in_upgrade(void) {
    EXHAUST(upgrade_both);
}

/* Blocks that need CONTINUATION, strings that need growing buffers. */
static int large_headers(struct trial *t) {
    TRY(meet(t, "", ""));
    struct bytes text = {0};
    text_printf(&text, GET);
    for (int i = 0; i < 20; i++) text_printf(&text, "x-%d: %0*d\n", i, 100 + i * 150, i);
    int32_t id = ask(t, text_of(&text), NULL);
    bytes_free(&text);
    TRY(id);
    TRY(exchange(t));
    TRY(respond(t, 1, OK_200, NULL));
    return exchange(t);
}

static void refused_in_large_headers(void) {
    EXHAUST(large_headers);
}

static int settings_and_control_frames(struct trial *t) {
    TRY(meet(t, "1=100 3=5 4=1000 77=1 77=2 1=300", "1=0 8=1 1=5000"));
    TRY(ask(t, POST "a: b\n", NULL));
    TRY(exchange(t));
    TRY(nghttp2_submit_ping(t->client, 0, NULL));
    TRY(nghttp2_submit_window_update(t->server, 0, 1, 1000));
    TRY(nghttp2_session_set_local_window_size(t->server, 0, 0, 100000));
    struct entries list = entries("4=70000");
    TRY(nghttp2_submit_settings(t->client, 0, list.iv, list.count));
    TRY(exchange(t));
    TRY(nghttp2_submit_rst_stream(t->client, 0, 1, NGHTTP2_CANCEL));
    TRY(nghttp2_submit_shutdown_notice(t->server));
    TRY(exchange(t));
    TRY(nghttp2_submit_goaway(t->server, 0, 1, 0, (const uint8_t *)"debug", 5));
    TRY(exchange(t));
    TRY(nghttp2_session_terminate_session(t->client, NGHTTP2_NO_ERROR));
    return exchange(t);
}

static void refused_in_settings_and_control_frames(void) {
    EXHAUST(settings_and_control_frames);
}

static int extension_frames(struct trial *t) {
    TRY(meet(t, "9=1", "9=1"));
    TRY(ask(t, GET, NULL));
    TRY(exchange(t));
    nghttp2_origin_entry origins[] = {{(uint8_t *)"https://a", 9}, {(uint8_t *)"https://b", 9}};
    TRY(nghttp2_submit_altsvc(t->server, 0, 0, (const uint8_t *)"o", 1, (const uint8_t *)"v", 1));
    TRY(nghttp2_submit_origin(t->server, 0, origins, 2));
    TRY(nghttp2_submit_extension(t->server, 0xfa, 0, 0, NULL));
    TRY(nghttp2_submit_priority_update(t->client, 0, 1, (const uint8_t *)"u=1, i", 6));
    TRY(nghttp2_submit_priority_update(t->client, 0, 7, (const uint8_t *)"u=2", 3));
    return exchange(t);
}

static void refused_in_extension_frames(void) {
    EXHAUST(extension_frames);
}

/* Several bodies at once, in the scheduler that these settings choose. */
static int several_bodies(struct trial *t, const char *settings) {
    TRY(meet(t, settings, settings));
    size_t left[5] = {40000, 1, 20000, 30000, 16384};
    nghttp2_data_provider2 bodies[5];
    for (int i = 0; i < 5; i++) {
        struct bytes text = {0};
        text_printf(&text, GET "priority: u=%d%s\n", i % 3, i % 2 ? ", i" : "");
        int32_t id = ask(t, text_of(&text), NULL);
        bytes_free(&text);
        TRY(id);
        bodies[i] = octets(&left[i]);
    }
    TRY(exchange(t));
    for (int i = 0; i < 5; i++) TRY(respond(t, 1 + 2 * i, OK_200, &bodies[i]));
    return exchange(t);
}

static int bodies_in_extensible_scheduler(struct trial *t) {
    return several_bodies(t, "9=1 4=20000");
}

static int bodies_in_default_scheduler(struct trial *t) {
    return several_bodies(t, "4=20000");
}

static void refused_in_both_schedulers(void) {
    EXHAUST(bodies_in_extensible_scheduler);
    EXHAUST(bodies_in_default_scheduler);
}

/* The dependency tree, by every way that leads into it. */
static int dependency_tree(struct trial *t) {
    TRY(meet(t, "", ""));
    struct fields list = fields(GET);
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, 9, 100, 1);
    TRY(nghttp2_submit_request2(t->client, &spec, list.nva, list.count, NULL, NULL));
    nghttp2_priority_spec_init(&spec, 1, 50, 0);
    TRY(nghttp2_submit_request2(t->client, &spec, list.nva, list.count, NULL, NULL));
    TRY(nghttp2_submit_priority(t->client, 0, 11, &spec));
    TRY(exchange(t));
    TRY(nghttp2_session_create_idle_stream(t->server, 21, &spec));
    nghttp2_priority_spec_init(&spec, 21, 7, 1);
    TRY(nghttp2_session_change_stream_priority(t->server, 1, &spec));
    size_t first = 30000, second = 30000;
    nghttp2_data_provider2 bodies[] = {octets(&first), octets(&second)};
    TRY(respond(t, 1, OK_200, &bodies[0]));
    TRY(respond(t, 3, OK_200, &bodies[1]));
    return exchange(t);
}

static void refused_in_the_dependency_tree(void) {
    EXHAUST(dependency_tree);
}

/* Fields and messages that are refused, with texts for error_callback. */
static int invalid_messages(struct trial *t) {
    TRY(meet(t, "", ""));
    struct bytes in = {0};
    put_headers(&in, 1, ES | EH, GET "a b: c\n");
    put_headers(&in, 3, ES | EH, GET "Upper: c\n");
    put_headers(&in, 5, ES | EH, ":method: GET\n");
    put_headers(&in, 7, EH, POST "content-length: 1\n");
    put_data(&in, 7, 0, "abc");
    put_rst_stream(&in, 1, NGHTTP2_CANCEL);
    TRY(give(t->server, &in));
    const uint8_t *data;
    nghttp2_ssize n;
    while ((n = nghttp2_session_mem_send2(t->server, &data)) > 0) continue;
    TRY(n);
    put_window_update(&in, 0, 0);
    TRY(give(t->server, &in));
    while ((n = nghttp2_session_mem_send2(t->server, &data)) > 0) continue;
    return (int)n;
}

static void refused_in_invalid_messages(void) {
    EXHAUST(invalid_messages);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(refused_in_request_and_response),
        TEST(refused_in_many_requests),
        TEST(refused_in_trailers_and_interim_responses),
        TEST(refused_in_push),
        TEST(refused_in_upgrade),
        TEST(refused_in_large_headers),
        TEST(refused_in_settings_and_control_frames),
        TEST_SINCE_1_70(refused_in_extension_frames),
        TEST(refused_in_both_schedulers),
        TEST_TREE(refused_in_the_dependency_tree),
        TEST(refused_in_invalid_messages),
    };
    return RUN_TESTS(tests);
}
