#!/bin/bash
# What a request costs unmodified programs in processor time: h2load → nghttpd, and nghttpx in between,
# with the library switched on one side at a time, ours against the installed original.
#
#   scripts/bench-e2e.sh [--quick] LIB_DIR
#
# LIB_DIR holds libnghttp2.so.14 (or libnghttp2.so). Rounds on both libraries alternate. Printed are
# medians of the microseconds that the one program whose library is switched has spent for each request,
# the kernel's share included, and how often ours goes into the original's. --quick makes fewer requests.
# Everything listens on 127.0.0.1. Exit status 1 if a request failed, or a program is missing.

# shellcheck source-path=SCRIPTDIR
HERE=$(cd "$(dirname "$0")" && pwd)
source "$HERE/programs/begin.sh"

main() {
    # shellcheck disable=SC2034  # The fixtures read sizes and numbers.
    ROUNDS=9 REQUESTS=60000 LIMIT=90 BIG_SIZE=10240 PARTS=1
    if [[ ${1-} == --quick ]]; then
        ROUNDS=3 REQUESTS=5000
        shift
    fi
    [[ $# == 1 && -d $1 ]] || die 'usage: bench-e2e.sh [--quick] LIB_DIR'
    need h2load:nghttp2-client nghttpd:nghttp2-server openssl:openssl pgrep:procps
    make_workspace
    provide_nghttpx >"$WORK/nghttpx.log" 2>&1 || die "no nghttpx: $(tail -n 20 "$WORK/nghttpx.log")"
    choose_libraries "$1"
    make_fixtures

    printf '\n%-44s %9s %9s %7s\n' 'µs of processor time a request' ours original ratio
    compare 'nghttpd, h2c, 6 octets' server h2c hello.txt
    compare 'nghttpd, TLS, 6 octets' server tls hello.txt
    compare 'nghttpd, h2c, 10 KiB' server h2c big
    compare 'nghttpd, TLS, 10 KiB' server tls big
    compare 'h2load, h2c, 6 octets' client h2c hello.txt
    compare 'h2load, TLS, 6 octets' client tls hello.txt
    compare 'nghttpx, h2c → h2c, 6 octets' proxy h2c hello.txt
    compare 'nghttpx, TLS → h2c, 6 octets' proxy tls hello.txt
}

# compare TITLE WHO TRANSPORT FILE: one line of the table.
compare() {
    local title=$1 side round
    rm -f "$WORK"/*.times
    for ((round = 0; round < ROUNDS; round++)); do
        for side in ours original; do
            measure "$2" "$side" "$3" "$4" >>"$WORK/$side.times" || die "$title: $(cat "$WORK/load")"
        done
    done
    awk -v title="$title" -v ours="$(median "$WORK/ours.times")" \
        -v original="$(median "$WORK/original.times")" \
        'BEGIN { printf "%-44s %9.2f %9.2f %7.2f\n", title, ours, original, original / ours }'
}

median() {
    sort -n "$1" | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

# measure server|client|proxy SIDE h2c|tls FILE: one round, with SIDE for the one and the original for all
# others; prints the microseconds that one request has taken it.
measure() {
    local who=$1 side=$2 transport=$3 file=$4 url watched before spent
    local -A at=([server]=original [client]=original [proxy]=original)
    at[$who]=$side
    if [[ $who == proxy ]]; then
        start_nghttpd h2c "${at[server]}" || return 1
        start_nghttpx "${at[proxy]}" --workers=1 \
            --backend="127.0.0.1,${URL##*:};;proto=h2" >&2 || return 1
        url=$PROXY_H2C
        [[ $transport == h2c ]] || url=$PROXY_TLS
        # The program forks: the process with the work to do is the newest.
        watched=$(pgrep -n -P "$PID") || watched=$PID
    else
        start_nghttpd "$transport" "${at[server]}" || return 1
        url=$URL watched=$PID
    fi
    load "${at[client]}" 1000 "$url/$file" || return 1
    before=$(spent_by "$watched")
    load "${at[client]}" "$REQUESTS" "$url/$file" || return 1
    if [[ $who == client ]]; then
        spent=$CLIENT_SPENT
    else
        spent=$(($(spent_by "$watched") - before))
    fi
    stop_servers >&2 || return 1
    awk -v spent="$spent" -v requests="$REQUESTS" 'BEGIN { print spent / requests }'
}

# spent_by PID: microseconds of processor time, by all its threads that there are.
spent_by() {
    awk '{ sum += $1 } END { printf "%d\n", sum / 1000 }' "/proc/$1/task/"*/schedstat
}

# load SIDE NUMBER URL: runs h2load; every request must succeed. CLIENT_SPENT becomes what it has spent.
load() {
    local TIMEFORMAT='%3U %3S' user system
    read -r user system < <({
        time env "$(library_path "$1")" timeout "$LIMIT" \
            h2load -n "$2" -c 10 -m 100 -t 1 "$3" >"$WORK/load" 2>&1
    } 2>&1)
    CLIENT_SPENT=$(awk -v user="$user" -v kernel="$system" 'BEGIN { print (user + kernel) * 1000000 }')
    grep -q "^requests: $2 total, $2 started, $2 done, $2 succeeded, 0 failed, 0 errored" "$WORK/load"
}

source "$HERE/need.sh"
source "$HERE/installed.sh"
source "$HERE/programs/report.sh"
source "$HERE/programs/process.sh"
source "$HERE/programs/fixtures.sh"
source "$HERE/programs/servers.sh"
source "$HERE/programs/packages.sh"
source "$HERE/programs/nghttpx.sh"
main "$@"
