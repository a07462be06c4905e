#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# make.sh FOLDER [HARNESS...]: makes the seeds of all harnesses, or of those named, in FOLDER/HARNESS, without CMake.
# CXX (clang++) compiles the program that does it.
set -euo pipefail

fuzz=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$1
shift
if [ $# = 0 ]; then
    for source in "$fuzz"/*.cpp; do
        harness=$(basename "$source" .cpp)
        [ "$harness" = main ] || set -- "$@" "$harness"
    done
fi
mkdir -p "$folder"
"${CXX:-clang++}" -std=c++20 -O0 -DFMT_HEADER_ONLY -I"$fuzz/../include" "$fuzz"/seeds/*.cpp \
    "$fuzz/support/mutations.cpp" -o "$folder/make"
"$folder/make" "$fuzz/../tests" "$folder" "$@"
rm "$folder/make"
