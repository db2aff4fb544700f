#!/bin/sh
# Runs a server until it ends by itself, or until this script's standard input ends.
#
#   run-guarded.sh LOG COMMAND [ARGUMENT...]     prints the process id of the server
#
# Nobody ever writes to that standard input. Its other end is held by the process that wanted the server, and the
# kernel closes it when that process is gone, whatever it was that ended it: SIGKILL leaves no server behind.
log=$1
shift
exec 4<&0
"$@" 4<&- </dev/null >>"$log" 2>&1 &
server=$!
trap 'kill -KILL "$server"' HUP INT TERM
echo "$server"
exec >/dev/null 2>&1
{
  read -r _ <&4
  kill -KILL "$server"
} &
watcher=$!
wait "$server"
status=$?
# A signal to this script ends the wait early: the server is being killed, and its end is still to be waited for.
while kill -0 "$server"; do wait "$server"; done
kill -KILL "$watcher"
exit "$status"
