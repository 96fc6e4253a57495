#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything that must hold before a change lands: format, compile gates, licences, tests, fault loops, demo.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh
source scripts/setup/maven.sh
source scripts/setup/reports.sh
source scripts/setup/stamp.sh
trap 'report; give_back' EXIT
rm -rf -- */target/surefire-reports */target/faults-reports
say "format, compile, licences, tests"
mvn_run verify
REPORT_ELSEWHERE=1 scripts/faults.sh
stamp_write
say "demo"
scripts/demo.sh
say "all good"
