# Takes the programs out of the guide's pages: the blocks marked ```c,file=NAME, in their order, are
# appended to DIRECTORY/NAME.
#
#   awk -v directory=DIRECTORY -f tangle.awk PAGE...
/^```c,file=/ {
    sub(/^```c,file=/, "")
    file = directory "/" $0
    printf "#line %d \"%s\"\n", FNR + 1, FILENAME >>file
    next
}
/^```/ { file = "" }
file { print >>file }
