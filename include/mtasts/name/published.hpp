// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1, 3.2, RFC 8460 3: where a domain publishes its records and its policy.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include <mtasts/name/canonical.hpp>
#include <mtasts/name/dns_name.hpp>

namespace mtasts {

namespace detail {

/// RFC 8461 3.2: the path of a policy on its policy host.
inline constexpr std::string_view policy_path = "/.well-known/mta-sts.txt";

}  // namespace detail

/// The policy domain in its canonical form; nothing for a text that does not name a domain, such as an address.
/// Example: `static_assert(!mtasts::policy_domain_of("192.0.2.1"));`
constexpr std::optional<ascii_name> policy_domain_of(std::string_view domain) {
    auto const canonical = canonical_domain(domain);
    return canonical && !ends_with_number(canonical->view()) ? canonical : std::nullopt;
}

namespace detail {

inline constexpr std::string_view sts_record_labels = "_mta-sts.", tlsrpt_record_labels = "_smtp._tls.",
                                  policy_host_label = "mta-sts.";

/// Labels, each with its dot, and a policy domain in its canonical form; nothing if that is longer than DNS can hold
/// (RFC 1035 2.3.4).
constexpr std::optional<ascii_name> below(std::string_view labels, std::optional<ascii_name> const& domain) {
    ascii_name name;
    bool const fits =
        domain && name.append(labels) && name.append(domain->view()) && name.view().size() <= longest_name;
    return fits ? std::optional(name) : std::nullopt;
}

}  // namespace detail

/// RFC 8461 3.1: `_mta-sts.<policy domain>`; nothing if there can be no such name.
/// Example: `static_assert(mtasts::sts_record_name("B\u00FCcher.example.") == "_mta-sts.xn--bcher-kva.example");`
constexpr std::optional<ascii_name> sts_record_name(std::string_view domain) {
    return detail::below(detail::sts_record_labels, policy_domain_of(domain));
}
/// RFC 8460 3: `_smtp._tls.<policy domain>`; nothing if there can be no such name.
/// Example: `static_assert(mtasts::tlsrpt_record_name("example.com") == "_smtp._tls.example.com");`
constexpr std::optional<ascii_name> tlsrpt_record_name(std::string_view domain) {
    return detail::below(detail::tlsrpt_record_labels, policy_domain_of(domain));
}
/// RFC 8461 3.2: the policy host, `mta-sts.<policy domain>`; nothing if there can be no such name.
/// Example: `static_assert(mtasts::policy_host("example.com") == "mta-sts.example.com");`
constexpr std::optional<ascii_name> policy_host(std::string_view domain) {
    return detail::below(detail::policy_host_label, policy_domain_of(domain));
}
/// RFC 8461 3.2: the URL of the policy; nothing if there can be no such host.
/// Example: `mtasts::policy_url("example.com") == "https://mta-sts.example.com/.well-known/mta-sts.txt"`
inline std::optional<std::string> policy_url(std::string_view domain) {
    auto const host = policy_host(domain);
    if (!host) return std::nullopt;
    return (std::string("https://") += host->view()) += detail::policy_path;
}

}  // namespace mtasts
