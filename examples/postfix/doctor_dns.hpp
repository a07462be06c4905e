// SPDX-License-Identifier: BSL-1.0
/// Examines the resolvers of Postfix and of the daemon.
#pragma once
#include <string>

#include "doctor.hpp"

namespace socketmap {

/// Queries Postfix's resolver, that of /etc/resolv.conf, for a signed name; takes a few seconds at most.
resolver_facts look_at_postfix_resolver(std::string const& signed_name);
/// Queries that one, and the daemon's for the zone of its trust anchor.
resolver_facts look_at_resolvers(settings const& given, std::string const& signed_name);

}  // namespace socketmap
