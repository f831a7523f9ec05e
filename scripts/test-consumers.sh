#!/bin/sh
# Builds a small program on an installed library in each way that build systems have, and runs it:
# with pkg-config, CMake and Meson, on the shared library and on the static one.
#
#   scripts/test-consumers.sh
#
# CMake files must also work where they were not installed to, and find_package must be told the truth
# about versions.
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
need cc:gcc readelf:binutils cmake:cmake meson:meson ninja:ninja-build

. "$here/check.sh"
begin 300

prefix=$work/installed
# Where this system has its libraries below a prefix: CMake looks there of itself.
triplet=$("${CC:-cc}" -print-multiarch) || exit 1
below=lib${triplet:+/$triplet}
lib=$prefix/$below
make_it() {
    make -s "$1" PREFIX="$prefix" LIBDIR="$lib" INCLUDEDIR="$prefix/include" DESTDIR= LDCONFIG=:
}
check 'make install' make_it install
stop_on_failure

version=$(sed -n 's/^interface = "\(.*\)"/\1/p' Cargo.toml)
PKG_CONFIG_PATH=$lib/pkgconfig
export PKG_CONFIG_PATH

# runs_shared PROGRAM [LIB]: it loads our library, and says our version.
runs_shared() {
    readelf -d "$1" | grep -F 'Shared library: [libnghttp2.so.14]' || return 1
    LD_LIBRARY_PATH=${2:-$lib} ldd "$1" | grep -F "=> ${2:-$lib}/libnghttp2.so.14" || return 1
    says "$version" env LD_LIBRARY_PATH="${2:-$lib}" "$1"
}
# runs_static PROGRAM: it says our version without loading any libnghttp2.
runs_static() {
    readelf -d "$1" >"$work/dynamic" || return 1
    ! grep nghttp2 "$work/dynamic" && says "$version" "$1"
}
# says TEXT COMMAND...
says() {
    expected=$1
    shift
    said=$("$@") || { echo "failed, saying: $said"; return 1; }
    echo "$said"
    [ "$said" = "$expected" ]
}

# ---- pkg-config ----

# build NAME FLAG...
build() {
    output=$work/$1
    shift
    "${CC:-cc}" -std=c11 -Wall -Wextra -Werror -o "$output" "$here/consumer/consumer.c" "$@"
}
# shellcheck disable=SC2046  # lists of words
{
    check 'pkg-config, shared: builds' build shared $(pkg-config --cflags --libs libnghttp2)
    check 'pkg-config, static: builds' build static -Wl,-Bstatic \
        $(pkg-config --static --cflags --libs libnghttp2) -Wl,-Bdynamic
    check 'pkg-config, everything static: builds' build all-static -static \
        $(pkg-config --static --cflags --libs libnghttp2)
}
check 'pkg-config, shared: runs' runs_shared "$work/shared"
check 'pkg-config, static: runs' runs_static "$work/static"
check 'pkg-config, everything static: runs' runs_static "$work/all-static"

# What --static adds is nothing. So the archive, all of it, must be content with the C library.
needs_nothing_else() {
    [ -z "$(pkg-config --static --libs-only-l libnghttp2 | sed 's/-lnghttp2//; s/ //g')" ] &&
        "${CC:-cc}" -shared -nodefaultlibs -Wl,-z,defs -o "$work/whole.so" \
            -Wl,--whole-archive "$lib/libnghttp2.a" -Wl,--no-whole-archive -lc
}
check 'pkg-config --static names all that the archive needs' needs_nothing_else

# ---- CMake ----

# configure DIR ARGUMENT...: as a user does, who has set none of CMake's variables elsewhere.
configure() {
    into=$1
    shift
    env -u CMAKE_PREFIX_PATH cmake -S "$here/consumer" -B "$work/$into" -G Ninja \
        -DCMAKE_C_FLAGS='-std=c11 -Wall -Wextra -Werror' "$@"
}
# by_cmake DIR PREFIX WANTED: configures and builds both programs; our files were found, and no others.
by_cmake() {
    configure "$1" -DCMAKE_PREFIX_PATH="$2" -DWANTED="$3" \
        >"$work/configured" 2>&1 || { cat "$work/configured"; return 1; }
    cat "$work/configured"
    grep -F "found $version in $2/$below/cmake/nghttp2" "$work/configured" &&
        cmake --build "$work/$1"
}
check 'CMake: builds' by_cmake cmake "$prefix" 1.52
check 'CMake, shared: runs' runs_shared "$work/cmake/shared"
check 'CMake, static: runs' runs_static "$work/cmake/static"

# accepts WANTED: find_package does. refused WANTED: it does not, and for its version.
accepts() {
    configure versions --fresh -DCMAKE_PREFIX_PATH="$prefix" -DWANTED="$1"
}
refused() {
    ! accepts "$1" >"$work/refusal" 2>&1 || { cat "$work/refusal"; return 1; }
    cat "$work/refusal"
    grep -F "nghttp2Config.cmake, version: $version" "$work/refusal"
}
for wanted in '' 1 1.40 "$version" "$version;EXACT" 1.50...1.99 '1.50...<2' "1.50...$version"; do
    check "CMake: version '$wanted' is there" accepts "$wanted"
done
for wanted in 0.9 1.99 2 '1.52;EXACT' 0.5...1.99 1.71...1.99 1.40...1.60 "1.50...<$version"; do
    check "CMake: version '$wanted' is not" refused "$wanted"
done

# ---- Meson ----

by_meson() {
    meson setup "$work/meson" "$here/consumer" -Dwerror=true && ninja -C "$work/meson"
}
check 'Meson: builds' by_meson
check 'Meson, shared: runs' runs_shared "$work/meson/shared"
check 'Meson, static: runs' runs_static "$work/meson/static"

# ---- moved, and found through a link ----

# As /lib is a link to usr/lib: from there the headers are not where they seem to be.
moved=$work/somewhere/else
mkdir "$work/somewhere" && mv "$prefix" "$moved" && mkdir "$work/linked" &&
    ln -s "$moved/lib" "$work/linked/lib" || exit 1
check 'moved, CMake: builds' by_cmake moved "$moved" 1.52
check 'moved, CMake, shared: runs' runs_shared "$work/moved/shared" "$moved/$below"
check 'moved, CMake, static: runs' runs_static "$work/moved/static"
check 'through a link, CMake: builds' by_cmake linked "$work/linked" 1.52
check 'through a link, CMake, shared: runs' runs_shared "$work/linked/shared" "$moved/$below"

rm "$moved/$below/libnghttp2.a"
half_installed() {
    ! accepts 1.52 >"$work/refusal" 2>&1 || return 1
    cat "$work/refusal"
    grep 'not installed as a whole' "$work/refusal"
}
prefix=$moved
check 'CMake: a file is missing, and that is said' half_installed
finish
