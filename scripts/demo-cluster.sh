#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# The README's helm path on a cluster (KUBECONFIG's, else k3s in Docker, else the testbed), with attacks from a pod.
# DEMO_KEEP=1 waits for Enter before it goes on to upgrade and uninstall.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh
source scripts/setup/testbed.sh
source scripts/setup/run.sh
if ! cluster_possible; then
  die "No cluster: set KUBECONFIG, or run this where Docker is, or as root for the testbed."
fi
testbed_ready
REGISTRY=testbed.local scripts/images.sh make
e2e/testbed/testbed build >/dev/null
run_program "$JAVA_HOME/bin/java" @e2e/target/app/jvm.options -cp "e2e/target/app/demo.jar:e2e/target/app/lib/*" \
  dev.defender.e2e.clusterdemo.ClusterDemo "$@"
