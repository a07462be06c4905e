/// Which settings the daemon runs on.
#pragma once
#include <string_view>
#include <utility>

namespace socketmap {

enum class settings_source {
    /// Nothing works yet: every answer is TEMP, since what cannot be told must not count as "no policy".
    none,
    /// The last ones with which a start or a reload went well.
    last_good,
    /// Those of the settings file and the command line.
    file,
};

/// A start takes the file's settings, and the last good ones where those do not work; a reload keeps what runs where the
/// file's do not work. `now` is what runs. The other two try settings, only when it comes to them, and tell whether
/// they work.
/// Example: `settings_to_run(settings_source::none, no, yes) == settings_source::last_good`
template <class FileWorks, class LastGoodWorks>
constexpr settings_source settings_to_run(settings_source now, FileWorks&& file_works,
                                          LastGoodWorks&& last_good_works) {
    if (std::forward<FileWorks>(file_works)()) return settings_source::file;
    if (now != settings_source::none) return now;
    return std::forward<LastGoodWorks>(last_good_works)() ? settings_source::last_good : settings_source::none;
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
