// SPDX-License-Identifier: BSL-1.0
#include "policy_domain.hpp"

#include <algorithm>

#include <mtasts/name/a_labels.hpp>
#include <mtasts/text/ascii.hpp>

#include "a_labels.hpp"

namespace socketmap {
namespace {

using kind = next_hop::kind;

next_hop nothing_for(std::string_view destination) {
    return {mtasts::text::all_octets(destination, mtasts::text::is_ascii) ? kind::no_policy_domain
                                                                          : kind::not_understood};
}

}  // namespace

next_hop next_hop_of(std::string_view destination, bool transitional) {
    // The path of a socket, in whatever octets; no name that DNS is asked for has a slash.
    if (destination.find('/') != destination.npos) return {};
    bool const bracketed = destination.starts_with('[');
    auto const end = destination.find(bracketed ? ']' : ':');
    if (bracketed && end == destination.npos) return nothing_for(destination);
    auto name = bracketed ? destination.substr(1, end - 1) : destination.substr(0, end);
    // A parent, even of names with U-labels.
    if (name.starts_with('.')) return {};
    if (name.ends_with('.')) name.remove_suffix(1);
    std::string domain(name);
    if (!mtasts::text::all_octets(name, mtasts::text::is_ascii)) {
        auto mapped = postfix_a_labels(name, transitional);
        if (!mapped) return {kind::not_understood};
        domain = std::move(*mapped);
    }
    bool const one_label = domain.find('.') == domain.npos;
    if (!mtasts::is_dns_name(domain) || mtasts::ends_with_number(domain) || (one_label && !bracketed)) return {};
    std::transform(domain.begin(), domain.end(), domain.begin(), [](char c) { return mtasts::text::lower(c); });
    return {kind::policy_domain, std::move(domain)};
}

std::optional<std::string> policy_domain_of(std::string_view destination, bool transitional) {
    auto found = next_hop_of(destination, transitional);
    return found.what == kind::policy_domain ? std::optional(std::move(found.domain)) : std::nullopt;
}

}  // namespace socketmap
