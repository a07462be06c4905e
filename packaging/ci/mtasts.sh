#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# mtasts.sh ARGUMENT...: runs the program mtasts of this checkout, which is built at its first use, or the one that
# MTASTS_PROGRAM names.
set -euo pipefail

if [ -n "${MTASTS_PROGRAM:-}" ]; then
    command -v "$MTASTS_PROGRAM" >/dev/null || { echo "mtasts.sh: there is no program $MTASTS_PROGRAM" >&2 && exit 2; }
    exec "$MTASTS_PROGRAM" "$@"
fi
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build/program
if [ ! -x "$build/examples/cli/mtasts" ]; then
    echo "Building mtasts in $build, which takes about a minute" >&2
    options=(-DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 -DMTASTS_TESTS=OFF)
    if ! said=$(cmake -S "$root" -B "$build" "${options[@]}" 2>&1 &&
        cmake --build "$build" --target mtasts-cli --parallel 2 2>&1); then
        printf '%s\n' "$said" >&2
        echo "mtasts.sh: it was not built; it needs CMake, a C++20 compiler, Boost, fmt, CLI11, nlohmann_json and zlib" >&2
        exit 2
    fi
fi
exec "$build/examples/cli/mtasts" "$@"
