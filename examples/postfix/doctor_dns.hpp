/// Looks at the resolver of this machine.
#pragma once
#include <string>

#include "doctor.hpp"

namespace socketmap {

/// Asks Postfix's resolver, that of /etc/resolv.conf, for a name that DNSSEC vouches for; within a few seconds.
resolver_facts look_at_postfix_resolver(std::string const& signed_name);
/// Asks that one, and the daemon's for its own trust anchor's zone.
resolver_facts look_at_resolvers(settings const& given, std::string const& signed_name);

}  // namespace socketmap
