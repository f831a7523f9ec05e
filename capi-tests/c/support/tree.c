#include "tree.h"

#include <stdio.h>

static void describe_children(struct bytes *text, nghttp2_stream *stream, int depth) {
    nghttp2_stream *child = nghttp2_stream_get_first_child(stream);
    if (!child || depth > 100) return;
    text_printf(text, "/%d(", nghttp2_stream_get_sum_dependency_weight(stream));
    nghttp2_stream *previous = NULL;
    for (; child; child = nghttp2_stream_get_next_sibling(child)) {
        CHECK(nghttp2_stream_get_parent(child) == stream);
        CHECK(nghttp2_stream_get_previous_sibling(child) == previous);
        text_printf(text, "%s%d:%d", previous ? " " : "", nghttp2_stream_get_stream_id(child),
                    nghttp2_stream_get_weight(child));
        describe_children(text, child, depth + 1);
        previous = child;
    }
    text_printf(text, ")");
}

const char *tree_of(struct recorder *r) {
    static char kept[4096];
    struct bytes text = {0};
    nghttp2_stream *root = nghttp2_session_get_root_stream(r->session);
    CHECK(nghttp2_stream_get_parent(root) == NULL);
    text_printf(&text, "%d", nghttp2_stream_get_stream_id(root));
    describe_children(&text, root, 0);
    snprintf(kept, sizeof(kept), "%s", text_of(&text));
    bytes_free(&text);
    return kept;
}
