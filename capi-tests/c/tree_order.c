/* The RFC 7540 scheduler: in which order streams of the dependency tree get their turns. */
#include "support.h"

enum { STREAMS = 8 };

struct responder {
    struct recorder r;
    struct body bodies[STREAMS];
    size_t count;
};

static void start_responder(struct responder *s) {
    *s = (struct responder){.count = 0};
    server(&s->r);
    put_window_update(&s->r.in, 0, 1 << 24);
    deliver(&s->r);
}

/* The next request with this dependency, and a response of that many frames of 16384 octets. */
static void respond(struct responder *s, uint32_t parent, unsigned weight, int exclusive,
                    size_t frames) {
    uint32_t id = (uint32_t)(1 + 2 * s->count);
    put_prioritised(&s->r.in, id, ES | EH, parent, weight, exclusive, GET);
    put_window_update(&s->r.in, id, 1 << 24);
    deliver(&s->r);
    s->bodies[s->count] = (struct body){.left = frames * 16384};
    CHECK_INT(response(&s->r, (int32_t)id, OK_200, &s->bodies[s->count]), 0);
    s->count++;
}

/* Sends that many DATA frames at most; returns the ids of their streams. */
static const char *data_order(struct responder *s, int frames) {
    static char order[512];
    order[0] = 0;
    while (frames > 0) {
        const uint8_t *data;
        nghttp2_ssize n = nghttp2_session_mem_send2(s->r.session, &data);
        if (n <= 0) break;
        if (data[3] != NGHTTP2_DATA) continue;
        size_t used = strlen(order);
        snprintf(order + used, sizeof(order) - used, used ? " %d" : "%d", data[8]);
        frames--;
    }
    forget(&s->r);
    return order;
}

/* §18.8 row 1 */
static void equal_streams_alternate(void) {
    struct responder s;
    start_responder(&s);
    for (int i = 0; i < 3; i++) respond(&s, 0, 16, 0, 3);
    CHECK_STR(data_order(&s, 1000), "1 3 5 1 3 5 1 3 5");
    finish(&s.r);
}

/* §18.8 row 2 */
static void double_weight_gets_double_share(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 6);
    respond(&s, 0, 32, 0, 6);
    CHECK_STR(data_order(&s, 1000), "1 3 3 1 3 3 1 3 3 1 1 1");
    finish(&s.r);
}

/* §18.8 row 3 */
static void extreme_weights(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 1, 0, 3);
    respond(&s, 0, 256, 0, 6);
    CHECK_STR(data_order(&s, 1000), "1 3 3 3 3 3 3 1 1");
    finish(&s.r);
}

/* §18.8 row 4; when stream 1 closes, its children move up in sibling order, the newest first */
static void parents_are_served_before_children(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 2);
    respond(&s, 1, 16, 0, 2);
    respond(&s, 1, 16, 0, 2);
    CHECK_STR(data_order(&s, 1000), "1 1 5 3 5 3");
    finish(&s.r);
}

/* §18.8 row 5; as above */
static void exclusive_stream_goes_first(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 2);
    respond(&s, 0, 16, 0, 2);
    respond(&s, 0, 16, 1, 2);
    CHECK_STR(data_order(&s, 1000), "5 5 3 1 3 1");
    finish(&s.r);
}

/* §18.3: a subtree takes its share through its topmost stream */
static void subtrees_share_by_the_weight_of_their_root(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 1);
    respond(&s, 0, 16, 0, 4);
    respond(&s, 1, 16, 0, 2);
    respond(&s, 1, 16, 0, 2);
    CHECK_STR(data_order(&s, 1000), "1 3 7 5 3 7 5 3 3");
    finish(&s.r);
}

/* §18.3: a deferred parent lets its children pass */
static void deferred_parent_lets_children_pass(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 2);
    respond(&s, 1, 16, 0, 2);
    answer(&s.r, READ_DATA, 1, NGHTTP2_ERR_DEFERRED);
    CHECK_STR(data_order(&s, 1), "3");
    CHECK_INT(nghttp2_session_resume_data(s.r.session, 1), 0);
    CHECK_STR(data_order(&s, 1000), "1 1 3");
    finish(&s.r);
}

/* §18.2: shares are measured in octets, not in frames */
static void shares_are_measured_in_octets(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 3);
    respond(&s, 0, 16, 0, 1);
    s.bodies[1].at_most = 4096;
    CHECK_STR(data_order(&s, 1000), "1 3 3 3 3 1 1");
    finish(&s.r);
}

static int change(struct responder *s, int32_t stream_id, int32_t parent, int32_t weight,
                  int exclusive) {
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, parent, weight, exclusive);
    return nghttp2_session_change_stream_priority(s->r.session, stream_id, &spec);
}

/* §18.5: a weight that changes while the stream is queued */
static void weight_changes_while_sending(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 8);
    respond(&s, 0, 16, 0, 8);
    CHECK_STR(data_order(&s, 4), "1 3 1 3");
    CHECK_INT(change(&s, 3, 0, 32, 0), 0);
    CHECK_STR(data_order(&s, 6), "3 1 3 3 1 3");
    CHECK_INT(change(&s, 3, 0, 8, 0), 0);
    CHECK_STR(data_order(&s, 1000), "1 3 1 1 3 1");
    finish(&s.r);
}

/* §18.5: the same by a PRIORITY frame */
static void received_priority_moves_a_sending_stream(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 4);
    respond(&s, 0, 16, 0, 4);
    CHECK_STR(data_order(&s, 2), "1 3");
    put_priority(&s.r.in, 1, 3, 16, 0);
    deliver(&s.r);
    CHECK_STR(data_order(&s, 1000), "3 3 3 1 1 1");
    finish(&s.r);
}

/* §18.5: a whole subtree moves */
static void subtree_moves_while_sending(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 2);
    respond(&s, 0, 16, 0, 6);
    respond(&s, 3, 16, 0, 2);
    CHECK_STR(data_order(&s, 2), "1 3");
    CHECK_INT(change(&s, 3, 0, 16, 1), 0);
    CHECK_STR(data_order(&s, 1000), "3 3 3 3 3 5 1 5");
    finish(&s.r);
}

/* §18.2: a stream that comes later does not catch up */
static void late_stream_does_not_catch_up(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 6);
    CHECK_STR(data_order(&s, 3), "1 1 1");
    respond(&s, 0, 16, 0, 3);
    CHECK_STR(data_order(&s, 1000), "3 1 3 1 3 1");
    finish(&s.r);
}

/* §18.4: what the children of a closed stream inherit, while they send */
static void children_of_a_closed_stream_go_on(void) {
    struct responder s;
    start_responder(&s);
    respond(&s, 0, 16, 0, 1);
    respond(&s, 1, 16, 0, 3);
    respond(&s, 1, 16, 0, 3);
    respond(&s, 0, 16, 0, 3);
    CHECK_STR(data_order(&s, 1000), "1 7 5 3 7 5 3 7 5 3");
    finish(&s.r);
}

/* §17.2: sources removed by a reset */
static void reset_stream_leaves_the_order(void) {
    struct responder s;
    start_responder(&s);
    for (int i = 0; i < 3; i++) respond(&s, 0, 16, 0, 2);
    CHECK_STR(data_order(&s, 1), "1");
    put_rst_stream(&s.r.in, 3, NGHTTP2_CANCEL);
    deliver(&s.r);
    CHECK_STR(data_order(&s, 1000), "5 1 5");
    finish(&s.r);
}

/* §11: a stream without window leaves the tree's queues until it has one */
static void blocked_stream_leaves_the_order(void) {
    struct responder s;
    prepare_server(&s.r);
    s.r.peer_settings = "4=16384";
    start(&s.r);
    handshake(&s.r);
    put_window_update(&s.r.in, 0, 1 << 24);
    for (uint32_t id = 1; id <= 3; id += 2) {
        put_headers(&s.r.in, id, ES | EH, GET);
        deliver(&s.r);
        s.bodies[id / 2] = (struct body){.left = 3 * 16384};
        response(&s.r, (int32_t)id, OK_200, &s.bodies[id / 2]);
    }
    CHECK_STR(data_order(&s, 1000), "1 3");
    put_window_update(&s.r.in, 3, 1 << 20);
    deliver(&s.r);
    CHECK_STR(data_order(&s, 1), "3");
    put_window_update(&s.r.in, 1, 1 << 20);
    deliver(&s.r);
    CHECK_STR(data_order(&s, 1000), "1 3 1");
    finish(&s.r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_TREE(equal_streams_alternate),
        TEST_TREE(double_weight_gets_double_share),
        TEST_TREE(extreme_weights),
        TEST_TREE(parents_are_served_before_children),
        TEST_TREE(exclusive_stream_goes_first),
        TEST_TREE(subtrees_share_by_the_weight_of_their_root),
        TEST_TREE(deferred_parent_lets_children_pass),
        TEST_TREE(shares_are_measured_in_octets),
        TEST_TREE(weight_changes_while_sending),
        TEST_TREE(received_priority_moves_a_sending_stream),
        TEST_TREE(subtree_moves_while_sending),
        TEST_TREE(late_stream_does_not_catch_up),
        TEST_TREE(children_of_a_closed_stream_go_on),
        TEST_TREE(reset_stream_leaves_the_order),
        TEST_TREE(blocked_stream_leaves_the_order),
    };
    return RUN_TESTS(tests);
}
