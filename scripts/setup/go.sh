# SPDX-License-Identifier: Apache-2.0
# Sourced: finds a Go compiler that is new enough for the testbed and exports DEFENDER_GO. Debian's own package is not.

GO_OLDEST=1.26.6

new_enough_go() {
  local version
  version=$(GOTOOLCHAIN=local "$1" env GOVERSION 2>/dev/null) || return 1
  version=${version#go}
  [[ $(printf '%s\n' "$GO_OLDEST" "${version%% *}" | sort -V | head -n 1) == "$GO_OLDEST" ]]
}

# Prints nothing and fails where there is none.
find_go() {
  local candidate
  for candidate in "${DEFENDER_GO:-}" "$(command -v go || true)" /usr/local/go/bin/go "$HOME"/go/bin/go "$HOME"/sdk/go*/bin/go /usr/lib/go-*/bin/go; do
    if [[ -n $candidate && -x $candidate ]] && new_enough_go "$candidate"; then
      export DEFENDER_GO=$candidate
      return
    fi
  done
  return 1
}

GO_MISSING="No Go $GO_OLDEST or later found (looked in DEFENDER_GO, PATH, /usr/local/go, ~/go, ~/sdk, /usr/lib/go-*).
The testbed is built from Go modules. Unpack a release of https://go.dev/dl/ to /usr/local/go, or, with an older Go ≥ 1.21:
  go install golang.org/dl/go1.26.8@latest && ~/go/bin/go1.26.8 download"
