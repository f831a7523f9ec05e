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
    local status=0 attempt
    for attempt in 1 2 3; do
        status=0
        of soup soup_run "${ROOT[soup]}/$SOUP_TESTS/$1" --tap >"$OUT/tap" || status=$?
        never_began "$status" || break
        echo "attempt $attempt: no handshake"
    done
    tail -n 20 "$OUT/tap"
    equal 'exit status' "$status" 0
    lacks "$OUT/tap" '^not ok' '^Bail out'
    grep -E '^(ok|1\.\.)' "$OUT/tap" >"$OUT/transcript"
    as_original "soup.$1"
}

# never_began STATUS: with any library, the original as well, two or three of a hundred runs stop
# during the first TLS handshake, before either end has said a word of HTTP/2: the test's server
# thread waits for a lock that nobody gives back. Such a run tells nothing and is repeated. It ends by
# our time limit, or by the test's own after a minute.
never_began() {
    ! grep -q '^ok' "$OUT/tap" || return 1
    [[ $1 == 124 ]] || grep -q 'Socket I/O timed out' "$OUT/tap" # 124: timeout
}

soup_run() {
    LIBRARIES=${1%/*}:$LIBRARIES
    GIO_EXTRA_MODULES=${ROOT[soup]}/usr/lib/x86_64-linux-gnu/gio/modules run "$SIDE" "$@"
}
