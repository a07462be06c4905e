// SPDX-License-Identifier: BSL-1.0
/// With Catch2 3, this replaces the single header of version 2, so that the tests work with both.
#pragma once
#include <catch2/catch_all.hpp>

namespace Catch {
/// The name that version 2 uses.
inline auto Contains(std::string const& text) { return Matchers::ContainsSubstring(text); }
}  // namespace Catch
