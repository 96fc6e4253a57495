#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The fault loops: slow on purpose, so they have a pass of their own. What the first pass checked is not checked again.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh
source scripts/setup/maven.sh
source scripts/setup/reports.sh
[[ ${REPORT_ELSEWHERE:-} ]] || trap 'report; give_back' EXIT
say "fault loops"
rm -rf -- */target/faults-reports
mvn_run -q verify -Dgroups=faults -Dspotless.check.skip=true -Dlicense.skipAddThirdParty=true "$@"
