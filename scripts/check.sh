# shellcheck shell=sh
# Sourced by test scripts: counted cases, a scratch directory, and an end that
# leaves nothing behind.
#
#   . "$(dirname "$0")/check.sh"
#   begin 600                    sets $work; no case starts after 600 seconds
#   check 'two is two' test 2 = 2
#   finish                       prints the count; fails if a case has failed
#
# A script that starts processes adds their numbers to $children; they are
# stopped at the end, whatever the end is.

# begin SECONDS
begin() {
    deadline=$(($(date +%s) + $1))
    passed=0
    failed=0
    children=
    work=$(mktemp -d) && work=$(cd "$work" && pwd -P) || exit 1
    trap clean_up EXIT
    trap 'exit 1' HUP INT TERM PIPE
}
clean_up() {
    for child in $children; do
        stop "$child"
    done
    rm -rf "$work"
}

# ended PID: waits, for ten seconds, until it has ended by itself.
ended() {
    for _ in $(seq 100); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.1
    done
    return 1
}
# stop PID: ends one of our own processes by its number; politely, then firmly.
# If it has ended already, the number may belong to somebody else by now.
stop() {
    grep -qs "^PPid:[^0-9]*$$\$" "/proc/$1/status" || return 0
    kill -TERM "$1" 2>/dev/null || true
    ended "$1" || kill -KILL "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

# check NAME COMMAND...: one case; what the command said is shown if it fails.
check() {
    name=$1
    shift
    [ "$(date +%s)" -lt "$deadline" ] || { echo "FAIL  out of time before: $name"; exit 1; }
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok    $name"
    else
        failed=$((failed + 1))
        echo "FAIL  $name"
        tail -n 40 "$work/log" | LC_ALL=C tr -cd '\11\12\40-\176' | sed 's/^/      | /'
    fi
}
# For cases without which the others make no sense.
stop_on_failure() {
    [ "$failed" -eq 0 ] || { finish; exit 1; }
}
# The last command of a script, so that it gives the exit status.
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# announced LOG TENTHS: waits so long for the line by which a server says where it listens, and prints that.
announced() {
    for _ in $(seq "$2"); do
        sed -n 's/^listening on //p' "$1" | grep . && return 0
        sleep 0.1
    done
    cat "$1" >&2
    return 1
}

# refuses COMMAND...: it must fail on its own account: not killed, not faulted
# by valgrind (99), not out of time (124).
refuses() {
    "$@"
    status=$?
    [ "$status" -gt 0 ] && [ "$status" -lt 99 ]
}
