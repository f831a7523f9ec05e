#!/bin/sh
# Writes a source archive that builds the library without a network: what HEAD has, and the crates that
# the library is made of.
#
#   scripts/dist.sh DIR
#
# Prints the archive's name. The same HEAD gives the same octets.
#
# Only the library, its engine and what makes its man pages are members of the archive's workspace. The
# others are there to read; what they need is far larger than the library, the original among it, and is
# not vendored. With a network, the whole is back after
#
#   cp -r .cargo/whole-workspace/. . && rm -r .cargo/whole-workspace vendor
set -eu
mkdir -p "${1:?usage: dist.sh DIR}"
out=$(cd "$1" && pwd -P)
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
. "$here/need.sh"
need git:git xz:xz-utils cargo:cargo

git rev-parse --verify -q HEAD >/dev/null 2>&1 || { echo 'an archive is made of a git commit' >&2; exit 1; }
git diff --quiet HEAD || echo 'note: the archive has what is committed, and not what was changed since' >&2
umask 022
name=libnghttp2-rust-$(git show HEAD:Cargo.toml | sed -n 's/^version = "\(.*\)"/\1/p' | head -n 1)
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct HEAD)}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM PIPE
tree=$work/$name
mkdir "$tree"
git archive HEAD >"$work/head.tar"
tar -x -f "$work/head.tar" -C "$tree"

# ---- a smaller workspace ----

cd "$tree"
mkdir -p .cargo/whole-workspace/.cargo
cp Cargo.toml Cargo.lock .cargo/whole-workspace/
cp .cargo/config.toml .cargo/whole-workspace/.cargo/
# Profiles of packages that are no longer members would give warnings.
sed 's/^members = .*/members = ["engine", "reference"]/' .cargo/whole-workspace/Cargo.toml |
    awk '/^\[/ { gone = /^\[profile\..*\.package\./ } !gone' >Cargo.toml
grep -q '^members = \["engine", "reference"\]$' Cargo.toml ||
    { echo 'Cargo.toml has no line of members' >&2; exit 1; }

# Leaves in Cargo.lock what is left to need, as it was.
cargo tree --workspace --edges all --target all >/dev/null 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
cargo vendor --locked vendor >>.cargo/config.toml 2>"$work/log" || { cat "$work/log" >&2; exit 1; }

# ---- the archive ----

cd "$work"
tar -c --format=gnu --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
    --mode='u=rwX,go=rX' "$name" | xz -T1 >"$work/archive"
mv "$work/archive" "$out/$name.tar.xz"
echo "$out/$name.tar.xz"
