#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles every *.bpf.c of a directory to CO-RE objects: compile-bpf.sh SOURCE_DIR OUTPUT_DIR [INCLUDE_DIR...]
# BPF_CLANG and BPF_ARCH (x86, arm64) override what is found. Objects newer than all sources and headers are left alone.
set -eu

source_dir=$1
output_dir=$2
shift 2

clang=${BPF_CLANG:-clang}
if ! command -v "$clang" > /dev/null; then
    echo "compile-bpf: $clang not found; install clang 14 or later (Debian: apt-get install clang) or set BPF_CLANG" >&2
    exit 1
fi
if ! [ -e /usr/include/bpf/bpf_helpers.h ] && [ -z "${BPF_INCLUDE:-}" ]; then
    echo "compile-bpf: bpf/bpf_helpers.h not found; install libbpf-dev 1.1 or later, or set BPF_INCLUDE to its include dir" >&2
    exit 1
fi
case ${BPF_ARCH:-$(uname -m)} in
    x86 | x86_64) arch=x86 ;;
    arm64 | aarch64) arch=arm64 ;;
    *) echo "compile-bpf: only x86_64 and arm64 are supported, not $(uname -m)" >&2; exit 1 ;;
esac

includes="-I$source_dir"
for dir in "$@" ${BPF_INCLUDE:-}; do
    includes="$includes -I$dir"
done

mkdir -p "$output_dir"
for source in "$source_dir"/*.bpf.c; do
    object=$output_dir/$(basename "$source" .c).o
    if [ -e "$object" ] && [ -z "$(find "$source_dir" "$@" "$0" -newer "$object" -type f)" ]; then
        continue
    fi
    # Word splitting of $includes is intended: build directories have no spaces. The map and prefix options keep the place of
    # the build out of the object's debug data.
    # shellcheck disable=SC2086
    "$clang" -O2 -g -Wall -Werror -target bpf -mcpu=v2 "-D__TARGET_ARCH_$arch" \
        "-fdebug-prefix-map=$source_dir=." -fdebug-compilation-dir=. $includes -c "$source" -o "$object.tmp"
    mv "$object.tmp" "$object"
done
