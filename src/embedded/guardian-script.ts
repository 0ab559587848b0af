/**
 * POSIX shell that runs a server and owns it: $1 signal to stop it with, $2 seconds until KILL, then the command.
 * Standard input is a pipe that only our process holds open: its end, wished (stop) or not (kill -9), stops the
 * server. Descriptor 3 receives the pid of the server once.
 */
export const GUARDIAN_SCRIPT = `
signal=$1 left=$(($2 * 10))
shift 2
exec 4<&0 </dev/null
"$@" 3>&- 4<&- &
child=$!
echo "$child" >&3
exec 3>&-
trap 'kill -s "$signal" "$child" 2>/dev/null' TERM INT HUP
(
  trap - TERM INT HUP
  while read -r _ <&4; do :; done
  kill -s "$signal" "$child"
  while [ "$left" -gt 0 ] && kill -0 "$child"; do sleep 0.1; left=$((left - 1)); done
  kill -s KILL "$child"
) >/dev/null 2>&1 &
watcher=$!
exec 4<&-
wait "$child"
code=$?
while kill -0 "$child" 2>/dev/null; do
  wait "$child"
  code=$?
done
kill "$watcher" 2>/dev/null
exit "$code"
`;
