/// RFC 7672 2.2: which of a domain's MX hosts have DANE.
#pragma once
#include <string>
#include <string_view>

#include "asio.hpp"

#include "dns.hpp"

namespace socketmap {

enum class dane_hosts { none, some, all };

/// Asks DNS for the MX hosts of a domain and their TLSA records. Only what DNSSEC vouches for counts, and only usable
/// records (RFC 7672 3.1). A host in a signed zone whose TLSA records cannot be looked up counts as having DANE, since
/// it must not be delivered to without (RFC 7672 2.1.3).
asio::awaitable<dane_hosts> find_dane(dns& resolver, std::string domain);

/// RFC 7672 3.1: DANE-TA(2) or DANE-EE(3), with a known selector and a digest of the right size.
bool is_usable_tlsa(std::string_view data);

}  // namespace socketmap
