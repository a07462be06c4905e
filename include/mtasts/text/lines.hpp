// SPDX-License-Identifier: BSL-1.0
/// The lines of a policy and their parts, for code that needs places in a text that may not be a policy at all.
#pragma once
#include <cstddef>
#include <string_view>

#include <mtasts/text/ascii.hpp>

namespace mtasts::text {

/// A line and its parts as "name: value", split at the first colon.
struct policy_line {
    /// Without its end, and with it.
    std::string_view text;
    std::string_view whole;
    /// What precedes the colon, or the whole line if there is none.
    std::string_view name;
    /// Without space around it.
    std::string_view value;
    bool has_colon = false;

    constexpr explicit policy_line(std::string_view line) : policy_line(line, line) {}
    constexpr policy_line(std::string_view line, std::string_view with_end)
        : text(line), whole(with_end), name(line.substr(0, line.find(':'))), has_colon(name.size() != line.size()) {
        if (has_colon) value = trimmed(line.substr(name.size() + 1));
    }

    constexpr std::string_view end() const { return whole.substr(text.size()); }
};

/// Goes over the lines of a text, which end with LF, CRLF or (a fault, but a readable one) a bare CR.
/// An end of line at the end of the text begins no further line.
class policy_lines {
  public:
    constexpr explicit policy_lines(std::string_view text) : rest_(text) {}

    constexpr bool done() const { return rest_.empty(); }
    constexpr policy_line next() {
        auto const stop = find_octet(rest_, [](char c) { return c == '\r' || c == '\n'; });
        auto const length = stop == rest_.npos ? rest_.size() : stop;
        auto const end = stop == rest_.npos ? 0u : rest_.substr(stop, 2) == "\r\n" ? 2u : 1u;
        policy_line const found{rest_.substr(0, length), rest_.substr(0, length + end)};
        rest_.remove_prefix(length + end);
        return found;
    }

  private:
    std::string_view rest_;
};

/// The value of the first line with a name, a view of the text; the end of the text if there is none.
constexpr std::string_view first_policy_value(std::string_view text, std::string_view name) {
    for (policy_lines lines(text); !lines.done();)
        if (auto const line = lines.next(); line.has_colon && line.name == name) return line.value;
    return text.substr(text.size());
}

}  // namespace mtasts::text
