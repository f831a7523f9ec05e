# shellcheck shell=bash
# nghttpd and its options, seen by nghttp and curl.

nghttpd_cases() {
    check "nghttpd --push" nghttpd_push
    check "nghttpd --push refused by nghttp --no-push" nghttpd_no_push
    check "nghttpd --padding" nghttpd_padding
    check "nghttpd --padding, $BIG_NAME" nghttpd_padding_big
    check "nghttpd --early-response" nghttpd_early
    check "nghttpd --max-concurrent-streams" nghttpd_streams
    check "nghttpd --window-bits" nghttpd_windows
    check "nghttpd --header-table-size" nghttpd_tables
    check "nghttpd --no-content-length" nghttpd_no_length
    check "nghttpd --trailer" nghttpd_trailer
    check "nghttpd --workers" nghttpd_workers
    check "nghttpd 404, 301 and 304" nghttpd_statuses
    check "nghttpd keeps inside its document root" nghttpd_traversal
}

nghttpd_push() {
    start_nghttpd h2c "$SERVER" -v --push=/index.html=/style.css,/app.js
    nghttp_log -v "$URL/index.html"
    count "$OUT/frames" 'recv PUSH_PROMISE frame <.*stream_id=13>' 2
    has "$OUT/frames" 'promised_stream_id=2' 'promised_stream_id=4' \
        'recv \(stream_id=13\) :path: /style.css' 'recv \(stream_id=13\) :path: /app.js' \
        'recv \(stream_id=2\) :status: 200' 'recv \(stream_id=4\) :status: 200' \
        '; First push response header' '^body . color' '^console.log' \
        'last_stream_id=4, error_code=NO_ERROR'
    count "$LOG" 'send PUSH_PROMISE frame' 2
}

nghttpd_no_push() {
    start_nghttpd h2c "$SERVER" -v --push=/index.html=/style.css,/app.js
    nghttp_log -v --no-push "$URL/index.html"
    has "$OUT/frames" '\[SETTINGS_ENABLE_PUSH\(0x02\):0\]' ':status: 200' '^<!DOCTYPE html>'
    lacks "$OUT/frames" 'PUSH_PROMISE'
}

nghttpd_padding() {
    start_nghttpd h2c "$SERVER" --padding=77
    nghttp_log -v "$URL/hello.txt"
    has "$OUT/frames" 'recv HEADERS frame <.*flags=0x0c' '; END_HEADERS \| PADDED' \
        'recv DATA frame <length=83, flags=0x09' '; END_STREAM \| PADDED' 'padlen=77' '^hello$'
}

nghttpd_padding_big() {
    start_nghttpd tls "$SERVER" --padding=256 --echo-upload
    curl_down tls "$URL"
    curl_echo tls "$URL/echo" "$PICTURE"
}

# The answer goes out before the upload, which is larger than the window, has come in.
nghttpd_early() {
    start_nghttpd h2c "$SERVER" -v --early-response
    nghttp_log -v -d "$BIG" "$URL/hello.txt"
    has "$LOG" 'recv .*:method: POST' 'send DATA frame <length=6, flags=0x01, stream_id=13>'
    lacks "$LOG" 'recv DATA frame <.*flags=0x01'
    has "$OUT/frames" ':status: 200' '^hello$' 'recv DATA frame <length=6, flags=0x01' \
        'recv RST_STREAM frame' 'error_code=NO_ERROR'
}

# The client starts with one stream and goes up to the limit it is told, never beyond.
nghttpd_streams() {
    local peak
    start_nghttpd h2c "$SERVER" --max-concurrent-streams=3
    nghttp_log -v -m 20 -M 1 "$URL/dot.png"
    has "$OUT/frames" 'recv SETTINGS' '\[SETTINGS_MAX_CONCURRENT_STREAMS\(0x03\):3\]'
    count "$OUT/frames" 'recv \(stream_id=[0-9]+\) :status: 200' 20
    peak=$(awk '
        /; Open new stream/ { if (++open > peak) peak = open }
        /recv DATA frame <.*flags=0x01/ { open-- }
        END { print peak }' "$OUT/frames")
    equal 'most streams open' "$peak" 3
}

nghttpd_windows() {
    start_nghttpd h2c "$SERVER" --window-bits=20 --connection-window-bits=22 --echo-upload
    nghttp_log -v -d "$PICTURE" "$URL/echo"
    has "$OUT/frames" '\[SETTINGS_INITIAL_WINDOW_SIZE\(0x04\):1048575\]' \
        'recv WINDOW_UPDATE frame <length=4, flags=0x00, stream_id=0>' \
        'window_size_increment=4128768'
    curl_echo h2c "$URL/echo" "$BIG"
}

nghttpd_tables() {
    start_nghttpd h2c "$SERVER" --header-table-size=0 --encoder-header-table-size=0
    nghttp_log -v -m 5 "$URL/hello.txt"
    has "$OUT/frames" '\[SETTINGS_HEADER_TABLE_SIZE\(0x01\):0\]'
    count "$OUT/frames" '^hello$' 5
}

nghttpd_no_length() {
    start_nghttpd tls "$SERVER" --no-content-length
    fetch tls "$URL/dot.png" --dump-header "$OUT/head" --output "$OUT/body"
    lacks "$OUT/head" '^content-length'
    has "$OUT/head" '^HTTP/2 200'
    same "$OUT/body" "$PICTURE"
}

nghttpd_trailer() {
    start_nghttpd h2c "$SERVER" --trailer 'x-end: yes' --trailer 'x-more: 2'
    nghttp_log -v "$URL/hello.txt"
    has "$OUT/frames" 'recv \(stream_id=13\) trailer: x-end' 'flags=0x05, stream_id=13>'
    ordered "$OUT/frames" 'recv DATA frame <length=6, flags=0x00' 'recv .*x-end: yes'
    ordered "$OUT/frames" 'recv DATA frame <length=6, flags=0x00' 'recv .*x-more: 2'
}

nghttpd_workers() {
    start_nghttpd tls "$SERVER" --workers=4
    load -n 2000 -c 8 -m 10 -t 2 "$URL/hello.txt"
}

nghttpd_statuses() {
    local modified status=0
    fetch tls "$NGHTTPD_TLS/none" >"$OUT/result" 2>&1 || status=$?
    equal 'exit status' "$status" 22
    nghttp_log -v "$NGHTTPD_TLS/none"
    has "$OUT/frames" ':status: 404' '<h1>404 Not Found</h1>'
    nghttp_log -v "$NGHTTPD_TLS/parts"
    has "$OUT/frames" ':status: 301' "location: $NGHTTPD_TLS/parts/"
    modified=$(date -u -r "$SMALL" '+%a, %d %b %Y %H:%M:%S GMT')
    nghttp_log -v -H "if-modified-since: $modified" "$NGHTTPD_TLS/hello.txt"
    has "$OUT/frames" ':status: 304'
    lacks "$OUT/frames" '^hello$'
}

nghttpd_traversal() {
    local path
    for path in /../secret.txt /parts/../../secret.txt /%2e%2e/secret.txt /..%2fsecret.txt; do
        nghttp_log -v -H ":path: $path" "$NGHTTPD_H2C/hello.txt"
        has "$OUT/frames" ':status: 404'
        lacks "$OUT/frames" 'kept outside'
    done
}
