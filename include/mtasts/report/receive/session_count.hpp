// SPDX-License-Identifier: BSL-1.0
/// Counts of sessions that add up without losing anything silently.
#pragma once
#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include <mtasts/model/tlsrpt_report.hpp>

namespace mtasts {

/// A sum of counts, and the number of counts missing from it: a count that a report lacks is not zero, and
/// `greatest_count` stands for anything greater too (RFC 7493 2.2).
/// Example: `static_assert(!mtasts::session_count{3, 1}.exact());`
struct session_count {
    /// Stands for itself and anything greater, so that an overflow stays one, in whatever order counts are added.
    static constexpr std::uint64_t most = (std::numeric_limits<std::uint64_t>::max)();

    std::uint64_t sessions = 0;
    std::uint64_t unknown = 0;

    constexpr bool overflowed() const { return sessions == most || unknown == most; }
    /// Whether `sessions` is the number of sessions, not only a lower bound.
    constexpr bool exact() const { return unknown == 0 && !overflowed(); }

    constexpr void add(session_count const& other) {
        sessions = saturated(sessions, other.sessions);
        unknown = saturated(unknown, other.unknown);
    }
    constexpr void add(std::optional<std::uint64_t> count) {
        bool const whole = count && *count < greatest_count;
        add(session_count{count.value_or(0), whole ? 0u : 1u});
    }
    friend constexpr auto operator<=>(session_count const&, session_count const&) = default;

  private:
    static constexpr std::uint64_t saturated(std::uint64_t a, std::uint64_t b) { return a > most - b ? most : a + b; }
};

}  // namespace mtasts
