#!/bin/sh
# Fuzzes each target for some time, one after the other, and stops at the first finding.
#
#   fuzz/run.sh [SECONDS [TARGET...]]
#
# Goes on where it was stopped: what was learnt is kept in fuzz/corpus. SANITIZER=none does without the
# address sanitizer, which is faster and needs no unstable option of the compiler.
set -eu
cd "$(dirname "$0")/.."
. scripts/need.sh
need c++:g++
command -v cargo-fuzz >/dev/null 2>&1 || {
    echo 'cargo-fuzz is missing:  cargo install cargo-fuzz --locked' >&2
    exit 1
}

seconds=${1:-60}
[ $# -eq 0 ] || shift
sanitizer=${SANITIZER:-address}
# The stable compiler has the sanitizer, but gives it out on request only.
[ "$sanitizer" = none ] || export RUSTC_BOOTSTRAP=1
# shellcheck disable=SC2046  # names without blanks
[ $# -gt 0 ] || set -- $(cargo fuzz list)

cargo run --quiet --manifest-path fuzz/Cargo.toml --example seeds fuzz/seeds
cargo fuzz build --sanitizer "$sanitizer"
mkdir -p fuzz/artifacts
for target in "$@"; do
    log=fuzz/artifacts/$target.log
    mkdir -p "fuzz/corpus/$target" "fuzz/seeds/$target"
    cargo fuzz run --sanitizer "$sanitizer" "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -dict=fuzz/http2.dict \
        -print_final_stats=1 >"$log" 2>&1 || {
        tail -n 40 "$log"
        exit 1
    }
    sed -n "s/^stat::number_of_executed_units: \(.*\)/$target: \1 inputs in $seconds seconds/p" "$log"
done
