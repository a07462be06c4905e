// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 4.1: whether a policy's mx pattern covers an MX host.
#pragma once
#include <algorithm>
#include <string_view>

#include <mtasts/model/mx_pattern.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/dns_name.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// Whether the pattern covers the host that an MX record names: "*" stands for exactly one label, case is ignored,
/// U-labels of the host are compared as A-labels, and one final dot of the host is ignored.
///
/// A host that is not a DNS name is never covered, and a malformed pattern covers nothing.
/// Example: `static_assert(!mtasts::mx_matches({"*.example.com"}, "a.b.example.com"));`
constexpr bool mx_matches(mx_pattern pattern, std::string_view host) {
    if (!text::all_octets(host, text::is_ascii)) {
        auto const ascii = to_a_labels(host);
        return ascii && mx_matches(pattern, ascii->view());
    }
    if (host.ends_with('.')) host.remove_suffix(1);
    if (!is_dns_name(host)) return false;
    if (!pattern.wildcard()) return text::equal_ignoring_case(pattern.text, host);
    auto const dot = host.find('.');
    return dot != host.npos && text::equal_ignoring_case(pattern.domain(), host.substr(dot + 1));
}

/// Whether any pattern of the policy covers the host, whatever the mode.
/// Example: `mtasts::mx_matches(policy.value, "mail.example.com") == true`
constexpr bool mx_matches(sts_policy const& policy, std::string_view host) {
    return std::any_of(policy.mx.begin(), policy.mx.end(),
                       [&](mx_pattern pattern) { return mx_matches(pattern, host); });
}

}  // namespace mtasts
