# shellcheck shell=sh
# Sourced by scripts that hold our library against the one of the system.

# installed_library PROGRAM: prints the libnghttp2 file that the program loads by itself, if any.
# Fails if that is ours, since whoever asks wants another one: what only ours exports tells.
installed_library() {
    installed=$(ldd "$(command -v "$1")" | awk '$1 == "libnghttp2.so.14" { print $3 }')
    [ -n "$installed" ] || return 0
    if grep -q nghttp2_option_set_max_outbound_queue_size "$installed"; then
        echo "$1 is to run on the original, and loads ours, which is installed: $installed" >&2
        echo 'Uninstall it first (make uninstall).' >&2
        return 1
    fi
    realpath "$installed"
}
