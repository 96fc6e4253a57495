#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Files that repeat what is said elsewhere (CRD, chart's README, page of the profile) against what the code generates, and
# helm lint. A part of make test; this runs it alone.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/maven.sh
source scripts/setup/reports.sh
trap 'report; give_back' EXIT
rm -rf -- */target/surefire-reports
mvn_run -q -pl operator,charts -am test -Dtest='CrdFilesTest,GeneratedPagesTest,ChartTest' -Dsurefire.failIfNoSpecifiedTests=false \
  -Dspotless.check.skip=true -Dlicense.skipAddThirdParty=true
say "generated files are what the code makes"
