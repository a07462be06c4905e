#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# Builds and runs the benchmarks of the report reader: its speed next to JSON libraries, its memory, and its time for
# texts that are hard to read fast. CXX chooses the compiler, TEXTS (a regular expression) the texts to compare.
# Needs simdjson, RapidJSON, nlohmann/json and Google Benchmark.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

for program in report_bench report_memory report_growth; do
    "${CXX:-g++}" -std=c++20 -O2 -DNDEBUG -I"$here/../../include" "$here/$program.cpp" -o "$build/$program" \
        -lsimdjson -lbenchmark -lpthread
done

"$build/report_bench" --benchmark_repetitions="${REPETITIONS:-15}" --benchmark_min_time="${MIN_TIME:-0.05}" \
    --benchmark_filter="${TEXTS:-.}" --benchmark_enable_random_interleaving=true \
    --benchmark_report_aggregates_only=true --benchmark_format=csv 2>/dev/null >"$build/result.csv"

# CPU times. On a busy machine the minimum is more stable than the median.
for statistic in median least; do
    awk -F, -v statistic="$statistic" '
        { gsub(/"/, "", $1) }
        sub("_" statistic "$", "", $1) {
            split($1, part, "/")
            time[$1] = $4
            size[part[1]] = part[2]
            if (!(part[1] in seen)) { seen[part[1]] = 1; text[++texts] = part[1] }
        }
        END {
            printf "%-24s %8s %9s %10s %9s   %s\n", statistic " time, MB/s", "ours", "simdjson", "rapidjson", "nlohmann", \
                "their time / ours"
            for (i = 1; i <= texts; ++i) {
                t = text[i] "/" size[text[i]] "/"
                ours = time[t "ours"]; simd = time[t "simdjson"]; rapid = time[t "rapidjson"]; dom = time[t "nlohmann"]
                octets = size[text[i]] * 1000
                printf "%-24s %8.0f %9.0f %10.0f %9.0f %7.2f %6.2f %6.2f\n", text[i], octets / ours, octets / simd, \
                    octets / rapid, octets / dom, simd / ours, rapid / ours, dom / ours
            }
        }' "$build/result.csv" | { IFS= read -r head; printf '%s\n' "$head"; sort -V; }
    echo
done
"$build/report_memory"
echo
"$build/report_growth"
