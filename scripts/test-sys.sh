#!/bin/sh
# Tests sys/, which stands in for the crate libnghttp2-sys: by itself, and below the crate curl, whose
# libcurl must find its HTTP/2 functions in Rust.
#
#   scripts/test-sys.sh BUILD_DIR STAGE_DIR
#
# Cargo builds in BUILD_DIR.  nghttpd, on whatever library the system has, is the independent server; the
# example server on libevent runs on the library in STAGE_DIR, a staged install.
set -u
stage=$(cd "${2:?usage: test-sys.sh BUILD_DIR STAGE_DIR}" && pwd) || exit 1
mkdir -p "$1"
CARGO_TARGET_DIR=$(cd "$1" && pwd) || exit 1
export CARGO_TARGET_DIR
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
need cc:gcc nm:binutils nghttpd:nghttp2-server openssl:openssl libssl:libssl-dev zlib:zlib1g-dev \
    libevent_openssl:libevent-dev
. "$here/installed.sh"
installed_library nghttpd >/dev/null || exit 1

. "$here/check.sh"
. "$here/nghttpd.sh"
begin 900
cargo=${CARGO:-cargo}

# ---- by itself ----

check 'sys: two sessions talk by its declarations' \
    "$cargo" test -q --locked --manifest-path sys/Cargo.toml
check 'sys: no lint' \
    "$cargo" clippy -q --locked --manifest-path sys/Cargo.toml --workspace --all-targets -- -D warnings
check 'sys: formatted' "$cargo" fmt --manifest-path sys/Cargo.toml --check

# C code may refer to any function, so each must be a symbol of the library before programs are linked.
all_names_are_symbols() {
    sed -n 's/^ *pub fn \(nghttp2x\{0,1\}_[a-z0-9_]*\).*/\1/p' sys/src/bindings.rs | sort >"$work/names"
    nm -g --defined-only "$CARGO_TARGET_DIR"/debug/libnghttp2_shell.rlib 2>/dev/null |
        sed -n 's/.* T \(nghttp2x\{0,1\}_.*\)/\1/p' | sort >"$work/symbols"
    wc -l "$work/names" "$work/symbols"
    [ -s "$work/names" ] && cmp "$work/names" "$work/symbols"
}
build_shell() {
    "$cargo" build -q --locked --manifest-path sys/Cargo.toml --workspace
}
check 'sys: the library can be built' build_shell
check 'sys: what is declared is there, and nothing else' all_names_are_symbols

# ---- below curl ----

example=examples/curl-h2/Cargo.toml
program=$CARGO_TARGET_DIR/release/curl-h2
interface=$(sed -n 's/^interface = "\(.*\)"/\1/p' Cargo.toml)

check 'curl-h2: builds with link-time optimization' \
    "$cargo" build -q --release --locked --manifest-path $example
stop_on_failure
check 'curl-h2: formatted' "$cargo" fmt --manifest-path $example --check

# It must not run on a library of the system by accident.
links_no_other() {
    ldd "$program" >"$work/ldd" || return 1
    cat "$work/ldd"
    ! grep -Eq 'nghttp2|libcurl' "$work/ldd"
}
check 'curl-h2: no other library with such functions' links_no_other

mkdir "$work/site"
seq 100000 >"$work/site/text"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 \
    -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$work/key" -out "$work/certificate" 2>/dev/null

# fetches ARGUMENT...: what it prints is known, line by line.
fetches() {
    timeout 60 "$program" "$@" | tr -d '\r' >"$work/out"
    cat "$work/out"
    sed -n 1p "$work/out" | grep -qx "libcurl .* on nghttp2 $interface" &&
        sed -n 2p "$work/out" | grep -qx "HTTP/2 $expected *" &&
        sed -n 3p "$work/out" | grep -qx "$size octets"
}
expected=200
size=$(wc -c <"$work/site/text")
check 'nghttpd starts, in the clear' start_nghttpd "$work/site"
check 'curl-h2: prior knowledge' fetches "http://127.0.0.1:$port/text"
check 'nghttpd starts, with TLS' start_nghttpd "$work/site" "$work/key" "$work/certificate"
check 'curl-h2: TLS' fetches "https://127.0.0.1:$port/text" "$work/certificate"
check 'curl-h2: an unknown certificate' refuses "$program" "https://127.0.0.1:$port/text"
expected=404
size='[1-9][0-9]*'
check 'curl-h2: 404' fetches "https://127.0.0.1:$port/nothing" "$work/certificate"

# From the server that the examples have for reading, on our library like the client.
example_server() {
    # shellcheck disable=SC2046  # a list of words
    "${CC:-cc}" -std=c11 -O2 -o "$work/libevent-server" examples-c/libevent-server.c \
        $(PKG_CONFIG_PATH=$stage/lib/pkgconfig pkg-config --cflags --libs libnghttp2 libevent_openssl openssl)
    (
        cd "$work/site" || exit 1
        LD_LIBRARY_PATH=$stage/lib exec "$work/libevent-server" 0 "$work/key" "$work/certificate"
    ) >"$work/example.log" 2>&1 &
    children="$children $!"
    address=$(announced "$work/example.log" 100) && port=${address#127.0.0.1:}
}
check 'the example server starts' example_server
expected=200
size=$(wc -c <"$work/site/text")
check 'curl-h2: from the example server' fetches "https://127.0.0.1:$port/text" "$work/certificate"

# The status line tells: a server without HTTP/2 gives another one.
openssl s_server -accept 127.0.0.1:0 -key "$work/key" -cert "$work/certificate" -www \
    >"$work/s_server.log" 2>&1 &
children="$children $!"
http1_answer() {
    for _ in $(seq 50); do
        port=$(sed -n 's/^ACCEPT.*:\([0-9]*\)$/\1/p' "$work/s_server.log")
        [ -n "$port" ] && break
        sleep 0.1
    done
    timeout 60 "$program" "https://127.0.0.1:$port/" "$work/certificate" >"$work/out"
    cat "$work/out"
    grep -q '^HTTP/1.0 200' "$work/out"
}
check 'curl-h2: HTTP/1 from a server that has nothing else' http1_answer
finish
