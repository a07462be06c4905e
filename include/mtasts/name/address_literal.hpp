// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 4.1.3: address literals, which can take the place of a domain.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include <mtasts/model/ip_address.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::detail {

/// The number of colon-separated groups of an IPv6 address, 0 for an empty text; more than an address can have if one
/// is malformed. With `may_end_in_ipv4`, an IPv4 address at the end counts as two.
constexpr std::size_t ipv6_groups_of(std::string_view text, bool may_end_in_ipv4) {
    constexpr std::size_t malformed = 9;
    if (text.empty()) return 0;
    std::size_t groups = 0;
    for (;;) {
        auto const colon = text.find(':');
        auto const group = text.substr(0, colon);
        bool const last = colon == text.npos;
        ip_address unused;
        if (!group.empty() && group.size() <= 4 && text::all_octets(group, text::is_hex_digit)) ++groups;
        else if (last && may_end_in_ipv4 && take_ipv4(group, unused)) groups += 2;
        else return malformed;
        if (last) return (std::min)(groups, malformed);
        text.remove_prefix(colon + 1);
    }
}

/// RFC 4291 2.2: whether a text is an IPv6 address in any of its notations, without a zone.
/// Example: `static_assert(mtasts::detail::is_ipv6("2001:DB8:0::192.0.2.1"));`
constexpr bool is_ipv6(std::string_view text) {
    auto const gap = text.find("::");
    if (gap == text.npos) return ipv6_groups_of(text, true) == 8;
    auto const before = text.substr(0, gap), after = text.substr(gap + 2);
    return ipv6_groups_of(before, false) + ipv6_groups_of(after, true) < 8;
}

/// RFC 5321 4.1.3: whether a text is an address literal, such as `[192.0.2.1]` or `[IPv6:2001:db8::1]`, or a bare
/// address.
/// Example: `static_assert(!mtasts::detail::is_address_literal("[mail.example.com]"));`
constexpr bool is_address_literal(std::string_view text) {
    bool const bracketed = text.size() > 1 && text.starts_with('[') && text.ends_with(']');
    if (bracketed) text = text.substr(1, text.size() - 2);
    ip_address unused;
    if (take_ipv4(text, unused)) return true;
    constexpr std::string_view tag = "IPv6:";
    if (bracketed && text::starts_ignoring_case(text, tag)) text.remove_prefix(tag.size());
    return is_ipv6(text);
}

}  // namespace mtasts::detail
