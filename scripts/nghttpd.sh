# shellcheck shell=sh
# Sourced by test scripts after check.sh: starts nghttpd, whichever library it runs on.

# start_nghttpd DIRECTORY [KEY CERTIFICATE]: serves the files on a free port of 127.0.0.1, with TLS if
# there is a key. Sets port, and server to the number of the process.
start_nghttpd() {
    served=$1
    shift
    for attempt in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + attempt * 1009) % 12000))
        if [ $# -eq 0 ]; then
            nghttpd --address=127.0.0.1 --htdocs="$served" --no-tls "$port" &
        else
            nghttpd --address=127.0.0.1 --htdocs="$served" "$port" "$@" &
        fi
        server=$!
        children="$children $server"
        # If somebody else has the port, ours ends at once.
        sleep 0.1
        listens "$server" && return 0
    done
    return 1
}

# listens PID: it lives, and there is a socket that listens on $port.
listens() {
    for _ in $(seq 100); do
        kill -0 "$1" 2>/dev/null || return 1
        grep -q "^ *[0-9]*: 0100007F:$(printf %04X "$port") [0-9A-F:]* 0A " /proc/net/tcp && return 0
        sleep 0.05
    done
    return 1
}
