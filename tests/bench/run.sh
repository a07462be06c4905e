#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Builds and runs the benchmarks; prints the medians, and the ratios that matter. CXX chooses the compiler.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

"${CXX:-g++}" -std=c++20 -O2 -DNDEBUG -I"$here/../../include" "$here/parse_bench.cpp" -o "$build/parse-bench" -lbenchmark -lpthread
"$build/parse-bench" --benchmark_repetitions="${REPETITIONS:-9}" --benchmark_min_time="${MIN_TIME:-0.1}" \
    --benchmark_enable_random_interleaving=true --benchmark_report_aggregates_only=true --benchmark_format=csv \
    2>/dev/null >"$build/result.csv"

awk -F, '
    { gsub(/"/, "", $1) }
    $1 !~ /_median$/ { next }
    { sub(/_median$/, "", $1); time[$1] = $4; split($1, part, "/") }
    part[1] ~ /^grow-/ { growth[$1] = $4 / part[2]; if (!(part[1] in seen)) { seen[part[1]] = 1; grown[++grows] = part[1] } next }
    !(part[1] in seen) { seen[part[1]] = 1; text[++texts] = part[1] }
    END {
        printf "%-24s %10s %10s %10s %12s %12s\n", "median, ns", "ours", "split", "regex", "ours/split", "regex/ours"
        for (i = 1; i <= texts; ++i) {
            t = text[i]; ours = time[t "/ours"]; hand = time[t "/split"]; regex = time[t "/regex"]
            printf "%-24s %10.0f %10.0f %10.0f %12.2f %12.1f\n", t, ours, hand, regex, ours / hand, regex / ours
        }
        printf "\n%-24s %10s %10s %10s %12s\n", "ns per octet", "1 KiB", "4 KiB", "16 KiB", "64 KiB"
        for (i = 1; i <= grows; ++i) {
            t = grown[i]
            printf "%-24s %10.2f %10.2f %10.2f %12.2f\n", substr(t, 6), growth[t "/1024"], growth[t "/4096"], growth[t "/16384"], growth[t "/65536"]
        }
    }' "$build/result.csv"
