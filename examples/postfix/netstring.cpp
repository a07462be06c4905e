// SPDX-License-Identifier: BSL-1.0
#include "netstring.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <mtasts/text/ascii.hpp>

namespace socketmap {

std::span<char> netstring_reader::room() {
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(filled_), buffer_.begin());
    filled_ -= begin_;
    begin_ = 0;
    return std::span(buffer_).subspan(filled_);
}

netstring_reader::result netstring_reader::next() {
    auto const given = std::string_view(buffer_.data(), filled_).substr(begin_);
    std::size_t length = 0;
    std::size_t digits = 0;
    for (; digits != given.size() && mtasts::text::is_digit(given[digits]); ++digits) {
        // One way to write a length: without leading zeros.
        if (digits == 1 && given[0] == '0') return {state::malformed};
        length = length * 10 + static_cast<std::size_t>(given[digits] - '0');
        if (length > longest_) return {state::too_long};
    }
    if (digits == given.size()) return {state::incomplete};
    if (digits == 0 || given[digits] != ':') return {state::malformed};
    auto const rest = given.substr(digits + 1);
    if (rest.size() <= length) return {state::incomplete};
    if (rest[length] != ',') return {state::malformed};
    begin_ += digits + 1 + length + 1;
    return {state::complete, rest.substr(0, length)};
}

void append_netstring(std::string& out, std::string_view text) {
    fmt::format_to(std::back_inserter(out), "{}:{},", text.size(), text);
}

}  // namespace socketmap
