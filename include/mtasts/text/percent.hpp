// SPDX-License-Identifier: BSL-1.0
/// RFC 3986 2.1: percent-encoding.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/text/ascii.hpp>

namespace mtasts::text {

/// RFC 3986 2.1: the octets that a percent-encoded text stands for. A "%" that begins no encoding is kept.
/// Example: `static_assert(mtasts::text::percent_decoded("%41%2").size() == 3);`
constexpr std::vector<char> percent_decoded(std::string_view text) {
    std::vector<char> octets;
    octets.reserve(text.size());
    for (std::size_t i = 0; i != text.size(); ++i) {
        if (text[i] == '%' && text.size() - i > 2 && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2])) {
            octets.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
            i += 2;
        } else {
            octets.push_back(text[i]);
        }
    }
    return octets;
}

/// RFC 3986 2.1: an octet as "%" and two digits.
/// Example: `mtasts::text::percent_encoded(';') == "%3B"`
inline std::string percent_encoded(char c) { return '%' + hex_octet(static_cast<unsigned char>(c), upper_hex); }

}  // namespace mtasts::text
