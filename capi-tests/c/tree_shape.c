/* The RFC 7540 dependency tree: where streams hang, and how they are moved. */
#include "support.h"

static int32_t request_depending(struct recorder *r, int32_t parent, int32_t weight,
                                 int exclusive) {
    struct fields list = fields(GET);
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, parent, weight, exclusive);
    return nghttp2_submit_request2(r->session, &spec, list.nva, list.count, NULL, NULL);
}

static int change(struct recorder *r, int32_t stream_id, int32_t parent, int32_t weight,
                  int exclusive) {
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, parent, weight, exclusive);
    return nghttp2_session_change_stream_priority(r->session, stream_id, &spec);
}

static int create_idle(struct recorder *r, int32_t stream_id, int32_t parent, int32_t weight,
                       int exclusive) {
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, parent, weight, exclusive);
    return nghttp2_session_create_idle_stream(r->session, stream_id, &spec);
}

static int submit_priority(struct recorder *r, int32_t stream_id, int32_t parent, int32_t weight,
                           int exclusive) {
    nghttp2_priority_spec spec;
    nghttp2_priority_spec_init(&spec, parent, weight, exclusive);
    return nghttp2_submit_priority(r->session, NGHTTP2_FLAG_NONE, stream_id, &spec);
}

/* §18.8: the worked client tree, step by step */
static void worked_client_tree(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(request_depending(&r, 0, 16, 0), 1);
    CHECK_INT(request_depending(&r, 0, 0, 0), 3);
    CHECK_INT(request_depending(&r, 3, 300, 1), 5);
    CHECK_INT(request_depending(&r, 99, 5, 0), 7);
    EXPECT_SENT(&r, "> HEADERS 1 +ES+EH {:method: GET; :scheme: https; :path: /; :authority: ex}\n"
                    "> HEADERS 3 +ES+EH+PRI pri=0/1 {:method: GET; :scheme: https; :path: /; "
                    ":authority: ex}\n"
                    "> HEADERS 5 +ES+EH+PRI pri=3/256! {:method: GET; :scheme: https; :path: /; "
                    ":authority: ex}\n"
                    "> HEADERS 7 +ES+EH+PRI pri=99/5 {:method: GET; :scheme: https; :path: /; "
                    ":authority: ex}\n");
    CHECK_STR(tree_of(&r), "0/33(99:16/5(7:5) 3:1/256(5:256) 1:16)");
    CHECK_INT(submit_priority(&r, 1, 5, 7, 0), 0);
    EXPECT_SENT(&r, "> PRIORITY 1 pri=5/7\n");
    CHECK_STR(tree_of(&r), "0/17(99:16/5(7:5) 3:1/256(5:256/7(1:7)))");
    CHECK_INT(create_idle(&r, 101, 1, 7, 0), 0);
    CHECK_STR(tree_of(&r), "0/17(99:16/5(7:5) 3:1/256(5:256/7(1:7/7(101:7))))");
    CHECK_INT(change(&r, 101, 0, 7, 1), 0);
    CHECK_STR(tree_of(&r), "0/7(101:7/17(99:16/5(7:5) 3:1/256(5:256/7(1:7))))");
    CHECK_INT(change(&r, 101, 5, 9, 0), 0);
    CHECK_STR(tree_of(&r), "0/256(5:256/16(101:9/17(99:16/5(7:5) 3:1) 1:7))");
    finish(&r);
}

/* §18.8: a stream must not depend on itself, and the id is not spent */
static void self_dependency_is_invalid(void) {
    struct recorder r;
    client(&r);
    CHECK_INT(request_depending(&r, 1, 5, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    struct fields list = fields(GET);
    nghttp2_priority_spec spec = {1, 5, 0};
    CHECK_INT(nghttp2_submit_headers(r.session, 0, -1, &spec, list.nva, list.count, NULL),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(request(&r, GET, NULL), 1);
    drain(&r);
    CHECK_INT(nghttp2_submit_headers(r.session, 0, 1, &spec, list.nva, list.count, NULL),
              NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(change(&r, 1, 1, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(create_idle(&r, 9, 9, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(submit_priority(&r, 1, 1, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(submit_priority(&r, 0, 1, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(nghttp2_submit_priority(r.session, 0, 1, NULL), NGHTTP2_ERR_INVALID_ARGUMENT);
    finish(&r);
}

/* misc §2 */
static void arguments_of_change_and_create(void) {
    struct recorder r;
    server(&r);
    CHECK_INT(change(&r, 0, 0, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(change(&r, 1, 0, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(create_idle(&r, 0, 0, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    CHECK_INT(create_idle(&r, 3, 0, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(create_idle(&r, 1, 0, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(create_idle(&r, 5, 0, 16, 0), 0);
    CHECK_INT(create_idle(&r, 5, 0, 16, 0), NGHTTP2_ERR_INVALID_ARGUMENT);
    CHECK_INT(change(&r, 5, 0, 0, 0), 0);
    CHECK_INT(change(&r, 3, 0, 1000, 0), 0);
    CHECK_STR(tree_of(&r), "0/257(5:1 3:256)");
    finish(&r);
}

/* §18.4: shares of a closed parent */
static void children_of_a_closed_stream_share_its_weight(void) {
    struct recorder r;
    server(&r);
    put_prioritised(&r.in, 1, ES | EH, 0, 10, 0, GET);
    put_prioritised(&r.in, 3, ES | EH, 1, 30, 0, GET);
    put_prioritised(&r.in, 5, ES | EH, 1, 10, 0, GET);
    put_headers(&r.in, 7, ES | EH, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/26(7:16 1:10/40(5:10 3:30))");
    response(&r, 1, OK_200, NULL);
    drain(&r);
    CHECK_STR(tree_of(&r), "0/25(7:16 5:2 3:7)");
    finish(&r);
}

/* §18.4: at least weight 1 each */
static void inherited_weight_is_at_least_1(void) {
    struct recorder r;
    server(&r);
    put_prioritised(&r.in, 1, ES | EH, 0, 1, 0, GET);
    put_prioritised(&r.in, 3, ES | EH, 1, 256, 0, GET);
    put_prioritised(&r.in, 5, ES | EH, 1, 1, 0, GET);
    deliver(&r);
    response(&r, 1, OK_200, NULL);
    drain(&r);
    CHECK_STR(tree_of(&r), "0/2(5:1 3:1)");
    finish(&r);
}

/* §18.4 */
static void newest_child_comes_first(void) {
    struct recorder r;
    server(&r);
    for (unsigned id = 1; id <= 7; id += 2) put_headers(&r.in, id, ES | EH, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/64(7:16 5:16 3:16 1:16)");
    finish(&r);
}

/* §18.4 */
static void exclusive_child_takes_the_others_over(void) {
    struct recorder r;
    server(&r);
    put_prioritised(&r.in, 1, ES | EH, 0, 10, 0, GET);
    put_prioritised(&r.in, 3, ES | EH, 0, 20, 0, GET);
    put_prioritised(&r.in, 5, ES | EH, 0, 7, 1, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/7(5:7/30(3:20 1:10))");
    finish(&r);
}

/* §18.4: dependencies on what does not exist */
static void missing_parents(void) {
    struct recorder r;
    server(&r);
    put_prioritised(&r.in, 5, ES | EH, 9, 20, 1, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/16(9:16/20(5:20))");
    /* Stream 3 is not idle any more, and does not exist: the default applies. */
    put_prioritised(&r.in, 7, ES | EH, 3, 20, 1, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/32(7:16 9:16/20(5:20))");
    /* Even ids are the server's to open. */
    put_prioritised(&r.in, 11, ES | EH, 2, 20, 0, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/48(2:16/20(11:20) 7:16 9:16/20(5:20))");
    finish(&r);
}

/* §18.4: opening a stream that was idle */
static void opened_idle_stream_takes_its_new_priority(void) {
    struct recorder r;
    server(&r);
    put_priority(&r.in, 3, 0, 50, 0);
    put_priority(&r.in, 5, 3, 60, 0);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/50(3:50/60(5:60))");
    put_headers(&r.in, 3, ES | EH, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/66(3:16 5:50)");
    finish(&r);
}

/* §18.4: promised streams depend on the stream of the promise */
static void promised_streams_depend_on_their_request(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    deliver(&r);
    push(&r, 1, GET);
    CHECK_STR(tree_of(&r), "0/16(1:16/16(2:16))");
    finish(&r);
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    put_push_promise(&r.in, 1, EH, 2, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/16(1:16/16(2:16))");
    finish(&r);
}

/* §18.5: the new parent's other children come behind the stream's own */
static void exclusive_move_keeps_own_children_first(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET);
    put_headers(&r.in, 3, ES | EH, GET);
    put_prioritised(&r.in, 5, ES | EH, 3, 5, 0, GET);
    put_prioritised(&r.in, 7, ES | EH, 1, 7, 0, GET);
    put_prioritised(&r.in, 9, ES | EH, 1, 9, 0, GET);
    deliver(&r);
    CHECK_STR(tree_of(&r), "0/32(3:16/5(5:5) 1:16/16(9:9 7:7))");
    CHECK_INT(change(&r, 3, 1, 40, 1), 0);
    CHECK_STR(tree_of(&r), "0/16(1:16/40(3:40/21(5:5 9:9 7:7)))");
    finish(&r);
}

/* §18.5: the same parent, not exclusive: the place is kept */
static void same_parent_changes_only_the_weight(void) {
    struct recorder r;
    server(&r);
    for (unsigned id = 1; id <= 5; id += 2) put_headers(&r.in, id, ES | EH, GET);
    deliver(&r);
    CHECK_INT(change(&r, 3, 0, 99, 0), 0);
    CHECK_STR(tree_of(&r), "0/131(5:16 3:99 1:16)");
    CHECK_INT(change(&r, 3, 0, 98, 1), 0);
    CHECK_STR(tree_of(&r), "0/98(3:98/32(5:16 1:16))");
    finish(&r);
}

/* misc §3: getters at the ends */
static void getters_of_the_root(void) {
    struct recorder r;
    server(&r);
    nghttp2_stream *root = nghttp2_session_get_root_stream(r.session);
    CHECK(nghttp2_session_find_stream(r.session, 0) == root);
    CHECK(nghttp2_stream_get_first_child(root) == NULL);
    CHECK(nghttp2_stream_get_next_sibling(root) == NULL);
    CHECK(nghttp2_stream_get_previous_sibling(root) == NULL);
    CHECK_INT(nghttp2_stream_get_weight(root), 16);
    CHECK_INT(nghttp2_stream_get_sum_dependency_weight(root), 0);
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST_TREE(worked_client_tree),
        TEST_TREE(self_dependency_is_invalid),
        TEST_TREE(arguments_of_change_and_create),
        TEST_TREE(children_of_a_closed_stream_share_its_weight),
        TEST_TREE(inherited_weight_is_at_least_1),
        TEST_TREE(newest_child_comes_first),
        TEST_TREE(exclusive_child_takes_the_others_over),
        TEST_TREE(missing_parents),
        TEST_TREE(opened_idle_stream_takes_its_new_priority),
        TEST_TREE(promised_streams_depend_on_their_request),
        TEST_TREE(exclusive_move_keeps_own_children_first),
        TEST_TREE(same_parent_changes_only_the_weight),
        TEST_TREE(getters_of_the_root),
    };
    return RUN_TESTS(tests);
}
