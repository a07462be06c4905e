#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# planted.sh [NAME...]: a fuzzer that cannot fail is a defect. Each planted/HARNESS.NUMBER-WORDS.patch has a fault that
# breaks the promise of that number; this builds the harness with a copy of the sources that has the fault, and shows
# that it finds the fault from its seeds or regressions within SECONDS_EACH (60). Fails if one is not found, does not
# apply or breaks another promise than the patch says, or if a promise has no patch. NAME chooses patches by how their
# names begin.
set -euo pipefail

fuzz=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export root=$fuzz/.. work SECONDS_EACH=${SECONDS_EACH:-60} CXX=${CXX:-clang++}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

headers_of() { sed -n 's|^#include "\([a-z_]*\.hpp\)"|\1|p' "$1"; }

# Usage: find_fault PATCH; prints one row of the table.
find_fault() {
    local patch=$1 name harness copy start support
    name=$(basename "$patch" .patch)
    harness=${name%%.*}
    copy=$work/$name
    result() { printf '%-40s %s\n' "$name" "$1"; }
    mkdir "$copy"
    (cd "$root" && cp -r --parents include fuzz/*.[ch]pp fuzz/support \
        tests/{parse/json,decide}/*.hpp "$copy")
    patch --quiet --directory="$copy" --strip=1 --fuzz=0 <"$patch" || { result "DOES NOT APPLY"; return 1; }
    ! grep -q "^+++ b/fuzz/$harness" "$patch" || { result "CHANGES THE HARNESS ITSELF"; return 1; }
    # The files of support/ that a harness includes, itself or by a header.
    mapfile -t support < <(cd "$copy/fuzz" && headers_of "$harness.cpp" | xargs cat "$harness.cpp" |
        sed -n "s|^#include \"\(support/.*\)\.hpp\"|$copy/fuzz/\1.cpp|p" | sort -u)
    "$CXX" -std=c++20 -O0 -fsanitize=fuzzer -DFMT_HEADER_ONLY -I"$copy/include" "$copy/fuzz/$harness.cpp" \
        "${support[@]}" -lz -o "$copy/fuzzer" || { result "DOES NOT COMPILE"; return 1; }
    mkdir "$copy/corpus"
    cp "$work/seeds/$harness"/* "$copy/corpus"
    [ ! -d "$root/fuzz/regressions/$harness" ] || cp "$root/fuzz/regressions/$harness"/* "$copy/corpus"
    start=$(date +%s%N)
    if "$copy/fuzzer" -max_total_time="$SECONDS_EACH" -artifact_prefix="$copy/" "$copy/corpus" >"$copy/log" 2>&1; then
        result "NOT FOUND in $SECONDS_EACH s"
        return 1
    elif ! grep '^broken: ' "$copy/log" | grep -qxFf - "$patch"; then
        result "found something else: $(grep -m1 -e '^broken: ' -e ERROR "$copy/log")"
        return 1
    fi
    result "found in $(( ($(date +%s%N) - start) / 1000000 )) ms: $(sed 1q "$patch")"
    rm -rf "$copy"
}
export -f headers_of find_fault

[ $# -gt 0 ] || python3 "$fuzz/promises.py" check
"$fuzz/seeds/make.sh" "$work/seeds" >"$work/made"
for patch in "$fuzz"/planted/*.patch; do
    for beginning in "${@:-}"; do
        [[ $(basename "$patch") != "$beginning"* ]] || echo "$patch"
    done
done | xargs -P "$(nproc)" -I{} bash -euo pipefail -c 'find_fault {}'
