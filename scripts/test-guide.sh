#!/bin/sh
# Takes the programs out of the guide, compiles them strictly, and runs them: their output is what the
# guide says, and its first client gets a page from its first server, under valgrind.
#
#   scripts/test-guide.sh STAGE_DIR
#
# STAGE_DIR is a staged install (include/, lib/, lib/pkgconfig/).
set -u

stage=$(cd "${1:?usage: test-guide.sh STAGE_DIR}" && pwd) || exit 1
here=$(cd "$(dirname "$0")" && pwd)
guide=$here/../docs/guide

. "$here/need.sh"
need cc:gcc curl:curl valgrind:valgrind

. "$here/check.sh"
begin 300

# ---- the pages ----

every_page_is_listed() {
    for page in "$guide"/src/*.md; do
        page=$(basename "$page")
        [ "$page" = SUMMARY.md ] || grep -qF "($page)" "$guide/src/SUMMARY.md" || {
            echo "SUMMARY.md does not list $page"
            return 1
        }
    done
}
check 'every page is listed' every_page_is_listed

links_lead_somewhere() {
    grep -ohE '\]\([a-z-]+\.md\)' "$guide"/src/*.md | sed 's/](\(.*\))/\1/' | sort -u |
        while read -r page; do
            [ -e "$guide/src/$page" ] || { echo "there is no $page"; exit 1; }
        done
}
check 'links lead somewhere' links_lead_somewhere

all_code_is_taken() {
    # shellcheck disable=SC2016  # no substitution, but what opens a block
    ! grep -nE '^```c($|[^,o])|^```c,[^f]' "$guide"/src/*.md
}
check 'every block of C belongs to a program' all_code_is_taken

# ---- the programs ----

mkdir "$work/code"
awk -v directory="$work/code" -f "$guide/tangle.awk" "$guide"/src/*.md

PKG_CONFIG_PATH=$stage/lib/pkgconfig
LD_LIBRARY_PATH=$stage/lib
export PKG_CONFIG_PATH LD_LIBRARY_PATH

build() {
    # shellcheck disable=SC2046  # a list of words
    "${CC:-cc}" -std=c11 -O2 -gdwarf-4 -Wall -Wextra -Werror -pedantic -o "$work/$1" \
        "$work/code/$1.c" $(pkg-config --cflags --libs libnghttp2)
}
for code in "$work"/code/*.c; do
    program=$(basename "$code" .c)
    check "build $program" build "$program"
done
stop_on_failure

checked() {
    timeout 60 valgrind --quiet --error-exitcode=99 --leak-check=full \
        --errors-for-leak-kinds=definite,indirect "$@"
}

# says_what_it_should PROGRAM: its output is the block that the guide shows.
says_what_it_should() {
    awk -v fence="\140\140\140" -v start="text,output=$1" '
        $0 == fence start { shown = 1; next }
        index($0, fence) == 1 { shown = 0 }
        shown' "$guide"/src/*.md >"$work/expected"
    [ -s "$work/expected" ] || { echo 'the guide shows no output'; return 1; }
    checked "$work/$1" >"$work/output" && diff "$work/expected" "$work/output"
}
for code in "$work"/code/*.c; do
    program=$(basename "$code" .c)
    case $program in
        first-*) ;;
        *) check "$program says what it should" says_what_it_should "$program" ;;
    esac
done

port=$((20000 + $$ % 10000))
checked "$work/first-server" "$port" 3 &
server=$!
children=$server

fetch() {
    for _ in $(seq 100); do
        checked "$work/first-client" 127.0.0.1 "$port" "$1" >"$work/output" && break
        sleep 0.1
    done
    printf ':status: 200\ncontent-type: text/plain\nYou asked for %s.\n' "$1" |
        diff - "$work/output"
}
curl_fetches() {
    [ "$(curl -sS --max-time 20 --http2-prior-knowledge --data abc \
        "http://127.0.0.1:$port/by/curl")" = 'You asked for /by/curl.' ]
}
check 'the first client gets a page' fetch /page
check 'so does curl' curl_fetches
check 'and the client another one' fetch /
check 'the server ends well' wait "$server"
finish
