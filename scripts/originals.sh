#!/bin/sh
# The distribution's binaries of the original, unpacked below the build directory and never
# installed, as what our library is compared with.
#
#   scripts/originals.sh DIR
#
# Afterwards DIR/1.70.0 and DIR/1.64.0 hold libnghttp2.so.14 and include/nghttp2/. What is there
# already is left alone. Prints one line for each; what cannot be had is said loudly, and is for the
# caller to miss.
#
# 1.70.0 shows the behaviour wanted; 1.64.0 is the last release with RFC 7540 priorities.
set -eu

dir=${1:?usage: originals.sh DIR}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd -P)
here=$(cd "$(dirname "$0")" && pwd)
. "$here/need.sh"

# Package lists of our own, so that those of the system stay as they are. What is wanted is a certain
# release: a mirror that lags behind will do, as long as its lists are signed.
apt_options() {
    # The configured mirror; apt fills in $(SITE).
    # shellcheck disable=SC2016
    site=$(apt-get indextargets --format '$(SITE)' | grep -v security | head -n 1)
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    mkdir -p "$dir/apt/lists/partial" "$dir/apt/cache/archives/partial"
    for suite in trixie sid; do
        echo "deb [signed-by=$keys] $site $suite main"
    done >"$dir/apt/sources.list"
    echo "-o Dir::Etc::SourceList=$dir/apt/sources.list -o Dir::Etc::SourceParts=/dev/null
        -o Dir::State::Lists=$dir/apt/lists -o Dir::State::Status=/dev/null
        -o Dir::Cache=$dir/apt/cache -o APT::Sandbox::User=root
        -o APT::Default-Release= -o Acquire::Check-Valid-Until=false"
}

# prepare: sets options, and fetches the package lists; done once.
options=
prepare() {
    [ -z "$options" ] || return 0
    if ! have apt-get || ! have dpkg-deb; then
        echo 'there is no apt-get, or no dpkg-deb' >&2
        return 1
    fi
    options=$(apt_options)
    # What is out of date may still do.
    # shellcheck disable=SC2086  # a list of words
    apt-get $options -qq update || true
}

# version PACKAGE RELEASE: the package's version of that release, if there is one.
version() {
    # shellcheck disable=SC2086  # a list of words
    apt-cache $options madison "$1" |
        awk -F '|' -v release="$2" '{ gsub(/ /, "") } index($2, release "-") == 1 { print $2; exit }'
}

# unpack RELEASE: downloads the library and its header. What fails here does not end the script.
unpack() {
    new=$dir/new
    rm -rf "$new" && mkdir "$new" || return 1
    for package in libnghttp2-14 libnghttp2-dev; do
        found=$(version $package "$1")
        [ -n "$found" ] || { echo "the mirror has no $package $1" >&2; return 1; }
        # shellcheck disable=SC2086
        (cd "$new" && apt-get $options -q download "$package=$found" >/dev/null) || return 1
        dpkg-deb -x "$new/$package"_*.deb "$new/package" || return 1
    done
    mkdir "$new/release" &&
        cp "$new"/package/usr/lib/*/libnghttp2.so.14.* "$new/release/libnghttp2.so.14" &&
        cp -r "$new/package/usr/include" "$new/release/include" &&
        rm -rf "${dir:?}/$1" && mv "$new/release" "$dir/$1" && rm -rf "$new"
}

for release in 1.70.0 1.64.0; do
    if [ ! -e "$dir/$release/libnghttp2.so.14" ]; then
        if ! { prepare && unpack "$release"; }; then
            echo "MISSING: release $release of the original could not be had" >&2
            continue
        fi
    fi
    echo "$dir/$release/libnghttp2.so.14"
done
rm -rf "$dir/apt" "$dir/new"
