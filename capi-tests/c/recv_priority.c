/* PRIORITY frames, idle objects of the dependency tree, and when the tree is not in use. */
#include "support.h"

/* Feeds PRIORITY and compares. */
static void expect_priority(struct recorder *r, uint32_t stream_id, uint32_t parent,
                            const char *transcript) {
    put_priority(&r->in, stream_id, parent, 20, 0);
    deliver(r);
    EXPECT_SENT(r, transcript);
}

/* §7.4 */
static void priority_of_stream_0_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_priority(&r, 0, 1,
                    "invalid_frame PRIORITY 0 pri=1/20: PROTO\n"
                    "> GOAWAY last=0 PROTOCOL_ERROR \"PRIORITY: stream_id == 0\"\n");
    finish(&r);
}

/* §7.4: without on_invalid_frame_recv */
static void self_dependency_is_a_connection_error(void) {
    struct recorder r;
    server(&r);
    expect_priority(&r, 3, 3, "> GOAWAY last=0 PROTOCOL_ERROR \"depend on itself\"\n");
    finish(&r);
}

/* §7.4 */
static void client_only_shows_the_frame(void) {
    struct recorder r;
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    expect_priority(&r, 1, 0, "frame_recv PRIORITY 1 pri=0/20\n");
    expect_priority(&r, 99, 0, "frame_recv PRIORITY 99 pri=0/20\n");
    CHECK_STR(tree_of(&r), "0/16(1:16)");
    finish(&r);
}

/* §7.4 */
static void priority_of_a_missing_stream_is_dropped(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 5, ES | EH, GET);
    deliver(&r);
    forget(&r);
    expect_priority(&r, 3, 0, "");
    CHECK_STR(tree_of(&r), "0/16(5:16)");
    finish(&r);
}

/* §7.4 */
static void priority_of_an_idle_stream_creates_an_object(void) {
    struct recorder r;
    server(&r);
    expect_priority(&r, 7, 9, "frame_recv PRIORITY 7 pri=9/20\n");
    CHECK_STR(tree_of(&r), "0/16(9:16/20(7:20))");
    nghttp2_stream *stream = nghttp2_session_find_stream(r.session, 7);
    CHECK(stream != NULL);
    CHECK_INT(nghttp2_stream_get_state(stream), NGHTTP2_STREAM_STATE_IDLE);
    CHECK(nghttp2_session_get_stream_user_data(r.session, 7) == NULL);
    CHECK_INT(nghttp2_session_get_stream_local_close(r.session, 7), -1);
    CHECK_INT(nghttp2_session_get_last_proc_stream_id(r.session), 0);
    finish(&r);
}

/* §7.4 */
static void priority_moves_an_open_stream(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    forget(&r);
    expect_priority(&r, 3, 1, "frame_recv PRIORITY 3 pri=1/20\n");
    CHECK_STR(tree_of(&r), "0/16(1:16/20(3:20))");
    finish(&r);
}

/* §7.4, §20: still counted as a glitch */
static void priority_frames_are_glitches(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_glitch_rate_limit(r.option, 2, 0);
    start(&r);
    handshake(&r);
    expect_priority(&r, 1, 0, "frame_recv PRIORITY 1 pri=0/20\n");
    expect_priority(&r, 1, 0, "frame_recv PRIORITY 1 pri=0/20\n");
    expect_priority(&r, 1, 0, "> GOAWAY last=0 ENHANCE_YOUR_CALM\n");
    finish(&r);
}

static int count_children(nghttp2_session *session) {
    int count = 0;
    nghttp2_stream *root = nghttp2_session_get_root_stream(session);
    nghttp2_stream *child = nghttp2_stream_get_first_child(root);
    for (; child; child = nghttp2_stream_get_next_sibling(child)) count++;
    return count;
}

/* §18.7: 16 at least, 100 at most, else the announced number of streams; oldest dropped first */
static void number_of_idle_objects_is_limited(void) {
    static const struct {
        const char *settings;
        int limit;
    } rows[] = {{"", 100}, {"3=1000", 100}, {"3=50", 50}, {"3=1", 16}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct recorder r;
        prepare_server(&r);
        r.settings = rows[i].settings;
        start(&r);
        handshake(&r);
        for (uint32_t n = 0; n < 120; n++) put_priority(&r.in, 1 + 2 * n, 0, 16, 0);
        deliver(&r);
        CHECK_INT(count_children(r.session), rows[i].limit);
        CHECK_INT(r.calls[ON_STREAM_CLOSE], 0);
        int32_t oldest = 1 + 2 * (120 - rows[i].limit);
        CHECK(nghttp2_session_find_stream(r.session, oldest) != NULL);
        CHECK(nghttp2_session_find_stream(r.session, oldest - 2) == NULL);
        finish(&r);
    }
}

/* §18.7: create_idle_stream itself does not trim, the next call does */
static void created_idle_streams_are_trimmed_later(void) {
    struct recorder r;
    server(&r);
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_default_init(&spec);
    for (int32_t n = 0; n < 120; n++) {
        CHECK_INT(nghttp2_session_create_idle_stream(r.session, 1 + 2 * n, &spec), 0);
    }
    CHECK_INT(count_children(r.session), 120);
    receive(&r, NULL, 0);
    CHECK_INT(count_children(r.session), 100);
    CHECK_INT(nghttp2_session_create_idle_stream(r.session, 1001, &spec), 0);
    CHECK_INT(count_children(r.session), 101);
    drain(&r);
    CHECK_INT(count_children(r.session), 100);
    finish(&r);
}

/* §18.7: idle objects of a client, made by the PRIORITY frames it sends */
static void sent_priority_creates_an_idle_object(void) {
    struct recorder r;
    client(&r);
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, 0, 1000, 1);
    CHECK_INT(nghttp2_submit_priority(r.session, 0, 7, &spec), 0);
    CHECK_STR(tree_of(&r), "0");
    EXPECT_SENT(&r, "> PRIORITY 7 pri=0/256!\n");
    CHECK_STR(tree_of(&r), "0/256(7:256)");
    finish(&r);
}

/* §1, §18.4: a peer that has no use for priorities */
static void peer_without_priorities_gets_none(void) {
    struct recorder r;
    prepare_client(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, 0, 100, 0);
    CHECK_INT(nghttp2_submit_priority(r.session, 0, 7, &spec), 0);
    CHECK_INT(nghttp2_submit_priority(r.session, 0, 0, NULL), 0);
    struct fields list = fields(":method: GET\n");
    CHECK_INT(nghttp2_submit_request2(r.session, &spec, list.nva, list.count, NULL, NULL), 1);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:method: GET}\n");
    CHECK_STR(tree_of(&r), "0/16(1:16)");
    finish(&r);
}

/* §7.4, §18.4: received from a peer that announced to send none */
static void priorities_of_a_peer_without_them_are_ignored(void) {
    struct recorder r;
    prepare_server(&r);
    r.peer_settings = "9=1";
    start(&r);
    handshake(&r);
    expect_priority(&r, 7, 0, "");
    put_prioritised(&r.in, 1, ES | EH, 5, 99, 0, GET);
    deliver(&r);
    EXPECT(&r, "frame_recv HEADERS 1 +ES+EH+PRI REQUEST pri=5/99\n");
    CHECK_STR(tree_of(&r), "0/16(1:16)");
    finish(&r);
}

/* §1: own NO_RFC7540_PRIORITIES=1: no tree at all */
static void extensible_mode_has_no_tree(void) {
    struct recorder r;
    prepare_server(&r);
    r.settings = "9=1";
    start(&r);
    handshake(&r);
    expect_priority(&r, 7, 0, "");
    put_prioritised(&r.in, 1, ES | EH, 0, 99, 0, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0");
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, 0, 100, 0);
    CHECK_INT(nghttp2_session_change_stream_priority(r.session, 1, &spec), 0);
    CHECK_INT(nghttp2_session_change_stream_priority(r.session, 0, &spec), 0);
    CHECK_INT(nghttp2_session_create_idle_stream(r.session, 9, &spec), 0);
    CHECK(nghttp2_session_find_stream(r.session, 9) == NULL);
    nghttp2_stream *stream = nghttp2_session_find_stream(r.session, 1);
    CHECK(nghttp2_stream_get_parent(stream) == NULL);
    finish(&r);
}

/* §1: the fallback option, when the peer does not know of RFC 9218 */
static void fallback_to_the_tree(void) {
    for (int fallback = 0; fallback < 2; fallback++) {
        struct recorder r;
        prepare_server(&r);
        nghttp2_option_set_server_fallback_rfc7540_priorities(r.option, fallback);
        r.settings = "9=1";
        start(&r);
        handshake(&r);
        put_prioritised(&r.in, 1, ES | EH, 0, 99, 0, GET);
        put_priority(&r.in, 3, 1, 5, 0);
        deliver(&r);
        CHECK_STR(tree_of(&r), fallback ? "0/99(1:99/5(3:5))" : "0");
        finish(&r);
    }
}

/* §1: ... but not when it does */
static void no_fallback_when_the_peer_answers(void) {
    static const char *const peers[] = {"9=0", "9=1"};
    for (size_t i = 0; i < 2; i++) {
        struct recorder r;
        prepare_server(&r);
        nghttp2_option_set_server_fallback_rfc7540_priorities(r.option, 1);
        r.settings = "9=1";
        r.peer_settings = peers[i];
        start(&r);
        handshake(&r);
        put_prioritised(&r.in, 1, ES | EH, 0, 99, 0, GET);
        deliver(&r);
        CHECK_STR(tree_of(&r), "0");
        finish(&r);
    }
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_TREE(priority_of_stream_0_is_a_connection_error),
        TEST_TREE(self_dependency_is_a_connection_error),
        TEST_TREE(client_only_shows_the_frame),
        TEST_TREE(priority_of_a_missing_stream_is_dropped),
        TEST_TREE(priority_of_an_idle_stream_creates_an_object),
        TEST_TREE(priority_moves_an_open_stream),
        TEST_OURS(priority_frames_are_glitches),
        TEST_TREE(number_of_idle_objects_is_limited),
        TEST_TREE(created_idle_streams_are_trimmed_later),
        TEST_TREE(sent_priority_creates_an_idle_object),
        TEST_TREE(peer_without_priorities_gets_none),
        TEST_TREE(priorities_of_a_peer_without_them_are_ignored),
        TEST_TREE(extensible_mode_has_no_tree),
        TEST_TREE(fallback_to_the_tree),
        TEST_TREE(no_fallback_when_the_peer_answers),
    };
    return RUN_TESTS(tests);
}
