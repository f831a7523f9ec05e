# shellcheck shell=bash
# libsoup 3: its own tests, as Debian packages them, in which client and server are one process.

SOUP_TESTS=usr/libexec/installed-tests/libsoup-3.0

# The package asks for Apache with PHP; the tests of HTTP/2 need neither.
provide_soup() {
    provide "libsoup's tests can be had" unpack soup $SOUP_TESTS/libtest-utils.so \
        libsoup-3.0-tests libsoup-3.0-common glib-networking libproxy1v5 libbrotli1 libglib2.0-0
}

soup_cases() {
    check 'libsoup http2-test' soup_test http2-test
    # 24 MB in small pieces, which takes half a minute with any library.
    if [[ $SMOKE == no ]]; then
        check 'libsoup http2-body-stream-test' soup_test http2-body-stream-test
    fi
}

# soup_test NAME: runs it; no test failed, and the same ones passed as with the original.
soup_test() {
    local root=${ROOT[soup]}
    of soup soup_run "$root/$SOUP_TESTS/$1" --tap >"$OUT/tap"
    lacks "$OUT/tap" '^not ok' '^Bail out'
    grep -E '^(ok|1\.\.)' "$OUT/tap" >"$OUT/transcript"
    as_original "soup.$1"
}

soup_run() {
    LIBRARIES=${1%/*}:$LIBRARIES
    GIO_EXTRA_MODULES=${ROOT[soup]}/usr/lib/x86_64-linux-gnu/gio/modules run "$SIDE" "$@"
}
