#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The tests on a cluster: KUBECONFIG's, else k3s in Docker, else the testbed. What the first pass checked is not checked again.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh
source scripts/setup/testbed.sh
source scripts/setup/maven.sh
source scripts/setup/reports.sh
[[ ${REPORT_ELSEWHERE:-} ]] || trap 'report; give_back' EXIT
rm -rf -- */target/cluster-reports
if ! cluster_possible; then
  [[ ${REPORT_ELSEWHERE:-} ]] || exit 1
  say "skipped: every test on a cluster"
  exit
fi
testbed_ready
say "launcher of the testbed"
testbed_check
say "programs of the testbed"
e2e/testbed/testbed build >/dev/null
say "tests on a cluster"
mvn_run -q verify -Dgroups=cluster -Dspotless.check.skip=true -Dlicense.skipAddThirdParty=true "$@"
