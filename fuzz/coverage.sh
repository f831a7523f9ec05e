#!/bin/sh
# Shows which lines of the engine the corpus reaches, file by file.
#
#   fuzz/coverage.sh [TARGET...]
#
# Below it is the total. The marked sources are in fuzz/coverage/lines.txt.
set -eu
cd "$(dirname "$0")/.."
tools=$(dirname "$(find "$(rustc --print sysroot)" -name llvm-cov -type f | head -n 1)")
[ -x "$tools/llvm-cov" ] || {
    echo 'llvm-cov is missing:  rustup component add llvm-tools' >&2
    exit 1
}
# shellcheck disable=SC2046  # names without blanks
[ $# -gt 0 ] || set -- $(cargo fuzz list)

# With a target named, build scripts do not leave profiles of their own.
host=$(rustc --print host-tuple)
directory=${CARGO_TARGET_DIR:-fuzz/target}/coverage
out=fuzz/coverage
mkdir -p "$directory" "$out"
rm -f "$directory"/*.profraw
RUSTFLAGS='-Cinstrument-coverage -Cdebug-assertions --cfg fuzzing' \
    cargo build --quiet --release --manifest-path fuzz/Cargo.toml --bins \
    --target "$host" --target-dir "$directory"
programs=$directory/$host/release
objects=
for target in "$@"; do
    objects="${objects:+$objects --object }$programs/$target"
    [ -d "fuzz/corpus/$target" ] || continue
    LLVM_PROFILE_FILE="$directory/$target.profraw" \
        "$programs/$target" -runs=0 -verbosity=0 "fuzz/corpus/$target" 2>"$directory/$target.log"
done
"$tools/llvm-profdata" merge -sparse "$directory"/*.profraw -o "$directory/all.profdata"
# shellcheck disable=SC2086  # a list of words
{
    "$tools/llvm-cov" show $objects -instr-profile "$directory/all.profdata" "$PWD/engine/src" \
        >"$out/lines.txt"
    "$tools/llvm-cov" report $objects -instr-profile "$directory/all.profdata" "$PWD/engine/src" |
        awk '$10 ~ /%/ { printf "%-32s %6d lines, %5d not reached, %s reached\n", $1, $8, $9, $10 }'
}
