/// RFC 8461 3.4: the policy domain of what Postfix looks up, a next-hop destination.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace socketmap {

/// What a next-hop destination is to MTA-STS.
struct next_hop {
    enum class kind {
        policy_domain,
        /// Nothing that has a policy: mail goes as if there were no MTA-STS.
        no_policy_domain,
        /// It is not ASCII, and Postfix has no A-labels for it. Where Postfix delivers nevertheless, nobody can say which
        /// policy is passed over: its mail waits.
        not_understood,
    };
    kind what = kind::no_policy_domain;
    /// In lower case, with A-labels, without port, brackets and final dot.
    std::string domain = {};

    friend bool operator==(next_hop const&, next_hop const&) = default;
};

/// What Postfix asks for: `domain`, `domain:port`, `[host]`, `[host]:port`, the path of a socket, or the parents of a
/// domain, as ".example.com" (no policy of a parent applies to its subdomain, RFC 8461 3.4).
///
/// An address literal has no policy domain (RFC 8461 3.4), nor has a domain of one label or what is ASCII and no DNS
/// name. A relay in brackets is the smart host of RFC 8461 3.4, whatever labels it has. `transitional`: as
/// `postfix_a_labels` has it.
/// Example: `next_hop_of("[Relay.example.net]:587", false).domain == "relay.example.net"`
next_hop next_hop_of(std::string_view destination, bool transitional);

/// The policy domain, where there is one.
/// Example: `policy_domain_of("B\u00FCcher.example", false) == "xn--bcher-kva.example"`
std::optional<std::string> policy_domain_of(std::string_view destination, bool transitional);

}  // namespace socketmap
