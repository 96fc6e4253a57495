#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes work.capture anew, as root: ordinary work of a build container, recorded from a cgroup of its own and nothing else.
# The benches feed the sensor with it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../../../.."
source scripts/setup/jdk.sh

place=/srv/work
[[ ! -e $place ]] || { echo "record: $place is in the way" >&2; exit 1; }
state=$(mktemp -d)
hierarchy=/sys/fs/cgroup
[[ -e $hierarchy/cgroup.controllers ]] || hierarchy=$hierarchy/memory
group=$hierarchy/defender-record-work
clean_up() {
  rmdir "$group" || true
  rm -rf "$state" "$place"
}
trap clean_up EXIT
mkdir "$group" "$place"

"$JAVA_HOME/bin/java" @sensor-ds/target/app/jvm.options -jar sensor-ds/target/app/sensor.jar --node=build-1 \
  --socket="$state/no.sock" --bpffs="$state" --state="$state" \
  --record="$state/work.capture" --record-cgroup="$group" >"$state/log" 2>&1 &
sensor=$!
for _ in $(seq 300); do
  ! grep -q '^sensor: attached' "$state/log" || break
  kill -0 $sensor || { cat "$state/log" >&2; exit 1; }
  sleep 0.1
done

cat >"$place/build.sh" <<'WORK'
mkdir -p src/main/java/com/example/orders build/classes build/reports
for name in OrderController OrderRepository OrderService CustomerLookup InvoiceRenderer; do
  printf "int %s(void) { return 0; }\n" $name >src/main/java/com/example/orders/$name.c
  wc -l src/main/java/com/example/orders/$name.c
done
find . -name "*.c" -newer /etc/hostname -print0 | xargs -0 grep --with-filename --line-number "return"
tar --create --gzip --file=build/orders-2.14.3-sources.tar.gz --exclude=build --directory=. src
sha256sum build/orders-2.14.3-sources.tar.gz | tee build/reports/checksums.txt
cp --recursive --preserve=mode,timestamps src build/reports/source-copy-of-release-2.14.3
sort --unique --key=2 build/reports/checksums.txt | awk "{ print \$2 }" | sed -e "s/^/artifact: /" | head -n 20
for path in /healthz "/api/v2/orders?customer=4711&state=open&limit=50" /metrics; do
  curl --silent --show-error --max-time 2 --header "Accept: application/json" "http://127.0.0.1:9/$path" || true
done
git init --quiet --initial-branch=main checkout && git -C checkout status --short --branch
date --utc +%Y-%m-%dT%H:%M:%SZ >build/reports/finished-at.txt
WORK
# shellcheck disable=SC2016
sh -c 'echo $$ >"$0"/cgroup.procs; cd "$1"; exec sh ./build.sh --release' "$group" "$place" >"$state/output" 2>&1 ||
  { cat "$state/output" >&2; exit 1; }

kill -TERM $sensor
wait $sensor || true
bytes=$(stat -c %s "$state/work.capture")
[[ $bytes -lt 1048576 ]] || { echo "record: $bytes bytes are more than the 1 MiB that the repository takes" >&2; exit 1; }
install -m 644 "$state/work.capture" "$here/work.capture"
echo "record: $here/work.capture has $bytes bytes"
