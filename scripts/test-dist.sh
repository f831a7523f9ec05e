#!/bin/sh
# Makes the source archive, and builds from it where nothing can be downloaded.
#
#   scripts/test-dist.sh
#
# The library must be that which the commit itself gives, octet by octet.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
need git:git make:make cc:gcc xz:xz-utils

. "$here/check.sh"
begin 600

same() {
    sha256sum "$1" "$2"
    cmp "$1" "$2"
}

# ---- the archive ----

under_other_circumstances() {
    umask 077
    TZ=Asia/Kathmandu LC_ALL=C "$here/dist.sh" "$work/two"
}
check 'make dist' "$here/dist.sh" "$work/one"
check 'again, under other circumstances' under_other_circumstances
stop_on_failure
archive=$(cd "$work/one" && echo *.tar.xz)
inside=${archive%.tar.xz}
check 'the same octets' same "$work/one/$archive" "$work/two/$archive"

tar -x -f "$work/one/$archive" -C "$work" || exit 1
tree=$work/$inside
head=$work/head
mkdir "$head" && git archive HEAD | tar -x -C "$head" || exit 1

# What is not in the commit is vendor/ and the whole workspace; what differs is the workspace, and that
# crates are taken from vendor/.
has_the_commit() {
    diff -r "$head" "$tree" >"$work/difference"
    sed -n 's/^diff -r [^ ]* //p; s/^Only in //p; s/^Binary files \(.*\) differ/\1/p' "$work/difference" |
        sed "s|^$work/||" | sort >"$work/differs"
    cat "$work/differs"
    printf '%s\n' "$inside/.cargo/config.toml" "$inside/.cargo: whole-workspace" "$inside/Cargo.lock" \
        "$inside/Cargo.toml" "$inside: vendor" | sort | cmp - "$work/differs"
}
check 'all of the commit is there' has_the_commit
has_the_whole_workspace() {
    for file in Cargo.toml Cargo.lock .cargo/config.toml; do
        same "$tree/.cargo/whole-workspace/$file" "$head/$file" || return 1
    done
}
check 'the whole workspace can be brought back' has_the_whole_workspace

# packages FILE: name, version and checksum of those that are vendored, one a line.
packages() {
    awk -v RS= '$11 == "checksum" { print $4, $7, $13 }' "$1" | sort
}
same_crates() {
    packages "$tree/Cargo.lock" >"$work/small"
    packages "$head/Cargo.lock" >"$work/large"
    cat "$work/small"
    [ -s "$work/small" ] && [ -z "$(comm -23 "$work/small" "$work/large")" ] &&
        [ "$(cut -d ' ' -f 1 "$work/small" | tr -d '"')" = "$(ls "$tree/vendor")" ]
}
check 'vendored are the crates of Cargo.lock, and no others' same_crates
have_licences() {
    for crate in "$tree"/vendor/*; do
        find "$crate" -maxdepth 1 -name 'LICENSE*' | grep . || return 1
    done
}
check 'each with its licence' have_licences

# ---- building ----

# without_network COMMAND...: cargo has no crates but those of the archive, may not ask for others, and
# would get nowhere if it did.
without_network() {
    rm -rf "$work/cargo"
    env -u CARGO_TARGET_DIR CARGO_HOME="$work/cargo" CARGO_NET_OFFLINE=true \
        CARGO_HTTP_PROXY=127.0.0.1:1 "$@" 2>&1
}
builds_offline() {
    without_network make -C "$tree" >"$work/built" || { cat "$work/built"; return 1; }
    cat "$work/built"
    grep Finished "$work/built" && ! grep -iE 'warning|download|updating' "$work/built"
}
check 'builds without a network' builds_offline

# The same with the commit must not work, or nothing was shown.
needs_a_network() {
    without_network make -C "$head" >"$work/refused" && return 1
    cat "$work/refused"
    grep -i offline "$work/refused"
}
check 'the commit by itself does not' needs_a_network

check 'the commit, with a network' env -u CARGO_TARGET_DIR make -s -C "$head"
for file in libnghttp2.so libnghttp2.a; do
    check "$file: the same from both" same "$tree/target/release/$file" "$head/target/release/$file"
done
check 'installs' without_network make -s -C "$tree" install PREFIX="$work/installed" LDCONFIG=:
check 'the tests of the engine, without a network' without_network make -s -C "$tree" check-engine
finish
