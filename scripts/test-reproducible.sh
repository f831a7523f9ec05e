#!/bin/sh
# Builds these sources twice, under circumstances that must not matter, and compares the libraries
# octet by octet, also with the one that make has built.
#
#   scripts/test-reproducible.sh TARGET_DIR
#
# No flag is needed for it: what cargo takes names from is relative to the workspace, and the release
# profile keeps neither debug information nor source locations, so no path gets in.
set -u
target=$(cd "${1:?usage: test-reproducible.sh TARGET_DIR}" && pwd -P) || exit 1
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
need make:make cc:gcc

. "$here/check.sh"
begin 600

# copy DIR: these sources, as they are now.
copy() {
    mkdir -p "$1" && tar -c --exclude-vcs --exclude=./target --exclude=".${target#"$PWD"}" . |
        tar -x -C "$1"
}
first=$work/first
second="$work/another place, with a longer name/second"
copy "$first" && copy "$second" || exit 1

# The second build sees the same crates by another path.
crates=${CARGO_HOME:-$HOME/.cargo}
mkdir -p "$crates/registry" "$work/cargo" && ln -s "$crates/registry" "$work/cargo/registry" || exit 1

# build DIR VARIABLE...
build() {
    directory=$1
    shift
    env -u CARGO_TARGET_DIR "$@" make -s -C "$directory"
}
elsewhere() {
    umask 077
    build "$second" CARGO_HOME="$work/cargo" CARGO_TARGET_DIR="$work/output" CARGO_BUILD_JOBS=1 \
        TZ=Asia/Kathmandu LC_ALL=C HOSTNAME=elsewhere USER=somebody
}
check 'one build' build "$first"
check 'another, elsewhere' elsewhere
stop_on_failure

# Else the two would not have been built where we think.
was_built_in() {
    grep -F "$(echo "$1" | sed 's/ /\\ /g')/src/lib.rs" "$2/release/libnghttp2.d"
}
check 'the one in its directory' was_built_in "$first" "$first/target"
check 'the other in its own' was_built_in "$second" "$work/output"

same() {
    sha256sum "$1" "$2"
    cmp "$1" "$2"
}
knows_no_path() {
    for path in "$work" "$crates" "$HOME/" "$PWD"; do
        ! grep -aF "$path" "$1" >/dev/null || { echo "$1 has $path in it"; return 1; }
    done
}
for file in libnghttp2.so libnghttp2.a; do
    check "$file: both are the same" same "$first/target/release/$file" "$work/output/release/$file"
    check "$file: as is the one make has built" same "$first/target/release/$file" "$target/release/$file"
    check "$file: no path of this machine is in it" knows_no_path "$first/target/release/$file"
done
sha256sum "$work/output/release/libnghttp2.so" | cut -d ' ' -f 1
finish
