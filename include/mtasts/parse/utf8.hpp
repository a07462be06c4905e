// SPDX-License-Identifier: BSL-1.0
/// RFC 3629 4: whether octets are UTF-8.
#pragma once
#include <string_view>

#include <mtasts/grammar/utf8.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts {

/// Reads octets as UTF-8.
///
/// Findings: text-not-utf8 at the first sequence that is not well-formed.
/// Example: `static_assert(!mtasts::parse_utf8("\xC0\x80").usable());`
constexpr parsed<std::string_view> parse_utf8(kept_text text, parse_options const& options = {}) {
    parsed<std::string_view> result{text, {}};
    if (detail::too_large(text, options, result.findings) ||
        detail::read(grammar::UTF8_octets, text, detail::ignore_events))
        return result;
    auto said = detail::plain_syntax_finding<grammar::UTF8_octets>(text, text);
    said.code = code::text_not_utf8;
    // The walk gets as far into a sequence as it can; the finding is about the whole sequence.
    auto rest = text;
    while (text::first_code_point(rest).length != 0) rest.remove_prefix(text::first_code_point(rest).length);
    said.where = {detail::span_of(text, rest).offset, 1};
    result.findings.push_back(said);
    return result;
}

}  // namespace mtasts
