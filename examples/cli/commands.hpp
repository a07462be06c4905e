// SPDX-License-Identifier: BSL-1.0
/// The commands of the program: each adds its options and, when chosen, sets the exit status.
#pragma once
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

/// Exit status: 0 nothing to object to, 1 findings, 2 bad usage or unreadable input.
inline constexpr int exit_fine = 0, exit_findings = 1, exit_usage = 2;

/// `text` is the value of --text, which is taken out of the arguments beforehand.
void add_lint(CLI::App& app, int& status, std::optional<std::string> const& text);
void add_match(CLI::App& app, int& status);
void add_write(CLI::App& app, int& status);
void add_report(CLI::App& app, int& status);
void add_senders(CLI::App& app, int& status);
void add_explain(CLI::App& app, int& status);
void add_grammar(CLI::App& app);
void add_schema(CLI::App& app);
