# shellcheck shell=bash
# Debian's Node.js, whose libnode loads libnghttp2: node/client.js goes through every subject of
# HTTP/2 with node/server.js, and prints what both of them saw.

# Another vendor's Node.js has its own copy of libnghttp2 and may well be the one on the PATH, and
# Debian's cannot stand beside it. The modules have to be where libnode looks for them.
provide_node() {
    provide "Debian's Node.js can be had" unpack_node
}

unpack_node() {
    local modules=/usr/share/nodejs
    unpack node usr/lib/x86_64-linux-gnu/libnode.so.108 nodejs@libnode108 libnode108 libuv1 \
        libc-ares2 libicu72 libbrotli1 || return 1
    if [[ ! -e $modules/acorn/dist/acorn.js || ! -e $modules/cjs-module-lexer/lexer.js ||
        ! -e $modules/undici/undici-fetch.js ]]; then
        (apt_install node-acorn node-cjs-module-lexer node-undici)
    fi
}

node_cases() {
    start_node || die 'Node.js does not start'
    check 'Node.js client and server, h2c' node_transcript h2c "$NODE_H2C"
    check 'Node.js client and server, TLS' node_transcript tls "$NODE_TLS"
    check 'nghttp -v frames from Node.js' node_frames
    check "curl $BIG_NAME up and back from Node.js TLS" curl_echo tls "$NODE_TLS/echo" "$BIG"
    check "h2load $((REQUESTS / 20)) requests, Node.js h2c" \
        load_get $((REQUESTS / 20)) "$NODE_H2C"
}

# start_node: sets NODE_H2C and NODE_TLS.
start_node() {
    local plain
    choose_port
    plain=$PORT
    choose_port
    NODE_H2C=http://127.0.0.1:$plain
    NODE_TLS=https://127.0.0.1:$PORT
    of node start "node.$PORT" "$SERVER" "$PORT" "${ROOT[node]}/usr/bin/node" \
        "$HERE/programs/node/server.js" "$DOCS" "$CERT" "$KEY" "$plain" "$PORT"
}

node_transcript() {
    of node run "$CLIENT" "${ROOT[node]}/usr/bin/node" "$HERE/programs/node/client.js" \
        "$2" "$CERT" >"$OUT/transcript"
    # A library without priorities does not know the weight of a stream.
    if [[ $PRIORITIES == no ]]; then
        sed -i '/^weight /d' "$OUT/transcript"
    fi
    lacks "$OUT/transcript" '^failed'
    has "$OUT/transcript" '^end$'
    as_original "node.$1"
}

node_frames() {
    nghttp_log -v "$NODE_H2C/push"
    count "$OUT/frames" 'recv PUSH_PROMISE frame' 2
    has "$OUT/frames" ':status: 200' 'recv DATA frame' 'error_code=NO_ERROR'
}
