#!/usr/bin/env bash
# SPDX-License-Identifier: BSL-1.0
# install.sh FOLDER: puts Catch2 3 into FOLDER, built from the source package of Debian 13; Debian 12 has only version 2.
set -euo pipefail
[ $# = 1 ] || { sed -n 2p "$0"; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
[ ! -e "$folder/lib/cmake/Catch2" ] || exit 0

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
# From the archive that this machine uses, but with separate package lists: nothing is installed from another release.
mkdir -p lists/partial cache
archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive trixie main" >sources.list
apt=(apt-get --quiet -o Dir::Etc::sourcelist="$scratch/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache")
"${apt[@]}" update
"${apt[@]}" source --download-only catch2
tar --extract --strip-components=1 --file catch2_3*.orig.tar.gz
cmake -S . -B build -DCMAKE_CXX_STANDARD=20 -DCMAKE_INSTALL_PREFIX="$folder" -DCMAKE_INSTALL_LIBDIR=lib \
    -DBUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF
cmake --build build --parallel "$(nproc)"
cmake --install build
