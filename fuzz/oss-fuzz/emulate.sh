#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# emulate.sh SANITIZER...: what OSS-Fuzz does, without its container: runs build.sh for each of address, undefined and
# memory that is named, by clang++ and libc++, and then every fuzzer from its seed corpus, as many at a time as there are
# cores. Fails on any finding; prints executions. SECONDS_EACH (30) says for how long, HARNESSES (all) names which.
# Everything is in build/oss-fuzz/SANITIZER; inputs that fail are in found/ there.
#
# address has UndefinedBehaviorSanitizer too, unlike OSS-Fuzz's, so that one run in CI fuzzes with both.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
export SECONDS_EACH=${SECONDS_EACH:-30} CC=${CC:-clang-19} CXX=${CXX:-clang++-19}

# As in OSS-Fuzz's images, where unsigned overflow guides the fuzzer but is not a finding.
undefined=array-bounds,bool,builtin,enum,function,integer-divide-by-zero,null,object-size,return
undefined+=,returns-nonnull-attribute,shift,signed-integer-overflow,unreachable,vla-bound,vptr
undefined="-fsanitize=$undefined,unsigned-integer-overflow -fno-sanitize-recover=$undefined"
export UBSAN_OPTIONS=silence_unsigned_overflow=1:print_stacktrace=1

flags_of() {
    case $1 in
        address) echo "-fsanitize=address -fsanitize-address-use-after-scope $undefined" ;;
        undefined) echo "$undefined" ;;
        memory) echo "-fsanitize=memory -fsanitize-memory-track-origins" ;;
        *) echo "emulate.sh: neither address nor undefined nor memory: $1" >&2; return 2 ;;
    esac
}

# Usage: build SANITIZER PLACE
build() {
    # Debian's libFuzzer itself uses libstdc++.
    local engine="-fsanitize=fuzzer -Wl,-lstdc++" flags made=
    flags=$(flags_of "$1")
    flags+=" -O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=fuzzer-no-link"
    flags+=" -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION"
    # The Boost of Debian 12 is older than its libc++, and needs std::unary_function.
    local cxxflags="$flags -stdlib=libc++ -D_LIBCPP_ENABLE_CXX17_REMOVED_UNARY_BINARY_FUNCTION"
    rm -rf "$2"/{out,found,logs,corpus}
    mkdir -p "$2"/{src,work,out,found,logs,corpus}
    ln -sfn "$root" "$2/src/mtasts"
    if [ "$1" = memory ]; then
        $CXX $cxxflags -std=c++20 -c "$here/libcxx.cpp" -o "$2/work/libcxx.o"
        engine+=" $2/work/libcxx.o"
        # The program that makes seeds needs more of libc++ than that: it is built without instrumentation.
        made=$2/work/seeds
        "$here/../seeds/make.sh" "$made"
    fi
    CFLAGS=$flags CXXFLAGS=$cxxflags LIB_FUZZING_ENGINE=$engine SANITIZER=$1 SRC=$2/src WORK=$2/work OUT=$2/out \
        SEEDS=$made "$here/build.sh" ${HARNESSES:-}
}

# Usage: fuzz PLACE NAME; with the options and limits of ClusterFuzz.
fuzz() {
    local place=$1 name=$2 options=()
    unzip -q "$place/out/${name}_seed_corpus.zip" -d "$place/corpus/$name"
    [ ! -e "$place/out/$name.dict" ] || options+=("-dict=$place/out/$name.dict")
    [ ! -e "$place/out/$name.options" ] ||
        mapfile -t -O ${#options[@]} options < <(sed -n 's/^\([a-z_]*\) *= *\(.*\)/-\1=\2/p' "$place/out/$name.options")
    if "$place/out/$name" -max_total_time="$SECONDS_EACH" -timeout=25 -rss_limit_mb=2560 -print_final_stats=1 \
        -artifact_prefix="$place/found/$name-" "${options[@]}" "$place/corpus/$name" >"$place/logs/$name" 2>&1; then
        sed -n 's/^stat::number_of_executed_units: *//p; s/^stat::average_exec_per_sec: *//p' "$place/logs/$name" |
            xargs printf '%-15s %12d executions %9d a second\n' "$name"
    else
        printf '%-15s FOUND SOMETHING\n' "$name"
        tail -n 60 "$place/logs/$name"
        return 1
    fi
}
export -f fuzz

[ $# -gt 0 ] || { sed -n '/^# emulate/,/^[^#]/s/^# //p' "$0"; exit 2; }
failed=0
for sanitizer in "$@"; do
    place=$root/build/oss-fuzz/$sanitizer
    start=$SECONDS
    build "$sanitizer" "$place"
    echo "$sanitizer: built in $((SECONDS - start)) s; now $SECONDS_EACH s for each fuzzer"
    for zip in "$place"/out/*_seed_corpus.zip; do
        basename "$zip" _seed_corpus.zip
    done | xargs -P "$(nproc)" -I{} bash -c 'fuzz "$@"' _ "$place" {} || failed=1
done
exit $failed
