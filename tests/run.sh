#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# run.sh [--all] [CMAKE-OPTION...]: installs what is missing, builds everything in build/dev and runs all tests. A test
# that needs servers, other compilers or other tools is skipped where they are missing; --all installs them (Debian 12).
# TARGETS names what to build instead of everything, and TESTS is a regular expression of the tests to run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "${1:-}" = --all ]; then
    shift
    source tests/tools.sh
fi
bash .ci/install.sh g++ cmake ninja-build python3 libboost-dev libfmt-dev catch2 libgmock-dev libcli11-dev \
    nlohmann-json3-dev zlib1g-dev python3-jsonschema libcurl4-openssl-dev libssl-dev libsqlite3-dev libunbound-dev \
    libicu-dev libpsl-dev

cmake --preset dev -DMTASTS_POSTFIX=ON "$@"
cmake --build --preset dev --parallel "$(nproc)" ${TARGETS:+--target $TARGETS}
ctest --preset dev --parallel "$(nproc)" ${TESTS:+--tests-regex "$TESTS"}
