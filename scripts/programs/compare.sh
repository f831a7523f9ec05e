# shellcheck shell=bash
# The same transcript with either library.

# as_original NAME: $OUT/transcript is what the program showed in the round that uses nothing but
# the original, which comes first. Everything that differs from run to run must be out of it.
as_original() {
    local reference=$WORK/reference/$1
    if [[ ! -s $OUT/transcript ]]; then
        echo 'the transcript is empty'
        return 1
    fi
    if [[ $PAIR == *ours* ]]; then
        diff "$reference" "$OUT/transcript"
    else
        cp "$OUT/transcript" "$reference"
    fi
}
