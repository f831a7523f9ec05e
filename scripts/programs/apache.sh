# shellcheck shell=bash
# Apache as a proxy: mod_http2 towards the client, mod_proxy_http2 towards nghttpd, both in one
# process with the library that PROXY chooses.

start_apache_proxy() {
    local tls
    start_nghttpd tls "$SERVER" --echo-upload || return 1
    tls=${URL##*:}
    start_nghttpd h2c "$SERVER" --echo-upload || return 1
    start_apache "$PROXY" 'SSLProxyEngine on' 'SSLProxyVerify none' 'SSLProxyCheckPeerName off' \
        'SSLProxyCheckPeerCN off' "ProxyPass \"/plain/\" \"h2c://127.0.0.1:${URL##*:}/\"" \
        "ProxyPass \"/secure/\" \"h2://127.0.0.1:$tls/\""
}

apache_proxy_cases() {
    local url=$APACHE_TLS
    check "Apache mod_proxy_http2 h2 TLS → h2c, GET" curl_get tls "$url/plain"
    check "Apache mod_proxy_http2 h2 TLS → h2 TLS, GET" curl_get tls "$url/secure"
    check "Apache mod_proxy_http2 → h2c, HEAD" curl_head tls "$url/plain"
    check "Apache mod_proxy_http2 → h2c, $PARTS parallel GETs" curl_parallel tls "$url/plain"
    check "Apache mod_proxy_http2 → h2c, POST echo" curl_echo tls "$url/plain/echo" "$PICTURE"
    check "Apache mod_proxy_http2 → h2c, $BIG_NAME down" curl_down tls "$url/plain"
    check "Apache mod_proxy_http2 → h2 TLS, $BIG_NAME down" curl_down tls "$url/secure"
    check "Apache mod_proxy_http2 → h2c, $BIG_NAME up and back" \
        curl_echo tls "$url/plain/echo" "$BIG"
}
