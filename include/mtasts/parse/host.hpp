// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 4.1.2, RFC 8461 3.2: names of hosts and mx patterns.
#pragma once
#include <array>
#include <string_view>

#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/model/mx_pattern.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

namespace host_table {

using namespace fault_table;
using enum code;

/// A name that is not a Domain, or not an mx pattern if `pattern` is set.
struct host {
    std::string_view text;
    bool pattern;

    constexpr std::string_view first_label() const { return text.substr(0, text.find('.')); }
    constexpr std::string_view without_wildcard() const { return text.starts_with("*.") ? text.substr(2) : text; }
};

template <octets (*Look)(host const&)>
constexpr octets in_pattern(host const& given) {
    return only_if(given.pattern, Look(given));
}
constexpr octets scheme(host const& given) { return at(given.text, given.text.find("://")); }
/// Spaces have rows of their own.
constexpr octets control_before_tab(host const& given) {
    auto const control = first<text::is_control>(given);
    return only_if(control != "\t", control);
}
constexpr octets number_before_space(host const& given) {
    auto const number = given.text.substr(0, text::find_octet(given.text, text::is_space));
    return only_if(!number.empty() && number.size() != given.text.size() && text::all_octets(number, text::is_digit),
                   number);
}
constexpr octets u_label(host const& given) {
    return only_if(!text::all_octets(given.text, text::is_ascii) && to_a_labels(given.text), given.text);
}
constexpr octets ipv6(host const& given) {
    auto const may_stand = [](char c) { return text::is_hex_digit(c) || c == ':' || c == '.'; };
    return only_if(given.text.find(':') != given.text.rfind(':') && text::all_octets(given.text, may_stand),
                   given.text);
}
constexpr octets port(host const& given) {
    auto const found = at(given.text, given.text.find(':'), given.text.npos);
    return only_if(found && found->size() > 1 && found->size() != given.text.size() &&
                       text::all_octets(found->substr(1), text::is_digit),
                   found);
}
constexpr octets bare_wildcard(host const& given) {
    return only_if(given.text == "*" || given.text == "*.", given.text);
}
constexpr octets star_out_of_place(host const& given) {
    auto const star = given.text.rfind('*');
    return only_if(!given.pattern || star >= given.first_label().size(), at(given.text, star));
}
constexpr octets star_within_label(host const& given) {
    auto const label = given.first_label();
    return only_if(label != "*" && label.find('*') != label.npos, label);
}
constexpr octets two_dots(host const& given) {
    auto const domain = given.without_wildcard();
    return at(domain, domain.find(".."), 2);
}
constexpr octets dot_after_wildcard(host const& given) {
    auto const domain = given.without_wildcard();
    return only_if(domain.starts_with('.'), domain.substr(0, 1));
}
constexpr octets odd_character(host const& given) {
    auto const may_stand = [](char c) { return text::is_alphanumeric(c) || c == '-' || c == '.'; };
    auto const domain = given.without_wildcard();
    return at(domain, text::find_octet(domain, [&](char c) { return !may_stand(c); }));
}
/// The last label that a hyphen begins or ends.
constexpr octets hyphen_at_edge(host const& given) {
    octets found;
    text::for_each_piece(given.without_wildcard(), '.', [&](std::string_view label) {
        if (label.starts_with('-') || label.ends_with('-')) found = label;
    });
    return found;
}

inline constexpr auto rows = std::to_array<row<host>>({
    {empty, host_empty, whole},
    {first<is<'"', '\''>>, host_quoted, whole},
    {front<is<'['>>, host_address_literal, whole},
    {scheme, host_url, whole},
    {first<is<'@'>>, host_mail_address, whole},
    {in_pattern<first<is<',', ';'>>>, host_comma_list, whole},
    {first<is<',', ';'>>, host_characters, found},
    {control_before_tab, host_characters, found},
    {number_before_space, host_priority, found},
    {in_pattern<first<text::is_space>>, host_comma_list, whole},
    {first<text::is_space>, host_space, found},
    {u_label, host_u_label, whole},
    {first<no<text::is_ascii>>, host_non_ascii, whole},
    {ipv6, host_ipv6, whole},
    {port, host_port, found},
    {first<is<':'>>, host_characters, found},
    {bare_wildcard, host_wildcard_bare, whole},
    {star_out_of_place, host_wildcard_place, found},
    {star_within_label, host_wildcard_partial, found},
    {two_dots, host_empty_label, found},
    {front<is<'.'>>, host_leading_dot, whole},
    {dot_after_wildcard, host_empty_label, found},
    {back<is<'.'>>, host_trailing_dot, found},
    {first<is<'_'>>, host_underscore, found},
    {odd_character, host_characters, found},
    {hyphen_at_edge, host_hyphen, found},
    {anything, text_syntax, whole},
});

}  // namespace host_table

/// Explains why a name is not a Domain, or not an mx pattern if `pattern` is set: `whole` is the text that findings
/// have their place in, `host` a view of it.
constexpr finding explain_host(std::string_view whole, std::string_view host, bool pattern) {
    auto said = *fault_table::first_fault(host_table::rows, {host, pattern}, whole);
    if (pattern) return with_expectation<grammar::sts_policy_mx_value_alone>(said, whole, host);
    // Outside a policy, it is the name's own grammar that is violated.
    said.other_clause = "RFC 5321 4.1.2";
    return with_expectation<grammar::Domain_alone>(said, whole, host);
}

}  // namespace detail

/// Reads a Domain (RFC 5321 4.1.2): dot-separated labels of letters, digits and inner hyphens, without final dot.
///
/// Findings: the host-* codes. Lengths are not part of the grammar; `lint_host` judges them.
/// Example: `static_assert(mtasts::parse_domain("mail.example.com").usable());`
constexpr parsed<std::string_view> parse_domain(kept_text text, parse_options const& options = {}) {
    parsed<std::string_view> result{text, {}};
    if (detail::too_large(text, options, result.findings)) return result;
    if (!detail::read(grammar::Domain_alone, text, detail::ignore_events))
        result.findings.push_back(detail::explain_host(text, text, false));
    return result;
}

/// Reads an mx pattern (RFC 8461 3.2): `["*."] Domain`.
///
/// Findings: the host-* codes.
/// Example: `static_assert(mtasts::parse_mx_pattern("*.example.com").value.wildcard());`
constexpr parsed<mx_pattern> parse_mx_pattern(kept_text text, parse_options const& options = {}) {
    parsed<mx_pattern> result{{text}, {}};
    if (detail::too_large(text, options, result.findings)) return result;
    if (!detail::read(grammar::sts_policy_mx_value_alone, text, detail::ignore_events))
        result.findings.push_back(detail::explain_host(text, text, true));
    return result;
}

}  // namespace mtasts
