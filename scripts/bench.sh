#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Benches, one JSON line per figure on stdout. ONLY=name runs those whose name begins so.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/run.sh
scripts/build.sh
run_program "$JAVA_HOME/bin/java" @bench/target/app/jvm.options -jar bench/target/app/bench.jar ${ONLY:+"--only=$ONLY"} "$@"
