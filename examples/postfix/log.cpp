// SPDX-License-Identifier: BSL-1.0
#include "log.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>

namespace socketmap {
namespace {

std::atomic<level> least_important{level::info};

/// A value, in quotes if it could not be told from what follows.
std::string quoted(std::string_view value) {
    auto const shown = mtasts::visible(value);
    if (!shown.empty() && shown.find_first_of(" \"=\\") == shown.npos) return shown;
    std::string out = "\"";
    for (char const c : shown) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

void set_log_level(level least) { least_important = least; }

std::string_view to_text(level given) {
    switch (given) {
        case level::error: return "error";
        case level::warning: return "warning";
        case level::notice: return "notice";
        case level::info: return "info";
        case level::debug: break;
    }
    return "debug";
}

void log(level given, std::string_view event, log_pairs pairs) {
    if (given > least_important.load()) return;
    // systemd.exec(5): set if standard error goes to the journal, which then wants the priority in front.
    static bool const to_journal = std::getenv("JOURNAL_STREAM") != nullptr;
    std::string line;
    if (to_journal) line = fmt::format("<{}>", static_cast<int>(given));
    line += fmt::format("level={} event={}", to_text(given), event);
    for (auto const& [name, value] : pairs) line += fmt::format(" {}={}", name, quoted(value));
    line += '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace socketmap
