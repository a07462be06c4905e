// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, 5.1: how long a fetched policy holds, by clocks that may be wrong.
///
/// A policy ages by seen time: what a steady clock measured, summed over all runs of a program. The wall clock only
/// counts for gaps that no steady clock covers, such as a reboot. It may then cause a refresh, and may suspend the
/// policy for as long as it shows it as expired; once it no longer does, the policy holds again.
#pragma once
#include <mtasts/requirements.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <optional>

namespace mtasts {

/// An instant by two clocks: the wall clock, which may be wrong and may be set, and the seen time so far, which never
/// goes back and continues across runs of a program (`seen_time`).
///
/// Converts from a wall clock time, for callers that have no other clock: then only a policy that seems to have been
/// fetched in the future is protected from a wrong clock.
/// Example: `static_assert(mtasts::moment({}, {}).after(std::chrono::seconds(2)).seen.count() == 2);`
struct moment {
    std::chrono::sys_seconds wall{};
    std::chrono::seconds seen{0};

    constexpr moment() = default;
    constexpr moment(std::chrono::sys_seconds at, std::chrono::seconds passed) : wall(at), seen(passed) {}
    template <std::convertible_to<std::chrono::sys_seconds> Instant>
    constexpr moment(Instant const& only_clock) : wall(only_clock), seen(wall.time_since_epoch()) {}

    constexpr moment after(std::chrono::seconds time) const { return {wall + time, seen + time}; }

    friend constexpr bool operator==(moment const&, moment const&) = default;
};

/// Seen time, in seconds, as a program stores it to continue from there in its next run.
///
/// `steady` is a clock that counts from boot and includes suspend, such as Linux's CLOCK_BOOTTIME.
/// Example: `static_assert(mtasts::seen_time().resumed(std::chrono::seconds(9), true).seen.count() == 9);`
struct seen_time {
    std::chrono::seconds seen{0};
    /// Seen time at the end of the last unseen gap.
    std::chrono::seconds unbroken_since{0};
    /// What the steady clock showed when this was stored.
    std::chrono::seconds steady{0};

    /// Continues from what was stored. Within one boot all time is seen, whether the program was running or not.
    /// Otherwise there is a gap of unknown length, which counts as one second.
    constexpr seen_time resumed(std::chrono::seconds now, bool same_boot) const {
        if (same_boot && now >= steady) return {seen + (now - steady), unbroken_since, now};
        auto const least = seen + std::chrono::seconds(1);
        return {least, least, now};
    }

    friend constexpr bool operator==(seen_time const&, seen_time const&) = default;
};

/// What the clocks say about the age of a policy.
enum class policy_age {
    within,
    /// It seems to have been fetched in the future: a clock was wrong then, or is now.
    future,
    /// Expired by the wall clock alone, with an unseen gap since it was fetched.
    past_unseen,
    /// Expired by seen time, whatever the wall clock says.
    over,
};

/// All that the life of a policy depends on.
/// Example: `static_assert(mtasts::policy_life{std::chrono::seconds(60), {}}.holds({}));`
struct policy_life {
    /// The part of max_age that counts (RFC 8461 3.2).
    std::chrono::seconds lifetime{0};
    moment fetched_at{};
    /// There may be an unseen gap since it was fetched: it was fetched before `seen_time::unbroken_since`.
    bool time_missed = false;
    /// Seen time when its age was first `future`, and when it was first `past_unseen`.
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};

    /// How long it holds while `past_unseen`.
    static constexpr std::chrono::seconds grace{86400};

    constexpr policy_age age(moment now) const {
        if (fetched_at.seen < now.seen - lifetime) return policy_age::over;
        if (fetched_at.wall > now.wall || fetched_at.seen > now.seen) return policy_age::future;
        if (time_missed && fetched_at.wall < now.wall - lifetime) return policy_age::past_unseen;
        return policy_age::within;
    }

    /// RFC 8461 5.1: a policy holds while its age has not exceeded max_age. In doubt it still holds, so that a wrong
    /// clock ends no protection, but only for a limited time, so that the policy does not outlive the domain's intent.
    constexpr bool holds(moment now) const {
        switch (age(now)) {
            case policy_age::future: return now.seen - lifetime <= since(future_since, now);
            case policy_age::past_unseen: return now.seen - grace <= since(past_since, now);
            case policy_age::over: return false;
            default: return true;
        }
    }

    /// When a policy that holds now will expire or become doubtful if both clocks run on undisturbed.
    constexpr moment holds_until(moment now) const {
        auto const what = age(now);
        auto left = fetched_at.seen > now.seen ? lifetime : lifetime - (now.seen - fetched_at.seen);
        if (what == policy_age::future) left = (std::min)(left, lifetime - (now.seen - since(future_since, now)));
        if (what == policy_age::past_unseen) left = (std::min)(left, grace - (now.seen - since(past_since, now)));
        if (what == policy_age::within && time_missed) left = (std::min)(left, lifetime - (now.wall - fetched_at.wall));
        return now.after(left);
    }

    /// Call this with every reading of the clocks. Without an unseen gap the age is known, and hence what today's wall
    /// clock would have shown at the fetch. The latest such value is kept, so that correcting a clock that was behind
    /// makes no policy older.
    constexpr void note(moment now) {
        auto const what = age(now);
        if (what == policy_age::over) return;
        if (what == policy_age::future) future_since = since(future_since, now);
        if (what == policy_age::past_unseen) past_since = since(past_since, now);
        if (!time_missed && fetched_at.seen <= now.seen)
            fetched_at.wall = (std::max)(fetched_at.wall, now.wall - (now.seen - fetched_at.seen));
    }

    friend constexpr bool operator==(policy_life const&, policy_life const&) = default;

  private:
    static constexpr std::chrono::seconds since(std::optional<std::chrono::seconds> noted, moment now) {
        return noted ? (std::min)(*noted, now.seen) : now.seen;
    }
};

}  // namespace mtasts
