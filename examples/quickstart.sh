#!/usr/bin/env bash
# Installs what is missing, builds the program mtasts and lints the files of examples/quickstart with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash .ci/install.sh g++ cmake ninja-build libboost-dev libfmt-dev libcli11-dev nlohmann-json3-dev

echo "Building mtasts ..."
cmake -S . -B build/quickstart -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O1 -DMTASTS_TESTS=OFF >/dev/null
cmake --build build/quickstart --target mtasts-cli --parallel "$(nproc)"
mtasts=build/quickstart/examples/cli/mtasts

surprises=0
# expect STATUS ARGUMENT...: runs mtasts and compares its exit status.
expect() {
    local wanted=$1 status=0
    shift
    printf '\n$ mtasts %s\n' "$*"
    "$mtasts" "$@" || status=$?
    echo "exit status $status"
    if [ "$status" != "$wanted" ]; then
        echo "quickstart: exit status $wanted was expected"
        surprises=1
    fi
}

# 0: nothing to object to; 1: findings; 2: bad usage or unreadable input.
expect 1 lint examples/quickstart/broken/mta-sts.txt
expect 1 lint examples/quickstart/broken/record.txt
expect 0 lint examples/quickstart/good/mta-sts.txt
expect 0 lint examples/quickstart/good/record.txt
expect 2 lint examples/quickstart/no-such-file
exit $surprises
