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

testbed_ready() {
  install_packages testbed_packages
  find_go || die "$GO_MISSING"
}

# Format, findings of the compiler's checks, unit tests of the launcher itself.
testbed_check() (
  cd e2e/testbed
  export GOTOOLCHAIN=local GOFLAGS=-mod=readonly GOWORK=off
  unformatted=$("$("$DEFENDER_GO" env GOROOT)/bin/gofmt" -l cmd internal kube dns)
  [[ -z $unformatted ]] || die "Not formatted, run gofmt -w on:" "$unformatted"
  "$DEFENDER_GO" vet ./...
  "$DEFENDER_GO" test ./... >&2
)

# Where a node cannot run anyhow, nothing is installed for it: says why not, and fails.
cluster_possible() {
  if [[ -n ${KUBECONFIG:-}${DOCKER_HOST:-} || -w /var/run/docker.sock ]]; then return; fi
  if [[ $EUID -ne 0 ]]; then
    say "no cluster: KUBECONFIG is not set, there is no Docker, and the testbed needs root"
    return 1
  fi
  if ! find_go; then
    say "no cluster: KUBECONFIG is not set, there is no Docker, and for the testbed: $GO_MISSING"
    return 1
  fi
}
