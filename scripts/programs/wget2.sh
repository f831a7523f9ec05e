# shellcheck shell=bash
# wget2 (libwget): over TLS, from nghttpd and Apache.

provide_wget2() {
    provide 'wget2 can be had' installed wget2:wget2
}

wget2_cases() {
    wget2_server nghttpd "$NGHTTPD_TLS"
    wget2_server Apache "$APACHE_TLS"
    check "wget2 $PARTS URLs from nghttpd TLS" wget2_many "$NGHTTPD_TLS"
    check 'wget2 page with what it needs from nghttpd TLS' wget2_page "$NGHTTPD_TLS"
    check 'wget2 missing file, error status' wget2_missing "$NGHTTPD_TLS"
}

# wget2_server NAME URL: what every server can do.
wget2_server() {
    check "wget2 GET from $1 TLS" wget2_get "$1" "$2"
    check "wget2 $BIG_NAME down from $1 TLS" wget2_down "$2"
}

# wget2_run OPTION...: its debug output goes to $OUT/debug. What it remembers of hosts goes to its
# home. There is no POST, because wget2 1.99 sends no body in HTTP/2.
wget2_run() {
    HOME=$OUT run "$CLIENT" wget2 --no-config --tries=1 \
        --ca-certificate="$CERT" --debug "$@" >"$OUT/debug" 2>&1
}

wget2_get() {
    wget2_run --output-document="$OUT/body" --save-headers "$2/hello.txt"
    has "$OUT/debug" "ALPN: Server accepted protocol 'h2'" 'HTTP2 stream id 1$'
    sed -E 's/^(date|last-modified|etag): .*/\1: (differs)/; s/\r$//' "$OUT/body" >"$OUT/transcript"
    has "$OUT/transcript" '^:status: 200' '^content-length: 6' '^hello$'
    as_original "wget2.$1"
}

wget2_down() {
    wget2_run --output-document="$OUT/body" "$1/big"
    has "$OUT/debug" "accepted protocol 'h2'"
    same "$OUT/body" "$BIG"
}

# Several at once on each of the connections.
wget2_many() {
    local i urls=()
    for ((i = 1; i <= PARTS; i++)); do
        urls+=("$1/parts/$i")
    done
    wget2_run --max-threads=2 --no-host-directories --directory-prefix="$OUT/parts" "${urls[@]}"
    has "$OUT/debug" "accepted protocol 'h2'" 'HTTP2 stream id 5$'
    lacks "$OUT/debug" 'HTTP/1.1'
    diff -r "$DOCS/parts" "$OUT/parts"
}

wget2_page() {
    wget2_run --page-requisites --no-host-directories --directory-prefix="$OUT/page" \
        "$1/index.html"
    has "$OUT/debug" "accepted protocol 'h2'"
    same "$OUT/page/index.html" "$DOCS/index.html"
    same "$OUT/page/style.css" "$DOCS/style.css"
    same "$OUT/page/app.js" "$DOCS/app.js"
    same "$OUT/page/dot.png" "$PICTURE"
}

wget2_missing() {
    local status=0
    wget2_run --output-document="$OUT/body" "$1/none" || status=$?
    equal 'exit status' "$status" 8
    has "$OUT/debug" 'HTTP ERROR response 404'
}
