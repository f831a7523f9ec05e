# shellcheck shell=bash
# Sourced first by scripts that run other people's programs: the environment, and a place to work in.

set -uo pipefail
shopt -s inherit_errexit
export LC_ALL=C
export PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
unset LD_LIBRARY_PATH LD_PRELOAD LD_DEBUG
unset http_proxy https_proxy all_proxy HTTPS_PROXY ALL_PROXY

# Whether the place stays when the script ends.
KEEP=no

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# make_workspace: sets WORK and OUT. With the script end its servers, too; they change their user, so the
# directory must be open to all.
make_workspace() {
    WORK=$(mktemp -d "${TMPDIR:-/tmp}/${0##*/}.XXXXXX") || exit 1
    chmod 755 "$WORK"
    OUT=$WORK/out
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 141' PIPE
    trap 'exit 143' TERM
}

clean_up() {
    trap '' PIPE
    stop_servers >&2
    if [[ $KEEP == yes ]]; then
        echo "logs: $WORK"
    else
        rm -rf "$WORK"
    fi
}
