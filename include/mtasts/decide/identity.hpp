// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, 4.2, RFC 9525 6: whether a certificate names the host it was shown for.
#pragma once
#include <algorithm>
#include <span>
#include <string_view>

#include <mtasts/decide/mx_match.hpp>
#include <mtasts/name/dns_name.hpp>

namespace mtasts {

/// Whether a DNS-ID of a certificate names the host. "*" may only be the whole left-most label, and stands for one
/// label.
///
/// The host is the policy host, or an MX host as its MX record names it (RFC 8461 4.2); it may have U-labels and a
/// final dot, a DNS-ID may not. The Common Name and other kinds of names are ignored (RFC 8461 3.3), and no address is
/// ever named.
/// Example: `static_assert(mtasts::dns_id_matches("*.example.com", "mta-sts.example.com"));`
constexpr bool dns_id_matches(std::string_view dns_id, std::string_view host) {
    return !ends_with_number(dns_id) && mx_matches(mx_pattern{dns_id}, host);
}

/// Whether any DNS-ID of a certificate names the host.
/// Example: `!mtasts::certificate_names(hosts, "example.com")`
constexpr bool certificate_names(std::span<std::string_view const> dns_ids, std::string_view host) {
    return std::any_of(dns_ids.begin(), dns_ids.end(),
                       [&](std::string_view dns_id) { return dns_id_matches(dns_id, host); });
}

}  // namespace mtasts
