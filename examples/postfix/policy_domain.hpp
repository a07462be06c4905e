/// RFC 8461 3.4: the policy domain of what Postfix looks up, a next-hop destination.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace socketmap {

/// The policy domain in lower case, U-labels as A-labels, without port, brackets and final dot.
///
/// None for address literals (RFC 8461 3.4), for the parent domains that Postfix also tries (".example.com": no policy
/// of a parent applies to its subdomain, RFC 8461 3.4), for names of one label, and for what is no DNS name.
/// Example: `policy_domain_of("[Relay.example.net]:587") == "relay.example.net"`
std::optional<std::string> policy_domain_of(std::string_view destination);

}  // namespace socketmap
