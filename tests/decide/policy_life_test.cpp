// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3, 5.1: how long a policy holds by clocks that may be wrong.
#include <array>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/policy_life.hpp>

namespace {

using namespace mtasts;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr seconds week = days(7), day = days(1);

/// A moment this long after the fetch, by the wall clock and in seen time.
constexpr moment at(seconds wall, seconds seen) { return {sys_seconds(days(1000) + wall), days(50) + seen}; }

/// For a policy fetched at `at(0, 0)` with a max_age of a week.
struct row {
    std::string_view what;
    moment now;
    bool time_missed;
    policy_age age;
    bool holds;
    /// For how long, if it holds.
    seconds left = {};
};

using enum policy_age;
constexpr auto rows = std::to_array<row>({
    {"just fetched", at(day * 0, day * 0), false, within, true, week},
    {"in its last second", at(week, week), false, within, true, seconds(0)},
    {"over", at(week + seconds(1), week + seconds(1)), false, over, false},
    // Without an unseen gap, the wall clock can only show that something is wrong.
    {"the clock 30 days ahead", at(day + days(30), day), false, within, true, 6 * day},
    {"the clock years ahead", at(days(4000), hours(1)), false, within, true, week - hours(1)},
    {"the clock behind", at(day - days(900), day), false, future, true, 6 * day},
    {"over, the clock behind", at(days(-900), week + seconds(1)), false, over, false},
    // After an unseen gap, the wall clock counts.
    {"after a reboot", at(day, hours(1)), true, within, true, 6 * day},
    {"at its end by the clock", at(week, hours(1)), true, within, true, seconds(0)},
    {"past its end by the clock", at(week + seconds(1), hours(1)), true, past_unseen, true, day},
    {"past its end, nearly over", at(days(30), week - hours(1)), true, past_unseen, true, hours(1)},
    {"over, whatever the clock says", at(day, week + seconds(1)), true, over, false},
    {"fetched in the future", at(days(-900), hours(1)), true, future, true, week - hours(1)},
    // Seen time never goes back, but stored data may be damaged.
    {"fetched before time was seen", at(day, -day), false, future, true, week},
});

constexpr bool fits(row const& row) {
    policy_life const life{week, at({}, {}), row.time_missed};
    return life.age(row.now) == row.age && life.holds(row.now) == row.holds &&
           (!row.holds || life.holds_until(row.now) == row.now.after(row.left));
}

constexpr bool all_fit() {
    for (auto const& row : rows)
        if (!fits(row)) return false;
    return true;
}
static_assert(all_fit());

/// The end of a policy that expired unseen, looked at some time after that was first noted.
constexpr moment noted_then(seconds passed) {
    policy_life life{week, at({}, {}), true};
    life.note(at(days(30), hours(1)));
    return life.holds_until(at(days(30) + passed, hours(1) + passed));
}
static_assert(noted_then(hours(2)) == at(days(31), hours(1) + day));

constexpr bool holds_after(policy_life life, moment noted, moment now) {
    life.note(noted);
    return life.holds(now);
}

}  // namespace

TEST_CASE("RFC 8461 5.1: a policy ages by seen time, and the wall clock only raises doubt") {
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(fits(row));
    }
}

TEST_CASE("RFC 8461 3.3: a policy that expired unseen holds for a day after that is noticed, across reboots") {
    policy_life const life{week, at({}, {}), true};
    auto const noted = at(days(30), hours(1));
    CHECK(holds_after(life, noted, at(days(31), hours(1) + day)));
    CHECK_FALSE(holds_after(life, noted, at(days(31), hours(1) + day + seconds(1))));
    // When the clock is corrected, it holds again; the day is not granted twice.
    CHECK(holds_after(life, noted, at(days(3), days(3))));
    CHECK_FALSE(holds_after(life, noted, at(days(30), days(3))));
}

TEST_CASE("RFC 8461 3.3: a policy from the future holds for max_age after that is noticed") {
    // By one clock, which went back.
    policy_life const life{week, moment(sys_seconds(days(1000)))};
    moment const noted(sys_seconds(days(900)));
    CHECK(holds_after(life, noted, sys_seconds(days(907))));
    CHECK_FALSE(holds_after(life, noted, sys_seconds(days(907)) + seconds(1)));
    CHECK(holds_after(life, noted, sys_seconds(days(1001))));
}

TEST_CASE(
    "RFC 8461 3.3: a clock corrected after the fetch makes no policy older, one that goes wrong makes none younger") {
    policy_life life{week, {sys_seconds(), hours(1)}};
    life.note({sys_seconds(days(20000)), hours(2)});
    CHECK(life.fetched_at == moment(sys_seconds(days(20000) - hours(1)), hours(1)));
    life.note({sys_seconds(), hours(3)});
    CHECK(life.fetched_at.wall == sys_seconds(days(20000) - hours(1)));
    // After a reboot, what the clock would have shown at the fetch is unknown.
    life.time_missed = true;
    life.note({sys_seconds(days(20002)), hours(4)});
    CHECK(life.fetched_at.wall == sys_seconds(days(20000) - hours(1)));
    // Damaged times do not overflow.
    for (auto const damaged : {seconds::min(), seconds::max()})
        for (bool const missed : {false, true}) {
            policy_life odd{week, {sys_seconds(damaged), damaged}, missed, damaged, damaged};
            odd.note({sys_seconds(days(20000)), hours(4)});
            CHECK(odd.age({sys_seconds(days(20000)), hours(4)}) == (damaged < seconds(0) ? over : future));
        }
}

TEST_CASE("CLOCK_BOOTTIME: seen time continues across restarts, and has a gap at a reboot") {
    seen_time const first{seconds(100), seconds(10), seconds(5000)};
    CHECK(first.resumed(seconds(5600), true) == seen_time{seconds(700), seconds(10), seconds(5600)});
    // Another boot, or a clock that cannot be of the same one.
    CHECK(first.resumed(seconds(5600), false) == seen_time{seconds(101), seconds(101), seconds(5600)});
    CHECK(first.resumed(seconds(4999), true) == seen_time{seconds(101), seconds(101), seconds(4999)});
    CHECK(first.resumed(seconds(5000), true) == first);
}
