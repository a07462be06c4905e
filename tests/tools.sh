# SPDX-License-Identifier: BSL-1.0
# To be sourced in the root of the tree: installs everything that any test can use, and puts it on PATH. For Debian 12,
# whose compilers and Boost the build modes name.
bash .ci/install.sh g++ make cmake ninja-build clang clang-format libclang-rt-14-dev libclang-rt-19-dev doxygen mkdocs git \
    meson pkg-config patch zip unzip python3-yaml python3-venv python3-clang bazel-bootstrap bazel-rules-java \
    bazel-platforms debootstrap strace
bash tests/e2e/install.sh
bash tests/modes/install.sh build/boosts
bash tests/testing/install.sh build/catch2-3
python3 -m venv build/tools
build/tools/bin/pip install --quiet conan pre-commit lizard
export PATH=$PATH:$PWD/build/tools/bin
