#!/bin/sh
# The library at work, on both ends of one connection.
#
#   scripts/demo.sh STAGE_DIR
#
# STAGE_DIR is a staged install (include/, lib/, lib/pkgconfig/).  The example
# server is built against it, and the system's curl is made to load the same
# library; then curl fetches several files at once over TLS, as HTTP/2.
set -eu

stage=$(cd "${1:?usage: demo.sh STAGE_DIR}" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
library=$stage/lib/libnghttp2.so.14
[ -e "$library" ] || { echo "demo: no $library" >&2; exit 1; }

. "$here/need.sh"
need cc:gcc curl:curl openssl:openssl libssl:libssl-dev libevent_openssl:libevent-dev

. "$here/check.sh"
begin 300

fail() {
    echo "demo: $*" >&2
    exit 1
}

# ---- what is served ----

site=$work/site
mkdir "$site"
: >"$site/empty"
printf 'x' >"$site/one-octet"
seq 1 30000 | head -c 100000 >"$site/text-100k"
head -c 5000000 /dev/urandom >"$site/binary-5M"
echo 'not for you' >"$work/secret"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>"$work/openssl.log" ||
    { cat "$work/openssl.log" >&2; fail "no certificate"; }

# ---- the server ----

PKG_CONFIG_PATH=$stage/lib/pkgconfig
export PKG_CONFIG_PATH
flags=$(pkg-config --cflags --libs libnghttp2 libevent_openssl openssl)
# shellcheck disable=SC2086  # a list of words
timeout 120 "${CC:-cc}" -std=c11 -O2 -Wall -Wextra -o "$work/server" \
    "$here/../examples-c/libevent-server.c" $flags || fail "the server does not compile"

(
    cd "$site"
    LD_LIBRARY_PATH=$stage/lib exec "$work/server" 0 "$work/key.pem" "$work/cert.pem"
) >"$work/server.log" 2>&1 &
server_pid=$!
children=$server_pid

port=
for _ in $(seq 50); do
    port=$(sed -n 's/^listening on 127\.0\.0\.1://p' "$work/server.log")
    [ -n "$port" ] && break
    sleep 0.1
done
[ -n "$port" ] || { cat "$work/server.log" >&2; fail "the server does not start"; }
base=https://127.0.0.1:$port

# curl, on our library.  -q: no settings of the user's.
run_curl() {
    LD_LIBRARY_PATH=$stage/lib timeout 60 curl -q --silent --show-error --no-progress-meter --noproxy '*' \
        --http2 --cacert "$work/cert.pem" --max-time 45 "$@"
}

# ---- fetch everything at once ----

# The loader of this very curl writes down what it loads.
mkdir "$work/got"
LD_DEBUG=libs LD_DEBUG_OUTPUT=$work/loader run_curl --parallel \
    --write-out '%{http_version} %{response_code} %{num_connects} %{filename_effective}\n' \
    --output "$work/got/empty" "$base/empty" \
    --output "$work/got/one-octet" "$base/one-octet" \
    --output "$work/got/text-100k" "$base/text-100k" \
    --output "$work/got/binary-5M" "$base/binary-5M" \
    >"$work/transfers" || fail "curl failed"

# ---- which library was it ----

same_file() {
    [ -n "$1" ] && [ "$(readlink -f "$1")" = "$(readlink -f "$library")" ]
}
# The loader logs are one per process, timeout's among them.
by_curl=$(cat "$work"/loader.* | sed -n 's/^.*calling init: \(.*libnghttp2\.so\.14[^ ]*\)$/\1/p' | sort -u)
by_server=$(sed -n 's/^[^/]*\(\/.*libnghttp2\.so\.14.*\)$/\1/p' "/proc/$server_pid/maps" | sort -u)
same_file "$by_curl" || fail "curl loaded '$by_curl'"
same_file "$by_server" || fail "the server loaded '$by_server'"

echo "library        $(readlink -f "$library")"
echo "curl loaded    $by_curl"
echo "server loaded  $by_server"
echo "curl says      $(run_curl --version | grep -o 'nghttp2/[^ ]*')"
echo

# ---- are the files the same ----

sum() { sha256sum <"$1" | cut -c 1-64; }

echo "file          octets  HTTP  SHA-256"
for name in empty one-octet text-100k binary-5M; do
    read -r version code _ <<EOF
$(grep "/got/$name\$" "$work/transfers")
EOF
    [ "$version" = 2 ] || fail "$name came over HTTP/$version"
    [ "$code" = 200 ] || fail "$name: status $code"
    cmp -s "$site/$name" "$work/got/$name" || fail "$name differs"
    [ "$(sum "$site/$name")" = "$(sum "$work/got/$name")" ] || fail "$name: another SHA-256"
    printf '%-11s %8d  %4s  %.16s... same\n' "$name" \
        "$(wc -c <"$work/got/$name")" "$version" "$(sum "$work/got/$name")"
done
echo "connections opened for these files: $(awk '{ n += $3 } END { print n }' "$work/transfers")"
echo

# ---- what must be refused ----

# expect_404 PATH: as typed, without curl's own tidying up.
expect_404() {
    answer=$(run_curl --path-as-is --output "$work/page" \
        --write-out 'HTTP/%{http_version} %{response_code}' "$base$1") || fail "no answer for $1"
    [ "$answer" = "HTTP/2 404" ] || fail "$1: $answer"
    ! grep -q 'not for you' "$work/page" || fail "$1: the secret got out"
    printf '%-22s %s\n' "$1" "$answer"
}
expect_404 /no-such-file
expect_404 /../secret
expect_404 /%2e%2e/secret

# ---- and a clean end ----

kill -TERM "$server_pid"
ended "$server_pid" || fail "the server does not stop"
wait "$server_pid" || { cat "$work/server.log" >&2; fail "the server ended with status $?"; }
echo
echo "server stopped, everything as it should be"
