// SPDX-License-Identifier: BSL-1.0
/// The parsers, with the walk in place of X3.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Appends to `out` what mtasts::append_said (../said.hpp) would if the parsers used the walk.
void append_said_by_walk(std::size_t number, std::string_view text, std::string& out);
