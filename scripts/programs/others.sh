# shellcheck shell=bash
# The programs beyond those that programs.sh cannot do without: which there are, and the rounds in
# which the first one shows what the original does.

OTHERS=(wget2 node dns)
ALONE=(soup tshark)
declare -A AVAILABLE=() # those that could be provided

other_programs() {
    local name
    mkdir "$WORK/reference"
    for name in "${OTHERS[@]}" "${ALONE[@]}"; do
        "provide_$name" && AVAILABLE[$name]=yes
    done

    other_pair original original
    other_pair ours original
    other_pair original ours
    if [[ $SMOKE == no ]]; then
        other_pair ours ours
    fi
    other_alone original
    other_alone ours
}

# other_pair CLIENT SERVER: two processes, each on its side.
other_pair() {
    local name
    CLIENT=$1 SERVER=$2 PAIR=$1/$2
    start_shared_servers || die 'the servers do not start'
    for name in "${OTHERS[@]}"; do
        if [[ -v AVAILABLE[$name] ]]; then
            "${name}_cases"
        fi
    done
    stop_shared_servers
}

# other_alone SIDE: programs in which one process does it all.
other_alone() {
    local name
    SIDE=$1 PAIR=$1
    for name in "${ALONE[@]}"; do
        if [[ -v AVAILABLE[$name] ]]; then
            "${name}_cases"
        fi
    done
}
