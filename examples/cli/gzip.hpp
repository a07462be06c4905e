// SPDX-License-Identifier: BSL-1.0
/// RFC 1952: gzip data, decompressed within limits.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/finding/finding.hpp>

/// Whether data begins as gzip does.
bool is_gzip(std::string_view octets);

/// The name of another compression or archive format that data begins as, such as "a zip archive"; empty for none.
std::string_view other_format(std::string_view octets);

/// The result for gzip data: the text, or no text and a finding that says why not.
struct decompressed {
    std::string text;
    mtasts::findings findings;
};

/// Decompresses all members; CRC-32 and ISIZE of each are checked. Stops after `largest` octets, or after a hundred
/// times the size of the data, and never makes an octet more.
decompressed decompress_gzip(std::string_view octets, std::size_t largest);
