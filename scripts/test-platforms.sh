#!/bin/sh
# The library on other processors, as root on Debian: a throw-away system with cross-compilers and an
# emulator is made below the build directory, and the source archive's engine tests, library and C
# programs are built and run there. Then a compiler's check for systems without ELF files.
#
#   scripts/test-platforms.sh [TARGET...]
#
# TARGET is a Rust target of the table below; the default is all of them. CARGO_TARGET_DIR names the build
# directory; platforms-root in it is made once, and removed by hand when a newer one is wanted.
set -u
. "$(dirname "$0")/check.sh"
. "$(dirname "$0")/need.sh"
begin 3600
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1
[ "$(id -u)" -eq 0 ] || { echo 'making a system of its own takes root' >&2; exit 1; }
PATH=$PATH:/usr/sbin:/sbin
need debootstrap:debootstrap nm:binutils
mkdir -p "${CARGO_TARGET_DIR:-target}" && target=$(cd "${CARGO_TARGET_DIR:-target}" && pwd -P) || exit 1

# Linked and run: Rust's target, Debian's name for the architecture, the compiler, the emulator. Of these
# the second has 32 bits, and the third begins with the high octet.
run='aarch64-unknown-linux-gnu      arm64  aarch64-linux-gnu-gcc    qemu-aarch64
armv7-unknown-linux-gnueabihf  armhf  arm-linux-gnueabihf-gcc  qemu-arm
s390x-unknown-linux-gnu        s390x  s390x-linux-gnu-gcc      qemu-s390x'
# Only held against the compiler.
checked='x86_64-pc-windows-gnu x86_64-pc-windows-msvc x86_64-apple-darwin aarch64-apple-darwin'
checked="$checked x86_64-unknown-freebsd"

known=$(echo "$run" | awk '{ print $1 }' | tr '\n' ' ')$checked
selection=${*:-$known}
for triple in $selection; do
    case " $known " in *" $triple "*) ;; *) echo "there are only: $known" >&2; exit 2 ;; esac
done

# ---- a system ----

root=$target/platforms-root
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive CARGO_HOME=/cargo \
        chroot "$root" "$@" </dev/null
}
# The first release of Debian with a compiler that is new enough, and so far it is none yet: testing. A
# mirror that lags behind will do, as long as its lists are signed.
make_system() {
    # shellcheck disable=SC2016  # apt fills in the name
    site=$(apt-get indextargets --format '$(SITE)' 'Origin: Debian' 'Created-By: Packages' | head -n 1)
    rm -rf "$root.new"
    debootstrap --variant=minbase testing "$root.new" "$site" /usr/share/debootstrap/scripts/sid || return 1
    echo 'Acquire::Check-Valid-Until "false";' >"$root.new/etc/apt/apt.conf.d/80mirror"
    root=$root.new
    packages='rustc cargo rust-src make gcc libc6-dev qemu-user'
    for architecture in $(echo "$run" | awk '{ print $2 }'); do
        inside dpkg --add-architecture "$architecture" || return 1
        packages="$packages libstd-rust-dev:$architecture libc6-dev-$architecture-cross"
    done
    packages="$packages $(echo "$run" | awk '{ print $3 }' | sed 's/\(.*\)-gcc/gcc-\1/' | tr '\n' ' ')"
    # shellcheck disable=SC2086  # a list of words
    inside apt-get -q update && inside apt-get -q install -y --no-install-recommends $packages &&
        inside apt-get clean && mv "$root" "${root%.new}"
}
[ -d "$root" ] || check 'a system with cross-compilers' make_system
root=$target/platforms-root
stop_on_failure

# ---- the sources, with the crates that they need ----

unpack() {
    archive=$("$here/dist.sh" "$work") && rm -rf "$root/source" && mkdir "$root/source" &&
        tar -x -f "$archive" -C "$root/source" --strip-components=1 || return 1
    # The compiler's own library is built for systems that Debian has none for; it has crates of its own.
    for crate in "$root"/usr/lib/rustlib/src/rust/library/vendor/*; do
        [ -e "$root/source/vendor/${crate##*/}" ] || cp -RL "$crate" "$root/source/vendor/" || return 1
    done
}
check 'the source archive' unpack
stop_on_failure

# in_source COMMAND...: inside, in the sources.
in_source() {
    inside sh -c 'cd /source && exec "$@"' sh "$@"
}

# ---- what is linked and run ----

# cross COMMAND...: with the target's linker and emulator.
cross() {
    prefix=CARGO_TARGET_$(echo "$triple" | tr 'a-z-' 'A-Z_')
    in_source env "${prefix}_LINKER=$compiler" "${prefix}_RUNNER=$emulator" "$@"
}
# Man pages are made by a program of this machine.
build() {
    cross make install TARGET="$triple" PREFIX=/usr DESTDIR="$installed"
}
# The names that the package of this version promises.
exports() {
    sed -n 's/^ \(.*\)@Base .*/\1/p' packaging/debian/libnghttp2-14.symbols | LC_ALL=C sort >"$work/promised"
    nm -D --defined-only "$root$installed/usr/lib/libnghttp2.so.14" | awk '{ print $3 }' |
        LC_ALL=C sort >"$work/exported"
    [ -s "$work/promised" ] && diff "$work/promised" "$work/exported"
}
support() {
    in_source sh -c "set -e; mkdir -p $objects; for file in capi-tests/c/support/*.c; do
        $compile -c \$file -o $objects/\$(basename \$file .c).o; done"
}
# program SOURCE ARGUMENT...: it says itself what went wrong.
program() {
    source=$1
    shift
    in_source sh -c "$compile capi-tests/c/$source.c $objects/*.o -L$installed/usr/lib \
        -Wl,-rpath,$installed/usr/lib -lnghttp2 -o $objects/$source" &&
        in_source timeout 900 "$emulator" "$objects/$source" "$@"
}

wanted() {
    case " $selection " in *" $1 "*) ;; *) return 1 ;; esac
}
while read -r triple _ compiler emulator; do
    wanted "$triple" || continue
    installed=/installed/$triple
    objects=/objects/$triple
    compile="$compiler -std=c11 -Wall -Wextra -Werror -O1 -I$installed/usr/include"
    rm -rf "${root:?}$installed" "${root:?}$objects"
    check "$triple: the engine's tests" \
        cross cargo test -q --offline --locked -p nghttp2-engine --target "$triple"
    grep -a '^test result: .* [1-9][0-9]* passed' "$work/log"
    check "$triple: the library, installed" build
    check "$triple: exports what is promised" exports
    check "$triple: support for programs" support
    stop_on_failure
    for file in capi-tests/c/*.c; do
        program=$(basename "$file" .c)
        case $program in
        hpack_stories) check "$triple: $program" program "$program" capi-tests/data/hpack ;;
        *) check "$triple: $program" program "$program" ;;
        esac
    done
done <<END
$run
END

# ---- what is only checked ----

# Without a linker and a C library of theirs; but types, constants and what libc has are theirs.
compiles() {
    in_source env RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Dwarnings \
        cargo check --offline --locked -Zbuild-std=core,alloc --target "$1" --target-dir target/checked
}
for triple in $checked; do
    wanted "$triple" || continue
    check "$triple: cargo check" compiles "$triple"
done
finish
