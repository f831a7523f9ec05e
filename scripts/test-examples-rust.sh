#!/bin/sh
# Builds the Rust examples and runs them: against each other, and against curl, nghttp and nghttpd on
# whatever HTTP/2 library the system has.
#
#   scripts/test-examples-rust.sh BUILD_DIR
#
# Cargo builds in BUILD_DIR.
set -u
mkdir -p "${1:?usage: test-examples-rust.sh BUILD_DIR}"
CARGO_TARGET_DIR=$(cd "$1" && pwd) || exit 1
export CARGO_TARGET_DIR
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
need cc:gcc curl:curl nghttp:nghttp2-client nghttpd:nghttp2-server openssl:openssl
. "$here/installed.sh"
installed_library nghttpd >/dev/null || exit 1
installed_library nghttp >/dev/null || exit 1
installed_library curl >/dev/null || exit 1

. "$here/check.sh"
. "$here/nghttpd.sh"
begin 900
cargo=${CARGO:-cargo}
manifest=examples-rust/Cargo.toml
programs=$CARGO_TARGET_DIR/debug

# ---- building ----

one_doctest() {
    "$cargo" test -q --locked --manifest-path $manifest --doc >"$work/doctest" 2>&1
    status=$?
    cat "$work/doctest"
    [ $status -eq 0 ] && grep -q '1 passed' "$work/doctest"
}
check 'formatted' "$cargo" fmt --manifest-path $manifest --check
check 'no lint' "$cargo" clippy -q --locked --manifest-path $manifest --all-targets -- -D warnings
check 'build' "$cargo" build -q --locked --manifest-path $manifest
check "the README's example" one_doctest
stop_on_failure

# ---- what is served ----

site=$work/site
mkdir "$site"
printf 'x' >"$site/one"
: >"$site/empty"
seq 300000 >"$site/text"
head -c 3000000 /dev/urandom >"$work/upload"
# A certificate that is no authority: the client's TLS library insists.
printf '[req]\ndistinguished_name=name\n[name]\n[leaf]\nsubjectAltName=IP:127.0.0.1\n' >"$work/openssl.cnf"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=leaf \
    -config "$work/openssl.cnf" -extensions leaf -keyout "$work/key" -out "$work/leaf" 2>/dev/null

# ours PROGRAM ARGUMENT...: starts a server of the examples; sets address.
ours() {
    program=$1
    shift
    "$programs/$program" 127.0.0.1:0 "$@" >"$work/$program.log" 2>&1 &
    server=$!
    children="$children $server"
    address=$(announced "$work/$program.log" 50)
}

# nghttpd_on [KEY CERTIFICATE]: the same with nghttpd.
nghttpd_on() { start_nghttpd "$site" "$@" && address=127.0.0.1:$port; }

# ---- HPACK ----

hpack_shrinks() {
    "$programs/hpack" >"$work/out" || return 1
    cat "$work/out"
    [ "$(sed -n 's/^-- \([0-9]*\) octets for.*/\1/p' "$work/out" | tr '\n' ' ')" = '38 26 ' ]
}
check 'hpack: the second block is smaller' hpack_shrinks

# ---- blocking ----

# gets PATH FILE: the blocking client fetches just that.
gets() {
    timeout 30 "$programs/blocking-client" "$address" "$1" >"$work/out" 2>"$work/err"
    status=$?
    cat "$work/err"
    [ $status -eq 0 ] && grep -qx ":status: 200" "$work/err" && cmp "$work/out" "$2"
}
missing() {
    timeout 30 "$programs/blocking-client" "$address" /nothing >"$work/out" 2>"$work/err" &&
        grep -qx ':status: 404' "$work/err"
}
# curl_clear PATH FILE
curl_clear() {
    version=$(curl -qsS --noproxy '*' --max-time 30 --http2-prior-knowledge -o "$work/out" \
        -w '%{http_version} %{response_code}' "http://$address$1") || return 1
    echo "$version"
    [ "$version" = '2 200' ] && cmp "$work/out" "$2"
}
printf 'Hello, you have asked for /somewhere\n' >"$work/hello"
awk 'BEGIN { for (i = 0; i < 2000000; i++) printf "%c", 97 + i % 26 }' >"$work/letters"

check 'nghttpd starts, in the clear' nghttpd_on
for name in one empty text; do
    check "blocking-client: nghttpd's /$name" gets "/$name" "$site/$name"
done
check "blocking-client: nghttpd's 404" missing
check 'blocking-server: starts' ours blocking-server
check 'blocking-client: a greeting from blocking-server' gets /somewhere "$work/hello"
check 'blocking-client: more than a window from blocking-server' gets /2000000 "$work/letters"
check 'curl: a greeting from blocking-server' curl_clear /somewhere "$work/hello"
check 'curl: more than a window from blocking-server' curl_clear /2000000 "$work/letters"

at_once() {
    pids=
    for i in 1 2 3 4; do
        timeout 30 "$programs/blocking-client" "$address" /2000000 >"$work/out$i" 2>/dev/null &
        pids="$pids $!"
    done
    for pid in $pids; do wait "$pid" || return 1; done
    for i in 1 2 3 4; do cmp "$work/out$i" "$work/letters" || return 1; done
}
check 'blocking-server: four connections at once' at_once
garbage() {
    refuses curl -qsS --http1.1 --max-time 10 "http://$address/" && curl_clear /somewhere "$work/hello"
}
check 'blocking-server: outlives a client of HTTP/1' garbage
no_server() { refuses timeout 30 "$programs/blocking-client" 127.0.0.1:1 /; }
check 'blocking-client: nobody listens' no_server

# ---- tokio ----

# together STATUSES ARGUMENT...: tokio-client fetches all; the content must be that of $work/expected.
together() {
    statuses=$1
    shift
    timeout 60 "$programs/tokio-client" "$address" "$@" >"$work/out" 2>"$work/err"
    status=$?
    cat "$work/err"
    [ $status -eq 0 ] && cmp "$work/out" "$work/expected" &&
        [ "$(cut -d ' ' -f 1,2 "$work/err" | sort | tr '\n' ' ')" = "$statuses" ]
}
ok='200 NO_ERROR '
cat "$site/text" "$site/one" "$site/empty" "$site/text" >"$work/expected"
check 'nghttpd starts, with TLS' nghttpd_on "$work/key" "$work/leaf"
check 'tokio-client: four files of nghttpd at once' \
    together "$ok$ok$ok$ok" "$work/leaf" /text /one /empty /text
check 'tokio-server: starts' ours tokio-server "$work/ours"
{ echo Hello; cat "$work/upload"; echo Hello; cat "$work/upload" "$site/one"; } >"$work/expected"
check 'tokio-client: uploads and downloads at once, with tokio-server' together "$ok$ok$ok$ok$ok" \
    "$work/ours" /a "/echo=$work/upload" /b "/echo=$work/upload" "/echo=$site/one"
: >"$work/expected"
check 'tokio-client: an empty echo' together "$ok" "$work/ours" "/echo=$site/empty"
strangers() {
    refuses timeout 30 "$programs/tokio-client" "$address" "$work/leaf" / 2>"$work/err" || return 1
    cat "$work/err"
    grep -q certificate "$work/err"
}
check 'tokio-client: an unknown certificate' strangers

# curl_tls OPTION...
curl_tls() {
    version=$(curl -qsS --noproxy '*' --max-time 30 --cacert "$work/ours" -o "$work/out" \
        -w '%{http_version} %{response_code}' "$@" "https://$address/") || return 1
    echo "$version"
    [ "$version" = '2 200' ]
}
echo Hello >"$work/hello"
curl_greeting() { curl_tls && cmp "$work/out" "$work/hello"; }
curl_echo() { curl_tls --data-binary "@$work/upload" && cmp "$work/out" "$work/upload"; }
# The response is over before the request is, which curl 7.88.1 does not always notice.
nghttp_put() {
    timeout 30 nghttp -H ':method: PUT' -d "$work/upload" "https://$address/" >"$work/out" || return 1
    cmp "$work/out" "$work/hello"
}
curl_head() { curl_tls --head && grep -q '^HTTP/2 200' "$work/out"; }
check 'curl: a greeting from tokio-server' curl_greeting
check 'curl: HEAD' curl_head
check 'curl: an echo from tokio-server' curl_echo
check 'nghttp: an upload that tokio-server does not want' nghttp_put
# What was not echoed to a client that left must be given back, and forgotten.
leaves() {
    curl_tls --data-binary "@$work/upload" --limit-rate 100k --max-time 1
    [ "$(wc -c <"$work/out")" -lt 3000000 ] && curl_echo
}
check 'tokio-server: outlives a client that leaves' leaves
lives() { kill -0 "$server" && cat "$work/tokio-server.log" && ! grep -q panicked "$work/tokio-server.log"; }
check 'tokio-server: nothing has panicked' lives
finish
