#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Removes what was built, and stops demos of this checkout that were left running (DEMO_KEEP=1) or died before they could
# clean up. Testbeds that died: make testbed-down.
source "$(dirname "$0")/setup/env.sh"

# Processes that name the demo's directory in their arguments, as all of its programs do.
demo_processes() {
  local file words
  for file in /proc/[0-9]*/cmdline; do
    words=$(tr '\0' ' ' 2>/dev/null <"$file") || continue
    [[ $words != *"$1"/* ]] || basename "$(dirname "$file")"
  done
}

stop_demo() {
  local directory=$1 pids deadline=$((EPOCHSECONDS + 20))
  mapfile -t pids < <(demo_processes "$directory")
  if [[ ${#pids[@]} -gt 0 ]]; then
    kill -TERM "${pids[@]}" 2>/dev/null || true
    while [[ -n $(demo_processes "$directory") && $EPOCHSECONDS -lt $deadline ]]; do sleep 0.2; done
    mapfile -t pids < <(demo_processes "$directory")
    [[ ${#pids[@]} -eq 0 ]] || kill -KILL "${pids[@]}" 2>/dev/null || true
  fi
  awk -v below="$directory/" 'index($5, below) == 1 { print $5 }' /proc/self/mountinfo | xargs -r umount
  rm -rf -- "$directory" /dev/shm/demo-"${directory##*-}" /dev/shm/.x"${directory##*-}"
  # Its groups; one that is in use cannot be removed.
  find /sys/fs/cgroup -maxdepth 2 -type d \( -name "$(basename "$directory")-*" -o -name "defender-*-${directory##*-}" \) \
    -exec rmdir {} + 2>/dev/null || true
  say "stopped and removed $directory"
}

# Other checkouts of this user have demos and benches of their own: a directory says in "checkout" whose it is.
for directory in /tmp/defender-{demo,bench}-*; do
  if [[ -d $directory && -O $directory && -f $directory/checkout && $(<"$directory"/checkout) == "$PWD" ]]; then
    stop_demo "$directory"
  fi
done
find . -name .git -prune -o -type d -name target -prune -print0 | xargs -0 -r rm -rf
rm -rf .demo
