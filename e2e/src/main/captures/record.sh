#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes demo.capture anew: runs the demo's actions live, as root, and records the cgroup that they run in and nothing else.
# Paths of this source tree end up in the recording: run it from a clone in a place that may be known, such as /srv/defender.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../../.."

new=$(mktemp -d)/demo.capture
trap 'rm -rf "$(dirname "$new")"' EXIT
DEMO_MODE=live DEMO_KEEP=0 DEMO_RECORD=$new scripts/demo.sh

bytes=$(stat -c %s "$new")
if [ "$bytes" -ge 1048576 ]; then
    echo "record: $bytes bytes are more than the 1 MiB that the repository takes" >&2
    exit 1
fi
install -m 644 "$new" "$here/demo.capture"
echo "record: $here/demo.capture has $bytes bytes"
