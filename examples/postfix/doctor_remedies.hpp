// SPDX-License-Identifier: BSL-1.0
/// Shared by the parts of `doctor`: Postfix's parameters, and commands that fix what is wrong.
#pragma once
#include <string>
#include <string_view>

#include "doctor.hpp"

namespace socketmap {

/// A parameter of Postfix; empty if it is unknown.
std::string of_postfix(doctor_facts const& facts, std::string const& name);
/// A command of Postfix, for the instance that is examined: "postconf -c /etc/postfix-out".
std::string postfix_command(doctor_facts const& facts, std::string_view program);
/// Sets parameters of Postfix.
std::string set_postfix(doctor_facts const& facts, std::string_view assignments);
/// Writes a line into the settings file, and applies it.
/// Example: `set_here(facts, "dane", "dane = \"leave\"")`
std::string set_here(doctor_facts const& facts, std::string_view setting, std::string_view line);
/// Applies settings of the file: a daemon that does not answer cannot reload them.
std::string apply_settings_command(doctor_facts const& facts);
/// Whether the daemon looks for DANE.
bool respects_dane(settings const& given);
/// Whether Postfix's user reaches the socket of a daemon that answers.
std::vector<finding> reach_findings(doctor_facts const& facts);

}  // namespace socketmap
