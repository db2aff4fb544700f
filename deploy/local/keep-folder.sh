#!/bin/sh
# Makes the folder of one stack, prints its path, and removes it when this script's standard input ends.
#
# The process that started the stack holds the other end, and so does every server of the stack as its descriptor 3.
# So the folder goes when the last of them is gone, and no server can write into it again.
folder=$(mktemp -d "${TMPDIR:-/tmp}/balance-stack.XXXXXX") || exit 1
trap '' HUP INT TERM
echo "$folder"
read -r _
rm -rf "$folder"
