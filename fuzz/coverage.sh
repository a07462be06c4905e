#!/usr/bin/env bash
# coverage.sh: how much of include/ the corpora reach, replayed and no more. Prints llvm-cov's table and every region that
# is not reached; fails below 98 % of lines or 95 % of regions. Needs clang++ and the llvm tools of its version.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/coverage
version=$(clang++ -dumpversion | cut -d. -f1)
flags="-O0 -fprofile-instr-generate -fcoverage-mapping"

cmake -S "$root" -B "$build" -G Ninja -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="$flags" \
    -DMTASTS_EXAMPLES=OFF
cmake --build "$build" --target fuzz/all

objects=()
rm -f "$build"/*.profraw
for program in "$build"/fuzz/fuzz-replay-*; do
    name=${program##*/fuzz-replay-}
    LLVM_PROFILE_FILE=$build/$name.profraw "$program" "$root/fuzz/corpus/$name"
    objects+=(-object "$program")
done
# Headers that no harness includes count as well. Last, because of a function that is known twice the first counts.
echo '#include <mtasts.hpp>' |
    clang++ -std=c++20 $flags -DFMT_HEADER_ONLY -I"$root/include" -c -x c++ - -o "$build/all_headers.o"
objects+=(-object "$build/all_headers.o")

"llvm-profdata-$version" merge -sparse "$build"/*.profraw -o "$build/all.profdata"
of=("${objects[@]:1}" -instr-profile "$build/all.profdata")
"llvm-cov-$version" report "${of[@]}" -show-branch-summary=false "$root/include"
"llvm-cov-$version" export "${of[@]}" -skip-expansions "$root/include" >"$build/all.json"
python3 "$root/fuzz/unreached.py" "$build/all.json" 98 95
