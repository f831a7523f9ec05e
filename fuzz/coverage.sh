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
RUSTFLAGS='-Cinstrument-coverage -Cdebug-assertions --cfg fuzzing' \
    cargo build --quiet --release --manifest-path fuzz/Cargo.toml --bins \
    --target "$host" --target-dir "$directory"
programs=$directory/$host/release

# Each program by itself: of a function that several contain, llvm-cov takes the first it sees, and
# that may be one which never runs.
rm -f "$directory"/*.lcov
for target in "$@"; do
    [ -d "fuzz/corpus/$target" ] || continue
    LLVM_PROFILE_FILE="$directory/$target.profraw" \
        "$programs/$target" -runs=0 -verbosity=0 "fuzz/corpus/$target" 2>"$directory/$target.log"
    "$tools/llvm-profdata" merge -sparse "$directory/$target.profraw" -o "$directory/$target.profdata"
    "$tools/llvm-cov" export -format=lcov "$programs/$target" \
        -instr-profile "$directory/$target.profdata" "$PWD/engine/src" >"$directory/$target.lcov"
done
cat "$directory"/*.lcov | awk -F '[:,]' -v root="$PWD/engine/src/" -v out="$out/lines.txt" '
    $1 == "SF" { file = substr($2, length(root) + 1) }
    $1 == "DA" {
        if (!((file, $2) in count)) { lines[file]++; count[file, $2] = 0 }
        if ($3 > count[file, $2]) count[file, $2] = $3
    }
    function report(name, all, missed) {
        return sprintf("%-32s %6d lines, %5d not reached, %.2f%% reached",
            name, all, missed, 100 * (all - missed) / all)
    }
    END {
        printf "" >out
        for (file in lines) {
            print file ":" >out
            missed = 0
            for (n = 1; (getline line <(root file)) > 0; n++) {
                known = (file, n) in count
                missed += known && count[file, n] == 0
                printf "%6d|%8s|%s\n", n, known ? count[file, n] : "", line >out
            }
            print report(file, lines[file], missed) | "sort"
            all += lines[file]
            all_missed += missed
        }
        close("sort")
        print report("TOTAL", all, all_missed)
    }'
