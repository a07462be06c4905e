// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.4: the policy domain of a next-hop destination, which is what Postfix looks up.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace socketmap {

/// The meaning of a next-hop destination for MTA-STS.
struct next_hop {
    enum class kind {
        policy_domain,
        /// It cannot have a policy: mail is sent as if there were no MTA-STS.
        no_policy_domain,
        /// It is not ASCII, and Postfix cannot convert it to A-labels. If Postfix delivered nevertheless, some policy
        /// might be bypassed: its mail is deferred.
        not_understood,
    };
    kind what = kind::no_policy_domain;
    /// In lower case, with A-labels, without port, brackets and final dot.
    std::string domain = {};

    friend bool operator==(next_hop const&, next_hop const&) = default;
};

/// The forms that Postfix looks up: `domain`, `domain:port`, `[host]`, `[host]:port`, the path of a socket, or the
/// parents of a domain, as ".example.com" (a policy does not apply to subdomains, RFC 8461 3.4).
///
/// An address literal has no policy domain (RFC 8461 3.4), nor does a single-label domain or ASCII text that is not a
/// DNS name. A relay in brackets is the smart host of RFC 8461 3.4, even if it is a single label. `transitional` is
/// that of `postfix_a_labels`.
/// Example: `next_hop_of("[Relay.example.net]:587", false).domain == "relay.example.net"`
next_hop next_hop_of(std::string_view destination, bool transitional);

/// The policy domain, if there is one.
/// Example: `policy_domain_of("B\u00FCcher.example", false) == "xn--bcher-kva.example"`
std::optional<std::string> policy_domain_of(std::string_view destination, bool transitional);

}  // namespace socketmap
