# shellcheck shell=sh
# Sourced by other scripts:  . "$(dirname "$0")/need.sh"; need curl:curl libssl:libssl-dev
#
# Each argument is WHAT:PACKAGE.  WHAT is a command or a pkg-config module; if
# there is neither, the Debian PACKAGE is installed when we are root, and
# otherwise named.  (openssl is both a command and a module: ask for the module
# libssl when the headers are meant.)

# have WHAT: is there such a command or module?
have() {
    command -v "$1" >/dev/null 2>&1 && return 0
    command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$1" 2>/dev/null
}

# missing_packages WHAT:PACKAGE...: prints the packages that are not there.
missing_packages() {
    for pair in "$@"; do
        have "${pair%%:*}" || printf '%s\n' "${pair#*:}"
    done | sort -u | tr '\n' ' '
}

# apt_install PACKAGE...: with a fresh package list only if the old one fails.
apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    apt-get update >/dev/null && apt-get install -y --no-install-recommends "$@" >/dev/null
}

# need WHAT:PACKAGE...: returns when everything is there, else exits.
need() {
    # pkg-config itself is what tells us about modules.
    packages=$(missing_packages pkg-config:pkg-config "$@")
    [ -z "$packages" ] && return 0

    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing: $packages" >&2
        # shellcheck disable=SC2086  # a list of words
        apt_install $packages
        packages=$(missing_packages pkg-config:pkg-config "$@")
        [ -z "$packages" ] && return 0
    fi
    echo "Something is missing here. On Debian, as root:" >&2
    echo "    apt-get install --no-install-recommends $packages" >&2
    exit 1
}
