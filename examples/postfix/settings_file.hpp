// SPDX-License-Identifier: BSL-1.0
/// The settings file: its syntax, and what is wrong with it, by line.
#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "settings.hpp"

namespace socketmap {

/// One setting of a file.
struct setting_line {
    /// Its first line, from 1.
    std::size_t line = 0;
    std::string name;
    std::vector<std::string> values = {};
    /// There is no "=" after the name: that switches a flag on.
    bool alone = false;
};

struct settings_text {
    std::vector<setting_line> lines;
    std::vector<settings_fault> faults;
};

/// Parses `name = value`, where a value is a word, "quoted text", or a list [a, "b c"], which may span several lines.
/// "#" begins a comment. There are no escapes within quotes. A line that begins the next setting ends a list that was
/// left open.
settings_text parse_settings(std::string_view text);

/// The known word that was probably meant; empty if none is similar.
/// Example: `nearest_word("refesh", known) == "refresh"`
std::string nearest_word(std::string_view unknown, std::span<std::string const> known);

/// Applies the good settings of a text to `target`; returns what is wrong with the others.
std::vector<settings_fault> apply_settings(std::string_view text, settings& target,
                                           std::optional<bool> idna2003_compatibility = {});

/// Settings with the file they come from, and its faults.
struct loaded_settings {
    /// As far as they could be read.
    settings given;
    std::string path;
    std::string text = {};
    std::vector<settings_fault> faults = {};
    /// The command line that runs this program on these settings, in any directory, without a command.
    std::string command = "mtasts-socketmap";
    /// Whether the file could be read, or did not have to exist.
    bool readable = true;
    bool exists = true;

    bool good() const { return faults.empty(); }
    /// One line each, as "FILE:3: frob: no such setting; --help lists them".
    std::vector<std::string> fault_texts() const;
    /// All of them in one line.
    std::string reasons() const;
    /// The faults that leave this setting unknown, for a command that needs no other. `on_command_line`: it is set
    /// there, whatever the file says.
    std::vector<std::string> fault_texts_of(std::string const& setting, bool on_command_line) const;
};

/// Reads a settings file. A missing file means the defaults, unless it is `required`. What the command line says about
/// idna2003-compatibility, if anything, prevails, as the domains of overrides are read by it.
loaded_settings load_settings(std::string const& path, bool required, std::optional<bool> idna2003_compatibility = {});

/// Adds the problems (problems_of) to the faults, with their lines. `loaded.given` includes the command line by now;
/// `on_command_line` says whether a setting comes from there.
void add_problems(loaded_settings& loaded, std::function<bool(std::string const&)> const& on_command_line);

}  // namespace socketmap
