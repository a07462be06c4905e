// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, 5.1: what a sending MTA remembers of a policy, and how long that is valid.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include <mtasts/decide/policy_life.hpp>
#include <mtasts/model/sts_policy.hpp>

namespace mtasts {

/// RFC 8461 3.1: the id of a record with its own storage; compared for equality only. Empty if there is none, or if the
/// text is longer than an id can be.
/// Example: `static_assert(mtasts::policy_id("2") != mtasts::policy_id("1"));`
class policy_id {
  public:
    static constexpr std::size_t longest = 32;

    constexpr policy_id() = default;
    constexpr policy_id(std::string_view text)
        : octets_(copy_of(text)), size_(text.size() > longest ? 0 : text.size()) {}
    constexpr std::string_view view() const { return {octets_.data(), size_}; }
    constexpr bool empty() const { return size_ == 0; }

    friend constexpr bool operator==(policy_id const&, policy_id const&) = default;

  private:
    static constexpr std::array<char, longest> copy_of(std::string_view text) {
        std::array<char, longest> octets{};
        if (text.size() <= longest) std::copy(text.begin(), text.end(), octets.begin());
        return octets;
    }

    std::array<char, longest> octets_{};
    std::size_t size_ = 0;
};

/// All that the life of a fetched policy depends on; the caller keeps its text and patterns.
struct known_policy {
    /// The id of the record under which it was fetched; empty if there was none.
    policy_id id;
    policy_mode mode = policy_mode::none;
    std::chrono::seconds max_age{0};
    moment fetched_at{};
    /// As in `policy_life`: false and empty for a policy fetched since the program started.
    bool time_missed = false;
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};

    /// RFC 8461 3.2: never above the limit, whatever the policy says.
    constexpr std::chrono::seconds lifetime() const {
        return std::clamp(max_age, std::chrono::seconds{0}, max_age_limit);
    }
    constexpr policy_life life() const { return {lifetime(), fetched_at, time_missed, future_since, past_since}; }
    /// RFC 8461 5.1: whether it no longer holds, see `policy_life`.
    constexpr bool expired(moment now) const { return !life().holds(now); }
    /// Whether the clocks contradict each other: then it has to be fetched again, under any id.
    constexpr bool doubtful(moment now) const {
        auto const age = life().age(now);
        return age == policy_age::future || age == policy_age::past_unseen;
    }
    constexpr moment holds_until(moment now) const { return life().holds_until(now); }
    constexpr void note(moment now) {
        auto noted = life();
        noted.note(now);
        fetched_at = noted.fetched_at;
        future_since = noted.future_since;
        past_since = noted.past_since;
    }

    friend constexpr bool operator==(known_policy const&, known_policy const&) = default;
};

}  // namespace mtasts
