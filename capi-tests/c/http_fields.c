/* Names and values of received header fields, octet by octet. */
#include "support.h"

/* http §2.3, §9: every octet inside a name */
static void octets_of_a_name(void) {
    for (unsigned octet = 0; octet < 256; octet++) {
        char name[] = {'a', (char)octet, 'b', 0};
        enum verdict expected = IGNORED;
        if (octet_in(octet, "21 23-27 2a 2b 2d 2e 30-39 5e-7a 7c 7e")) expected = DELIVERED;
        if (octet >= 'A' && octet <= 'Z') expected = FIELD_ERROR;
        struct message m = {.name = name, .value = "x", .name_length = 3};
        EXPECT_VERDICT(m, expected);
        m.to_client = true;
        EXPECT_VERDICT(m, expected);
    }
}

/* http §2.3: the first wrong octet decides */
static void first_wrong_octet_of_a_name_decides(void) {
    EXPECT_VERDICT(((struct message){.name = "a\001B", .value = ""}), IGNORED);
    EXPECT_VERDICT(((struct message){.name = "aB\001", .value = ""}), FIELD_ERROR);
    EXPECT_VERDICT(((struct message){.name = "a b", .value = ""}), IGNORED);
    EXPECT_VERDICT(((struct message){.name = "a:b", .value = ""}), IGNORED);
    EXPECT_VERDICT(((struct message){.name = "Foo", .value = "x"}), FIELD_ERROR);
}

/* Appends a field with an empty name, which the text form of fields can express as ": x". */
static void empty_names_are_ignored(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, ES | EH, GET ": x\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_header 1 : x\nframe_recv HEADERS 1 +ES+EH REQUEST\n");
    /* http §2.1: behind it, pseudo-header fields are not allowed. */
    put_headers(&r.in, 3, ES | EH, ":method: GET\n:scheme: https\n:authority: ex\n: x\n:path: /\n");
    deliver(&r);
    EXPECT_SENT(&r, "invalid_header 3 : x\n"
                    "invalid_frame HEADERS 3 +ES+EH REQUEST: HTTP_HEADER\n"
                    "close 3 PROTOCOL_ERROR\n"
                    "> RST_STREAM 3 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §3 check V, §9: every octet inside a value */
static void octets_of_a_value(void) {
    for (unsigned octet = 0; octet < 256; octet++) {
        char value[] = {'a', (char)octet, 'b', 0};
        struct message m = {.name = "foo", .value = value, .value_length = 3};
        enum verdict expected = octet_in(octet, "09 20-7e 80-ff") ? DELIVERED : IGNORED;
        EXPECT_VERDICT(m, expected);
        m.to_client = true;
        EXPECT_VERDICT(m, expected);
    }
}

/* http §3 check V: blanks at the edges */
static void blanks_at_the_edges_of_a_value(void) {
    static const char *const values[] = {" x", "x ", "\tx", "x\t", " ", "\t"};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        struct message m = {.name = "foo", .value = values[i]};
        EXPECT_VERDICT(m, IGNORED);
        m.edges_allowed = true;
        EXPECT_VERDICT(m, DELIVERED);
        m.to_client = true;
        EXPECT_VERDICT(m, DELIVERED);
        m.edges_allowed = false;
        EXPECT_VERDICT(m, IGNORED);
    }
    EXPECT_VERDICT(((struct message){.name = "foo", .value = ""}), DELIVERED);
    EXPECT_VERDICT(((struct message){.name = "foo", .value = "a b\tc"}), DELIVERED);
}

/* http §2.2 */
static void unknown_pseudo_fields_are_errors(void) {
    static const char *const names[] = {":foo", ":", ":Method", ":method ", ":meth", "::path"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct message m = {.name = names[i], .value = "x", .before = ":scheme: https\n"};
        EXPECT_VERDICT(m, FIELD_ERROR);
        m.to_client = true;
        m.before = OK_200;
        EXPECT_VERDICT(m, FIELD_ERROR);
    }
}

/* http §2.2: behind any regular field, valid or not */
static void pseudo_fields_behind_regular_ones_are_errors(void) {
    static const char *const regular[] = {"foo: bar\n", "a b: x\n", "foo: \x01\n"};
    for (size_t i = 0; i < 3; i++) {
        struct bytes before = {0};
        text_printf(&before, ":method: GET\n:scheme: https\n:authority: ex\n%s", regular[i]);
        struct message m = {.name = ":path", .value = "/", .before = text_of(&before)};
        EXPECT_VERDICT(m, FIELD_ERROR);
        bytes_free(&before);
        m = (struct message){
            .to_client = true, .before = regular[i], .name = ":status", .value = "200"};
        EXPECT_VERDICT(m, FIELD_ERROR);
    }
}

/* http §2.2: in trailers */
static void pseudo_fields_in_trailers_are_errors(void) {
    struct recorder r;
    server(&r);
    put_headers(&r.in, 1, EH, POST);
    put_headers(&r.in, 1, ES | EH, ":method: GET\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH REQUEST\n"
                    "invalid_frame HEADERS 1 +ES+EH HEADERS: HTTP_HEADER\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
    client(&r);
    request(&r, GET, NULL);
    drain(&r);
    forget(&r);
    put_headers(&r.in, 1, EH, OK_200);
    put_headers(&r.in, 1, ES | EH, ":status: 200\n");
    deliver(&r);
    EXPECT_SENT(&r, "frame_recv HEADERS 1 +EH RESPONSE\n"
                    "invalid_frame HEADERS 1 +ES+EH HEADERS: HTTP_HEADER\n"
                    "close 1 PROTOCOL_ERROR\n"
                    "> RST_STREAM 1 PROTOCOL_ERROR\n");
    finish(&r);
}

/* http §3, §4: connection-specific fields, whatever their value */
static void connection_specific_fields_are_errors(void) {
    static const char *const names[] = {"connection", "keep-alive", "proxy-connection",
                                        "transfer-encoding", "upgrade"};
    for (size_t i = 0; i < 5; i++) {
        struct message m = {.name = names[i], .value = "x"};
        EXPECT_VERDICT(m, FIELD_ERROR);
        m.value = "\x01";
        EXPECT_VERDICT(m, FIELD_ERROR);
        m.to_client = true;
        EXPECT_VERDICT(m, FIELD_ERROR);
        m.value = "";
        EXPECT_VERDICT(m, FIELD_ERROR);
    }
}

/* http §3 te: the whole value, in any case */
static void te_may_only_say_trailers(void) {
    static const struct {
        const char *value;
        enum verdict verdict;
    } rows[] = {
        {"trailers", DELIVERED},   {"TRAILERS", DELIVERED},     {"TrAiLeRs", DELIVERED},
        {"gzip", FIELD_ERROR},     {" trailers", FIELD_ERROR},  {"trailers ", FIELD_ERROR},
        {"", FIELD_ERROR},         {"trailers, gzip", FIELD_ERROR},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct message m = {.name = "te", .value = rows[i].value};
        EXPECT_VERDICT(m, rows[i].verdict);
        m.to_client = true;
        EXPECT_VERDICT(m, rows[i].verdict);
    }
}

/* http §1: rest of the block is decoded and discarded */
static void rest_of_a_refused_block_is_decoded(void) {
    struct recorder r;
    server(&r);
    r.heard = BIT(ON_HEADER);
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 1, "82 87 00 01 41 01 78 84 41 026578");
    deliver(&r);
    EXPECT(&r, "header 1 :method: GET\nheader 1 :scheme: https\n");
    put_hex_frame(&r.in, NGHTTP2_HEADERS, ES | EH, 3, "82 87 84 be");
    deliver(&r);
    EXPECT(&r, "header 3 :method: GET\n"
               "header 3 :scheme: https\n"
               "header 3 :path: /\n"
               "header 3 :authority: ex\n");
    finish(&r);
}

/* http preamble: option no_http_messaging */
static void nothing_is_checked_without_messaging_rules(void) {
    struct recorder r;
    prepare_server(&r);
    nghttp2_option_set_no_http_messaging(r.option, 1);
    start(&r);
    handshake(&r);
    r.heard = USUAL_LINES | BIT(ON_HEADER);
    put_headers(&r.in, 1, EH, "Foo: bar\n:bad: x\nte: gzip\n:path: \n: \ncontent-length: 9\n");
    put_data(&r.in, 1, ES, "abc");
    deliver(&r);
    EXPECT_SENT(&r, "header 1 Foo: bar\n"
                    "header 1 :bad: x\n"
                    "header 1 te: gzip\n"
                    "header 1 :path: \n"
                    "header 1 : \n"
                    "header 1 content-length: 9\n"
                    "frame_recv HEADERS 1 +EH REQUEST\n"
                    "chunk DATA 1 +ES \"abc\"\n"
                    "frame_recv DATA 1 +ES len=3\n");
    finish(&r);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(octets_of_a_name),
        TEST_SINCE_1_70(first_wrong_octet_of_a_name_decides),
        TEST(empty_names_are_ignored),
        TEST(octets_of_a_value),
        TEST(blanks_at_the_edges_of_a_value),
        TEST(unknown_pseudo_fields_are_errors),
        TEST(pseudo_fields_behind_regular_ones_are_errors),
        TEST(pseudo_fields_in_trailers_are_errors),
        TEST_SINCE_1_70(connection_specific_fields_are_errors),
        TEST_SINCE_1_70(te_may_only_say_trailers),
        TEST(rest_of_a_refused_block_is_decoded),
        TEST(nothing_is_checked_without_messaging_rules),
    };
    return RUN_TESTS(tests);
}
