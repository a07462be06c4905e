#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# build_and_run.sh PROGRAM [--needs FILE] [--only-build] COMPILER ARGUMENT...: builds PROGRAM and runs it.
# Exits with 77, and says why, where FILE or the compiler is missing, or where the compiler builds nothing at all for
# the target that the arguments name.
set -euo pipefail

skip() {
    echo "SKIPPED: $*"
    exit 77
}

program=$1 runs=yes
shift
while [[ $1 == --* ]]; do
    case $1 in
        --needs) [ -e "$2" ] || skip "there is no $2"; shift 2 ;;
        --only-build) runs=no; shift ;;
    esac
done

command -v "$1" >/dev/null || skip "there is no $1"
target=()
for argument in "$@"; do
    [[ $argument != -m32 && $argument != -stdlib=* ]] || target+=("$argument")
done
printf '#include <vector>\nint main() { return std::vector<int>{}.empty() ? 0 : 1; }\n' >"$program.probe.cpp"
"$1" "${target[@]}" "$program.probe.cpp" -o "$program.probe" 2>"$program.probe.log" ||
    skip "$1 ${target[*]} builds nothing at all: $(head -1 "$program.probe.log")"

rm -f "$program"
"$@" -o "$program"
[ $runs = yes ] || { echo "built, not run" && exit; }
"$program"
