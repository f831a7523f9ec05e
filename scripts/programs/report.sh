# shellcheck shell=bash disable=SC2034  # RUNNING belongs to process.sh.
# Cases and expectations: running them, counting them, one line of output for each.

CASES=0
FAILURES=0

# check TITLE COMMAND...: one case. The command runs in a subshell that ends at the first line
# that fails, with an empty directory OUT; servers started by the case end with it. Never call
# check where bash ignores errors (after `if`, before `&&`).
check() {
    local title=$1 log="$WORK/case.log"
    shift
    (
        set -e
        RUNNING=()
        trap stop_servers EXIT
        rm -rf "$OUT"
        mkdir "$OUT"
        "$@"
        stop_servers
    ) >"$log" 2>&1
    verdict $? "$title" "$log"
}

# verdict STATUS TITLE LOG: counts a case and prints its line, with the log if it failed.
verdict() {
    CASES=$((CASES + 1))
    if [[ $1 == 0 ]]; then
        printf 'ok %d %s (%s)\n' "$CASES" "$2" "$PAIR"
        return
    fi
    FAILURES=$((FAILURES + 1))
    printf 'not ok %d %s (%s)\n' "$CASES" "$2" "$PAIR"
    tail -n 40 "$3" | cut -c 1-300 | sed 's/[^[:print:]\t]/./g; s/^/    /'
    if ((FAILURES == 15)); then
        die 'too many failures, giving up'
    fi
}

# has FILE PATTERN...: every extended regular expression matches some line.
has() {
    local file=$1 pattern
    shift
    for pattern in "$@"; do
        if ! grep -aqE -- "$pattern" "$file"; then
            echo "no line matches /$pattern/ in:"
            head -c 6000 "$file"
            return 1
        fi
    done
}

# lacks FILE PATTERN...: no line matches any of the extended regular expressions.
lacks() {
    local file=$1 pattern
    shift
    for pattern in "$@"; do
        if grep -aE -- "$pattern" "$file"; then
            echo "unwanted: a line matches /$pattern/"
            return 1
        fi
    done
}

# count FILE PATTERN NUMBER: exactly so many lines match.
count() {
    local found
    found=$(grep -acE -- "$2" "$1" || true)
    equal "lines matching /$2/" "$found" "$3"
}

# ordered FILE PATTERN1 PATTERN2: the first match of one comes before the first match of the other.
ordered() {
    local first second
    has "$1" "$2" "$3"
    first=$(grep -anE -m 1 -- "$2" "$1" | cut -d : -f 1)
    second=$(grep -anE -m 1 -- "$3" "$1" | cut -d : -f 1)
    if ((first >= second)); then
        echo "/$2/ (line $first) should come before /$3/ (line $second)"
        return 1
    fi
}

# equal WHAT GOT WANTED
equal() {
    if [[ $2 != "$3" ]]; then
        printf '%s: got %s, wanted %s\n' "$1" "$2" "$3"
        return 1
    fi
}

# same FILE1 FILE2: the two have the same bytes.
same() {
    cmp -- "$1" "$2"
}
