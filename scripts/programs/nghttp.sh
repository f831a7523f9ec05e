# shellcheck shell=bash
# nghttp, judged by the frames it prints.

# nghttp_log OPTION...: what nghttp prints, in $OUT/frames.
nghttp_log() {
    run "$CLIENT" nghttp --no-verify-peer "$@" >"$OUT/frames"
}

nghttp_cases() {
    check "nghttp -v frames from nghttpd TLS" nghttp_frames "$NGHTTPD_TLS"
    check "nghttp -v frames from nghttpd h2c" nghttp_frames "$NGHTTPD_H2C"
    check "nghttp -v frames from Apache TLS" nghttp_frames "$APACHE_TLS"
    check "nghttp -u from Apache" nghttp_upgrade "$APACHE_H2C"
    check "nghttp -a assets, -s statistics" nghttp_assets
    check "nghttp -b padding, -d upload" nghttp_padding
    check "nghttp -d $BIG_NAME up and back" nghttp_upload
    check "nghttp -m 20, two URLs" nghttp_multiply
    check "nghttp -w, -W windows" nghttp_windows
    check "nghttp -c table sizes" nghttp_tables
    check "nghttp -H headers" nghttp_headers
    check "nghttp -p weight" nghttp_weight
    check "nghttp --no-dep" nghttp_no_dep
    check "nghttp --expect-continue" nghttp_expect
    check "nghttp --continuation" nghttp_continuation
    check "nghttp --hexdump" nghttp_hexdump
    check "nghttp --trailer to nghttpd" nghttp_trailer
    check "nghttp --trailer to Apache" nghttp_trailer_apache
    check "nghttp -r HAR" nghttp_har
}

nghttp_frames() {
    nghttp_log -v "$1/hello.txt"
    has "$OUT/frames" 'recv SETTINGS frame <length=.*stream_id=0>' \
        'send SETTINGS frame <length=12, flags=0x00, stream_id=0>' \
        'recv SETTINGS frame <length=0, flags=0x01' \
        'send HEADERS frame <.*stream_id=13>' ':path: /hello.txt' \
        'recv \(stream_id=13\) :status: 200' 'recv \(stream_id=13\) content-length: 6' \
        'recv HEADERS frame <.*flags=0x04, stream_id=13>' '; First response header' '^hello$' \
        'recv DATA frame <length=6, flags=0x01, stream_id=13>' \
        'send GOAWAY frame <length=8' 'last_stream_id=0, error_code=NO_ERROR\(0x00\)'
    ordered "$OUT/frames" 'recv HEADERS' 'recv DATA'
}

nghttp_upgrade() {
    nghttp_log -vu "$1/hello.txt"
    has "$OUT/frames" '^http2-settings: AAMAAABkAAQAAP__' '101 Switching Protocols' \
        'HTTP Upgrade success' 'recv \(stream_id=1\) :status: 200' '^hello$' \
        'recv DATA frame <length=6, flags=0x0[01], stream_id=1>' 'error_code=NO_ERROR'
}

nghttp_assets() {
    nghttp_log -ans "$NGHTTPD_H2C/index.html"
    has "$OUT/frames" ' 200 .* /index.html$' ' 200 .* /style.css$' ' 200 .* /app.js$' \
        ' 200 +19K /dot.png$'
    count "$OUT/frames" ' 200 .* /' 4
}

nghttp_padding() {
    nghttp_log -v -b 200 -d "$SMALL" "$NGHTTPD_H2C/echo"
    has "$OUT/frames" 'send HEADERS frame <.*stream_id=13>' '; END_HEADERS \| PADDED' \
        'padlen=200' 'send DATA frame <length=206, flags=0x09' '; END_STREAM \| PADDED' \
        ':status: 200' '^hello$'
}

nghttp_upload() {
    run "$CLIENT" nghttp -d "$BIG" "$NGHTTPD_H2C/echo" >"$OUT/body"
    same "$OUT/body" "$BIG"
}

nghttp_multiply() {
    nghttp_log -s -m 20 "$NGHTTPD_H2C/hello.txt" "$NGHTTPD_H2C/app.js"
    count "$OUT/frames" '^hello$' 20
    count "$OUT/frames" '^console.log' 20
    count "$OUT/frames" ' 200 +[0-9]+ /(hello.txt|app.js)$' 40
}

nghttp_windows() {
    nghttp_log -vn -w 20 -W 22 "$NGHTTPD_H2C/big"
    has "$OUT/frames" '\[SETTINGS_INITIAL_WINDOW_SIZE\(0x04\):1048575\]' \
        'send SETTINGS frame <length=0, flags=0x01' \
        'send WINDOW_UPDATE frame <length=4, flags=0x00, stream_id=0>' \
        'window_size_increment=4128768' 'recv DATA frame <.*flags=0x01, stream_id=13>'
}

nghttp_tables() {
    nghttp_log -v -m 3 -c 0 -c 1K --encoder-header-table-size=100 "$NGHTTPD_H2C/hello.txt"
    has "$OUT/frames" '\[SETTINGS_HEADER_TABLE_SIZE\(0x01\):0\]' \
        '\[SETTINGS_HEADER_TABLE_SIZE\(0x01\):1024\]' 'error_code=NO_ERROR'
    count "$OUT/frames" 'recv \(stream_id=[0-9]+\) :status: 200' 3
    count "$OUT/frames" '^hello$' 3
}

nghttp_headers() {
    start_nghttpd h2c "$SERVER" -v
    nghttp_log -v -H ':method: HEAD' -H 'x-one: first value' -H 'user-agent: changed' \
        "$URL/hello.txt"
    has "$LOG" ':method: HEAD' 'x-one: first value' 'user-agent: changed'
    has "$OUT/frames" ':status: 200' 'content-length: 6'
    lacks "$OUT/frames" '^hello$'
}

# An original of 1.65 or later sends no priorities: --no-priorities says that it is under test.
nghttp_weight() {
    nghttp_log -v -p 42 "$NGHTTPD_H2C/hello.txt"
    if [[ $CLIENT == ours && $PRIORITIES == no ]]; then
        lacks "$OUT/frames" 'send PRIORITY' 'weight='
    else
        has "$OUT/frames" '; END_STREAM \| END_HEADERS \| PRIORITY' \
            'dep_stream_id=11, weight=42, exclusive=0' \
            'send PRIORITY frame <length=5, flags=0x00, stream_id=3>' \
            'dep_stream_id=0, weight=201, exclusive=0'
    fi
    has "$OUT/frames" 'recv \(stream_id=13\) :status: 200' '^hello$'
}

nghttp_no_dep() {
    nghttp_log -v --no-dep "$NGHTTPD_H2C/hello.txt"
    lacks "$OUT/frames" 'send PRIORITY' 'weight='
    has "$OUT/frames" 'send HEADERS frame <.*flags=0x05, stream_id=1>' \
        'recv \(stream_id=1\) :status: 200' '^hello$'
}

nghttp_expect() {
    nghttp_log -v --expect-continue -d "$SMALL" "$NGHTTPD_H2C/echo"
    ordered "$OUT/frames" 'expect: 100-continue' 'recv \(stream_id=13\) :status: 100'
    ordered "$OUT/frames" ':status: 100' 'send DATA frame <length=6'
    ordered "$OUT/frames" 'send DATA' 'recv \(stream_id=13\) :status: 200'
    has "$OUT/frames" '^hello$'
}

nghttp_continuation() {
    start_nghttpd h2c "$SERVER" -v
    nghttp_log -v --continuation "$URL/hello.txt"
    has "$OUT/frames" 'send HEADERS frame <length=185[0-9][0-9]' ':status: 200' '^hello$'
    count "$LOG" 'recv .*continuation-test-[1-6]: -{4000}' 6
}

# The first bytes are a SETTINGS frame, and the DATA frame of the answer stands in one piece.
nghttp_hexdump() {
    local bytes
    nghttp_log --hexdump --no-dep "$NGHTTPD_H2C/hello.txt"
    bytes=$(sed -n 's/^[0-9a-f]\{8\}  \([0-9a-f ]*\)  *|.*/\1/p' "$OUT/frames" | tr -d ' \n')
    equal 'first frame' "${bytes:0:18}" 000006040000000000
    equal 'last frame' "${bytes: -30}" 00000600010000000168656c6c6f0a
}

nghttp_trailer() {
    start_nghttpd h2c "$SERVER" -v --echo-upload
    nghttp_log -v -d "$SMALL" --trailer 'x-end: sum=1' "$URL/echo"
    ordered "$OUT/frames" 'send DATA frame <length=6, flags=0x00' 'x-end: sum=1'
    ordered "$LOG" 'recv DATA frame <length=6, flags=0x00' 'recv \(stream_id=13\) x-end: sum=1'
    has "$OUT/frames" 'trailer: x-end' '^hello$'
}

nghttp_trailer_apache() {
    start_apache "$SERVER"
    nghttp_log -v -d "$SMALL" --trailer 'x-end: sum=1' "$APACHE_TLS/cgi/form"
    has "$OUT/frames" ':status: 200' 'x-length: 6' '^hello$'
    has "$APACHE_ROOT/access.log" '^POST /cgi/form HTTP/2.0 200 sum=1$'
}

nghttp_har() {
    nghttp_log -an -r "$OUT/har" "$NGHTTPD_H2C/index.html"
    has "$OUT/har" '"version": "1.2"' "\"url\": \"$NGHTTPD_H2C/style.css\"" '"size": 20000'
    count "$OUT/har" '"status": 200' 4
}
