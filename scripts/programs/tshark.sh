# shellcheck shell=bash
# tshark, which decodes header blocks with the HPACK decoder of libnghttp2: a conversation of nghttp
# and nghttpd, written down by both of them, so that nobody needs the right to capture packets.

declare -A CAPTURED=() # conversation → port of the server in it

provide_tshark() {
    provide 'tshark can be had' installed tshark:tshark text2pcap:wireshark-common || return 1
    converse plain >"$WORK/case.log" 2>&1 || die 'no conversation for tshark'
    converse table -c 256 -c 2K >"$WORK/case.log" 2>&1 || die 'no conversation for tshark'
}

tshark_cases() {
    check 'tshark decodes every header' tshark_headers
    check 'tshark decodes everything' tshark_details
    check 'tshark where the client chooses table sizes' tshark_tables
}

# converse NAME OPTION...: makes $WORK/NAME.pcap. Small tables and many requests, so that entries
# are inserted, found, and thrown out; CONTINUATION frames, trailers, pushed responses.
converse() {
    local CLIENT=original OUT=$WORK/log name=$1 long
    shift
    # Random, because a hexdump leaves out lines that repeat.
    long=$(head -c 18000 /dev/urandom | base64 -w 0)
    start_nghttpd h2c original -v --hexdump --encoder-header-table-size=200 \
        --trailer 'x-end: yes' --push=/index.html=/style.css,/app.js || return 1
    CAPTURED[$name]=$PORT
    nghttp_log --hexdump -n -m 5 --encoder-header-table-size=300 -H 'x-one: first value' \
        -H 'cookie: a=1; b=2' -H "x-long: $long" "$@" \
        "$URL/index.html" "$URL/hello.txt" "$URL/none" || return 1
    stop "$PID" || return 1
    {
        packets I <"$LOG"
        packets O <"$OUT/frames"
    } | text2pcap -q -D -T "40000,$PORT" - "$WORK/$name.pcap"
}

# packets DIRECTION: what --hexdump has printed, as text2pcap wants it, 8000 bytes at a time.
packets() {
    sed -n 's/^[0-9a-f]\{8\}  \([0-9a-f ]*\)  *|.*/\1/p' | tr -s ' \n' '\n' | sed '/^$/d' |
        awk -v direction="$1" '
            (NR - 1) % 8000 == 0 { printf "%s%s\n", NR == 1 ? "" : "\n", direction; at = 0 }
            at % 16 == 0 { printf "%s%06x", at == 0 ? "" : "\n", at }
            { printf " %s", $1; at++ }
            END { print "" }'
}

# decode NAME: tshark's view of that conversation.
decode() {
    local port=${CAPTURED[$1]}
    HOME=$OUT run "$SIDE" tshark -r "$WORK/$1.pcap" -d "tcp.port==$port,http2" -V -O http2 \
        >"$OUT/transcript" 2>"$OUT/errors"
}

tshark_headers() {
    decode plain
    sed -i -n 's/^ *Header: /Header: /p' "$OUT/transcript"
    has "$OUT/transcript" '^Header: x-end: yes$' '^Header: :path: /style.css$'
    count "$OUT/transcript" '^Header: x-one: first value$' 15
    count "$OUT/transcript" '^Header: x-long: [A-Za-z0-9+/]+$' 15
    count "$OUT/transcript" '^Header: :status: 404' 5
    count "$OUT/transcript" '^Header: :status: 200' 20
    as_original tshark.headers
}

tshark_details() {
    decode plain
    has "$OUT/transcript" 'Stream: CONTINUATION' 'Stream: PUSH_PROMISE' 'Stream: GOAWAY' \
        'Representation: Indexed Header Field'
    as_original tshark.details
}

# tshark 4.0 itself goes astray here, and shows no header of the server: the same way, however.
tshark_tables() {
    decode table
    has "$OUT/transcript" 'Settings - Header table size : 256' \
        'Settings - Header table size : 2048' 'Header: x-one: first value'
    as_original tshark.tables
}
