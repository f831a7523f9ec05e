# shellcheck shell=bash
# curl (libcurl): over TLS, with prior knowledge and with Upgrade, against nghttpd and Apache.

# fetch TRANSPORT ARGUMENT...: curl as the client side; TRANSPORT is tls, h2c, upgrade or h1.
fetch() {
    local options=(--silent --show-error --fail --max-time $((LIMIT - 1)) --cacert "$CERT")
    case $1 in
        tls | upgrade) options+=(--http2) ;;
        h2c) options+=(--http2-prior-knowledge) ;;
        h1) options+=(--http1.1) ;;
    esac
    shift
    run "$CLIENT" curl -q "${options[@]}" "$@"
}

curl_cases() {
    curl_server "nghttpd TLS" tls "$NGHTTPD_TLS"
    curl_server "nghttpd h2c" h2c "$NGHTTPD_H2C"
    curl_server "Apache TLS" tls "$APACHE_TLS"
    curl_server "Apache h2c" h2c "$APACHE_H2C"
    # Apache's event MPM closes an upgraded connection as soon as it is idle: one request each.
    check "curl GET by Upgrade from Apache" curl_get upgrade "$APACHE_H2C"
    check "curl HEAD by Upgrade from Apache" curl_head upgrade "$APACHE_H2C"
    check "curl $BIG_NAME up → Apache TLS, checksum" curl_digest tls "$APACHE_TLS"
    check "curl $BIG_NAME up → Apache h2c, checksum" curl_digest h2c "$APACHE_H2C"
    check "curl POST to a CGI that sees size and method" curl_form tls "$APACHE_TLS"
    check "curl answer in pieces from a slow CGI" curl_slow tls "$APACHE_TLS"
    check "curl trailers from nghttpd TLS" curl_trailers tls
    check "curl trailers from nghttpd h2c" curl_trailers h2c
    check "curl missing file, error status" curl_missing tls "$APACHE_TLS"
}

# curl_server NAME TRANSPORT URL: what every server can do.
curl_server() {
    check "curl GET from $1" curl_get "$2" "$3"
    check "curl HEAD from $1" curl_head "$2" "$3"
    check "curl $PARTS parallel GETs from $1" curl_parallel "$2" "$3"
    check "curl POST echo from $1" curl_echo "$2" "$3/echo" "$PICTURE"
    check "curl $BIG_NAME down from $1" curl_down "$2" "$3"
    check "curl $BIG_NAME up and back from $1" curl_echo "$2" "$3/echo" "$BIG"
}

curl_get() {
    fetch "$1" "$2/hello.txt" --output "$OUT/body" --write-out '%{http_version} %{http_code}\n' \
        >"$OUT/result"
    equal 'version and status' "$(cat "$OUT/result")" '2 200'
    same "$OUT/body" "$SMALL"
}

curl_head() {
    fetch "$1" --head "$2/dot.png" --write-out 'body %{size_download}\n' >"$OUT/result"
    has "$OUT/result" '^HTTP/2 200' '^content-length: 20000.$' '^body 0$'
}

# Over TLS and after an Upgrade all transfers share one connection. With prior knowledge curl 7.88
# fails to share ("Error in the HTTP2 framing layer" with any library), so each gets its own.
curl_parallel() {
    local options=(--parallel --parallel-max "$PARTS") connections=1
    if [[ $1 == h2c ]]; then
        options+=(--parallel-immediate)
        connections=$PARTS
    fi
    mkdir "$OUT/parts"
    if [[ $1 != upgrade ]] || stalls "$@" "${options[@]}" --max-time 20; then
        fetch_parts "$@" "${options[@]}"
    fi
    diff -r "$DOCS/parts" "$OUT/parts"
    count "$OUT/result" 'code=200' "$PARTS"
    count "$OUT/result" 'connections=1' "$connections"
}

# fetch_parts TRANSPORT URL OPTION...
fetch_parts() {
    local transport=$1 url=$2
    shift 2
    fetch "$transport" "$@" "$url/parts/[1-$PARTS]" --output "$OUT/parts/#1" \
        --write-out 'code=%{http_code} connections=%{num_connects}\n' >"$OUT/result"
}

# stalls TRANSPORT URL OPTION...: after an Upgrade, and once in some 400 times, curl 7.88 forgets a
# transfer and waits for ever, with any library on any side. That deserves a second attempt.
stalls() {
    local status=0
    fetch_parts "$@" || status=$?
    [[ $status == 28 ]] # curl: out of time
}

# curl_echo TRANSPORT URL FILE: the answer is the body of the request.
curl_echo() {
    fetch "$1" --request POST --upload-file "$3" "$2" --output "$OUT/body"
    same "$OUT/body" "$3"
}

curl_down() {
    fetch "$1" "$2/big" --output "$OUT/body"
    same "$OUT/body" "$BIG"
}

# The large file comes second, on the upgraded connection: curl 7.88 gives up if more than 32 KB
# arrive together with the 101 response.
curl_down_upgraded() {
    fetch upgrade "$1/hello.txt" --output "$OUT/first" "$1/big" --output "$OUT/body" \
        --write-out 'version=%{http_version} connections=%{num_connects}\n' >"$OUT/result"
    count "$OUT/result" 'version=2 connections=[01]' 2
    count "$OUT/result" 'connections=1' 1
    same "$OUT/first" "$SMALL"
    same "$OUT/body" "$BIG"
}

curl_digest() {
    local sum
    sum=$(sha256sum <"$BIG")
    fetch "$1" --request POST --upload-file "$BIG" "$2/cgi/digest" >"$OUT/result"
    equal checksum "$(cat "$OUT/result")" "$sum"
}

curl_form() {
    fetch "$1" --data 'name=value&other=1' --dump-header "$OUT/head" "$2/cgi/form" >"$OUT/result"
    has "$OUT/head" '^HTTP/2 200' '^x-length: 18.$' '^x-method: POST.$'
    equal body "$(cat "$OUT/result")" 'name=value&other=1'
}

curl_slow() {
    fetch "$1" "$2/cgi/slow" >"$OUT/result"
    equal body "$(paste -s -d ' ' "$OUT/result")" 'one two three'
}

# Without content-length, because curl 7.88 stops reading a body of known size before the trailers.
curl_trailers() {
    start_nghttpd "$1" "$SERVER" --no-content-length --trailer 'x-end: yes'
    fetch "$1" "$URL/dot.png" --dump-header "$OUT/head" --output "$OUT/body"
    same "$OUT/body" "$PICTURE"
    lacks "$OUT/head" '^content-length'
    has "$OUT/head" '^trailer: x-end.$'
    ordered "$OUT/head" '^.?$' '^x-end: yes.$'
}

curl_missing() {
    local status=0
    fetch "$1" "$2/none" 2>"$OUT/result" || status=$?
    equal 'exit status' "$status" 22
    has "$OUT/result" '404'
}
