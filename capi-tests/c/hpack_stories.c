/*
 * HPACK with header sets of the real world: hpack_stories DIRECTORY [TEST...]
 *
 * The directory is described by the README beside the stories.  NGHTTP2_REFERENCE names another
 * library file; if it does, our encoder has to produce the same octets.
 */
#define _GNU_SOURCE /* RTLD_DEEPBIND */
#include <dirent.h>
#include <dlfcn.h>

#include "support.h"

static const char *corpus;

enum { MOST_FIELDS = 256, STORIES = 100 };

/* A file, taken apart line by line. */
struct story {
    char *text;
    char *next;
};

static bool open_story(struct story *story, const char *folder, int number) {
    char path[1024];
    snprintf(path, sizeof(path), "%s/%s/story_%02d.txt", corpus, folder, number);
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    struct bytes content = {0};
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof(chunk), file)) > 0;) {
        bytes_append(&content, chunk, n);
    }
    fclose(file);
    put_u8(&content, 0);
    story->text = story->next = (char *)content.data;
    return true;
}

static void close_story(struct story *story) {
    free(story->text);
}

static char *next_line(struct story *story) {
    char *line = story->next;
    if (!*line) return NULL;
    char *end = strchr(line, '\n');
    if (end) *end = 0;
    story->next = end ? end + 1 : line + strlen(line);
    return line;
}

struct header_set {
    nghttp2_nv nva[MOST_FIELDS];
    size_t count;
};

/* The next case of a story in headers/; the fields point into its text. */
static bool next_header_set(struct story *story, struct header_set *set) {
    set->count = 0;
    if (*story->next == '=') next_line(story);
    if (!*story->next) return false;
    while (*story->next && *story->next != '=') {
        char *line = next_line(story);
        char *tab = strchr(line, '\t');
        if (!tab || set->count == MOST_FIELDS) abort();
        set->nva[set->count++] =
            (nghttp2_nv){(uint8_t *)line, (uint8_t *)tab + 1, (size_t)(tab - line),
                         strlen(tab + 1), NGHTTP2_NV_FLAG_NONE};
    }
    return true;
}

static bool same_field(const nghttp2_nv *a, const nghttp2_nv *b) {
    return a->namelen == b->namelen && a->valuelen == b->valuelen &&
           memcmp(a->name, b->name, a->namelen) == 0 &&
           memcmp(a->value, b->value, a->valuelen) == 0;
}

/* Decodes a block that arrives in pieces of this size, and compares its fields with the set. */
static bool decodes_to(nghttp2_hd_inflater *inflater, const uint8_t *block, size_t length,
                       size_t piece, const struct header_set *set) {
    size_t seen = 0, at = 0;
    for (;;) {
        size_t n = length - at < piece ? length - at : piece;
        int last = at + n == length;
        nghttp2_nv nv;
        int flags = 0;
        nghttp2_ssize used = nghttp2_hd_inflate_hd3(inflater, &nv, &flags, block + at, n, last);
        if (used < 0) return false;
        at += (size_t)used;
        if (flags & NGHTTP2_HD_INFLATE_EMIT) {
            if (seen == set->count || !same_field(&nv, &set->nva[seen])) return false;
            seen++;
        } else if (flags & NGHTTP2_HD_INFLATE_FINAL) {
            nghttp2_hd_inflate_end_headers(inflater);
            return seen == set->count;
        }
    }
}

/* One story of an encoder against its header sets; the number of cases. */
static int decode_story(const char *encoder, int number, size_t piece) {
    struct story blocks, sets;
    if (!open_story(&blocks, encoder, number)) return 0;
    if (!CHECK(open_story(&sets, "headers", number))) return 0;
    nghttp2_hd_inflater *inflater;
    CHECK_INT(nghttp2_hd_inflate_new(&inflater), 0);
    static struct header_set set;
    int cases = 0;
    for (char *line; (line = next_line(&blocks)) != NULL; cases++) {
        CHECK(next_header_set(&sets, &set));
        char *size = strchr(line, ' ') + 1;
        char *hex = strchr(size, ' ') + 1;
        if (*size != '-') {
            size_t limit = strtoul(size, NULL, 10);
            CHECK_INT(nghttp2_hd_inflate_change_table_size(inflater, limit), 0);
        }
        struct bytes block = {0};
        put_hex(&block, hex);
        bool same = decodes_to(inflater, block.data, block.length, piece, &set);
        bytes_free(&block);
        if (!CHECK(same)) {
            printf("  %s, story %d, case %d\n", encoder, number, cases);
            break;
        }
    }
    nghttp2_hd_inflate_del(inflater);
    close_story(&blocks);
    close_story(&sets);
    return cases;
}

/* Every encoder's blocks decode to their header sets. */
static void every_story_decodes(void) {
    DIR *directory = opendir(corpus);
    if (!CHECK(directory != NULL)) return;
    int encoders = 0;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const char *name = entry->d_name;
        if (name[0] == '.' || strcmp(name, "headers") == 0) continue;
        int cases = 0;
        for (int number = 0; number < STORIES; number++) {
            cases += decode_story(name, number, SIZE_MAX);
            decode_story(name, number, 7);
        }
        if (cases) printf("%s: %d cases\n", name, cases);
        encoders += cases > 0;
    }
    closedir(directory);
    CHECK(encoders > 0);
}

/* The encoder of one library. */
struct encoder {
    nghttp2_hd_deflater *deflater;
    int (*new)(nghttp2_hd_deflater **, size_t);
    int (*change)(nghttp2_hd_deflater *, size_t);
    nghttp2_ssize (*deflate)(nghttp2_hd_deflater *, uint8_t *, size_t, const nghttp2_nv *, size_t);
    size_t (*bound)(nghttp2_hd_deflater *, const nghttp2_nv *, size_t);
    void (*del)(nghttp2_hd_deflater *);
};

static struct encoder linked_encoder(void) {
    return (struct encoder){
        .new = nghttp2_hd_deflate_new,
        .change = nghttp2_hd_deflate_change_table_size,
        .deflate = nghttp2_hd_deflate_hd,
        .bound = nghttp2_hd_deflate_bound,
        .del = nghttp2_hd_deflate_del,
    };
}

static nghttp2_ssize encode(const struct encoder *encoder, const struct header_set *set,
                            struct bytes *block) {
    size_t bound = encoder->bound(encoder->deflater, set->nva, set->count);
    bytes_free(block);
    *block = (struct bytes){.data = malloc(bound), .capacity = bound};
    nghttp2_ssize n =
        encoder->deflate(encoder->deflater, block->data, bound, set->nva, set->count);
    if (n > 0) block->length = (size_t)n;
    return n;
}

/* What our encoder writes decodes to the same set, whatever the table sizes. */
static void encoder_round_trips(void) {
    static const size_t sizes[] = {4096, 0, 64, 1000, 65536};
    int cases = 0;
    for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++) {
        for (int number = 0; number < STORIES; number++) {
            struct story sets;
            if (!open_story(&sets, "headers", number)) continue;
            struct encoder encoder = linked_encoder();
            nghttp2_hd_inflater *inflater;
            CHECK_INT(nghttp2_hd_deflate_new(&encoder.deflater, sizes[s]), 0);
            CHECK_INT(nghttp2_hd_inflate_new(&inflater), 0);
            nghttp2_hd_deflate_change_table_size(encoder.deflater, sizes[s]);
            nghttp2_hd_inflate_change_table_size(inflater, sizes[s]);
            static struct header_set set;
            struct bytes block = {0};
            while (next_header_set(&sets, &set)) {
                CHECK(encode(&encoder, &set, &block) >= 0);
                CHECK(decodes_to(inflater, block.data, block.length, 1 + number % 50, &set));
                cases++;
            }
            CHECK_INT(nghttp2_hd_deflate_get_dynamic_table_size(encoder.deflater),
                      nghttp2_hd_inflate_get_dynamic_table_size(inflater));
            bytes_free(&block);
            nghttp2_hd_deflate_del(encoder.deflater);
            nghttp2_hd_inflate_del(inflater);
            close_story(&sets);
        }
    }
    printf("%d cases\n", cases);
    CHECK(cases > 0);
}

/* The encoder of the reference, with its own symbols before those that are linked here. */
static bool load_reference(struct encoder *encoder) {
    const char *path = getenv("NGHTTP2_REFERENCE");
    if (!path || !*path) {
        printf("no reference: NGHTTP2_REFERENCE is not set, octets are NOT compared\n");
        return false;
    }
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    if (!library) {
        printf("no reference: %s\n", dlerror());
        check_failed();
        return false;
    }
    *(void **)&encoder->new = dlsym(library, "nghttp2_hd_deflate_new");
    *(void **)&encoder->change = dlsym(library, "nghttp2_hd_deflate_change_table_size");
    *(void **)&encoder->deflate = dlsym(library, "nghttp2_hd_deflate_hd");
    *(void **)&encoder->bound = dlsym(library, "nghttp2_hd_deflate_bound");
    *(void **)&encoder->del = dlsym(library, "nghttp2_hd_deflate_del");
    return CHECK(encoder->new && encoder->change && encoder->deflate && encoder->bound &&
                 encoder->del);
}

/* Both encoders over one story, the table size changing now and then. */
static int compare_story(struct encoder *ours, struct encoder *theirs, int number, size_t max) {
    struct story sets;
    if (!open_story(&sets, "headers", number)) return 0;
    CHECK_INT(ours->new(&ours->deflater, max), 0);
    CHECK_INT(theirs->new(&theirs->deflater, max), 0);
    static struct header_set set;
    struct bytes mine = {0}, other = {0};
    int cases = 0;
    for (; next_header_set(&sets, &set); cases++) {
        if (cases % 5 == 3) {
            size_t size = (size_t)(cases * 37 % 5000);
            ours->change(ours->deflater, size);
            theirs->change(theirs->deflater, size);
        }
        CHECK(encode(ours, &set, &mine) >= 0);
        CHECK(encode(theirs, &set, &other) >= 0);
        bool same = mine.length == other.length &&
                    memcmp(mine.data, other.data, mine.length) == 0;
        if (!CHECK(same)) {
            printf("  story %d, case %d, table of %zu\n", number, cases, max);
            break;
        }
    }
    ours->del(ours->deflater);
    theirs->del(theirs->deflater);
    bytes_free(&mine);
    bytes_free(&other);
    close_story(&sets);
    return cases;
}

/* Octet by octet what the reference writes. */
static void encoder_equals_the_reference(void) {
    struct encoder ours = linked_encoder(), theirs;
    if (!load_reference(&theirs)) return;
    static const size_t maxima[] = {4096, 0, 300, 16384};
    int cases = 0;
    for (size_t m = 0; m < sizeof(maxima) / sizeof(maxima[0]); m++) {
        for (int number = 0; number < STORIES; number++) {
            cases += compare_story(&ours, &theirs, number, maxima[m]);
        }
    }
    printf("%d cases\n", cases);
    CHECK(cases > 0);
}

int main(int argc, char **argv) {
    static const struct test tests[] = {
        TEST(every_story_decodes),
        TEST(encoder_round_trips),
        TEST(encoder_equals_the_reference),
    };
    if (argc < 2) {
        fprintf(stderr, "usage: hpack_stories DIRECTORY [TEST...]\n");
        return 2;
    }
    corpus = argv[1];
    argc--;
    argv++;
    return RUN_TESTS(tests);
}
