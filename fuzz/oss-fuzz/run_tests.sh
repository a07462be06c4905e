#!/bin/bash -eu
# SPDX-License-Identifier: BSL-1.0
# OSS-Fuzz runs this in its container, after build.sh, to see whether a change breaks anything: all seeds are replayed,
# and every harness compares the results with its oracle. The other tests need more than its image has.
cmake --build "$WORK/mtasts" --target fuzz/all
ctest --test-dir "$WORK/mtasts" --parallel "$(nproc)" --output-on-failure
