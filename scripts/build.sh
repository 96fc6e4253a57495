#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the programs into */target/app; does nothing when sources, JDK and results are as they were.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh
source scripts/setup/stamp.sh

if stamp_good; then
  say "built already"
  exit
fi

source scripts/setup/maven.sh
say "building (the first time downloads the dependencies)"
rm -f "$STAMP"
mvn_run -q -T1C package -Dmaven.test.skip=true -Dspotless.check.skip=true
stamp_write
say "built"
