// SPDX-License-Identifier: BSL-1.0
/// The daemon: its parts put together, its signals.
#pragma once
#include <functional>
#include <string>

#include "settings_file.hpp"

namespace socketmap {

/// Loads the settings from the command line and a file: the given one or, if the path is empty, the operator's.
using settings_loader = std::function<loaded_settings(std::string const& path)>;

/// Serves until SIGTERM or SIGINT, then only finishes what is under way. Bad settings do not keep it from starting: it
/// runs on the last good ones, or answers TEMP until there are good ones. SIGHUP reloads the settings; bad ones change
/// nothing. Throws settings_error if it cannot listen.
void run_daemon(settings_loader const& load);

/// One lookup without any cache, to see what is found; the steps go to the log. Returns the answer.
std::string look_up_afresh(settings given, std::string const& destination);

}  // namespace socketmap
