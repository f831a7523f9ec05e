#!/bin/sh
# Makes Debian packages that replace the distribution's libnghttp2-14 and libnghttp2-dev.
#
#   scripts/deb.sh DIR
#
# What `make install` installs is split in two: the shared library, and all else. The same library file
# gives the same octets. The version is that on top of packaging/debian/changelog.
set -eu
mkdir -p "${1:?usage: deb.sh DIR}"
out=$(cd "$1" && pwd -P)
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
. "$here/need.sh"
need make:make dpkg-deb:dpkg dpkg-architecture:dpkg-dev readelf:binutils

data=packaging/debian
umask 022
export LC_ALL=C

# ---- what the packages say of themselves ----

# The first line is "SOURCE (VERSION) ...", the last " -- MAINTAINER  DATE".
version=$(sed -n '1s/^[^(]*(\([^)]*\)).*/\1/p' $data/changelog)
maintainer=$(sed -n 's/^ -- \(.*>\)  .*/\1/p' $data/changelog | head -n 1)
date=$(sed -n 's/^ -- .*>  //p' $data/changelog | head -n 1)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date -d "$date" +%s)}
export SOURCE_DATE_EPOCH
architecture=$(dpkg --print-architecture)
triplet=$(dpkg-architecture -a "$architecture" -q DEB_HOST_MULTIARCH)

interface=$(sed -n 's/^interface = "\(.*\)"/\1/p' Cargo.toml)
package=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
case $version in
    "$interface+rust$package-"*) ;;
    *)
        echo "deb: $data/changelog is on $version, and Cargo.toml on $interface and $package" >&2
        exit 1
        ;;
esac

# ---- what is in them ----

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM PIPE
library=$work/libnghttp2-14
development=$work/libnghttp2-dev
libdir=/usr/lib/$triplet

make -s install PREFIX=/usr LIBDIR="$libdir" INCLUDEDIR=/usr/include DESTDIR="$development"
# Debian's pages are compressed, and so are the names of what links lead to.
(cd "$development" && find usr/share/man -type f -exec gzip -9n {} + &&
    find usr/share/man -type l | while read -r link; do
        ln -s "$(readlink "$link").gz" "$link.gz" && rm "$link"
    done)
mkdir -p "$library$libdir"
mv "$development$libdir"/libnghttp2.so.14* "$library$libdir/"
# Debug information of Rust's own, half of the archive.
strip --strip-debug --enable-deterministic-archives "$development$libdir/libnghttp2.a"

# The C library it needs is the newest of those that its symbols are from.
libc=$(readelf -W --version-info "$library$libdir/libnghttp2.so.14" |
    sed -n 's/.*Name: GLIBC_\([0-9.]*\) .*/\1/p' | sort -V | tail -n 1)
[ -n "$libc" ] || { echo 'deb: the library says nothing of the C library' >&2; exit 1; }

# document PACKAGE: what each has to have in /usr/share/doc.
document() {
    doc=$work/$1/usr/share/doc/$1
    mkdir -p "$doc"
    cp $data/copyright "$doc/copyright"
    gzip -9n <CHANGELOG.md >"$doc/changelog.gz"
    gzip -9n <$data/changelog >"$doc/changelog.Debian.gz"
}

# kibibytes DIR: as Debian counts: files in whole kibibytes, anything else as one.
kibibytes() {
    find "$1" -printf '%y %s\n' |
        awk '{ sum += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print sum }'
}

# pack PACKAGE: writes its control files, and the package.
pack() {
    tree=$work/$1
    size=$(kibibytes "$tree")
    mkdir "$tree/DEBIAN"
    sed -e "s|@VERSION@|$version|" -e "s|@ARCHITECTURE@|$architecture|" -e "s|@SIZE@|$size|" \
        -e "s|@MAINTAINER@|$maintainer|" -e "s|@LIBC@|$libc|" $data/"$1".control >"$tree/DEBIAN/control"
    (cd "$tree" && find usr -type f | sort | xargs md5sum >DEBIAN/md5sums)
    for name in shlibs symbols triggers; do
        [ ! -e $data/"$1.$name" ] || cp $data/"$1.$name" "$tree/DEBIAN/$name"
    done
    # All of one time: dpkg-deb by itself dates back what is newer, and leaves what is older.
    find "$tree" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    # One thread, since more of them divide the data otherwise.
    DPKG_DEB_THREADS_MAX=1 dpkg-deb --root-owner-group -Zxz --build "$tree" "$work/$1.deb" >/dev/null
}

for name in libnghttp2-14 libnghttp2-dev; do
    document $name
    pack $name
done
rm -f "$out"/*.deb
for name in libnghttp2-14 libnghttp2-dev; do
    mv "$work/$name.deb" "$out/${name}_${version}_$architecture.deb"
    echo "$out/${name}_${version}_$architecture.deb"
done
