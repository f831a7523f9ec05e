# shellcheck shell=bash
# Running programs with a chosen library, and making sure that it is the one they use.
#
# A side is `ours` (the library under test) or `original` (the installed one). Clients are checked
# through the dynamic loader's own report, servers through /proc/PID/maps.

declare -A RUNNING=() # process id of each running server → its side and name
declare -A LIBRARY=() # side → the file that must be loaded
declare -A CHOSEN=()  # ports that were given out

# choose_libraries LIB_DIR: finds both files. $WORK/ours holds nothing but our library, so that
# LD_LIBRARY_PATH replaces no other one, and a copy, so that a build in the meantime changes nothing.
choose_libraries() {
    local name found=
    for name in libnghttp2.so.14 libnghttp2.so; do
        if [[ -f $1/$name ]]; then
            found=$(realpath "$1/$name")
            break
        fi
    done
    [[ -n $found ]] || die "no libnghttp2.so.14 and no libnghttp2.so in $1"
    mkdir "$WORK/ours"
    cp "$found" "$WORK/ours/libnghttp2.so.14"
    LIBRARY[ours]=$(realpath "$WORK/ours/libnghttp2.so.14")
    printf 'ours:     %s\n' "$found"

    name=$(installed_library nghttp) || exit 1
    [[ -n $name ]] || die 'nghttp loads no libnghttp2.so.14'
    LIBRARY[original]=$name
    printf 'original: %s\n' "${LIBRARY[original]}"
}

# library_path SIDE: the argument that makes `env` choose the library. LIBRARIES is where a program
# that was unpacked rather than installed has the other ones.
library_path() {
    local path=${LIBRARIES-}
    if [[ $1 == ours ]]; then
        path=$WORK/ours${path:+:$path}
    fi
    if [[ -n $path ]]; then
        echo "LD_LIBRARY_PATH=$path"
    else
        echo -uLD_LIBRARY_PATH
    fi
}

# run SIDE COMMAND...: runs a program, LIMIT seconds at most, and passes on its exit status.
run() {
    local side=$1 trace status=0
    shift
    trace=$(mktemp -d "$WORK/trace.XXXXXX")
    timeout --foreground "$LIMIT" env "$(library_path "$side")" \
        LD_DEBUG=libs LD_DEBUG_OUTPUT="$trace/ld" "$@" </dev/null || status=$?
    sed -n 's/.*calling init: \(.*libnghttp2\.so.*\)/\1/p' "$trace"/ld.* | only_library "$side" || exit 1
    rm -r "$trace"
    return "$status"
}

# only_library SIDE: standard input names libnghttp2 files; they are all that side's one.
only_library() {
    local found
    found=$(sort -u | xargs -r realpath | sort -u)
    equal 'libnghttp2 in use' "${found:-none}" "${LIBRARY[$1]}" >&2
}

# start NAME SIDE PORT COMMAND...: starts a server, its output in $WORK/log/NAME, and returns
# when it listens on 127.0.0.1:PORT. PID is its process id.
start() {
    local name=$1 side=$2 port=$3 i
    shift 3
    env "$(library_path "$side")" "$@" </dev/null >"$WORK/log/$name" 2>&1 &
    PID=$!
    RUNNING[$PID]="$side $name"
    for ((i = 0; i < 500; i++)); do
        if in_use "$port" 0A; then
            return 0
        fi
        if ! kill -0 "$PID" 2>/dev/null; then
            break
        fi
        sleep 0.02
    done
    echo "$name does not listen on port $port:"
    tail -n 20 "$WORK/log/$name"
    return 1
}

# stop_servers: ends every running server. Fails if one used another library, had died, did not
# end, or ended in another way than through our signal.
stop_servers() {
    local pid bad=0
    for pid in "${!RUNNING[@]}"; do
        stop "$pid" || bad=1
    done
    return "$bad"
}

# stop PID
stop() {
    local pid=$1 side name process status=0 bad=0
    local family=("$pid")
    read -r side name <<<"${RUNNING[$pid]}"
    mapfile -t -O 1 family < <(pgrep -P "$pid")
    if kill -0 "$pid" 2>/dev/null; then
        for process in "${family[@]}"; do
            sed -n 's/^[^/]*\(\/.*libnghttp2\.so.*\)/\1/p' "/proc/$process/maps" |
                only_library "$side" || bad=1
        done
        kill "$pid"
    else
        echo "$name was gone before it was stopped"
        bad=1
    fi
    for process in "${family[@]}"; do
        if ! ended "$process"; then
            echo "$name, process $process, did not end within 10 s"
            kill -KILL "$process"
            bad=1
        fi
    done
    wait "$pid" 2>/dev/null || status=$?
    unset "RUNNING[$pid]"
    # 143 = ended by SIGTERM, 0 = caught it and left in order.
    if [[ $status != 0 && $status != 143 ]]; then
        echo "$name ended with status $status"
        bad=1
    fi
    # Apache replaces a child that crashed, and only says so here.
    if grep -s 'exit signal' "$WORK/$name/error.log"; then
        bad=1
    fi
    return "$bad"
}

# ended PID: waits until the process is gone, or a zombie, 10 s at most.
ended() {
    local i
    for ((i = 0; i < 500; i++)); do
        grep -q '^State:.[^ZX]' "/proc/$1/status" 2>/dev/null || return 0
        sleep 0.02
    done
    return 1
}

# choose_port: PORT becomes a free port below the range the system gives to clients, another one
# each time: it may take a while until somebody listens.
choose_port() {
    local i
    for ((i = 0; i < 100; i++)); do
        PORT=$((20000 + RANDOM % 10000))
        if [[ ! -v CHOSEN[$PORT] ]] && ! in_use "$PORT" '..'; then
            CHOSEN[$PORT]=yes
            return 0
        fi
    done
    echo 'no free port found'
    return 1
}

# in_use PORT STATE: the kernel knows a socket with this local port in this state (0A = listening).
in_use() {
    local hex
    printf -v hex '%04X' "$1"
    grep -qE "^ *[0-9]+: [0-9A-F]{8}:$hex [0-9A-F:]+ $2 " /proc/net/tcp
}
