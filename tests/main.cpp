// SPDX-License-Identifier: BSL-1.0
/// Catch2's own half, compiled once for all test programs; version 3 brings its own compiled.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
