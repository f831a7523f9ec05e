#!/bin/sh
# Installs into a scratch directory as a packager would, looks at what is there, builds programs
# against it in both ways, and uninstalls.
#
#   scripts/test-install.sh
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
need cc:gcc readelf:binutils

. "$here/check.sh"
begin 300

libdir=/usr/lib/some-triplet
root=$work/root
lib=$root$libdir

# make_it TARGET [VARIABLE=VALUE...]
make_it() {
    make -s "$@" PREFIX=/usr LIBDIR=$libdir DESTDIR="$root"
}
check 'make install' make_it install
stop_on_failure
check 'make install again, without cargo' make_it install CARGO=false

file=$(cd "$lib" && echo libnghttp2.so.14.*)
check 'one file, two links' \
    test "$(readlink "$lib/libnghttp2.so.14") $(readlink "$lib/libnghttp2.so")" = "$file $file"
check 'the soname' sh -c "readelf -d '$lib/$file' | grep -q 'soname: .libnghttp2.so.14.'"

needs_libc_only() {
    needed=$(readelf -d "$lib/$file" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p')
    echo "$needed"
    [ "$needed" = libc.so.6 ]
}
check 'it needs libc only' needs_libc_only

everything_is_readable() {
    # Links are as readable as what they lead to.
    [ -z "$(find "$root" -type f ! -perm 644)" ] && [ -z "$(find "$root" -type d ! -perm 755)" ]
}
# CMake files are filled in; what they do is the subject of test-consumers.sh.
nothing_is_left_open() {
    test -e "$lib/cmake/nghttp2/nghttp2Config.cmake" && test -e "$lib/pkgconfig/libnghttp2.pc" &&
        ! grep -r '@[A-Z_]*@' "$lib/cmake" "$lib/pkgconfig"
}
check 'no name in a template is left open' nothing_is_left_open
check 'files are 644, directories 755' everything_is_readable

pages=$root/usr/share/man/man3
check 'a man page' grep -q '^\.Nm nghttp2_submit_request2$' "$pages/nghttp2_submit_request2.3"
check 'a constant leads to its enumeration' \
    test "$(readlink "$pages/NGHTTP2_ERR_NOMEM.3")" = nghttp2_error.3
lead_somewhere() {
    lost=$(find "$pages" -type l ! -exec test -f {} \; -print)
    echo "$lost"
    [ -z "$lost" ]
}
check 'links between man pages' lead_somewhere

PKG_CONFIG_PATH=$lib/pkgconfig
PKG_CONFIG_SYSROOT_DIR=$root
PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1
export PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR PKG_CONFIG_ALLOW_SYSTEM_CFLAGS

# build NAME FLAG...
build() {
    output=$work/$1
    shift
    "${CC:-cc}" -std=c11 -Wall -Wextra -Werror -o "$output" "$here/consumer/consumer.c" "$@"
}
# shellcheck disable=SC2046  # a list of words
check 'a program with the shared library' \
    build shared $(pkg-config --cflags --libs libnghttp2)
# shellcheck disable=SC2046  # a list of words
check 'a program with the static library' \
    build static -static $(pkg-config --static --cflags --libs libnghttp2)

says_the_version() {
    said=$(LD_LIBRARY_PATH=$lib "$1") && echo "$said" &&
        [ "$said" = "$(pkg-config --modversion libnghttp2)" ]
}
check 'header, library and .pc agree, shared' says_the_version "$work/shared"
check 'header, library and .pc agree, static' says_the_version "$work/static"

check 'make uninstall' make_it uninstall
check 'nothing is left' test -z "$(find "$root" ! -type d)"
finish
