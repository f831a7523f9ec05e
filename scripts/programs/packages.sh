# shellcheck shell=bash
# The Debian packages with the other users of libnghttp2.
#
# Most are installed like everything else (need.sh). Some had better not be: they would start a
# service (as nghttpx and the name servers do), replace another vendor's Node.js, or draw in half a
# distribution. Of those, the files are unpacked below the build directory, once, and run from there
# with their own libraries.

PACKAGES=${CARGO_TARGET_DIR:-$HERE/../target}/packages

declare -A ROOT=() # name → where its files were unpacked

# provide TITLE COMMAND...: a case of its own, which makes a program available. Returns whether it
# is: what is missing counts as failed, and its cases are left out.
provide() {
    local title=$1 log="$WORK/case.log" status=0 PAIR='Debian packages'
    shift
    "$@" >"$log" 2>&1 || status=$?
    verdict "$status" "$title" "$log"
    return "$status"
}

# installed WHAT:PACKAGE...: need, which exits, for something that others can do without.
installed() {
    (need "$@")
}

# unpack NAME PROGRAM PACKAGE...: sets ROOT[NAME], below which PROGRAM finds all its libraries.
unpack() {
    local name=$1 program=$2 partial
    shift 2
    # Another list of packages is another directory.
    ROOT[$name]=$(realpath -m "$PACKAGES/$name.$(cksum <<<"$*" | cut -d ' ' -f 1)")
    if [[ ! -d ${ROOT[$name]} ]]; then
        mkdir -p "$PACKAGES" || return 1
        partial=$(mktemp -d "$PACKAGES/partial.XXXXXX") || return 1
        if ! download_into "$partial" "$@"; then
            rm -r "$partial"
            return 1
        fi
        # Fails if another run was quicker.
        mv -T "$partial" "${ROOT[$name]}" || rm -r "$partial"
    fi
    complete "$name" "${ROOT[$name]}/$program"
}

# download_into DIRECTORY PACKAGE...
download_into() (
    local archive
    chmod 755 "$1"
    mkdir "$1/archives"
    cd "$1/archives" || return 1
    shift
    download "$@" || { apt-get -q update && download "$@"; } || return 1
    for archive in *.deb; do
        dpkg-deb -x "$archive" .. || return 1
    done
    rm -r ../archives
)

# download PACKAGE...: PACKAGE may be THIS@OTHER, which is THIS in the version of OTHER.
download() {
    local package wanted=()
    for package in "$@"; do
        if [[ $package == *@* ]]; then
            package=${package%@*}=$(apt-cache show --no-all-versions "${package#*@}" |
                sed -n '/^Version: /{s///p;q}')
        fi
        wanted+=("$package")
    done
    apt-get -q -o APT::Sandbox::User=root download "${wanted[@]}"
}

# complete NAME PROGRAM: it is there, uses libnghttp2, and lacks no library.
complete() {
    local libraries
    libraries=$(of "$1" loaded_libraries "$2") || return 1
    if grep 'not found' <<<"$libraries"; then
        return 1
    fi
    if ! grep -q 'libnghttp2\.so\.14' <<<"$libraries"; then
        echo "$2 does not use libnghttp2"
        return 1
    fi
}

loaded_libraries() {
    env "$(library_path original)" ldd "$1"
}

# of NAME COMMAND...: runs one of our functions for the unpacked program NAME.
of() {
    # shellcheck disable=SC2034  # library_path reads it.
    local LIBRARIES=${ROOT[$1]}/usr/lib/x86_64-linux-gnu
    shift
    "$@"
}
