# SPDX-License-Identifier: Apache-2.0
# Sourced: finds a JDK 25 and exports JAVA_HOME. The default `java` is often another one, so it is never asked.

jdk_version() {
  # The `release` file tells without starting a JVM.
  [[ -x $1/bin/javac && -r $1/release ]] && sed -nE 's/^JAVA_VERSION="([0-9]+).*/\1/p' "$1/release"
}

find_jdk() {
  local home version seen=() looked=" "
  for home in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    [[ -n $home && -d $home ]] || continue
    # A JDK often has several names; what is asked for by name is mostly a link.
    home=$(readlink -f "$home")
    [[ $looked != *" $home "* ]] || continue
    looked+="$home "
    version=$(jdk_version "$home") || continue
    if [[ ${version:-0} -ge 25 ]]; then
      JAVA_HOME=$home
      export JAVA_HOME
      return
    fi
    seen+=("  $home is JDK ${version:-of unknown version}")
  done
  die "No JDK 25 found. Looked in JAVA25_HOME, JAVA_HOME and /usr/lib/jvm/*:" "${seen[@]:-  nothing there}" \
    "Install a JDK 25 (Debian: package temurin-25-jdk or openjdk-25-jdk), or set JAVA25_HOME to where one is."
}

find_jdk
