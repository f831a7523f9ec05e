# shellcheck shell=bash
# DNS over HTTPS: kdig, curl and dnsperf ask named and unbound; dnsdist asks named.

dns_cases() {
    start_named "$SERVER" || die 'named does not start'
    start_unbound tls "$SERVER" || die 'unbound does not start'
    dns_server named "$NAMED"
    dns_server unbound "$UNBOUND"
    check 'curl POST to named h2c' dns_post named.h2c h2c "$NAMED_H2C"
    check 'curl POST to unbound h2c' dns_unbound_plain
    start_dnsdist "$CLIENT" "$NAMED" || die 'dnsdist does not start'
    check 'dnsdist → named, over UDP' dns_forwarded udp '' big.example.test
    check 'dnsdist → named, over TCP' dns_forwarded tcp +tcp ''
}

# dns_server NAME URL: what every server can do.
dns_server() {
    check "kdig POST to $1" dns_kdig "$1.post" "$2" +nohttps-get
    check "kdig GET from $1" dns_kdig "$1.get" "$2" +https-get
    check "kdig several queries on a connection to $1" dns_kdig "$1.open" "$2" +keepopen
    check "curl POST to $1" dns_post "$1" tls "$2"
    check "curl GET from $1" dns_get "$1" "$2"
    check "curl $PARTS parallel GETs from $1" dns_parallel "$1" "$2"
    check "curl what $1 refuses" dns_refused "$1" "$2"
    check "curl --doh-url with $1" dns_resolver "$2"
    check "dnsperf $((REQUESTS / 10)) POSTs to $1" dns_load POST "$2"
    check "dnsperf $((REQUESTS / 10)) GETs from $1" dns_load GET "$2"
}

# Types and names to ask for, as kdig's arguments.
QUESTIONS=(www.example.test A www.example.test AAAA example.test MX example.test SOA
    none.example.test A www.example.test TXT big.example.test TXT)

# dns_kdig NAME URL OPTION...
dns_kdig() {
    local name=$1 port=${2##*:}
    port=${port%%/*}
    shift 2
    run "$CLIENT" kdig @127.0.0.1 -p "$port" +https +tls-ca="$CERT" +tls-hostname=localhost \
        +timeout=5 "$@" "${QUESTIONS[@]}" >"$OUT/answers"
    dns_transcript
    has "$OUT/transcript" 'HTTP session \(HTTP/2-' 'status: NOERROR' 'status: NXDOMAIN' \
        '^www.example.test.\s60\sIN\sA\s127.0.0.1$' '^big.example.test.\s77\sIN\sTXT\s"0{240}" '
    as_original "dns.$name"
}

# dns_transcript: $OUT/answers of kdig without what differs between runs.
dns_transcript() {
    sed -E 's/ id: [0-9]+//; s/^;; (From|Time|Received) .*/;; \1/; s/localhost:[0-9]+/localhost/
        s/\s+/ /g' "$OUT/answers" >"$OUT/transcript"
}

# question NAME TYPE: a DNS message with identifier 0.
question() {
    local label message='\0\0\1\0\0\1\0\0\0\0\0\0'
    for label in ${1//./ }; do
        message+=$(printf '\\x%02x%s' ${#label} "$label")
    done
    # shellcheck disable=SC2059  # The format is the message.
    printf "$message\\0\\0\\x$(printf %02x "$2")\\0\\1"
}

# question_url URL NAME TYPE: with the question in it, for GET.
question_url() {
    echo "$1?dns=$(question "$2" "$3" | base64 -w 0 | tr '+/' '-_' | tr -d =)"
}

# dns_post NAME TRANSPORT URL
dns_post() {
    question big.example.test 16 >"$OUT/question"
    fetch "$2" --header 'content-type: application/dns-message' --data-binary "@$OUT/question" \
        "$3" --dump-header "$OUT/head" --output "$OUT/body"
    dns_answer 48000
    as_original "dns.$1.curl-post"
}

# dns_get NAME URL
dns_get() {
    fetch tls "$(question_url "$2" www.example.test 28)" --dump-header "$OUT/head" \
        --output "$OUT/body"
    dns_answer 60
    as_original "dns.$1.curl-get"
}

# dns_answer SIZE: head and body are the transcript; the body has at least so many bytes.
dns_answer() {
    {
        grep -aiv '^date:' "$OUT/head" | tr -d '\r'
        od -An -tx1 "$OUT/body"
    } >"$OUT/transcript"
    has "$OUT/transcript" '^HTTP/2 200' '^content-type: application/dns-message'
    if (($(stat -c %s "$OUT/body") < $1)); then
        echo 'the answer is too short'
        return 1
    fi
}

dns_unbound_plain() {
    start_unbound h2c "$SERVER"
    dns_post unbound.h2c h2c "$UNBOUND"
}

# dns_parallel NAME URL: all on one connection, every answer another one.
dns_parallel() {
    local i
    for ((i = 1; i <= PARTS; i++)); do
        printf 'url = "%s"\noutput = "%s"\n' "$(question_url "$2" "host$i.example.test" 1)" \
            "$OUT/answer.$i"
    done >"$OUT/urls"
    fetch tls --parallel --parallel-max "$PARTS" --config "$OUT/urls" \
        --write-out 'code=%{http_code} connections=%{num_connects}\n' >"$OUT/result"
    count "$OUT/result" 'code=200' "$PARTS"
    count "$OUT/result" 'connections=1' 1
    for ((i = 1; i <= PARTS; i++)); do
        echo "$i $(od -An -v -tx1 "$OUT/answer.$i" | tr -d ' \n')"
    done >"$OUT/transcript"
    as_original "dns.$1.parallel"
}

# dns_refused NAME URL: the statuses of bad requests.
dns_refused() {
    local bad=0
    question www.example.test 1 >"$OUT/question"
    status_of() {
        fetch tls --output /dev/null --write-out '%{http_code}\n' "$@" >>"$OUT/transcript" \
            2>>"$OUT/errors" || bad=$((bad + 1))
    }
    status_of "$2-other"
    status_of "$2"
    status_of "$2?dns=!"
    status_of --header 'content-type: text/plain' --data-binary "@$OUT/question" "$2"
    status_of --request PUT --header 'content-type: application/dns-message' \
        --data-binary "@$OUT/question" "$2"
    equal 'refused requests' "$bad" 5
    as_original "dns.$1.refused"
}

# dns_resolver URL: curl finds nghttpd by a name that only this server knows.
dns_resolver() {
    fetch h2c --doh-url "$1" "http://www.example.test:${NGHTTPD_H2C##*:}/hello.txt" \
        --output "$OUT/body"
    same "$OUT/body" "$SMALL"
}

# dns_load METHOD URL
dns_load() {
    local i number=$((REQUESTS / 10)) port=${2##*:}
    port=${port%%/*}
    for ((i = 1; i <= PARTS; i++)); do
        echo "host$i.example.test A"
    done >"$OUT/questions"
    run "$CLIENT" dnsperf -s 127.0.0.1 -p "$port" -m doh -O doh-method="$1" \
        -O doh-uri="https://127.0.0.1:$port/dns-query" -d "$OUT/questions" \
        -n $((number / PARTS)) -c 4 -q 40 >"$OUT/load" 2>&1
    has "$OUT/load" "Queries sent: +$number$" "Queries completed: +$number \(100.00%\)" \
        'Queries lost: +0 ' "Response codes: +NOERROR $number "
}

# dns_forwarded NAME OPTION LEFT_OUT: plain DNS to dnsdist. The large answer does not fit into UDP.
dns_forwarded() {
    local questions=("${QUESTIONS[@]}") options=(+timeout=5)
    if [[ -n $2 ]]; then
        options+=("$2")
    fi
    if [[ -n $3 ]]; then
        unset 'questions[-1]' 'questions[-1]'
    fi
    run "$CLIENT" kdig @127.0.0.1 -p "$DNSDIST" "${options[@]}" "${questions[@]}" >"$OUT/answers"
    dns_transcript
    has "$OUT/transcript" 'status: NOERROR' 'status: NXDOMAIN' \
        '^www.example.test. 60 IN A 127.0.0.1$'
    as_original "dnsdist.$1"
}
