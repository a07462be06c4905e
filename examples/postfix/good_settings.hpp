/// The last settings with which a start or a reload went well, kept for a start with bad ones.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// Where they are kept: in systemd's StateDirectory= ($STATE_DIRECTORY), which is there whatever the settings say;
/// without it beside the database.
/// Example: `good_settings_path("/a/policies.sqlite", "") == "/a/policies.sqlite.settings"`
std::string good_settings_path(std::string const& database, std::string_view state_directory);

/// Writes them: either all of them are there afterwards, or the former ones. Returns why that was not possible, or an
/// empty text.
std::string keep_good_settings(std::string const& path, std::string_view text);

}  // namespace socketmap
