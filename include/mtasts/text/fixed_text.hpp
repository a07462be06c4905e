// SPDX-License-Identifier: BSL-1.0
/// A text as a template argument.
#pragma once
#include <mtasts/requirements.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace mtasts::text {

/// A literal, usable as a template argument.
/// Example: `static_assert(mtasts::text::fixed_text("v=STSv1").view().size() == 7);`
template <std::size_t N>
struct fixed_text {
    char octets[N]{};
    constexpr fixed_text(char const (&literal)[N]) { std::copy_n(literal, N, octets); }
    constexpr std::string_view view() const { return {octets, N - 1}; }
};

}  // namespace mtasts::text
