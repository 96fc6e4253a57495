#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the programs into */target/app; does nothing when sources, JDK and results are as they were.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh
source scripts/setup/packages.sh

STAMP=target/build.stamp

# Contents, not times: a fresh clone and a switched branch have new times. Tests are left out, they are not shipped.
inputs() {
  {
    cat "$JAVA_HOME/release"
    find . -name target -prune -o -name .git -prune -o -path '*/src/test' -prune -o \
      \( -path '*/src/main/*' -o -name pom.xml -o -path './scripts/build.sh' \) -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d' ' -f1
}

have=$(cat $STAMP 2>/dev/null || true)
want=$(inputs)
if [[ $have == "$want" ]] && compgen -G '*/target/app/*.jar' >/dev/null; then
  say "built already"
  exit
fi

source scripts/setup/maven.sh
say "building (the first time downloads the dependencies)"
rm -f $STAMP
mvn_run -q -T1C package -Dmaven.test.skip=true -Dspotless.check.skip=true
mkdir -p target
echo "$want" >$STAMP
say "built"
