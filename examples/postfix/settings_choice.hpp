// SPDX-License-Identifier: BSL-1.0
/// Which settings the daemon runs on.
#pragma once
#include <string_view>
#include <utility>

namespace socketmap {

enum class settings_source {
    /// None work yet: every answer is TEMP, as "no policy" would be a guess.
    none,
    /// Those of the last successful start or reload.
    last_good,
    /// Those of the settings file and the command line.
    file,
};

/// A start uses the file's settings or, if those do not work, the last good ones; a reload keeps the current ones if
/// the file's do not work. `now` is what is in use. The callbacks try settings, and are called only if needed.
/// Example: `settings_to_run(settings_source::none, no, yes) == settings_source::last_good`
template <class FileWorks, class LastGoodWorks>
constexpr settings_source settings_to_run(settings_source now, FileWorks&& file_works,
                                          LastGoodWorks&& last_good_works) {
    if (std::forward<FileWorks>(file_works)()) return settings_source::file;
    if (now != settings_source::none) return now;
    return std::forward<LastGoodWorks>(last_good_works)() ? settings_source::last_good : settings_source::none;
}

/// The settings of a daemon that has rejected the file's, in words; `source` is what it ran on then.
constexpr std::string_view settings_kept(settings_source source) {
    switch (source) {
        case settings_source::file: return "the previous settings";
        case settings_source::last_good: return "the last good settings";
        case settings_source::none: break;
    }
    return "no settings";
}

constexpr std::string_view to_text(settings_source source) {
    switch (source) {
        case settings_source::file: return "file";
        case settings_source::last_good: return "last-good";
        case settings_source::none: break;
    }
    return "none";
}

}  // namespace socketmap
