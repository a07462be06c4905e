// SPDX-License-Identifier: BSL-1.0
/// The lines of a policy and their parts, for code that needs places in a text that may not be a policy at all.
#pragma once
#include <cstddef>
#include <string_view>

#include <mtasts/text/ascii.hpp>

namespace mtasts::text {

/// Goes over the lines of a text, which end with LF, CRLF or (a fault, but a readable one) a bare CR.
/// An end of line at the end of the text begins no further line.
class policy_lines {
  public:
    struct line {
        /// Without its end, and with it.
        std::string_view text;
        std::string_view whole;

        constexpr std::string_view end() const { return whole.substr(text.size()); }
    };

    constexpr explicit policy_lines(std::string_view text) : rest_(text) {}

    constexpr bool done() const { return rest_.empty(); }
    constexpr line next() {
        auto const stop = find_octet(rest_, [](char c) { return c == '\r' || c == '\n'; });
        auto const length = stop == rest_.npos ? rest_.size() : stop;
        auto const end = stop == rest_.npos ? 0u : rest_.substr(stop, 2) == "\r\n" ? 2u : 1u;
        line const found{rest_.substr(0, length), rest_.substr(0, length + end)};
        rest_.remove_prefix(length + end);
        return found;
    }

  private:
    std::string_view rest_;
};

/// "name: value" split at the first colon; `colon` says whether there is one.
struct policy_line_parts {
    std::string_view name;
    std::string_view value;
    bool colon = false;
};
constexpr policy_line_parts split_policy_line(std::string_view line) {
    auto const colon = line.find(':');
    if (colon == line.npos) return {line, {}, false};
    return {line.substr(0, colon), trimmed(line.substr(colon + 1)), true};
}

}  // namespace mtasts::text
