# shellcheck shell=bash
# h2load: many requests, not one of which may fail.

h2load_cases() {
    local few=$((REQUESTS / 5)) posts=$((REQUESTS / 10))
    check "h2load $REQUESTS requests, nghttpd h2c" load_get "$REQUESTS" "$NGHTTPD_H2C"
    check "h2load $REQUESTS requests, nghttpd TLS" load_get "$REQUESTS" "$NGHTTPD_TLS"
    check "h2load $REQUESTS requests, Apache h2c" load_get "$REQUESTS" "$APACHE_H2C"
    check "h2load $few requests, Apache TLS" load_get "$few" "$APACHE_TLS"
    check "h2load $posts POSTs, nghttpd TLS" load_post "$posts" "$NGHTTPD_TLS/echo"
    check "h2load $posts POSTs, Apache h2c" load_post "$posts" "$APACHE_H2C/echo"
    check "h2load one stream at a time, small windows" load_narrow
}

# load -n NUMBER OPTION...: runs h2load; each of the requests succeeded with a 2xx status.
load() {
    local number=$2
    run "$CLIENT" h2load "$@" >"$OUT/load"
    has "$OUT/load" "^requests: $number total, $number started, $number done, \
$number succeeded, 0 failed, 0 errored, 0 timeout" "^status codes: $number 2xx, 0 3xx, 0 4xx, 0 5xx"
}

# payload BYTES: that many bytes of bodies arrived.
payload() {
    has "$OUT/load" "^traffic:.* \($1\) data$"
}

load_get() {
    load -n "$1" -c 10 -m 100 "$2/hello.txt"
    payload $((6 * $1))
}

load_post() {
    load -n "$1" -c 10 -m 10 -d "$PICTURE" "$2"
    payload $((20000 * $1))
}

load_narrow() {
    load -n 200 -c 2 -m 1 -w 14 -W 14 "$NGHTTPD_H2C/dot.png"
    payload $((200 * 20000))
}
