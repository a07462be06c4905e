// SPDX-License-Identifier: BSL-1.0
/// The commands that work beside a running daemon. All throw settings_error or store_error, and return an exit status.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace socketmap {

/// 0 for OK, 1 for NOTFOUND, 2 for TEMP, PERM and bad usage.
int exit_status_of(std::string_view answer);

/// No daemon answers.
struct no_daemon : settings_error {
    no_daemon(std::string const& why, int code) : settings_error(why), error(code) {}
    /// The errno.
    int error;
};

/// What to do about it. `command` runs this program on the same settings.
std::string remedy_for_no_daemon(int error, std::string const& command, std::string const& destination);

/// The output of `purge`: how much was forgotten, and which override applies nevertheless. `domain` is empty for all.
std::string purge_text(std::int64_t removed, std::string const& domain, settings const& given);

/// The running daemon's answer to a request such as Postfix would send. Throws no_daemon if none comes in time.
std::string ask_daemon(settings const& given, std::string_view map, std::string_view key, std::chrono::seconds limit);

/// Asks the running daemon, as Postfix does, and prints the answer.
int query(settings const& given, std::string const& destination, std::string const& command);
/// Prints the stored policies, one line each; with `texts`, also as they were served.
int dump(settings const& given, bool texts);
/// Forgets the policy of a domain, or of all if it is empty.
int purge(settings const& given, std::string const& domain);

}  // namespace socketmap
