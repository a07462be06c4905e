// SPDX-License-Identifier: BSL-1.0
/// Host names that are well-formed but probably wrong.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/model/mx_pattern.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/dns_name.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

inline constexpr auto local_suffixes =
    std::to_array<std::string_view>({"localhost", "local", "localdomain", "internal", "lan", "home.arpa"});

/// Second-level labels below which registries of two-letter top-level domains register names.
inline constexpr auto registry_labels = std::to_array<std::string_view>(
    {"ac", "co", "com", "edu", "go", "gob", "gov", "govt", "mil", "ne", "net", "or", "org"});

/// RFC 8461 10.4: whether a domain is a top-level domain, or looks like a registry's second level.
constexpr bool looks_like_public_suffix(std::string_view domain) {
    auto const dot = domain.find('.');
    if (dot == domain.npos) return true;
    auto const second = domain.substr(0, dot), top = domain.substr(dot + 1);
    return top.size() == 2 && std::any_of(registry_labels.begin(), registry_labels.end(), [&](std::string_view label) {
               return text::equal_ignoring_case(label, second);
           });
}

/// Lints the labels of a name, a view of the whole text; returns whether all are numbers.
constexpr bool lint_labels(std::string_view whole, std::string_view name, findings& found) {
    bool numeric = true;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        numeric = numeric && text::all_octets(label, text::is_digit);
        if (label.size() > 63) found.push_back({code::host_label_long, span_of(whole, label)});
        else if (is_fake_a_label(label)) found.push_back({code::host_fake_a_label, span_of(whole, label)});
        else if (label.substr(std::min<std::size_t>(2, label.size())).starts_with("--") &&
                 !text::starts_ignoring_case(label, "xn--"))
            found.push_back({code::host_reserved_label, span_of(whole, label)});
    });
    return numeric;
}

constexpr bool is_local_name(std::string_view name) {
    return std::any_of(local_suffixes.begin(), local_suffixes.end(), [&](std::string_view suffix) {
        if (name.size() < suffix.size()) return false;
        auto const before = name.size() - suffix.size();
        return text::equal_ignoring_case(name.substr(before), suffix) && (before == 0 || name[before - 1] == '.');
    });
}

/// Names below which mail domains run web services: the policy host (RFC 8461 3.2), mail clients' configuration.
inline constexpr auto technical_labels =
    std::to_array<std::string_view>({"mta-sts", "autoconfig", "autodiscover", "openpgpkey"});

}  // namespace detail

/// Lints a well-formed mx pattern, a view of the whole text. Findings: host-* and mx-*.
/// Example: `mtasts::lint_mx_pattern(text, {text}, found);`
constexpr void lint_mx_pattern(std::string_view whole, mx_pattern pattern, findings& found) {
    auto const say = [&](code what) { found.push_back({what, detail::span_of(whole, pattern.text)}); };
    auto const domain = pattern.domain();
    bool const numeric = detail::lint_labels(whole, domain, found);
    if (pattern.text.size() > detail::longest_name) say(code::host_name_long);
    auto const first = domain.substr(0, domain.find('.'));
    bool const technical = std::any_of(detail::technical_labels.begin(), detail::technical_labels.end(),
                                       [&](std::string_view label) { return text::equal_ignoring_case(first, label); });
    if (technical && first.size() != domain.size() && !pattern.wildcard()) say(code::mx_technical_name);
    bool const single = domain.find('.') == domain.npos;
    if (numeric && !single) say(code::host_ip_address);
    else if (detail::is_local_name(domain)) say(code::host_local);
    else if (single && !pattern.wildcard()) say(code::host_single_label);
    if (pattern.wildcard()) say(detail::looks_like_public_suffix(domain) ? code::mx_wildcard_wide : code::mx_wildcard);
}

}  // namespace mtasts
