/// Looks at the resolver of this machine.
#pragma once
#include <string>

#include "doctor.hpp"

namespace socketmap {

/// Asks Postfix's resolver (that of /etc/resolv.conf) for a name that DNSSEC vouches for, and the daemon's for its own
/// trust anchor's zone.
resolver_facts look_at_resolver(settings const& given, std::string const& signed_name);

}  // namespace socketmap
