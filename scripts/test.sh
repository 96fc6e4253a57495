#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that must hold before a change lands: format, compile gates, licences, tests, fault loops, tests on a cluster,
# demo.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh
source scripts/setup/testbed.sh
source scripts/setup/maven.sh
source scripts/setup/reports.sh
source scripts/setup/stamp.sh
trap 'report; give_back' EXIT
rm -rf -- */target/surefire-reports */target/faults-reports */target/cluster-reports
if cluster_possible; then
  testbed_ready
  # Minutes, the first time: behind Maven, which waits for the network as often as for the processor.
  mkdir -p target
  e2e/testbed/testbed build >target/testbed-build.log 2>&1 &
  trap 'kill %1 2>/dev/null || true; report; give_back' EXIT
fi
say "format, compile, licences, tests"
mvn_run verify
REPORT_ELSEWHERE=1 scripts/faults.sh
stamp_write
# A build in the background that failed is tried again there, and says why.
wait
REPORT_ELSEWHERE=1 scripts/cluster.sh
if [[ ${CI:-} == true && ${DEMO_MODE:-} == live ]]; then refuse_skipped; fi
say "demo"
scripts/demo.sh
if cluster_possible; then
  say "demo on a cluster"
  scripts/demo-cluster.sh
elif [[ ${CI:-} == true && ${DEMO_MODE:-} == live ]]; then
  die "CI must try the product on a cluster, for which this machine lacks what is said above."
fi
say "all good"
