// SPDX-License-Identifier: BSL-1.0
/// RFC 8259: the tokens that the JSON reader returns, and its limits.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstddef>
#include <string_view>

namespace mtasts::detail {

/// RFC 8259 9: limits of a reader; a caller sets those it needs. Past one there is a finding, and nothing more is read.
struct json_limits {
    /// The nesting that a reader has room for.
    static constexpr std::size_t deepest = 1024;
    static constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

    /// Nesting of arrays and objects.
    std::size_t max_depth = deepest;
    /// Octets of one string, as written in the text.
    std::size_t max_string = unlimited;
    /// Unknown members, whose names must be kept to find duplicates.
    std::size_t max_members = unlimited;
    /// Findings that are listed.
    std::size_t max_findings = unlimited;
};

/// A string: its value, and what is written in the text between its quotation marks.
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

/// A position in a text; nullptr if reading has ended early, which has been reported.
using cursor = char const*;

/// A string, and the position after it.
struct json_string_token {
    cursor after = nullptr;
    json_text text = {};
};

}  // namespace mtasts::detail
