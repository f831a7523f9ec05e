# shellcheck shell=bash
# nghttpx between clients and servers: HTTP/2 and HTTP/1.1 on either side. PROXY chooses its
# library; the client and the backends run with CLIENT and SERVER.

# The package would start a service, so it is unpacked, unless somebody has installed it. The root
# of an installed program is "".
provide_nghttpx() {
    if [[ -x /usr/sbin/nghttpx ]]; then
        ROOT[nghttpx]=
    else
        unpack nghttpx usr/sbin/nghttpx nghttp2-proxy libc-ares2
    fi
}

# start_proxied [OPTION...]: nghttpx with three backends: nghttpd h2c (with the options) for "/",
# nghttpd TLS for "/tls/", the running Apache over HTTP/1.1 for "/h1/" and "/cgi/". Without a limit
# nghttpx would open a connection for each of a thousand streams, more than Apache has workers.
start_proxied() {
    local tls
    start_nghttpd tls "$SERVER" --echo-upload || return 1
    tls=${URL##*:}
    start_nghttpd h2c "$SERVER" --echo-upload --trailer 'grpc-status: 0' "$@" || return 1
    start_nghttpx "$PROXY" --backend="127.0.0.1,${URL##*:};;proto=h2" \
        --backend="127.0.0.1,$tls;/tls/;proto=h2;tls" \
        --backend="127.0.0.1,${APACHE_H2C##*:};/h1/:/cgi/" --backend-connections-per-frontend=8 \
        --add-request-header='x-added: by the proxy' \
        --add-response-header='x-back: from the proxy' --add-x-forwarded-for
}

nghttpx_cases() {
    nghttpx_path "h2 TLS → h2c" tls "$PROXY_TLS"
    nghttpx_path "h2 TLS → h2 TLS" tls "$PROXY_TLS/tls"
    nghttpx_path "h2c → h2c" h2c "$PROXY_H2C"
    nghttpx_path "h1 → h2c" h1 "$PROXY_H2C"
    nghttpx_path "h2 TLS → h1" tls "$PROXY_TLS/h1"
    nghttpx_path "h2c → h1" h2c "$PROXY_H2C/h1"
    check "nghttpx Upgrade → h2c, GET by curl" curl_get upgrade "$PROXY_H2C"
    check "nghttpx Upgrade → h2c, $PARTS parallel GETs" curl_parallel upgrade "$PROXY_H2C"
    check "nghttpx Upgrade → h2c, $BIG_NAME down" curl_down_upgraded "$PROXY_H2C"
    check "nghttpx Upgrade → h2c, GET by nghttp -u" nghttp_upgrade "$PROXY_H2C"
    check "nghttpx Upgrade → h1, upload by nghttp -u" nghttpx_upgrade_upload
    check "nghttpx rewrites headers, h2 → h2c" nghttpx_headers tls 2
    check "nghttpx rewrites headers, h1 → h2c" nghttpx_headers h1 1.1
    check "nghttpx rewrites answers, h2 → h1" nghttpx_answers "$PROXY_TLS/h1/hello.txt" 1.1
    check "nghttpx gRPC-like call with trailers both ways" nghttpx_grpc
    check "nghttpx relays pushes" nghttpx_push
    check "nghttpx --padding" nghttpx_padding
    check "nghttpx without a backend answers 502 or 503" nghttpx_no_backend
    nghttpx_load
}

# nghttpx_path NAME TRANSPORT URL: transfers of all sizes on one way through the proxy.
nghttpx_path() {
    if [[ $2 != h1 ]]; then
        check "nghttpx $1, GET" curl_get "$2" "$3"
        check "nghttpx $1, HEAD" curl_head "$2" "$3"
        check "nghttpx $1, $PARTS parallel GETs" curl_parallel "$2" "$3"
    fi
    check "nghttpx $1, POST echo" curl_echo "$2" "$3/echo" "$PICTURE"
    check "nghttpx $1, $BIG_NAME down" curl_down "$2" "$3"
    check "nghttpx $1, $BIG_NAME up and back" curl_echo "$2" "$3/echo" "$BIG"
}

nghttpx_load() {
    local few=$((REQUESTS / 5)) posts=$((REQUESTS / 10))
    check "h2load $REQUESTS requests, nghttpx h2c → h2c" load_get "$REQUESTS" "$PROXY_H2C"
    check "h2load $REQUESTS requests, nghttpx TLS → h2 TLS" load_get "$REQUESTS" "$PROXY_TLS/tls"
    check "h2load $few requests, nghttpx TLS → h1" load_get "$few" "$PROXY_TLS/h1"
    check "h2load $posts POSTs, nghttpx TLS → h2c" load_post "$posts" "$PROXY_TLS/echo"
    check "h2load $posts POSTs, nghttpx h2c → h1" load_post "$posts" "$PROXY_H2C/h1/echo"
}

# With a body to send, nghttp upgrades with "OPTIONS *", which nghttpd does not know (404).
nghttpx_upgrade_upload() {
    nghttp_log -vu -d "$SMALL" "$PROXY_H2C/cgi/form"
    has "$OUT/frames" '^OPTIONS \* HTTP/1.1' 'HTTP Upgrade success' \
        'recv \(stream_id=1\) :status: 404' 'recv \(stream_id=13\) :status: 200' \
        'recv \(stream_id=13\) x-length: 6' '^hello$'
}

# nghttpx_headers TRANSPORT VERSION: what the backend sees, and what comes back.
nghttpx_headers() {
    local url scheme=http
    start_proxied -v
    url=$PROXY_H2C
    if [[ $1 == tls ]]; then
        url=$PROXY_TLS
        scheme=https
    fi
    fetch "$1" "$url/hello.txt" --header 'X-Mixed-Case: kept' --dump-header "$OUT/head" \
        --output "$OUT/body"
    has "$LOG" 'recv .*:method: GET' 'recv .*:path: /hello.txt' \
        "recv .*(:authority|host): ${url#*//}" 'recv .*x-mixed-case: kept' \
        'recv .*x-forwarded-for: 127.0.0.1' "recv .*x-forwarded-proto: $scheme" \
        "recv .*via: $2 nghttpx" 'recv .*x-added: by the proxy'
    has "$OUT/head" '^HTTP/(2|1.1) 200' '^[Vv]ia: 2 nghttpx.$' '^[Ss]erver: nghttpx.$' \
        '^x-back: from the proxy.$' '^[Cc]ontent-[Ll]ength: 6.$'
    same "$OUT/body" "$SMALL"
    has "$PROXY_LOG" "\"GET /hello.txt HTTP/$2\" 200 6 "
}

# nghttpx_answers URL VERSION
nghttpx_answers() {
    fetch tls "$1" --dump-header "$OUT/head" --output "$OUT/body"
    has "$OUT/head" '^HTTP/2 200' "^via: $2 nghttpx.$" '^server: nghttpx.$' \
        '^x-back: from the proxy.$'
    same "$OUT/body" "$SMALL"
}

nghttpx_grpc() {
    start_proxied -v
    nghttp_log -v -d "$SMALL" -H 'content-type: application/grpc' -H 'te: trailers' \
        --trailer 'x-checksum: 42' "$PROXY_TLS/service/Method"
    has "$LOG" 'recv .*content-type: application/grpc' 'recv .*te: trailers'
    ordered "$LOG" 'recv DATA frame' 'recv .*x-checksum: 42'
    has "$OUT/frames" ':status: 200' '^hello$'
    ordered "$OUT/frames" 'recv DATA frame' 'recv \(stream_id=13\) grpc-status: 0'
    has "$OUT/frames" 'recv HEADERS frame <.*flags=0x05, stream_id=13>'
}

nghttpx_push() {
    start_proxied --push=/index.html=/style.css
    nghttp_log -v "$PROXY_TLS/index.html"
    count "$OUT/frames" 'recv PUSH_PROMISE frame' 1
    has "$OUT/frames" 'recv \(stream_id=13\) :path: /style.css' \
        'recv \(stream_id=2\) :status: 200' 'recv \(stream_id=2\) via: 2 nghttpx' \
        '^body . color' 'last_stream_id=2, error_code=NO_ERROR'
}

nghttpx_padding() {
    start_nghttpx "$PROXY" --padding=50 --backend="127.0.0.1,${NGHTTPD_H2C##*:};;proto=h2"
    nghttp_log -v "$PROXY_TLS/hello.txt"
    has "$OUT/frames" '; END_HEADERS \| PADDED' 'recv DATA frame <length=56' 'padlen=50' '^hello$'
    curl_down tls "$PROXY_TLS"
}

# One failed request must not hurt the next one on the same connection.
nghttpx_no_backend() {
    choose_port
    start_nghttpx "$PROXY" --backend="127.0.0.1,$PORT;/dead/;proto=h2" \
        --backend="127.0.0.1,${NGHTTPD_H2C##*:};;proto=h2"
    nghttp_log -v "$PROXY_TLS/dead/file" "$PROXY_TLS/hello.txt"
    has "$OUT/frames" 'recv \(stream_id=13\) :status: 50[23]' \
        'recv \(stream_id=15\) :status: 200' '^hello$' 'error_code=NO_ERROR'
}
