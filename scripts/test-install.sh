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

cat >"$work/version.c" <<'EOF'
#include <nghttp2/nghttp2.h>
#if __has_include(<nghttp2/nghttp2x.h>)
#  include <nghttp2/nghttp2x.h>
#else
#  error "the header with our additions is missing"
#endif
#include <stdio.h>
#include <string.h>

int main(void) {
  const nghttp2_info *info = nghttp2_version(0);
  nghttp2_option *option;
  if (nghttp2_option_new(&option) != 0) return 1;
  nghttp2x_option_set_max_header_list(option, 65536, 100);
  nghttp2_option_del(option);
  puts(info->version_str);
  return strcmp(info->version_str, NGHTTP2_VERSION) != 0 ||
         info->version_num != NGHTTP2_VERSION_NUM;
}
EOF
# build NAME FLAG...
build() {
    output=$work/$1
    shift
    "${CC:-cc}" -std=c11 -Wall -Wextra -Werror -o "$output" "$work/version.c" "$@"
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
