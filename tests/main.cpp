// SPDX-License-Identifier: BSL-1.0
/// The main() of Catch2 2, compiled once for all test programs; version 3 has it in a library.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
