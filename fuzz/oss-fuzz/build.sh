#!/bin/bash -eu
# SPDX-License-Identifier: BSL-1.0
# build.sh [NAME...]: what OSS-Fuzz runs in its container, and emulate.sh without one: every harness,
# or those named, as $OUT/NAME, with its seed corpus, dictionary and options. CMake takes $CC, $CXX, $CFLAGS and $CXXFLAGS
# from the environment. SEEDS, where it is set, is a folder in which the seeds have been made already.

fuzz=$SRC/mtasts/fuzz
build=$WORK/mtasts

harnesses=("$@")
if [ $# = 0 ]; then
    for source in "$fuzz"/*.cpp; do
        harness=$(basename "$source" .cpp)
        # zlib is the one dependency that is not header-only. It is not instrumented, and what it writes would count
        # as uninitialized memory.
        case $SANITIZER-$harness in *-main | memory-gzip) ;; *) harnesses+=("$harness") ;; esac
    done
fi

# The machines that fuzz do not have our shared libraries.
cmake -S "$SRC/mtasts" -B "$build" -G Ninja -DMTASTS_TESTS=OFF -DMTASTS_EXAMPLES=OFF \
    -DMTASTS_FUZZ=ON -DMTASTS_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" -DZLIB_USE_STATIC_LIBS=ON
cmake --build "$build" --target "${harnesses[@]/%/-fuzzer}"
[ -n "${SEEDS:-}" ] || cmake --build "$build" --target fuzz-seeds

for harness in "${harnesses[@]}"; do
    cp "$build/fuzz/$harness-fuzzer" "$OUT/$harness"
    rm -f "$OUT/${harness}_seed_corpus.zip"
    for seeds in "${SEEDS:-$build/fuzz/seeds}/$harness" "$fuzz/regressions/$harness"; do
        [ ! -d "$seeds" ] || find "$seeds" -type f | zip --quiet --junk-paths "$OUT/${harness}_seed_corpus.zip" -@
    done
    for extra in "$fuzz/$harness".{dict,options}; do
        [ ! -e "$extra" ] || cp "$extra" "$OUT/"
    done
done
