// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: the value of an mx field.
#pragma once
#include <mtasts/requirements.hpp>

#include <string_view>

namespace mtasts {

/// `["*."] Domain`: a host name, or all names one label below a domain.
struct mx_pattern {
    std::string_view text;

    constexpr bool wildcard() const { return text.starts_with("*."); }
    /// The pattern without its "*.".
    constexpr std::string_view domain() const { return wildcard() ? text.substr(2) : text; }

    friend constexpr bool operator==(mx_pattern const&, mx_pattern const&) = default;
};

}  // namespace mtasts
