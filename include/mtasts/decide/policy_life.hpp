/// RFC 8461 3.3, 5.1: how long a fetched policy holds, by clocks that may be wrong.
///
/// Time that was seen to pass counts. A steady clock tells it, and it is added up over the runs of a program. The wall
/// clock is asked only about time that nobody saw pass, as over a reboot. What it says then may get a policy refreshed,
/// and may suspend it for as long as the clock says so; once the clock says otherwise, the policy holds again.
#pragma once
#include <algorithm>
#include <chrono>
#include <concepts>
#include <optional>

namespace mtasts {

/// An instant by two clocks: the wall clock, which may be wrong and may be set, and the time seen to pass so far, which
/// never goes back and counts on over the runs of a program (`seen_time`).
///
/// A time of the wall clock converts to it, for callers that have no other clock: then only a policy that seems to be
/// fetched in the future is protected from that clock.
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

/// Time seen to pass, in seconds, as a program notes it down and goes on from there when it runs again.
///
/// `steady` is a clock that counts from the start of the machine, asleep or awake, such as Linux's CLOCK_BOOTTIME.
/// Example: `static_assert(mtasts::seen_time().resumed(std::chrono::seconds(9), true).seen.count() == 9);`
struct seen_time {
    std::chrono::seconds seen{0};
    /// What was seen when time last passed unseen; since then none did.
    std::chrono::seconds unbroken_since{0};
    /// What the steady clock showed when this was noted.
    std::chrono::seconds steady{0};

    /// Goes on with what was noted. Since the same start of the machine, all time that passed is seen, program or not.
    /// Otherwise nobody knows how much it was, but it was a second.
    constexpr seen_time resumed(std::chrono::seconds now, bool same_boot) const {
        if (same_boot && now >= steady) return {seen + (now - steady), unbroken_since, now};
        auto const least = seen + std::chrono::seconds(1);
        return {least, least, now};
    }

    friend constexpr bool operator==(seen_time const&, seen_time const&) = default;
};

/// What the clocks say of the age of a policy.
enum class policy_age {
    within,
    /// It seems to be fetched later than now: a clock was wrong then, or is now.
    future,
    /// By the wall clock alone it has ended, and time did pass unseen since it was fetched.
    past_unseen,
    /// So much time was seen to pass that it has ended, whatever the wall clock says.
    over,
};

/// All that the life of a policy depends on.
/// Example: `static_assert(mtasts::policy_life{std::chrono::seconds(60), {}}.holds({}));`
struct policy_life {
    /// The part of max_age that counts (RFC 8461 3.2).
    std::chrono::seconds lifetime{0};
    moment fetched_at{};
    /// Time may have passed unseen since it was fetched: it was fetched before `seen_time::unbroken_since`.
    bool time_missed = false;
    /// Time seen when its age was first `future`, and when it was first `past_unseen`.
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};

    /// How long it holds while it cannot be told whether it has ended.
    static constexpr std::chrono::seconds grace{86400};

    constexpr policy_age age(moment now) const {
        if (fetched_at.seen < now.seen - lifetime) return policy_age::over;
        if (fetched_at.wall > now.wall || fetched_at.seen > now.seen) return policy_age::future;
        if (time_missed && fetched_at.wall < now.wall - lifetime) return policy_age::past_unseen;
        return policy_age::within;
    }

    /// RFC 8461 5.1: a policy holds while its age has not exceeded max_age. In doubt it holds on, so that a wrong clock
    /// ends no protection, but not for long, so that none makes a policy outlive the domain's intent.
    constexpr bool holds(moment now) const {
        switch (age(now)) {
            case policy_age::future: return now.seen - lifetime <= since(future_since, now);
            case policy_age::past_unseen: return now.seen - grace <= since(past_since, now);
            case policy_age::over: return false;
            default: return true;
        }
    }

    /// The last moment in which a policy that holds now does so, or comes into doubt, if the clocks go on so.
    constexpr moment holds_until(moment now) const {
        auto const what = age(now);
        auto left = fetched_at.seen > now.seen ? lifetime : lifetime - (now.seen - fetched_at.seen);
        if (what == policy_age::future) left = (std::min)(left, lifetime - (now.seen - since(future_since, now)));
        if (what == policy_age::past_unseen) left = (std::min)(left, grace - (now.seen - since(past_since, now)));
        if (what == policy_age::within && time_missed) left = (std::min)(left, lifetime - (now.wall - fetched_at.wall));
        return now.after(left);
    }

    /// To be called whenever somebody looks at the clocks. While no time passed unseen, the age is known, and thus what
    /// the clock would have shown at the fetch, were it then what it is now. Of these opinions the latest counts:
    /// a clock that is put right after the start makes no policy older.
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
