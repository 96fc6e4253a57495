#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Removes what was built. What a running demo holds is the demo's: it is stopped, not pulled away from under it.
source "$(dirname "$0")/setup/env.sh"
find . -name .git -prune -o -type d -name target -prune -print0 | xargs -0 -r rm -rf
rm -rf .demo
