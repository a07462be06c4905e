/// The daemon: its parts put together, its signals.
#pragma once
#include <functional>
#include <string>

#include "settings.hpp"

namespace socketmap {

/// Serves until SIGTERM or SIGINT, and then only finishes what is under way. SIGHUP takes the settings anew from
/// `read_settings`, which throws settings_error where they are bad: the former ones stay. Throws settings_error and
/// store_error when it cannot begin.
void run_daemon(settings const& given, std::function<settings()> read_settings);

/// One lookup without any cache, to see what is found; the steps go to the log. Returns the answer.
std::string look_up_afresh(settings given, std::string const& destination);

}  // namespace socketmap
