#!/bin/bash
# The C tests with AddressSanitizer in the library and in themselves.
#
#   scripts/asan.sh [NAME...]
#
# NAME is a program of capi-tests/c; without one, all run. Needs gcc. The sanitizer of a stable Rust
# is switched on by RUSTC_BOOTSTRAP.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
tests=$here/../capi-tests/c
target=$(realpath -m "${CARGO_TARGET_DIR:-$here/../target}")/asan
triple=$(rustc -vV | sed -n 's/^host: //p')

RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR=$target \
    cargo rustc --locked -q --release --crate-type staticlib --target "$triple" \
    --manifest-path "$here/../Cargo.toml" -p nghttp2

# Programs ask by dlsym() whose library they are with, hence -rdynamic below.
# Instrumented, the code still mentions an allocator that it never calls; here it may do so.
echo 'void nghttp2_global_allocator_must_not_be_used(void) { __builtin_trap(); }' >"$target/allocator.c"

names=("$@")
if ((${#names[@]} == 0)); then
    mapfile -t names < <(cd "$tests" && basename -s .c -- *.c)
fi
run=0 failures=0
for name in "${names[@]}"; do
    # The stories of other encoders lie elsewhere.
    arguments=()
    if [[ $name == hpack_stories ]]; then
        [[ -n ${HPACK_CORPUS:-} ]] || continue
        arguments=("$HPACK_CORPUS")
    fi
    gcc -fsanitize=address -g -rdynamic -DNGHTTP2_STATICLIB -I "$here/../include" -I "$tests" \
        "$tests/$name.c" "$tests"/support/*.c "$target/allocator.c" \
        "$target/$triple/release/libnghttp2.a" -o "$target/$name"
    run=$((run + 1))
    if timeout 600 "$target/$name" "${arguments[@]}" >"$target/$name.log" 2>&1; then
        echo "ok $name"
    else
        failures=$((failures + 1))
        echo "not ok $name"
        grep -v '^ok' "$target/$name.log" | tail -n 40 | sed 's/^/    /'
    fi
done
echo "$run programs, $failures failed"
((failures == 0))
