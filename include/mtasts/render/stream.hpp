// SPDX-License-Identifier: BSL-1.0
/// Streams: every model, finding, mode and code as one line, as format.hpp formats it; a checked text with its diagnosis.
#pragma once
#include <ostream>

#include <mtasts/render/format.hpp>
#include <mtasts/render/human.hpp>

namespace mtasts {

/// Example: `std::cout << policy.value << '\n';`
template <has_one_line T>
std::ostream& operator<<(std::ostream& out, T const& value) {
    return out << one_line(value);
}

/// Example: `std::cout << mtasts::check_sts_policy(body);`
template <class T>
std::ostream& operator<<(std::ostream& out, checked<T> const& result) {
    return out << render_human(result);
}

}  // namespace mtasts
