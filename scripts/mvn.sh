#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Maven with the right JDK, proxy and certificates: scripts/mvn.sh -pl bpf4j -am verify
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/maven.sh
mvn_run "$@"
