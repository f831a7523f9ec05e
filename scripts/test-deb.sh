#!/bin/sh
# Makes the Debian packages, looks at them, and installs them over the distribution's.
#
#   scripts/test-deb.sh TARGET_DIR
#
# The installing is done in a system of its own, a directory that debootstrap fills from the configured
# mirror and that is kept in TARGET_DIR: there curl runs on the distribution's library, on ours, and on
# the distribution's again; the guide's first client is compiled and gets a page; and at last ours is
# removed.  The system that we are in stays as it is.  Needs root, for chroot.
set -u
target=$(cd "${1:?usage: test-deb.sh TARGET_DIR}" && pwd -P) || exit 1
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.." || exit 1

. "$here/need.sh"
if [ "$(id -u)" -ne 0 ]; then
    echo 'Packages can be installed, even if into a directory, by root only.' >&2
    exit 1
fi
PATH=$PATH:/usr/sbin:/sbin
need cc:gcc nm:binutils dpkg-shlibdeps:dpkg-dev debootstrap:debootstrap nghttpd:nghttp2-server curl:curl

. "$here/check.sh"
begin 600

# ---- the packages ----

under_other_circumstances() {
    umask 077
    TZ=Asia/Kathmandu LC_ALL=C.UTF-8 "$here/deb.sh" "$work/again"
}
check 'make deb' "$here/deb.sh" "$target/deb"
check 'again, under other circumstances' under_other_circumstances
stop_on_failure

both() { (cd "$1" && echo *.deb); }
version=$(dpkg-deb -f "$target"/deb/libnghttp2-14_*.deb Version)
suffix=${version}_$(dpkg --print-architecture).deb
check 'two packages and nothing else' \
    test "$(both "$target/deb")" = "libnghttp2-14_$suffix libnghttp2-dev_$suffix"
for name_of in libnghttp2-14 libnghttp2-dev; do
    check "$name_of: the same octets" cmp "$target/deb/${name_of}_$suffix" "$work/again/${name_of}_$suffix"
done

interface=$(sed -n 's/^interface = "\(.*\)"/\1/p' Cargo.toml)
newer_than_any_of_the_interface() {
    for theirs in 1 9 1+b3 1ubuntu9 1+deb14u9 1~bpo13+1; do
        dpkg --compare-versions "$version" gt "$interface-$theirs" || { echo "$theirs"; return 1; }
    done
    dpkg --compare-versions "$version" lt "${interface%.*}.$((${interface##*.} + 1))-1"
}
check 'the version is later than any revision of the interface, and earlier than the next' \
    newer_than_any_of_the_interface

# ---- what dpkg's own tools think of them ----

# As in a package's source directory, where dpkg-shlibdeps finds the library that was just built.
source=$work/source
built=$source/debian/libnghttp2-14
mkdir -p "$source/debian" && dpkg-deb -R "$target/deb/libnghttp2-14_$suffix" "$built" || exit 1
printf 'Source: x\n\nPackage: x\nArchitecture: any\n' >"$source/debian/control"
library=$(ls "$built"/usr/lib/*/libnghttp2.so.14.*)

# depends FILE: what a package with this file would have to depend on.
depends() { (cd "$source" && dpkg-shlibdeps -O "$1" | sed 's/^shlibs:Depends=//'); }

depends_is_right() {
    depends "$library" >"$work/depends" || return 1
    dpkg-deb -f "$target/deb/libnghttp2-14_$suffix" Depends | diff "$work/depends" -
}
check 'Depends is what dpkg-shlibdeps says' depends_is_right

symbols_are_exports() {
    sed -n 's/^ \(.*\)@Base .*/\1/p' "$built/DEBIAN/symbols" | LC_ALL=C sort >"$work/symbols"
    nm -D --defined-only "$library" | awk '{ print $3 }' | LC_ALL=C sort >"$work/exports"
    [ -s "$work/exports" ] && diff "$work/exports" "$work/symbols"
}
check 'the symbols file has what the library exports' symbols_are_exports

cat >"$work/plain.c" <<'END'
#include <nghttp2/nghttp2.h>
int main(void) { return nghttp2_version(0) == 0; }
END
# needs_packages SOURCE PACKAGES: what a program of this source has to depend on, versions left out.
needs_packages() {
    "${CC:-cc}" -std=c11 -Iinclude -o "$work/program" "$1" "$library" && depends "$work/program" || return 1
    [ "$(depends "$work/program" | sed 's/ ([^)]*)//g')" = "$2" ]
}
check 'a plain program depends on libnghttp2-14' needs_packages "$work/plain.c" 'libc6, libnghttp2-14'
# The distribution's package would do for it.
of_old() { depends "$work/program" | grep -F 'libnghttp2-14 (>= 1.3.0)'; }
check 'of any version' of_old
check 'one that uses our additions depends on libnghttp2x' \
    needs_packages "$here/consumer/consumer.c" 'libc6, libnghttp2-14, libnghttp2x'

# It was stripped, and must still be of use.
links_statically() {
    dpkg-deb -x "$target/deb/libnghttp2-dev_$suffix" "$work/dev" &&
        "${CC:-cc}" -std=c11 -I"$work/dev/usr/include" -o "$work/static" "$here/consumer/consumer.c" \
            "$work/dev/usr/lib"/*/libnghttp2.a && [ "$("$work/static")" = "$interface" ]
}
check 'a program with the static library of libnghttp2-dev' links_statically

# ---- a system with the distribution's packages ----

# The first of Debian's in the list is the release itself; apt fills in the names.
make_system() {
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(SITE) $(CODENAME)' 'Origin: Debian' 'Created-By: Packages' |
        { read -r site suite && rm -rf "$target/deb-root.new" &&
            debootstrap --variant=minbase --include=curl,libnghttp2-dev,pkg-config,gcc,libc6-dev \
                "$suite" "$target/deb-root.new" "$site" && rm -rf "$target/deb-root" &&
            mv "$target/deb-root.new" "$target/deb-root"; }
}
[ -L "$target/deb-root/usr/bin/cc" ] || check 'a system of its own' make_system
stop_on_failure
root=$work/root
cp -a "$target/deb-root" "$root" || exit 1
inside() {
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive chroot "$root" "$@"
}

# A server outside, on the library that this system has.
mkdir "$work/site" && seq 1 30000 >"$work/site/numbers" || exit 1
start_server() {
    for _ in 1 2 3 4 5; do
        port=$(shuf -i 20000-29999 -n 1)
        nghttpd --no-tls --address=127.0.0.1 --htdocs="$work/site" "$port" >"$work/server.log" 2>&1 &
        server=$!
        for _ in $(seq 50); do
            kill -0 $server 2>/dev/null || break
            if curl -q -s -o "$work/first" --noproxy '*' --http2-prior-knowledge --max-time 5 \
                "http://127.0.0.1:$port/numbers" && kill -0 $server; then
                children=$server
                return 0
            fi
            sleep 0.1
        done
        stop $server
    done
    cat "$work/server.log"
    return 1
}
check 'a server' start_server
stop_on_failure

# ---- curl, on one library after the other ----

# runs_on VERSION: curl says the version, loads the file of the package of that version, and works.
runs_on() {
    inside curl --version | tee "$work/said" | grep -o 'nghttp2/[^ ]*'
    grep -q " nghttp2/$1 " "$work/said" || return 1
    inside env LD_DEBUG=libs curl -q -s --max-time 30 --http2-prior-knowledge \
        -w '%{http_version} %{response_code}\n' -o /tmp/numbers "http://127.0.0.1:$port/numbers" \
        >"$work/fetched" 2>"$work/loader" || { tail -n 5 "$work/loader"; return 1; }
    cat "$work/fetched"
    loaded=$(sed -n 's/^.*calling init: \(.*libnghttp2\.so\.14[^ ]*\)$/\1/p' "$work/loader")
    loaded=$(inside readlink -f "$loaded")
    echo "curl says nghttp2/$1, and loads $loaded" | tee -a "$work/story"
    [ "$(cat "$work/fetched")" = '2 200' ] && cmp "$work/site/numbers" "$root/tmp/numbers" &&
        inside dpkg -S "$loaded" | grep "^libnghttp2-14:" &&
        [ "$(find "$root"/usr/lib/*/ -name 'libnghttp2.so.14.*')" = "$root$loaded" ]
}
# compiles_against VERSION: so much pkg-config says, and the header.
compiles_against() {
    [ "$(inside pkg-config --modversion libnghttp2)" = "$1" ] &&
        grep -F "\"$1\"" "$root/usr/include/nghttp2/nghttp2ver.h"
}
# consistent: dpkg has nothing to complain of, and no file was lost or changed.
consistent() {
    complaints=$(inside dpkg --audit; inside dpkg --verify libnghttp2-14 libnghttp2-dev)
    echo "$complaints"
    [ -z "$complaints" ] && inside apt-get check
}
# install DIRECTORY: the packages in it, by the system's own apt. Without the trigger there would be no cache
# afterwards.
install() {
    rm -f "$root/etc/ld.so.cache"
    # shellcheck disable=SC2016  # for the shell inside
    inside sh -c 'apt-get install -y --allow-downgrades "$1"/*.deb' sh "$1" &&
        [ -s "$root/etc/ld.so.cache" ] && inside ldconfig -p | grep -F 'libnghttp2.so.14 '
}
# files: what the two packages have, without the numbers of versions and what only documents.
files() {
    inside dpkg -L libnghttp2-14 libnghttp2-dev | grep -vE '/(AUTHORS|README.*|NEWS.*)$' |
        sed 's/\(libnghttp2\.so\.14\)\..*/\1.X/' | sort -u
}

# shellcheck disable=SC2016  # dpkg-query fills in the name
theirs=$(inside dpkg-query -W -f '${source:Upstream-Version}' libnghttp2-14)
files >"$work/files"
check "before: curl runs on the distribution's $theirs" runs_on "$theirs"
check "before: pkg-config says $theirs" compiles_against "$theirs"

mkdir "$root/ours" && cp "$target/deb/"*.deb "$root/ours/" || exit 1
check 'apt install of our packages' install /ours
check "ours: curl runs on $interface" runs_on "$interface"
check "ours: pkg-config says $interface" compiles_against "$interface"
check 'ours: consistent' consistent
files >"$work/our-files"
nothing_is_missing() {
    [ -s "$work/files" ] && comm -23 "$work/files" "$work/our-files" >"$work/missing"
    cat "$work/missing"
    [ ! -s "$work/missing" ]
}
check 'ours: every path of theirs' nothing_is_missing

# What the guide begins with, by a newcomer who has installed the packages.
first_client() {
    awk -v directory="$root/tmp" -f "$here/../docs/guide/tangle.awk" "$here/../docs/guide/src/first-client.md" ||
        return 1
    # shellcheck disable=SC2016  # for the shell inside
    inside sh -c 'cd /tmp && cc first-client.c -o first-client $(pkg-config --cflags --libs libnghttp2)'
}
check "ours: cc compiles the guide's first client" first_client
gets_a_page() {
    inside /tmp/first-client 127.0.0.1 "$port" /numbers >"$work/page" && head -n 1 "$work/page" &&
        grep -qx ':status: 200' "$work/page" && tail -n 30000 "$work/page" | cmp - "$work/site/numbers"
}
check 'ours: it gets a page' gets_a_page

# debootstrap has left what it installed.
back() {
    mkdir "$root/theirs" && cp "$root"/var/cache/apt/archives/libnghttp2-*.deb "$root/theirs/" &&
        install /theirs
}
check "back: apt install of the distribution's packages" back
check "back: curl runs on $theirs" runs_on "$theirs"
check "back: pkg-config says $theirs" compiles_against "$theirs"
check 'back: consistent' consistent

check 'ours again' install /ours
removed() {
    inside apt-get remove -y libnghttp2-14 libnghttp2-dev && inside ldconfig || return 1
    inside find /usr /etc -name '*nghttp2*' >"$work/left"
    cat "$work/left"
    [ ! -s "$work/left" ] && ! inside ldconfig -p | grep nghttp2
}
check 'ours: removed without a trace' removed
cat "$work/story"
finish
