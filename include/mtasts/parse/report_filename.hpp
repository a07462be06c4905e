// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1: the file name of a report.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <mtasts/grammar/report_filename.hpp>
#include <mtasts/model/report_filename.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

/// Decimal digits as a number; 2^64-1 for anything greater.
constexpr std::uint64_t saturated_number(std::string_view digits) {
    std::uint64_t value = 0;
    for (char const c : digits) {
        auto const digit = static_cast<std::uint64_t>(c - '0');
        if (value > (UINT64_MAX - digit) / 10) return UINT64_MAX;
        value = value * 10 + digit;
    }
    return value;
}

/// The extension begins at the last dot, or at the one before it for .json.gz.
constexpr std::string_view without_report_extension(std::string_view text) {
    for (std::string_view const end : {".json.gz", ".json"})
        if (text.size() >= end.size() && text::equal_ignoring_case(text.substr(text.size() - end.size()), end))
            return text.substr(0, text.size() - end.size());
    return text;
}

/// RFC 8460 5.1: explains, part by part, why a text is not the file name of a report.
constexpr void explain_report_filename(std::string_view text, findings& found) {
    auto const say = [&](code what, std::string_view where) {
        found.push_back(with_expectation<grammar::filename>({what, span_of(text, where)}, text, text));
    };
    auto name = without_report_extension(text);
    if (name.size() == text.size()) {
        auto const last = text.rfind('!');
        auto const dot = text.find('.', last == text.npos ? 0 : last);
        say(code::filename_extension, text.substr((std::min)(dot, text.size())));
        name = text.substr(0, dot);
    }
    std::vector<std::string_view> parts;
    text::for_each_piece(name, '!', [&](std::string_view part) { parts.push_back(part); });
    if (parts.size() != 4 && parts.size() != 5) return say(code::filename_parts, name);
    for (std::size_t i = 0; i != 2; ++i)
        if (!read(grammar::Domain_alone, parts[i], ignore_events)) found.push_back(explain_host(text, parts[i], false));
    for (std::size_t i = 2; i != 4; ++i)
        if (parts[i].empty() || !text::all_octets(parts[i], text::is_digit)) say(code::filename_time, parts[i]);
    if (parts.size() == 5 && (parts[4].empty() || !text::all_octets(parts[4], text::is_alphanumeric)))
        say(code::filename_unique_id, parts[4]);
}

/// RFC 8460 4.1, 5.1: reports what is legal but looks wrong.
constexpr void judge_report_filename(std::string_view text, parsed<report_filename>& result, std::string_view begin,
                                     std::string_view end, std::string_view extension) {
    auto const say = [&](code what, text_span where) { result.findings.push_back({what, where}); };
    constexpr std::uint64_t day = 86400;
    // The end of the year 9999.
    constexpr std::uint64_t latest = 253402300799;
    auto const& value = result.value;
    auto const both = span_of(text, begin, end);
    if (value.begin > latest) say(code::filename_time_large, span_of(text, begin));
    if (value.end > latest) say(code::filename_time_large, span_of(text, end));
    if (value.end < value.begin) say(code::filename_order, both);
    else if (value.begin % day != 0 || (value.end - value.begin != day - 1 && value.end - value.begin != day))
        say(code::filename_day, both);
    if (text::find_octet(extension, [](char c) { return c != text::lower(c); }) != extension.npos)
        say(code::filename_extension_case, span_of(text, extension));
}

}  // namespace detail

/// Reads the file name of a report (RFC 8460 5.1).
///
/// Findings: the filename-* codes, and host-* for the two domains.
/// Example: `static_assert(mtasts::parse_report_filename("a.example!b.example!0!86399.json.gz").value.gzip);`
constexpr parsed<report_filename> parse_report_filename(kept_text text, parse_options const& options = {}) {
    parsed<report_filename> result;
    if (detail::too_large(text, options, result.findings)) return result;
    auto& value = result.value;
    std::string_view begin, end, extension;
    auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
        if constexpr (Name.view() == "sender") value.sender = part;
        if constexpr (Name.view() == "policy-domain") value.policy_domain = part;
        if constexpr (Name.view() == "begin-timestamp") begin = part;
        if constexpr (Name.view() == "end-timestamp") end = part;
        if constexpr (Name.view() == "unique-id") value.unique_id = part;
        if constexpr (Name.view() == "extension") extension = part;
    };
    bool const taken = detail::read(grammar::filename, text, sink);
    value.begin = detail::saturated_number(begin);
    value.end = detail::saturated_number(end);
    value.gzip = extension.size() > 4;
    if (taken) detail::judge_report_filename(text, result, begin, end, extension);
    else detail::explain_report_filename(text, result.findings);
    if (!taken && result.usable())
        result.findings.push_back(detail::plain_syntax_finding<grammar::filename>(text, text));
    sort_by_place(result.findings);
    return result;
}

}  // namespace mtasts
