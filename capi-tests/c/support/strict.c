#include "strict.h"

#include "../support.h"

void prepare_strict(struct recorder *r, bool is_server) {
    prepare(r, is_server);
    nghttp2_option_set_glitch_rate_limit(r->option, 0, 0);
    nghttp2_option_set_max_outbound_ack(r->option, 1000000);
    nghttp2_option_set_max_outbound_queue_size(r->option, 1000000);
}

void begin(struct recorder *r) {
    start(r);
    handshake(r);
}

bool calms(struct recorder *r) {
    deliver(r);
    drain(r);
    bool calms = strstr(text_of(&r->log), "> GOAWAY") != NULL;
    if (calms) {
        CHECK(strstr(text_of(&r->log), "ENHANCE_YOUR_CALM") != NULL);
        CHECK_INT(nghttp2_session_want_read(r->session), 0);
    }
    forget(r);
    return calms;
}

void begin_upload(struct recorder *r) {
    begin(r);
    put_headers(&r->in, 1, EH, POST);
    CHECK(!calms(r));
}
