# SPDX-License-Identifier: Apache-2.0
# Sourced: runs a program in the foreground of a script and passes signals on, so that it can clean up after itself.
run_program() {
  local status=0
  # Bash would give it /dev/null to read from.
  "$@" <&0 &
  local child=$!
  # A job in the background ignores SIGINT, hence TERM for each.
  trap 'kill -TERM '"$child"' 2>/dev/null' INT TERM HUP
  wait $child || status=$?
  # A signal ends the wait, not the program.
  while kill -0 $child 2>/dev/null; do
    status=0
    wait $child || status=$?
  done
  trap - INT TERM HUP
  return $status
}
