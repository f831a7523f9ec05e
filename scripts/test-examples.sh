#!/bin/sh
# Builds the four example programs strictly and tests them for real.
#
#   scripts/test-examples.sh STAGE_DIR
#
# STAGE_DIR is a staged install (include/, lib/, lib/pkgconfig/).  The server
# and both clients run under valgrind; curl, on whatever other HTTP/2 library
# the system has, is the independent other end.  One line per case; the exit status
# tells whether all of them passed.
set -u

stage=$(cd "${1:?usage: test-examples.sh STAGE_DIR}" && pwd) || exit 1
here=$(cd "$(dirname "$0")" && pwd)
examples=$here/../examples-c

. "$here/need.sh"
need cc:gcc curl:curl openssl:openssl libssl:libssl-dev \
    libevent_openssl:libevent-dev valgrind:valgrind

. "$here/installed.sh"
installed_library curl >/dev/null || exit 1

. "$here/check.sh"
begin 900

# in_background FUNCTION ARGUMENT...: starts checked or run_curl. pid is the number of the program,
# not of a shell around it, so that it can be stopped.
exec=
in_background() {
    exec='exec'
    "$@" &
    pid=$!
    exec=
    children="$children $pid"
}

# On the staged library, under valgrind, within a minute.
checked() {
    $exec env LD_LIBRARY_PATH="$stage/lib" timeout 60 valgrind --quiet --error-exitcode=99 \
        --leak-check=full --errors-for-leak-kinds=definite,indirect "$@"
}

# ---- building ----

PKG_CONFIG_PATH=$stage/lib/pkgconfig
export PKG_CONFIG_PATH

# build PROGRAM MODULE...
build() {
    program=$1
    shift
    # shellcheck disable=SC2046  # a list of words
    "${CC:-cc}" -std=c11 -O2 -gdwarf-4 -Wall -Wextra -Werror -pedantic \
        -o "$work/$program" "$examples/$program.c" $(pkg-config --cflags --libs "$@")
}
check 'build deflate' build deflate libnghttp2
check 'build client' build client libnghttp2 openssl
check 'build libevent-client' build libevent-client libnghttp2 libevent_openssl openssl
check 'build libevent-server' build libevent-server libnghttp2 libevent_openssl openssl
stop_on_failure

# ---- deflate ----

# The encoder's choices are part of the contract, so the blocks are known.
known_blocks() {
    checked "$work/deflate" >"$work/deflate.out" || return 1
    sed -n 's/^    \(\([0-9a-f][0-9a-f] *\)*\)$/\1/p' "$work/deflate.out" |
        tr -d ' \n' >"$work/blocks"
    secret=1f0894ba34188a105c7a129e20d5569a39b3968921820f
    agent=7a8e90b2d0349562f91d35d05602b83f90
    same=828741882f91d35d055cf64d04876109f5415722117a${agent#7a}738f9d29ad171860be474d741573d9331f$secret
    printf %s "828741882f91d35d055cf64d84$agent$secret" \
        "8287bf04876109f541572211be90738f9d29ad171860be474d741573d9331f$secret" \
        "3f61$same" "$same" | cmp - "$work/blocks"
}
check 'deflate: the blocks are the known ones' known_blocks
check 'deflate: all in all 265 octets for 688' \
    grep -qx 'All blocks: 265 octets for 688, 38.5 %' "$work/deflate.out"

# ---- what is served ----

site=$work/site
mkdir -p "$site/dir/inner" "$work/got"
: >"$site/empty"
printf 'x' >"$site/one"
seq 20000 >"$site/text"
head -c 8000000 /dev/urandom >"$site/big"
head -c 70000 /dev/urandom >"$site/dir/inner/with space"
head -c 64000000 /dev/zero >"$site/shrinking"
echo 'not for you' >"$work/secret"
mkfifo "$site/fifo"
ln -s /dev/zero "$site/dev-symlink"
ln -s ../secret "$site/out-symlink"
ln -s .. "$site/dir-symlink"

# certificate NAME: a throw-away key and certificate.
certificate() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
        -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1,DNS:localhost \
        -keyout "$work/$1.key" -out "$work/$1.crt" 2>/dev/null
}
certificate ours
certificate other
SSL_CERT_FILE=$work/ours.crt # what our clients trust
export SSL_CERT_FILE

# ---- the server, under valgrind ----

# start_server LOG COMMAND...: sets server_pid and base.
start_server() {
    server_log=$1
    shift
    (
        cd "$site" || exit 1
        LD_LIBRARY_PATH=$stage/lib exec "$@" 0 "$work/ours.key" "$work/ours.crt"
    ) >"$server_log" 2>&1 &
    server_pid=$!
    children="$children $server_pid"
    address=$(announced "$server_log" 150) && port=${address#127.0.0.1:} && base=https://127.0.0.1:$port
}
check 'server: starts' start_server "$work/server.log" \
    valgrind --quiet --error-exitcode=99 --leak-check=full \
    --errors-for-leak-kinds=definite,indirect "$work/libevent-server"
stop_on_failure
check 'server: runs on the staged library' \
    grep -qF "$(readlink -f "$stage/lib/libnghttp2.so.14")" "/proc/$server_pid/maps"

open_files() {
    find "/proc/$server_pid/fd" -mindepth 1 | wc -l
}
files_at_start=$(open_files)

run_curl() {
    $exec timeout 60 curl -q --silent --show-error --no-progress-meter --noproxy '*' --http2 \
        --cacert "$work/ours.crt" --path-as-is --globoff --max-time 30 "$@"
}
# answers EXPECTED PATH CURL-OPTION...: HTTP version and status, and no secret.
answers() {
    expected=$1
    path=$2
    shift 2
    answer=$(run_curl --output "$work/got/page" --write-out '%{http_version} %{response_code}' \
        "$@" "$base$path") || return 1
    echo "$answer"
    [ "$answer" = "2 $expected" ] && ! grep -q 'not for you' "$work/got/page"
}
# gets NAME [PATH]: the same octets.
gets() {
    run_curl --output "$work/got/file" "$base/${2:-$1}" && cmp "$site/$1" "$work/got/file"
}

for name in empty one text big; do
    check "server: GET /$name" gets "$name"
done
check 'server: percent-decoding' gets 'dir/inner/with space' 'dir/inner/%77ith%20space'
check 'server: a query does not matter' gets text 'text?a=../../b'
check 'server: POST is 501' answers 501 /text --data x=y

head_request() {
    answers 200 /big --head && grep -qi '^content-length: 8000000' "$work/got/page"
}
check 'server: HEAD tells the length and sends no body' head_request

long=$(printf '%8000s' '' | tr ' ' a)
deep=$(printf '%4000s' '' | sed 's/ /a\//g')
for path in /nothing /../secret /%2e%2e/secret /dir/../../secret /dir/%2e%2e/%2e%2e/secret \
    /dir/..%2f..%2fsecret /.%2e/secret '/..\secret' /..%5csecret //etc/passwd "/$work/secret" \
    / /. /dir /dir/ /dir/. /./one //one /one/ /fifo /dev-symlink /out-symlink \
    /dir-symlink/secret /%00 /one%00 /one%00.txt /% /%2 /%zz "/$long" "/$deep"; do
    check "server: 404 for $(printf %.40s "$path")" answers 404 "$path"
done

many_at_once() {
    set --
    for i in 1 2 3 4 5 6; do
        set -- "$@" --output "$work/got/many$i" "$base/big"
    done
    run_curl --parallel "$@" || return 1
    for i in 1 2 3 4 5 6; do
        cmp "$site/big" "$work/got/many$i" || return 1
    done
}
check 'server: six big files at once on one connection' many_at_once

many_connections() {
    pids=
    for i in 1 2 3 4; do
        in_background run_curl --output "$work/got/conn$i" "$base/big"
        pids="$pids $pid"
    done
    for pid in $pids; do
        wait "$pid" || return 1
    done
    for i in 1 2 3 4; do
        cmp "$site/big" "$work/got/conn$i" || return 1
    done
}
check 'server: four connections at once' many_connections

# under_way NAME COUNT: so many transfers of the file are well under way; the
# kernel knows how far the server has read.
under_way() {
    for _ in $(seq 300); do
        count=0
        for fd in /proc/"$server_pid"/fd/*; do
            [ "$(readlink "$fd")" = "$site/$1" ] || continue
            position=$(sed -n 's/^pos:[^0-9]*//p' "/proc/$server_pid/fdinfo/${fd##*/}")
            [ "${position:-0}" -gt 3000000 ] && count=$((count + 1))
        done
        [ "$count" -eq "$2" ] && return 0
        sleep 0.1
    done
    return 1
}

# The file loses its end while it is being sent: the stream must be reset.
shrinking_file() {
    in_background run_curl --limit-rate 4M --output /dev/null "$base/shrinking"
    under_way shrinking 1 || return 1
    : >"$site/shrinking"
    wait "$pid"
    [ $? -eq 92 ] # curl's word for a stream that was not closed cleanly
}
check 'server: a file that shrinks resets the stream' shrinking_file

# ---- peers that misbehave; the server must shrug ----

# Without input s_client waits for the server to hang up; 124 if it does not.
hangs_up() {
    timeout 20 openssl s_client -connect "127.0.0.1:$port" -quiet "$@" 2>&1
    [ $? -ne 124 ]
}
plain_text() { refuses curl -q --silent --noproxy '*' --max-time 20 "http://127.0.0.1:$port/"; }
no_alpn() { hangs_up </dev/null; }
http1_only() { hangs_up -alpn http/1.1 </dev/null | grep -q 'no application protocol'; }
garbage() { printf 'GET / HTTP/1.1\r\nhost: a\r\n\r\n' | hangs_up -alpn h2; }
disconnects() {
    for _ in 1 2 3; do
        run_curl --limit-rate 20k --max-time 0.7 --output /dev/null "$base/big"
        [ $? -eq 28 ] || return 1
    done
}
check 'server: plain text instead of TLS' plain_text
check 'server: TLS without ALPN' no_alpn
check 'server: ALPN without h2 is refused' http1_only
check 'server: HTTP/1.1 after choosing h2' garbage
check 'server: clients that leave in the middle' disconnects
check 'server: still serves' gets big

all_closed() {
    for _ in $(seq 50); do
        [ "$(open_files)" -le "$files_at_start" ] && return 0
        sleep 0.1
    done
    ls -l "/proc/$server_pid/fd"
    return 1
}
check 'server: no descriptor is left open' all_closed

# ---- client ----

# prints NAME STATUS: header and body of our client.
prints() {
    checked "$work/client" "$base/$1" >"$work/got/out" || return 1
    head -n 1 "$work/got/out" | grep -qx ":status: $2" || return 1
    LC_ALL=C sed '1,/^$/d' "$work/got/out" >"$work/got/body"
}
client_body() { prints "$1" 200 && cmp "$site/$1" "$work/got/body"; }
client_404() { prints nothing 404 && grep -q 'no such file' "$work/got/body"; }
wrong_authority() { SSL_CERT_FILE=$work/other.crt refuses checked "$@" 2>"$work/got/err" &&
    grep -q 'certificate' "$work/got/err"; }
for name in empty one text big; do
    check "client: /$name" client_body "$name"
done
check 'client: 404' client_404
check 'client: by name' checked "$work/client" "https://localhost:$port/one"
check 'client: an unknown certificate authority' wrong_authority "$work/client" "$base/one"
check 'client: nobody listens' refuses checked "$work/client" https://127.0.0.1:1/
for url in http://a/ https:// 'https://a b/' https://a:0/ https://a:99999/ https://u@a/ 'https://[::1/'; do
    check "client: $url is no URL for it" refuses checked "$work/client" "$url"
done

# ---- libevent-client ----

# line NAME STATUS: what libevent-client must report.
line() { echo "$2 $(wc -c <"$site/$1") $(sha256sum <"$site/$1" | cut -c 1-64) $base/$1"; }
together() {
    checked "$work/libevent-client" "$base/big" "$base/text" "$base/empty" "$base/big" \
        "$base/one" "$base/nothing" >"$work/got/out" || return 1
    { line big 200; line text 200; line empty 200; line big 200; line one 200; } >"$work/got/expected"
    head -n 5 "$work/got/out" | cmp - "$work/got/expected" &&
        sed -n 6p "$work/got/out" | grep -q '^404 '
}
more_than_allowed() {
    set --
    for i in $(seq 250); do
        set -- "$@" "$base/text?$i"
    done
    checked "$work/libevent-client" "$@" >"$work/got/out" || return 1
    digest=$(sha256sum <"$site/text" | cut -c 1-64)
    [ "$(grep -c "^200 $(wc -c <"$site/text") $digest " "$work/got/out")" -eq 250 ]
}
check 'libevent-client: six URLs together' together
check 'libevent-client: more URLs than the server allows streams' more_than_allowed
check 'libevent-client: an unknown certificate authority' \
    wrong_authority "$work/libevent-client" "$base/one"
check 'libevent-client: nobody listens' refuses checked "$work/libevent-client" https://127.0.0.1:1/
check 'libevent-client: two hosts' refuses checked "$work/libevent-client" "$base/one" https://localhost/

# ---- a server that speaks no HTTP/2 ----

http1_server() {
    openssl s_server -accept "127.0.0.1:0" -key "$work/ours.key" -cert "$work/ours.crt" -www \
        >"$work/s_server.log" 2>&1 &
    children="$children $!"
    for _ in $(seq 50); do
        http1=$(sed -n 's/^ACCEPT.*:\([0-9]*\)$/\1/p' "$work/s_server.log")
        [ -n "$http1" ] && return 0
        sleep 0.1
    done
    return 1
}
says_no_h2() {
    refuses checked "$@" 2>"$work/got/err" && grep -q 'does not speak HTTP/2' "$work/got/err"
}
check 'a server without HTTP/2 starts' http1_server
check 'client: the server does not speak HTTP/2' says_no_h2 "$work/client" "https://127.0.0.1:$http1/"
check 'libevent-client: the server does not speak HTTP/2' \
    says_no_h2 "$work/libevent-client" "https://127.0.0.1:$http1/"

# ---- the end of the server, with transfers under way ----

# ends_with STATUS PID: it ends by itself, soon, with that status.
ends_with() {
    ended "$2" || return 1
    wait "$2"
    [ $? -eq "$1" ]
}
server_ends() {
    truncate -s 20G "$site/endless" # a hole: costs nothing, takes for ever
    in_background checked "$work/client" "$base/endless" >/dev/null 2>"$work/client.log"
    client_pid=$pid
    in_background checked "$work/libevent-client" "$base/one" "$base/endless" \
        >"$work/lines.log" 2>&1
    libevent_client_pid=$pid
    under_way endless 2 || return 1
    kill -TERM "$server_pid"
    ends_with 0 "$server_pid"
    status=$?
    sed 1d "$work/server.log"
    return "$status"
}
client_ends() { cat "$work/client.log" && ends_with 1 "$client_pid"; }
libevent_client_ends() {
    ends_with 1 "$libevent_client_pid" || { cat "$work/lines.log"; return 1; }
    cat "$work/lines.log"
    grep -q "^failed $base/endless" "$work/lines.log" && grep -q '^200 1 ' "$work/lines.log"
}
check 'server: SIGTERM in the middle; no error, nothing lost' server_ends
check 'client: the server goes away' client_ends
check 'libevent-client: the server goes away' libevent_client_ends

# ---- back-pressure, measured without valgrind ----

# Clients with windows of many megabytes that read slowly: the server must not
# keep for them what they do not take.
little_memory() {
    start_server "$work/plain-server.log" "$work/libevent-server" || return 1
    pids=
    for _ in 1 2 3; do
        in_background run_curl --limit-rate 100k --max-time 5 --output /dev/null "$base/endless"
        pids="$pids $pid"
    done
    under_way endless 3 || return 1
    for pid in $pids; do
        wait "$pid"
    done
    peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$server_pid/status")
    echo "peak: $peak kB"
    stop "$server_pid"
    [ "$peak" -lt 24000 ]
}
check 'server: slow readers do not fill its memory' little_memory

finish
