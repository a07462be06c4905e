#!/bin/bash -eu
# OSS-Fuzz runs this after a change, in its container: the tests of reading, linting, matching, writing and rendering.
# Boost.Spirit X3 is slow to compile, so not all tests: those of the programs and of what must not compile are for CI.
build=$WORK/mtasts-tests
programs=(tests-parse tests-lint tests-decide tests-write tests-render)

cmake -S "$SRC/mtasts" -B "$build" -G Ninja -DMTASTS_EXAMPLES=OFF
cmake --build "$build" --target "${programs[@]}"
for program in "${programs[@]}"; do
    "$build/tests/$program"
done
