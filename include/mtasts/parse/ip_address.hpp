// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: addresses of MTAs.
#pragma once
#include <array>
#include <string_view>

#include <mtasts/grammar/ip_address.hpp>
#include <mtasts/model/ip_address.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

namespace ip_table {

using namespace fault_table;
using enum code;

constexpr bool is_v6(std::string_view text) { return text.find(':') != text.npos && text.find(':') < text.find('.'); }
constexpr bool may_stand(char c) { return text::is_hex_digit(c) || c == ':' || c == '.'; }

constexpr octets zone(plain const& address) {
    return only_if(address.text.find(':') != address.text.npos,
                   at(address.text, address.text.find('%'), address.text.npos));
}
constexpr octets second_gap(plain const& address) {
    auto const gap = is_v6(address.text) ? address.text.find("::") : address.text.npos;
    return gap == address.text.npos ? octets{} : at(address.text, address.text.find("::", gap + 1), 2);
}
constexpr octets long_group(plain const& address) {
    octets found;
    if (!is_v6(address.text)) return found;
    text::for_each_piece(address.text, ':', [&](std::string_view group) {
        if (!found && group.size() > 4 && group.find('.') == group.npos) found = group;
    });
    return found;
}
constexpr octets any_v6(plain const& address) { return only_if(is_v6(address.text), address.text); }
constexpr octets port(plain const& address) { return at(address.text, address.text.find(':'), address.text.npos); }

inline constexpr auto rows = std::to_array<row<plain>>({
    {empty, ip_empty, whole},
    {front<is<'['>>, ip_brackets, whole},
    {zone, ip_zone, found},
    {first<no<may_stand>>, ip_characters, found},
    {second_gap, ip_compression, found},
    {long_group, ip_group_long, found},
    {any_v6, ip_groups, whole},
    {port, ip_port, found},
});

constexpr octets leading_zero(plain const& number) {
    return only_if(number.text.size() > 1 && number.text.front() == '0', number.text);
}
constexpr octets above_255(plain const& number) {
    return only_if(number.text.size() > 3 || (number.text.size() == 3 && number.text > "255"), number.text);
}

/// A number between the dots of an IPv4 address.
inline constexpr auto number_rows = std::to_array<row<plain>>({
    {first<no<text::is_digit>>, ip_characters, found},
    {leading_zero, ip_leading_zero, whole},
    {above_255, ip_octet_range, whole},
});

}  // namespace ip_table

/// Explains why a text is not an address.
constexpr finding explain_ip_address(std::string_view text) {
    auto said = fault_table::first_fault(ip_table::rows, {text}, text);
    if (!said)
        text::for_each_piece(text, '.', [&](std::string_view number) {
            if (!said) said = fault_table::first_fault(ip_table::number_rows, {number}, text);
        });
    return with_expectation<grammar::ip_address>(said.value_or(finding{code::ip_groups, {0, text.size()}}), text, text);
}

}  // namespace detail

/// Reads an IPv4 or IPv6 address (RFC 8460 4.4), without brackets, port or zone.
///
/// Findings: the ip-* codes; ip-not-canonical (RFC 5952) if another reader may not recognise the address.
/// Example: `static_assert(mtasts::parse_ip_address("2001:db8::1").value.version == 6);`
constexpr parsed<ip_address> parse_ip_address(kept_text text, parse_options const& options = {}) {
    parsed<ip_address> result;
    if (detail::too_large(text, options, result.findings)) return result;
    if (!detail::read(grammar::ip_address, text, detail::ignore_events)) {
        result.findings.push_back(detail::explain_ip_address(text));
        return result;
    }
    result.value = detail::ip_address_of(text);
    if (!detail::is_canonical(text, result.value))
        result.findings.push_back({code::ip_not_canonical, {0, text.size()}});
    return result;
}

}  // namespace mtasts
