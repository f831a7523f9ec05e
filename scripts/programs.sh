#!/bin/bash
# Real work by unmodified programs with a given libnghttp2: curl, nghttp, h2load, nghttpd, nghttpx
# and Apache, each on either side of the installed original. Then Debian's other programs that use
# it, compared with what they do on the original: wget2, Node.js, DNS over HTTPS (named, unbound,
# dnsdist, kdig, dnsperf), libsoup's tests, tshark.
#
#   scripts/programs.sh [--smoke] [--no-priorities] [--keep] LIB_DIR
#
# LIB_DIR holds libnghttp2.so.14 (or libnghttp2.so). --smoke takes smaller files, fewer requests,
# and leaves out the rounds with our library on all sides. --no-priorities is for a library without
# RFC 7540 priorities, as the original's releases from 1.65. --keep leaves the working directory
# with all logs.
#
# Everything listens on 127.0.0.1 and lives in one temporary directory; packages that are better not
# installed are unpacked below the build directory and stay there. One line per case; exit status 1
# if a case failed, or a program is missing.

# shellcheck source-path=SCRIPTDIR
HERE=$(cd "$(dirname "$0")" && pwd)
source "$HERE/programs/begin.sh"

main() {
    read_arguments "$@"
    need curl:curl nghttp:nghttp2-client h2load:nghttp2-client nghttpd:nghttp2-server \
        apache2:apache2-bin openssl:openssl pgrep:procps
    make_workspace
    provide_nghttpx >"$WORK/nghttpx.log" 2>&1 || die "no nghttpx: $(tail -n 20 "$WORK/nghttpx.log")"
    choose_libraries "$LIB_DIR"
    make_fixtures

    two_programs ours original
    two_programs original ours
    three_programs original ours original
    three_programs ours original ours
    if [[ $SMOKE == no ]]; then
        two_programs ours ours
        three_programs ours ours ours
    fi
    other_programs
    printf '%d cases, %d failed, %d s\n' "$CASES" "$FAILURES" "$SECONDS"
    ((FAILURES == 0))
}

read_arguments() {
    BIG_SIZE=104857600 BIG_NAME='100 MB' PARTS=50 REQUESTS=100000 LIMIT=90
    PRIORITIES=yes SMOKE=no
    while [[ $# -gt 1 ]]; do
        case $1 in
            --smoke) SMOKE=yes BIG_SIZE=5242880 BIG_NAME='5 MB' PARTS=20 REQUESTS=5000 LIMIT=20 ;;
            --no-priorities) PRIORITIES=no ;;
            --keep) KEEP=yes ;;
            *) die "unknown option $1" ;;
        esac
        shift
    done
    [[ $# == 1 && -d $1 ]] || die 'usage: programs.sh [--smoke] [--no-priorities] [--keep] LIB_DIR'
    LIB_DIR=$1
}

# two_programs CLIENT SERVER: the cases with one connection, both ends on the given sides.
two_programs() {
    CLIENT=$1 SERVER=$2 PAIR=$1/$2
    start_shared_servers || die 'the servers do not start'
    curl_cases
    nghttp_cases
    nghttpd_cases
    h2load_cases
    stop_shared_servers
}

# three_programs CLIENT PROXY SERVER
three_programs() {
    CLIENT=$1 PROXY=$2 SERVER=$3 PAIR=$1/$2/$3
    start_shared_servers || die 'the servers do not start'
    start_proxied || die 'nghttpx does not start'
    nghttpx_cases
    start_apache_proxy || die 'Apache does not start'
    apache_proxy_cases
    stop_shared_servers
}

start_shared_servers() {
    start_nghttpd h2c "$SERVER" --echo-upload || return 1
    NGHTTPD_H2C=$URL
    start_nghttpd tls "$SERVER" --echo-upload || return 1
    NGHTTPD_TLS=$URL
    start_apache "$SERVER"
}

stop_shared_servers() {
    local log="$WORK/case.log"
    stop_servers >"$log" 2>&1
    verdict $? 'all servers lived to the end and used the intended library' "$log"
}

source "$HERE/need.sh"
source "$HERE/installed.sh"
source "$HERE/programs/report.sh"
source "$HERE/programs/process.sh"
source "$HERE/programs/fixtures.sh"
source "$HERE/programs/servers.sh"
source "$HERE/programs/curl.sh"
source "$HERE/programs/nghttp.sh"
source "$HERE/programs/nghttpd.sh"
source "$HERE/programs/h2load.sh"
source "$HERE/programs/nghttpx.sh"
source "$HERE/programs/apache.sh"
source "$HERE/programs/packages.sh"
source "$HERE/programs/compare.sh"
source "$HERE/programs/others.sh"
source "$HERE/programs/wget2.sh"
source "$HERE/programs/node.sh"
source "$HERE/programs/dns-servers.sh"
source "$HERE/programs/dns.sh"
source "$HERE/programs/soup.sh"
source "$HERE/programs/tshark.sh"
main "$@"
