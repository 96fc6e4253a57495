#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts or stops the testbed (docs/testbed.md), after seeing to what it needs: scripts/testbed.sh up|down|kubectl|… [OPTION…]
source "$(dirname "$0")/setup/env.sh"
if [[ ${1:-} == up || ${1:-} == build ]]; then
  source scripts/setup/packages.sh
  source scripts/setup/testbed.sh
  testbed_ready
fi
e2e/testbed/testbed "$@"
if [[ ${1:-} == down && $# -eq 1 ]]; then e2e/testbed/testbed down --stale; fi
