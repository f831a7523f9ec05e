#!/bin/sh
# Renews the profile: builds the library so that it counts which way it goes, lets it do the workloads of
# bench/ and random conversations, and keeps the counts.
#
#   profile/renew.sh TARGET_DIR
#
# TARGET_DIR is Cargo's. Only the compiler that this is run with will use the profile.
set -eu
cd "$(dirname "$0")/.."
mkdir -p "${1:?usage: profile/renew.sh TARGET_DIR}/profile"
target=$(cd "$1" && pwd -P)
work=$target/profile
counts=$work/counts
unset CARGO_BUILD_TARGET

llvm_profdata=$(rustc --print target-libdir)/../bin/llvm-profdata
[ -x "$llvm_profdata" ] || { echo 'llvm-profdata is missing: rustup component add llvm-tools' >&2; exit 1; }

# The code that counts keeps calls which otherwise turn out to be never made, also of the allocator that
# must not be there. Between flags stands a character that paths do not have.
allocator=nghttp2_global_allocator_must_not_be_used
flags=$(printf '%s\037%s' "-Cprofile-generate=$counts" "-Clink-arg=-Wl,--defsym=$allocator=0")
CARGO_BUILD_RUSTC_WRAPPER='' CARGO_ENCODED_RUSTFLAGS=$flags cargo build -q --release --locked --target-dir "$work"
# Build scripts have counted, too.
rm -rf "$counts"

cargo build -q --release --locked --target-dir "$target" -p nghttp2-bench -p differential
library=$work/release/libnghttp2.so
env -u HPACK_CORPUS "$target/release/nghttp2-bench" train --ours "$library"
# And what those do not do, but programs may: without it, all that would count as hopelessly rare.
"$target/release/differential" random --a "$library" --b "$library" --seed 1 --count 2000 >/dev/null

"$llvm_profdata" merge -o profile/nghttp2.profdata "$counts"
rustc -vV >profile/compiler
# Cargo does not notice when the profile begins to apply.
touch src/lib.rs engine/src/lib.rs
