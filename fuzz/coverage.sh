#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# coverage.sh: how much of include/ the made seeds reach when they are replayed, without fuzzing. Prints a table, and
# every region that is not reached; fails below 98 % of lines or 95 % of regions, or if a header is in no harness. Needs
# clang and llvm, both of version 14. All harnesses are one program, so that what several of them use is counted once.
#
# Not counted: literals.hpp, which is for constant expressions only; compiled.hpp, which only declares; testing/, which
# is for users' tests; and what AT_COMPILE_TIME of unreached.py names.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root build=$root/build/coverage
rm -rf "$build" && mkdir -p "$build"

# Usage: compile NAME SOURCE [OPTION...]; without optimization, so that every line has its own count.
compile() {
    local object=$build/$1.o source=$2
    clang++-14 -std=c++20 -O0 -fprofile-instr-generate -fcoverage-mapping -DFMT_HEADER_ONLY -I"$root/include" \
        -DLLVMFuzzerCustomMutator="mutate_$1" -MMD "${@:3}" -c "$source" -o "$object"
}
export -f compile

harnesses=()
for source in "$root"/fuzz/*.cpp; do
    harness=$(basename "$source" .cpp)
    [ "$harness" = main ] || harnesses+=("$harness")
done
# As on a machine without SSE2 and NEON: the harness once more, under another name.
portable=(tlsrpt_report small_texts)
{
    for harness in "${harnesses[@]}"; do
        echo "$harness $root/fuzz/$harness.cpp -DLLVMFuzzerTestOneInput=replay_$harness"
    done
    for harness in "${portable[@]}"; do
        echo "${harness}_portable $root/fuzz/$harness.cpp -Dmtasts=mtasts_portable -U__SSE2__" \
            "-DLLVMFuzzerTestOneInput=replay_${harness}_portable"
    done
    for source in "$root"/fuzz/support/*.cpp "$root/fuzz/main.cpp"; do
        echo "support_$(basename "$source" .cpp) $source"
    done
} | xargs -P "$(nproc)" -L 1 bash -euo pipefail -c 'compile "$@"' _

# One entry point, which calls the harness that the environment names.
{
    echo '#include <cstdint>'
    echo '#include <cstdlib>'
    echo '#include <string_view>'
    for harness in "${harnesses[@]}" "${portable[@]/%/_portable}"; do
        echo "extern \"C\" int replay_$harness(std::uint8_t const*, std::size_t);"
    done
    echo 'extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {'
    echo '    std::string_view const name = std::getenv("HARNESS");'
    for harness in "${harnesses[@]}" "${portable[@]/%/_portable}"; do
        echo "    if (name == \"$harness\") return replay_$harness(data, size);"
    done
    echo '    return -1;'
    echo '}'
} >"$build/all.cpp"
clang++-14 -std=c++20 -c "$build/all.cpp" -o "$build/all.o"
clang++-14 -fprofile-instr-generate "$build"/*.o -lz -o "$build/replay"

CXX=clang++-14 "$root/fuzz/seeds/make.sh" "$build/seeds" "${harnesses[@]}"
for harness in "${harnesses[@]}" "${portable[@]/%/_portable}"; do
    HARNESS=$harness LLVM_PROFILE_FILE=$build/$harness.profraw "$build/replay" \
        "$build/seeds/${harness%_portable}" >"$build/$harness.log" || { cat "$build/$harness.log"; exit 1; }
done
llvm-profdata-14 merge -sparse "$build"/*.profraw -o "$build/all.profdata"
of=("$build/replay" -instr-profile "$build/all.profdata" -ignore-filename-regex='/literals\.hpp$|/testing/')
llvm-cov-14 export "${of[@]}" -skip-expansions "$root/include" >"$build/all.json"
llvm-cov-14 export "${of[@]}" -format=lcov "$root/include" >"$build/all.lcov"

missing=$(comm -13 <(cat "$build"/*.d | grep -o 'include/mtasts[^ ]*\.hpp' | sed 's|^include/||' | sort -u) \
    <(cd "$root/include" && find mtasts* -name '*.hpp' ! -name mtasts.hpp ! -name report.hpp ! -name literals.hpp \
        ! -name compiled.hpp ! -path '*/testing/*' | sort))
[ -z "$missing" ] || printf 'in no harness: %s\n' $missing
python3 "$root/fuzz/unreached.py" "$build/all.json" "$build/all.lcov" 98 95
[ -z "$missing" ]
