// SPDX-License-Identifier: BSL-1.0
/// Streams: every model, finding, mode and code as one line, as format.hpp formats it; a checked text with its diagnosis.
///
/// To print, include `<ostream>` or `<iostream>`.
#pragma once
#include <iosfwd>
#include <string_view>

#include <mtasts/render/format.hpp>
#include <mtasts/render/human.hpp>

namespace mtasts {

/// Example: `std::cout << policy.value << '\n';`
template <detail::has_one_line T, class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, T const& value) {
    return out << std::string_view(one_line(value));
}

/// Example: `std::cout << mtasts::check_sts_policy(body);`
template <class T, class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, checked<T> const& result) {
    return out << std::string_view(render_human(result));
}

}  // namespace mtasts
