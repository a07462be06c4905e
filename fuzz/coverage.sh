#!/usr/bin/env bash
# coverage.sh: how much of include/ the corpora reach, replayed and no more. Prints llvm-cov's table and every region that
# is not reached; fails below 98 % of lines or 95 % of regions, or where a header is in no harness. Wants clang-14 and
# llvm-14: they count what `if constexpr` discards as not reached, but the llvm-cov of LLVM 19 loses counts of functions
# that some of the programs use and others do not.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/coverage

# Without optimization, so that every line has its own count; without a compiler cache, which may shorten paths.
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_CXX_COMPILER_LAUNCHER= \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="-O0 -fprofile-instr-generate -fcoverage-mapping" -DMTASTS_EXAMPLES=OFF
cmake --build "$build" --target fuzz/all

objects=()
rm -f "$build"/*.profraw
for program in "$build"/fuzz/fuzz-replay-*; do
    name=${program##*/fuzz-replay-}
    LLVM_PROFILE_FILE=$build/$name.profraw "$program" "$root/fuzz/corpus/$name"
    objects+=(-object "$program")
done
llvm-profdata-14 merge -sparse "$build"/*.profraw -o "$build/all.profdata"
of=("${objects[@]:1}" -instr-profile "$build/all.profdata")
llvm-cov-14 report "${of[@]}" -show-branch-summary=false "$root/include"
llvm-cov-14 export "${of[@]}" -skip-expansions "$root/include" >"$build/all.json"
python3 "$root/fuzz/unreached.py" "$build/all.json" 98 95

# Literals are read at compile time alone; mtasts.hpp holds nothing but includes.
missing=$(comm -13 <(ninja -C "$build" -t deps | sed -n 's|^ *.*/include/\(mtasts.*\)|\1|p' | sort -u) \
    <(cd "$root/include" && find mtasts* -name '*.hpp' ! -name mtasts.hpp ! -name literals.hpp | sort))
[ -z "$missing" ] || { printf 'in no harness: %s\n' $missing; exit 1; }
