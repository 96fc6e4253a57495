#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Container images of all programs, without Docker: images.sh make | push | load. REGISTRY names where the cluster pulls
# from, TAG the tag (default: the project's version), ONLY one image, CLUSTER (load) kind, k3d, minikube or testbed.
source "$(dirname "$0")/setup/env.sh"
source scripts/setup/jdk.sh

OUT=$PWD/target/images
VERSION=$(sed -nE '0,/<version>/s/.*<version>(.*)<\/version>.*/\1/p' pom.xml)
TAG=${TAG:-$VERSION}

run_images() {
  scripts/build.sh
  "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow @images/target/app/jvm.options -jar images/target/app/images.jar \
    --source="$PWD" --out="$OUT" --registry="$1" --tag="$TAG" ${ONLY:+"--only=$ONLY"} "${@:2}"
}

archives() { compgen -G "$OUT/${ONLY:-defender-*}.tar" || die "No images in $OUT; run make images first."; }

load() {
  local archive list
  list=$(archives)
  case ${CLUSTER:-} in
    kind) for archive in $list; do kind load image-archive "$archive" ${NAME:+--name "$NAME"}; done ;;
    k3d) for archive in $list; do k3d image import "$archive" ${NAME:+-c "$NAME"}; done ;;
    minikube) for archive in $list; do minikube image load "$archive" ${NAME:+-p "$NAME"}; done ;;
    testbed) for archive in $list; do e2e/testbed/testbed load "$archive"; done ;;
    *) die "CLUSTER is '${CLUSTER:-}': say make load CLUSTER=kind, k3d, minikube or testbed (NAME=… names one of several)." ;;
  esac
}

case ${1:-} in
  make) run_images "${REGISTRY:-testbed.local}" ;;
  push)
    [[ ${REGISTRY:-} ]] || die "REGISTRY is not set: say make push REGISTRY=registry.example/defender." \
      "Credentials are those of docker login, or REGISTRY_USER and REGISTRY_PASSWORD."
    run_images "$REGISTRY" --push=yes
    ;;
  load) load ;;
  *) die "usage: images.sh make | push | load" ;;
esac
