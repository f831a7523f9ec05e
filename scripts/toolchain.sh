#!/bin/sh
# Makes sure that Rust and C can be compiled here.
#
#   scripts/toolchain.sh [rustfmt] [clippy]
#
# The C compiler links, too. It is installed if we are root; Rust is not, since distributions have
# releases that are too old: what to do is said instead.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/need.sh"
need cc:gcc c++:g++

wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$here/../Cargo.toml")

# older A B: is version A before B?
older() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]
}

advise() {
    echo "$1" >&2
    echo "Rust $wanted or later is needed. Its installer is at https://rustup.rs; then:" >&2
    echo "    rustup toolchain install stable --profile minimal -c rustfmt -c clippy" >&2
    exit 1
}

command -v cargo >/dev/null 2>&1 || advise 'There is no cargo on the PATH.'
found=$(rustc --version | cut -d ' ' -f 2)
if older "${found%%-*}" "$wanted"; then
    advise "This is Rust $found."
fi
for component in "$@"; do
    cargo "$(echo "$component" | sed 's/^rustfmt$/fmt/')" --version >/dev/null 2>&1 ||
        advise "Rust's $component is missing."
done
