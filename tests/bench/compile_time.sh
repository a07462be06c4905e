#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# compile_time.sh [HEADER...]: the compile time of a translation unit that includes one header, such as
# "mtasts/check.hpp", and nothing else; by default of all public headers. CXXS chooses the compilers, RUNS how often
# each unit is compiled.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 tests/bench/compile_time.py "$@"
