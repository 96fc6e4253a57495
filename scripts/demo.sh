#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The whole path on this machine. DEMO_MODE=live forbids the replay of a recording, DEMO_KEEP=1 leaves everything running.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/run.sh
scripts/build.sh
run_program "$JAVA_HOME/bin/java" @e2e/target/app/jvm.options -jar e2e/target/app/demo.jar "$@"
