#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# install.sh BOOSTS: installs the compilers of the build modes, and puts other versions of Boost's headers in BOOSTS.
set -euo pipefail
[ $# = 1 ] || { sed -n '/^# install/p' "$0"; exit 2; }
mkdir -p "$1"
boosts=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

bash .ci/install.sh clang clang-16 clang-19 libc++-19-dev libc++abi-19-dev g++ g++-12-multilib g++-mingw-w64-x86-64-posix \
    libboost-dev libfmt-dev python3
python3 -m pip --version >/dev/null 2>&1 || bash .ci/install.sh python3-pip

download=$(mktemp -d)
trap 'rm -rf "$download"' EXIT
cd "$download"
# Debian's second Boost cannot be installed beside its first, so it is only unpacked.
if [ ! -e "$boosts/1.81" ]; then
    apt-get --quiet download libboost1.81-dev
    dpkg-deb --extract libboost1.81-dev_*.deb debian
    mv debian/usr/include "$boosts/1.81"
fi
if [ ! -e "$boosts/1.88" ]; then
    python3 -m pip download --quiet --no-deps libboost-headers==1.88.0
    python3 -m zipfile --extract libboost_headers-*.whl 1.88
    mv 1.88/libboost_headers/include "$boosts/1.88"
fi
if [ ! -e "$boosts/1.90" ]; then
    python3 -m pip download --quiet --no-deps --only-binary :all: --python-version 3.11 cmeel-boost==1.90.0
    python3 -m zipfile --extract cmeel_boost-*.whl 1.90
    mv 1.90/cmeel.prefix/include "$boosts/1.90"
fi
