#!/bin/sh
# Compares our library with the originals: scenarios first, then random scripts.
#
#   scripts/differential.sh OURS ORIGINALS COUNT [SEED]
#
# OURS is our library file; ORIGINALS the directory that originals.sh fills, in which
# NGHTTP2_1_70=FILE and NGHTTP2_1_64=FILE replace one file each. COUNT random scripts run against
# release 1.70.0, and a quarter as many with RFC 7540 trees against 1.64.0, from SEED on.
#
# Seeds go in pieces, on all processors. Finished pieces are remembered for as long as the library
# stays the same, so a run that was stopped goes on where it was. A difference that is not listed
# in differential/allowed.txt stops everything and is shown. The last line says what was compared,
# and how many of the originals were missing; without any the run fails.
set -eu

[ $# -ge 3 ] || { echo 'usage: differential.sh OURS ORIGINALS COUNT [SEED]' >&2; exit 2; }
ours=$(realpath "$1")
originals=$(realpath -m "$2")
current=${NGHTTP2_1_70:-$originals/1.70.0/libnghttp2.so.14}
tree=${NGHTTP2_1_64:-$originals/1.64.0/libnghttp2.so.14}
count=$3
seed=${4:-1}
cd "$(dirname "$0")/.."

"${CARGO:-cargo}" build --release --locked -q -p differential
target=${CARGO_TARGET_DIR:-target}
driver=$(realpath "$target/release/differential")
finished=$(realpath "$target")/differential/$(
    for file in "$ours" "$driver" "$current" "$tree"; do
        [ ! -e "$file" ] || cat "$file"
    done | sha256sum | cut -c 1-16
)
mkdir -p "$finished"

# is_there FILE: says so loudly if it is not.
missing=0
compared=
is_there() {
    [ -e "$1" ] && return 0
    echo "NOT COMPARED: there is no $1" >&2
    missing=$((missing + 1))
    return 1
}

# pieces PROFILE COUNT: one line for each piece that is still to do.
pieces() {
    at=$seed
    end=$((seed + $2))
    while [ "$at" -lt "$end" ]; do
        size=$((end - at < 20000 ? end - at : 20000))
        [ -e "$finished/$1-$at-$size" ] || echo "$1 $at $size"
        at=$((at + size))
    done
}

# The positional parameters become those of the scenarios.
: >"$finished/todo"
set -- --b "$ours"
if is_there "$tree"; then
    set -- "$@" --tree-a "$tree"
    pieces tree $((count / 4)) >>"$finished/todo"
    compared="$((count / 4)) trees against 1.64.0, $compared"
fi
if is_there "$current"; then
    pieces 1.70 "$count" >>"$finished/todo"
    compared="$count scripts against 1.70.0, $compared"
    "$driver" scenarios --a "$current" "$@"
fi

# What one piece runs: PROFILE SEED SIZE. 255 makes xargs stop.
# shellcheck disable=SC2016
piece='
    case $1 in tree) original=$tree ;; *) original=$current ;; esac
    log=$finished/$1-$2-$3.log
    "$driver" random --profile "$1" --a "$original" --b "$ours" --seed "$2" --count "$3" \
        >"$log" 2>&1 || { cat "$log"; exit 255; }
    mv "$log" "$finished/$1-$2-$3"
'
export driver ours current tree finished
begin=$(date +%s)
xargs -r -L 1 -P "$(nproc)" sh -c "$piece" sh <"$finished/todo" ||
    { echo 'differential: NOT equal' >&2; exit 1; }
echo "from seed $seed: ${compared}no unlisted difference," \
    "$missing of 2 originals missing, $(($(date +%s) - begin)) s"
[ "$missing" -lt 2 ] || { echo 'differential: NOTHING was compared' >&2; exit 1; }
