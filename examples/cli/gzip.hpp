// SPDX-License-Identifier: BSL-1.0
/// RFC 1952: gzip data, unfolded within bounds.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/finding/finding.hpp>

/// Whether data begins as gzip does.
bool is_gzip(std::string_view octets);

/// The name of another compression or archive format that data begins as, such as "a zip archive"; empty for none.
std::string_view other_format(std::string_view octets);

/// What came of gzip data: the text, or no text and a finding that tells why not.
struct unfolded {
    std::string text;
    mtasts::findings findings;
};

/// Unfolds all members; CRC-32 and ISIZE of each are checked. Past `largest` octets, or past a hundred times the
/// size of the data, it stops, and no octet more is ever made.
unfolded unfold_gzip(std::string_view octets, std::size_t largest);
