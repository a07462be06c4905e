// SPDX-License-Identifier: BSL-1.0
/// Which addresses a policy may be fetched from. Names are chosen by whoever mail is sent to; they must not make this
/// machine talk to hosts that only it can reach.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// Whether the data of an A (4 octets) or AAAA record (16) is a public unicast address: not private, loopback,
/// link-local, shared, multicast, for documentation or reserved (RFC 6890), nor an IPv6 form of such an IPv4 address.
bool is_public(std::string_view data);

/// The network of an address, given as text, that a single party may control: an IPv4 address itself, or the first 64
/// bits of an IPv6 address (RFC 4291 2.5.1).
/// Example: `network_of("2001:db8::1") == network_of("2001:db8::2")`
std::string network_of(std::string const& address);

/// The address as text; empty for data of another length.
std::string address_text(std::string_view data);

}  // namespace socketmap
