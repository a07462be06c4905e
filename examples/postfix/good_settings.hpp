// SPDX-License-Identifier: BSL-1.0
/// The settings of the last successful start or reload, kept for a start with bad ones.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// Where they are stored: in systemd's StateDirectory= ($STATE_DIRECTORY), which does not depend on the settings, or
/// else beside the database.
/// Example: `good_settings_path("/a/policies.sqlite", "") == "/a/policies.sqlite.settings"`
std::string good_settings_path(std::string const& database, std::string_view state_directory);

/// Replaces the file atomically. Returns why that was not possible, or an empty string.
std::string keep_good_settings(std::string const& path, std::string_view text);

}  // namespace socketmap
