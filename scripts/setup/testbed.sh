# SPDX-License-Identifier: Apache-2.0
# Sourced after packages.sh: what the testbed needs beside what the build needs. As root on a Debian the packages are
# installed, else the line to run is printed; a Go compiler is looked for.
source scripts/setup/go.sh

testbed_packages() {
  has nft || echo nftables
  has conntrack || echo conntrack
  has ip || echo iproute2
  has nsenter || echo util-linux
  compgen -G '/usr/include/seccomp.h' >/dev/null || compgen -G '/usr/include/*/seccomp.h' >/dev/null || echo libseccomp-dev
}

install_packages testbed_packages
find_go || die "$GO_MISSING"
