/// RFC 8460 4.4: addresses of MTAs.
#pragma once
#include <cstddef>
#include <string_view>
#include <utility>

#include <mtasts/grammar/ip_address.hpp>
#include <mtasts/model/ip_address.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// What is wrong with a text that is no address.
constexpr finding explain_ip_address(std::string_view text) {
    auto const at = [&](code what, std::size_t offset, std::size_t length) {
        return with_expectation<grammar::ip_address>({what, {offset, length}}, text, text);
    };
    auto const of = [&](code what, std::string_view part) { return at(what, span_of(text, part).offset, part.size()); };
    if (text.empty()) return at(code::ip_empty, 0, 0);
    if (text.front() == '[') return of(code::ip_brackets, text);
    auto const colon = text.find(':');
    if (auto const zone = text.find('%'); zone != text.npos && colon != text.npos)
        return of(code::ip_zone, text.substr(zone));
    auto const allowed = [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; };
    if (auto const bad = find_octet(text, [&](char c) { return !allowed(c); }); bad != text.npos)
        return at(code::ip_characters, bad, 1);
    auto said = at(code::ip_groups, 0, text.size());
    bool settled = false;
    auto const settle = [&](finding what) {
        if (!std::exchange(settled, true)) said = what;
    };
    bool const v4 = colon == text.npos || text.find('.') < colon;
    if (!v4) {
        if (auto const gap = text.find("::"); gap != text.npos && text.find("::", gap + 1) != text.npos)
            settle(of(code::ip_compression, text.substr(text.find("::", gap + 1), 2)));
        for_each_piece(text, ':', [&](std::string_view group) {
            if (group.size() > 4 && group.find('.') == group.npos) settle(of(code::ip_group_long, group));
        });
        return said;
    }
    if (colon != text.npos) return of(code::ip_port, text.substr(colon));
    for_each_piece(text, '.', [&](std::string_view number) {
        auto const letter = find_octet(number, [](char c) { return !is_digit(c); });
        if (letter != number.npos) settle(of(code::ip_characters, number.substr(letter, 1)));
        else if (number.size() > 1 && number.front() == '0') settle(of(code::ip_leading_zero, number));
        else if (number.size() > 3 || (number.size() == 3 && number > "255")) settle(of(code::ip_octet_range, number));
    });
    return said;
}

/// Reads an IPv4 or IPv6 address (RFC 8460 4.4), without brackets, port or zone.
///
/// Findings: the ip-* codes; ip-not-canonical (RFC 5952) where another reader may not know the address again.
/// Example: `static_assert(mtasts::parse_ip_address("2001:db8::1").value.version == 6);`
constexpr parsed<ip_address> parse_ip_address(std::string_view text, parse_options const& options = {}) {
    parsed<ip_address> result;
    if (too_large(text, options, result.findings)) return result;
    if (!read(grammar::ip_address, text, ignore_events)) {
        result.findings.push_back(explain_ip_address(text));
        return result;
    }
    result.value = ip_address_of(text);
    if (!is_canonical(text, result.value)) result.findings.push_back({code::ip_not_canonical, {0, text.size()}});
    return result;
}

}  // namespace mtasts
