# SPDX-License-Identifier: Apache-2.0
# Sourced after jdk.sh: tells whether */target/app is what the sources make, by contents: a fresh clone has new times.
STAMP=target/build.stamp

stamp_now() {
  {
    cat "$JAVA_HOME/release"
    # Tests are left out, they are not shipped.
    find . -name target -prune -o -name .git -prune -o -path '*/src/test' -prune -o \
      \( -path '*/src/main/*' -o -path '*/src/build/*' -o -name pom.xml -o -path './scripts/*' -o -name LICENSE -o -name NOTICE \) \
      -type f -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
    # And that nobody has built something else over it since.
    find . -path './*/target/app/*' -type f -printf '%p %s %T@\n' | LC_ALL=C sort
  } | sha256sum | cut -d' ' -f1
}

stamp_good() { [[ -s $STAMP && $(<$STAMP) == $(stamp_now) ]] && compgen -G '*/target/app/*.jar' >/dev/null; }

stamp_write() {
  mkdir -p target
  stamp_now >$STAMP
}
