# SPDX-License-Identifier: Apache-2.0
# Sourced: what the build and the demo need from the system. Prints what is missing; as root on a Debian it is installed,
# else the line to run is printed.

has() { command -v "$1" >/dev/null 2>&1; }
# Not by a pipe into grep -q: it ends at the first match, and ldconfig then fails for want of a reader.
has_library() { [[ $(ldconfig -p) == *$'\t'"$1 "* ]]; }

missing_packages() {
  has clang || echo clang # BPF programs
  has gcc || echo gcc # the C peer of the benches; clang links with it
  has setpriv && has runuser || echo util-linux # capabilities and user of each program
  has_library libbpf.so.1 || echo libbpf1
  [[ -e /usr/include/bpf/bpf_helpers.h ]] || echo libbpf-dev
  [[ -e /usr/include/stdio.h ]] || echo libc6-dev
}

# Of the packages that the named function prints.
install_packages() {
  local missing log
  mapfile -t missing < <("$1")
  [[ ${#missing[@]} -gt 0 ]] || return 0
  say "missing on this machine: ${missing[*]}"
  has apt-get || die "This script can install them on Debian and its kin only. Install the like of: ${missing[*]}"
  if [[ $EUID -ne 0 ]]; then
    die "Run this once, then try again:" "  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  log=$(mktemp)
  # The list is often fresh enough, and an update costs more than the packages.
  if ! apt_install "${missing[@]}" >"$log" 2>&1; then
    if ! { apt-get -q update && apt_install "${missing[@]}"; } >>"$log" 2>&1; then
      tail -n 20 "$log" >&2
      rm -f "$log"
      die "apt-get could not install: ${missing[*]} (its last lines are above)"
    fi
  fi
  rm -f "$log"
  mapfile -t missing < <("$1")
  [[ ${#missing[@]} -eq 0 ]] || die "Installed, and still missing: ${missing[*]}."
}

apt_install() { DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"; }

install_packages missing_packages
