/// The settings file: its syntax, and what is wrong with it, by line.
#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace socketmap {

/// One setting of a file.
struct setting_line {
    /// Where it begins; counts from 1.
    std::size_t line = 0;
    std::string name;
    std::vector<std::string> values = {};
    /// No "=" follows the name: that switches a flag on.
    bool alone = false;
};

struct settings_text {
    std::vector<setting_line> lines;
    std::vector<settings_fault> faults;
};

/// Reads `name = value`, where a value is a word, "a text" in quotes, or a list [a, "b c"] that may go on over several
/// lines. "#" begins a comment. Nothing is escaped within quotes.
settings_text parse_settings(std::string_view text);

/// The known word that was probably meant; empty where none is like it.
/// Example: `likely_word("refesh", known) == "refresh"`
std::string likely_word(std::string_view unknown, std::span<std::string const> known);

/// Puts the settings of a text into `target`, as far as they are good; returns what is wrong with the others.
std::vector<settings_fault> apply_settings(std::string_view text, settings& target);

/// Settings as they were read, with the place where they stand.
struct loaded_settings {
    /// As far as they could be read.
    settings given;
    std::string path;
    std::string text = {};
    std::vector<settings_fault> faults = {};
    /// Whether the file could be read, or was not needed.
    bool readable = true;

    bool good() const { return faults.empty(); }
    /// "FILE:3: frob: no such setting; --help lists them", and further ones.
    std::vector<std::string> fault_texts() const;
    /// All of them in one line.
    std::string reasons() const;
};

/// Reads a settings file. Without one there are only the defaults, unless it is `required`.
loaded_settings load_settings(std::string const& path, bool required);

/// Adds what cannot work (problems_of) to the faults, at the lines where it stands; `given` now has what the command line
/// said, and `on_command_line` tells of which settings it did.
void add_problems(loaded_settings& loaded, std::function<bool(std::string const&)> const& on_command_line);

}  // namespace socketmap
