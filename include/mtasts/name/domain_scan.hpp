// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 4.1.2: SIMD test for a Domain.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <mtasts/text/simd.hpp>

namespace mtasts::detail {

/// The result of a scan; all false for a text that is too long, or too near the end of its storage, to be scanned.
struct domain_scan {
    bool is_domain = false;
    bool has_upper_case = false;
};

/// Scans a text of which 64 octets may be read, including those after its end. Not for constant expressions.
template <class Block = text::octet_block>
domain_scan scan_domain(std::string_view text) {
    if constexpr (Block::bits_each == 1 && Block::available) {
        if (text.empty() || text.size() >= 64) return {};
        std::uint64_t alphanumeric = 0, hyphens = 0, dots = 0, upper = 0;
        for (std::size_t at = 0; at < text.size(); at += 16) {
            Block const block(text.data() + at);
            alphanumeric |= block.letters_and_digits() << at;
            hyphens |= block.all_of('-') << at;
            dots |= block.all_of('.') << at;
            upper |= block.upper_case() << at;
        }
        auto const all = (std::uint64_t{1} << text.size()) - 1;
        // Labels begin and end with a letter or digit: so does the text, and what is on both sides of a dot.
        auto const needed = (1 | (all ^ all >> 1) | dots << 1 | dots >> 1) & all;
        return {((alphanumeric | hyphens | dots) & all) == all && (needed & ~alphanumeric) == 0, (upper & all) != 0};
    }
    return {};
}

}  // namespace mtasts::detail
