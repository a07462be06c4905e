// SPDX-License-Identifier: BSL-1.0
/// RFC 3629: UTF-8, one code point at a time.
#pragma once
#include <mtasts/requirements.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mtasts::text {

/// One code point of well-formed UTF-8 and its length in octets; length 0 where the text is not well-formed.
struct utf8_code_point {
    std::uint32_t value = 0;
    std::size_t length = 0;
};
constexpr utf8_code_point first_code_point(std::string_view text) {
    if (text.empty()) return {};
    auto const octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    auto const lead = octet(0);
    if (lead < 0x80) return {lead, 1};
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    std::uint32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i != length; ++i) {
        if ((octet(i) & 0xC0) != 0x80) return {};
        value = value << 6 | (octet(i) & 0x3F);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || (0xD800 <= value && value <= 0xDFFF) || value > 0x10FFFF) return {};
    return {value, length};
}

/// A range of code points, first and last.
struct code_range {
    std::uint32_t first, last;
};
template <std::size_t N>
constexpr bool in_any(std::uint32_t c, std::array<code_range, N> const& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](code_range r) { return r.first <= c && c <= r.last; });
}

/// Whether it is a code point that is not a character and never will be (RFC 7493 2.1).
constexpr bool is_noncharacter(std::uint32_t c) { return (c & 0xFFFE) == 0xFFFE || (0xFDD0 <= c && c <= 0xFDEF); }

}  // namespace mtasts::text
