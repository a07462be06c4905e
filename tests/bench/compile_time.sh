#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# compile_time.sh [HEADER...]: what a translation unit costs that includes one header and nothing else; all public headers
# where none is named, such as "mtasts/check.hpp". CXXS chooses the compilers, RUNS how often each unit is compiled.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 tests/bench/compile_time.py "$@"
