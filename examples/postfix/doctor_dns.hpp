/// Looks at the resolver of this machine.
#pragma once
#include <string>

#include "doctor.hpp"

namespace socketmap {

/// Asks Postfix's resolver (that of /etc/resolv.conf) and the daemon's for a name that DNSSEC vouches for.
resolver_facts look_at_resolver(settings const& given, std::string const& signed_name);

}  // namespace socketmap
