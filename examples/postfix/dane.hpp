/// RFC 7672 2.2: which of a domain's MX hosts have DANE.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "asio.hpp"

#include "dns.hpp"

namespace socketmap {

enum class dane_hosts { none, some, all };

/// What DNS says of one MX host. `unknown`: its zone is signed, but the TLSA records cannot be looked up; without them it
/// must not be delivered to (RFC 7672 2.1.3).
enum class host_dane { none, unknown, present };

/// Of these hosts and perhaps further ones that were not looked at. A host of which nothing is known never counts as one
/// that is protected: whoever keeps answers from us could have Postfix see that there is no DANE either.
dane_hosts dane_among(std::span<host_dane const> hosts, bool all_looked_at);

/// Asks DNS for the MX hosts of a domain and their TLSA records. Only what DNSSEC vouches for counts, and only usable
/// records (RFC 7672 3.1).
asio::awaitable<dane_hosts> find_dane(dns& resolver, std::string domain);

/// RFC 7672 3.1: DANE-TA(2) or DANE-EE(3), with a known selector and a digest of the right size.
bool is_usable_tlsa(std::string_view data);

}  // namespace socketmap
