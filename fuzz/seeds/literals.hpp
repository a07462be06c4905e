// SPDX-License-Identifier: BSL-1.0
/// The texts in the tables of the tests.
#pragma once
#include <string>
#include <vector>

namespace seeds {

/// The string literals of a C++ file in order, joined if adjacent; a macro that the file defines as literals is
/// expanded.
std::vector<std::string> literals_of(std::string const& file);

}  // namespace seeds
