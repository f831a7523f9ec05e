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
# in differential/allowed.txt stops everything and is shown. Comparisons for which there is no
# original are counted as missing, in the last line.
set -eu

[ $# -ge 3 ] || { echo 'usage: differential.sh OURS ORIGINALS COUNT [SEED]' >&2; exit 2; }
ours=$(realpath "$1")
current=${NGHTTP2_1_70:-$2/1.70.0/libnghttp2.so.14}
tree=${NGHTTP2_1_64:-$2/1.64.0/libnghttp2.so.14}
count=$3
seed=${4:-1}
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
missing=0
for file in "$current" "$tree"; do
    if [ ! -e "$file" ]; then
        echo "NOT COMPARED: there is no $file" >&2
        missing=$((missing + 1))
    fi
done

"${CARGO:-cargo}" build --release --locked -q -p differential
driver=$target/release/differential
finished=$target/differential/$(cat "$ours" "$driver" "$current" "$tree" | sha256sum | cut -c 1-16)
mkdir -p "$finished"

[ "$missing" -gt 0 ] || "$driver" scenarios --a "$current" --tree-a "$tree" --b "$ours"

# pieces PROFILE FILE COUNT: one line for each piece that is still to do.
pieces() {
    [ -e "$2" ] || return 0
    at=$seed
    end=$((seed + $3))
    while [ "$at" -lt "$end" ]; do
        size=$((end - at < 20000 ? end - at : 20000))
        [ -e "$finished/$1-$at-$size" ] || echo "$1 $2 $at $size"
        at=$((at + size))
    done
}

# shellcheck disable=SC2016
# What one piece runs: PROFILE FILE SEED SIZE. 255 makes xargs stop.
piece='
    log=$finished/$1-$3-$4.log
    "$driver" random --profile "$1" --a "$2" --b "$ours" --seed "$3" --count "$4" >"$log" 2>&1 ||
        { cat "$log"; exit 255; }
    mv "$log" "$finished/$1-$3-$4"
'
export driver ours finished
begin=$(date +%s)
{
    pieces 1.70 "$current" "$count"
    pieces tree "$tree" $((count / 4))
} | xargs -r -L 1 -P "$(nproc)" sh -c "$piece" sh || { echo 'differential: NOT equal' >&2; exit 1; }
echo "from seed $seed, as far as there are originals ($missing of 2 missing):" \
    "$count scripts against 1.70.0, $((count / 4)) trees against 1.64.0," \
    "no unlisted difference, $(($(date +%s) - begin)) s"
