# SPDX-License-Identifier: Apache-2.0
# Sourced after jdk.sh: sets MVN to a Maven that is new enough, fetched into the user's cache if the machine has none.
# The user's settings.xml is Maven's own business: no -s is ever passed.

MAVEN_VERSION=3.9.11
MAVEN_SHA512=bcfe4fe305c962ace56ac7b5fc7a08b87d5abd8b7e89027ab251069faebee516b0ded8961445d6d91ec1985dfe30f8153268843c89aa392733d1a3ec956c9978
# A plugin refuses older ones; Debian 12 has 3.8.7.
MAVEN_OLDEST=3.9.6

# Certificates that this machine trusts beyond those of the JDK: of a proxy that opens TLS, of a mirror inside a company.
trust_extra_ca() {
  local bundle bundles=() store
  [[ "${MAVEN_OPTS:-} ${JAVA_TOOL_OPTIONS:-}" != *javax.net.ssl.trustStore=* ]] || return 0
  for bundle in "${DEFENDER_EXTRA_CA:-}" "${SSL_CERT_FILE:-}" "${NODE_EXTRA_CA_CERTS:-}" "${CURL_CA_BUNDLE:-}"; do
    [[ -z $bundle || " ${bundles[*]-} " == *" $bundle "* ]] && continue
    [[ -r $bundle ]] || { say "not readable, ignored: CA file $bundle"; continue; }
    bundles+=("$bundle")
  done
  [[ ${#bundles[@]} -gt 0 ]] || return 0
  store=$CACHE/trust-$(cat "$JAVA_HOME/release" "${bundles[@]}" | sha256sum | cut -c1-16).p12
  [[ -s $store ]] || "$JAVA_HOME/bin/java" scripts/setup/TrustStore.java "$store" "${bundles[@]}" || die "No trust store made."
  TRUST=(-Djavax.net.ssl.trustStore="$store" -Djavax.net.ssl.trustStorePassword=changeit)
}

# Maven does not read HTTPS_PROXY and the like; the JVM's own properties mean the same.
proxy_flags() {
  local scheme value host
  for scheme in https http; do
    value=${scheme}_proxy
    value=${!value:-$(printenv "${scheme^^}_PROXY" || true)}
    [[ -n $value ]] || continue
    value=${value#*://}
    value=${value%%/*}
    if [[ $value == *@* ]]; then
      say "the user and password in ${scheme}_proxy are not passed on: put a proxy that asks for them into ~/.m2/settings.xml"
      value=${value##*@}
    fi
    host=${value%:*}
    PROXY+=(-D"$scheme".proxyHost="$host")
    [[ $value != *:* ]] || PROXY+=(-D"$scheme".proxyPort="${value##*:}")
  done
  value=${no_proxy:-${NO_PROXY:-}}
  [[ ${#PROXY[@]} -gt 0 ]] || return 0
  # Without this Maven's resolver looks only into settings.xml.
  PROXY+=(-Daether.connector.http.useSystemProperties=true)
  if [[ -n $value ]]; then
    # .example.org means every host below it, which the JVM writes *.example.org.
    value=$(tr -d ' ' <<<"$value" | tr ',' '\n' | sed -E 's/^\./*./' | paste -sd'|')
    PROXY+=(-Dhttp.nonProxyHosts="$value|localhost|127.*|[::1]")
  fi
}

new_enough() {
  local version
  version=$("$1" -v 2>/dev/null | sed -nE 's/.*Apache Maven ([0-9.]+).*/\1/p' | head -n 1)
  [[ $version == 3.* && $(printf '%s\n' "$MAVEN_OLDEST" "$version" | sort -V | head -n 1) == "$MAVEN_OLDEST" ]]
}

find_maven() {
  local fetched=$CACHE/apache-maven-$MAVEN_VERSION/bin/mvn
  if [[ -x $fetched ]]; then
    MVN=$fetched
  elif command -v mvn >/dev/null && new_enough mvn; then
    MVN=mvn
  else
    say "fetching Maven $MAVEN_VERSION (none of $MAVEN_OLDEST or later on PATH) into $CACHE"
    "$JAVA_HOME/bin/java" "${TRUST[@]}" "${PROXY[@]}" scripts/setup/FetchMaven.java "$MAVEN_VERSION" "$MAVEN_SHA512" "$CACHE" ||
      die "Maven was not fetched. Install Maven $MAVEN_OLDEST or later yourself, or set MVNW_REPOURL to a mirror of Maven Central."
    MVN=$fetched
  fi
}

TRUST=()
PROXY=()
mkdir -p "$CACHE"
trust_extra_ca
proxy_flags
find_maven
# Maven 3.9 uses what newer JDKs warn of; that is not news for who builds this.
export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${PROXY[*]} ${TRUST[*]} ${MAVEN_OPTS:-}"

# Plugins that print on their own are silenced by -q; a failure prints regardless.
mvn_run() { "$MVN" -B --no-transfer-progress "$@"; }
