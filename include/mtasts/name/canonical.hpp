// SPDX-License-Identifier: BSL-1.0
/// RFC 1035 2.3.3, RFC 5890 2.3.2.4: domain names in the one form in which they are compared.
#pragma once
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/dns_name.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// A domain name as A-labels, in lower case and without a final dot; nothing if DNS cannot hold it (RFC 1035 2.3.4).
/// Example: `static_assert(mtasts::canonical_domain("Bücher.Example.")->view() == "xn--bcher-kva.example");`
constexpr std::optional<ascii_name> canonical_domain(std::string_view domain) {
    if (domain.ends_with('.')) domain.remove_suffix(1);
    auto const ascii = to_a_labels(domain);
    return ascii && is_dns_name(ascii->view()) ? ascii : std::nullopt;
}

namespace detail {

/// Whether two texts name one domain: in either case, with U-labels or A-labels, with or without a final dot.
/// Example: `static_assert(mtasts::detail::same_domain("B\u00FCcher.example.", "xn--BCHER-kva.example"));`
constexpr bool same_domain(std::string_view one, std::string_view other) {
    for (auto* const name : {&one, &other})
        if (name->ends_with('.')) name->remove_suffix(1);
    if (text::equal_ignoring_case(one, other)) return true;
    auto const a = to_a_labels(one), b = to_a_labels(other);
    return a && b && text::equal_ignoring_case(a->view(), b->view());
}

}  // namespace detail

/// A domain name by which reports are grouped: as A-labels where it can be, in lower case, without a final dot.
/// Example: `mtasts::folded_name("MX.Example.com.") == "mx.example.com"`
inline std::string folded_name(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    if (!text::all_octets(name, text::is_ascii))
        if (auto const ascii = to_a_labels(name)) return std::string(ascii->view());
    std::string folded(name);
    std::transform(folded.begin(), folded.end(), folded.begin(), [](char c) { return text::lower(c); });
    return folded;
}

namespace detail {

/// Whether a canonical name is a subdomain of another, at any depth.
/// Example: `static_assert(mtasts::detail::is_below("a.example", "example") && !mtasts::detail::is_below("aexample", "example"));`
constexpr bool is_below(std::string_view name, std::string_view parent) {
    return name.size() > parent.size() && name.ends_with(parent) && name[name.size() - parent.size() - 1] == '.';
}

}  // namespace detail

}  // namespace mtasts
