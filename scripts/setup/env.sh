# SPDX-License-Identifier: Apache-2.0
# Sourced by every script: strict shell, the tree's root as working directory, messages with a stamp, a home that is ours.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

BEGUN=$EPOCHSECONDS
# A user's PATH on Debian lacks these; setpriv, runuser and ldconfig are there.
PATH=$PATH:/usr/sbin:/sbin

# Progress goes to stderr: stdout belongs to what was asked for.
say() { printf '[%3ds] %s\n' "$((EPOCHSECONDS - BEGUN))" "$*" >&2; }

die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# With `sudo -E` or `su`, HOME may be another user's: caches would become root's there. Take our own.
if [[ ! -O ${HOME:-/nonexistent} ]]; then
  HOME=$(getent passwd "$(id -u)" | cut -d: -f6)
  [[ -n $HOME && -O $HOME ]] || HOME=$PWD/target/home
  export HOME
  mkdir -p "$HOME"
fi
[[ -O ${XDG_CACHE_HOME:-$HOME} ]] || unset XDG_CACHE_HOME
export CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/defender-build

# Root that works in another user's tree (sudo make …) gives back whatever it made there, however it ends.
give_back() {
  local owner
  owner=$(stat -c %u:%g .)
  if [[ $EUID -eq 0 && $owner != 0:* ]]; then
    find . -xdev -user 0 -exec chown -h "$owner" {} + || true
  fi
}
trap give_back EXIT
