// SPDX-License-Identifier: BSL-1.0
/// RFC 8259: what a reader of JSON gives, and its bounds.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstddef>
#include <string_view>

namespace mtasts::detail {

/// RFC 8259 9: bounds of a reader. Past one there is a finding, and nothing is read any further.
struct json_limits {
    /// Arrays and objects inside one another; at most 1024.
    std::size_t max_depth = 16;
    /// Octets of one string, as it stands in the text.
    std::size_t max_string = 65536;
    /// Members that the caller does not know, whose names must be kept to find one twice.
    std::size_t max_members = 100'000;
    /// Findings that are listed.
    std::size_t max_findings = 10'000;
};

/// A string: its value, and how it stands in the text between its quotation marks.
struct json_text {
    std::string_view value;
    std::string_view raw;

    /// Whether offsets in the value are offsets in the text.
    constexpr bool is_raw() const { return value.data() == raw.data(); }
};

/// A number, in the parts that the grammar has.
struct json_number {
    std::string_view text, integer, fraction, exponent;
};

/// A place in a text that is read; nullptr where reading has ended early, for a reason that was said.
using cursor = char const*;

/// A string, and the place after it.
struct json_string_token {
    cursor after = nullptr;
    json_text text = {};
};

}  // namespace mtasts::detail
