// SPDX-License-Identifier: BSL-1.0
/// Structured logs: one line of name=value pairs per event, to standard error.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace socketmap {

/// The numbers are those of syslog and of journald's "<N>" prefix.
enum class level { error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

/// Less important events are not logged.
void set_log_level(level least);
std::string_view to_text(level given);

using log_pairs = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Writes `level=warning event=fetch-failed domain=example.com reason="no answer"`; hostile values cannot begin a line
/// or hide anything.
void log(level given, std::string_view event, log_pairs pairs = {});

}  // namespace socketmap
