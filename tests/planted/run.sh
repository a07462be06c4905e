#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# run.sh [NAME...]: a test that cannot fail is a defect. Each NAME.patch here has a fault in a decision of a program;
# this shows that its test finds the fault. The second line of a patch says how: "compile TEST", where a static_assert
# has to fail, or "run TEST SOURCE...", where the test has to. NAME chooses patches by how their names begin. The
# promises of the fuzz harnesses have theirs in fuzz/planted.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export root work CXX=${CXX:-g++}

# Usage: find_fault PATCH; prints one row.
find_fault() {
    local patch=$1 name how copy flags found
    name=$(basename "$patch" .patch)
    copy=$work/$name
    result() { printf '%-40s %s\n' "$name" "$1"; }
    mkdir "$copy"
    (cd "$root" && cp -r --parents include examples/{cli,postfix} tests/{postfix,cli}/*.[ch]pp tests/catch2_3 "$copy")
    patch --quiet --directory="$copy" --strip=1 --fuzz=0 <"$patch" || { result "DOES NOT APPLY"; return 1; }
    read -r -a how < <(sed -n 2p "$patch")
    flags=(-std=c++20 -O0 -DFMT_HEADER_ONLY -Iinclude -Iexamples/postfix -Iexamples/cli)
    echo '#include <catch2/catch_version_macros.hpp>' | "$CXX" -E -x c++ - >/dev/null 2>&1 && flags=(-Itests/catch2_3 "${flags[@]}")
    cd "$copy"
    case ${how[0]} in
        compile)
            "$CXX" "${flags[@]}" -fsyntax-only "${how[1]}" >log 2>&1 && { result "NOT FOUND"; return 1; }
            found=$(grep --max-count=1 'static assertion failed' log) || { result "fails otherwise: $(grep -m1 error log)"; return 1; }
            ;;
        run)
            local libraries=(-lCatch2Main -lCatch2)
            [[ ${flags[0]} = -Itests/catch2_3 ]] || { flags+=(-DCATCH_CONFIG_MAIN); libraries=(); }
            # The main() of Catch2 goes into one unit only.
            "$CXX" "${flags[@]}" "${how[@]:1}" -o test -pthread "${libraries[@]}" >log 2>&1 ||
                { result "DOES NOT COMPILE: $(grep -m1 error log)"; return 1; }
            ./test >log 2>&1 && { result "NOT FOUND"; return 1; }
            found=$(grep --max-count=1 'FAILED:' log) || { result "fails otherwise: $(tail -1 log)"; return 1; }
            ;;
        *) result "NO SUCH WAY: ${how[0]}"; return 1 ;;
    esac
    result "found: $(sed 1q "$patch")"
}
export -f find_fault

for patch in "$here"/*.patch; do
    for beginning in "${@:-}"; do
        [[ $(basename "$patch") != "$beginning"* ]] || echo "$patch"
    done
done | xargs -P "$(nproc)" -I{} bash -euo pipefail -c 'find_fault {}'
