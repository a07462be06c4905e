// SPDX-License-Identifier: BSL-1.0
/// Feeds events to discovery and compares it with a second, much simpler model of what has to apply. The model knows
/// the true time; the machine has clocks that may be wrong, and is rebuilt from what was kept when it restarts:
///   1. what applies is the newest policy that was fetched when it was asked for, until max_age after that;
///   2. an answer that was not asked for changes nothing;
///   3. nothing is fetched under an id within five minutes of a failure under it, unless a fetch succeeded since;
///   4. under a policy of mode enforce that applies nothing is delivered but over TLS, to a host of the policy,
///      with a certificate that is valid for it or that DANE vouches for;
///   5. a wrong clock shortens nothing without an unseen gap. After one, a policy is suspended only while the clock
///      makes it older than it is: it is ahead, or was behind until then;
///   6. none lengthens anything without an unseen gap. After one, a policy applies for max_age of seen time since its
///      fetch, and for a day after the clock shows it as expired;
///   7. a policy that, by the clock, was fetched in the future or expired unseen is fetched again at once.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <mtasts/decide/discovery.hpp>
#include <mtasts/decide/outcome.hpp>

namespace player {

using std::chrono::seconds;
using std::chrono::sys_seconds;

inline constexpr seconds day{86400}, pause{300};

/// Everything that can happen, for as many as there are kinds of it.
struct event {
    enum class kind { begins, record, policy, time, step, right, restart, reboot };
    kind what;
    mtasts::trigger why = mtasts::trigger::mail;
    mtasts::record_answer record = {};
    mtasts::fetch_answer policy = {};
    /// How long it takes, or by how much the wall clock is advanced.
    seconds time{0};
};

constexpr event begins(mtasts::trigger why) { return {event::kind::begins, why}; }
constexpr event record(mtasts::record_answer::kind what, std::string_view id = {}) {
    return {event::kind::record, {}, {what, id}};
}
constexpr event policy(mtasts::fetch_answer::kind what, mtasts::policy_mode mode = {}, seconds max_age = {}) {
    return {event::kind::policy, {}, {}, {what, mode, max_age}};
}
constexpr event passes(seconds time) { return {event::kind::time, {}, {}, {}, time}; }
constexpr event steps(seconds ahead) { return {event::kind::step, {}, {}, {}, ahead}; }
constexpr event is_set_right() { return {event::kind::right}; }
/// The program is down for a while; the machine is not.
constexpr event restarts(seconds down) { return {event::kind::restart, {}, {}, {}, down}; }
/// The machine is down, and no clock but the wall clock knows for how long.
constexpr event reboots(seconds down) { return {event::kind::reboot, {}, {}, {}, down}; }

using found = mtasts::record_answer::kind;
using fetched = mtasts::fetch_answer::kind;
inline constexpr auto events = std::to_array<event>({
    begins(mtasts::trigger::mail),
    begins(mtasts::trigger::before_bounce),
    begins(mtasts::trigger::refresh),
    record(found::found, "a"),
    record(found::found, "b"),
    record(found::absent),
    record(found::several),
    record(found::invalid),
    record(found::failed),
    policy(fetched::fetched, mtasts::policy_mode::enforce, 3 * day),
    policy(fetched::fetched, mtasts::policy_mode::testing, day),
    policy(fetched::fetched, mtasts::policy_mode::none, day),
    policy(fetched::fetched, mtasts::policy_mode::enforce, seconds(0)),
    policy(fetched::failed),
    policy(fetched::untrusted),
    policy(fetched::invalid),
    passes(seconds(60)),
    passes(seconds(600)),
    passes(2 * day),
    steps(30 * day),
    steps(-30 * day),
    is_set_right(),
    restarts(seconds(600)),
    reboots(seconds(60)),
    reboots(4 * day),
});

/// Whether a delivery keeps to promise 4.
constexpr bool protected_delivery(mtasts::mx_facts const& host) {
    return host.in_policy && host.starttls == mtasts::starttls_state::established &&
           (host.certificate == mtasts::certificate_state::valid || host.dane == mtasts::dane_state::passed);
}

/// A host for every combination of facts that an outcome depends on.
inline constexpr std::size_t hosts = 2 * 3 * 6 * 6;
constexpr mtasts::mx_facts host(std::size_t number) {
    mtasts::mx_facts made;
    made.in_policy = number % 2 != 0;
    made.starttls = static_cast<mtasts::starttls_state>(number / 2 % 3);
    made.certificate = static_cast<mtasts::certificate_state>(number / 6 % 6);
    made.dane = static_cast<mtasts::dane_state>(number / 36 % 6);
    return made;
}

class game {
  public:
    /// The promise that an event broke, or nothing.
    std::string play(event const& happens, std::size_t host_number) {
        changed_ = true;
        if (happens.what >= event::kind::time) {
            pass(happens);
            return judge(host_number);
        }
        auto const before = machine_;
        auto const awaited = machine_.pending();
        switch (happens.what) {
            case event::kind::begins: machine_.begin(happens.why, now()); break;
            case event::kind::record: machine_.receive(happens.record, now()); break;
            default: machine_.receive(happens.policy, now()); break;
        }
        bool const asked = happens.what == event::kind::begins   ? awaited == mtasts::lookup::none
                           : happens.what == event::kind::record ? awaited == mtasts::lookup::record
                                                                 : awaited == mtasts::lookup::policy;
        changed_ = !(machine_ == before);
        if (!asked)
            return happens.what != event::kind::begins && changed_ ? "an answer that was not asked for counts" : "";
        note(happens);
        if (machine_.pending() == mtasts::lookup::policy) {
            auto const failed = failures_.find(id_);
            if (failed != failures_.end() && true_ < failed->second + pause) return "fetched again within five minutes";
        }
        if (happens.what != event::kind::policy && in_doubt() && failures_.empty() && machine_.in_force(now()) &&
            machine_.pending() == mtasts::lookup::none)
            return "a doubtful policy is not fetched again at once";
        return judge(host_number);
    }

    /// Whether the last event changed the machine.
    bool changed() const { return changed_; }
    mtasts::discovery const& machine() const { return machine_; }

  private:
    struct newest_policy {
        mtasts::fetch_answer answer;
        sys_seconds at;
        /// Seen time since then.
        seconds seen{0};
        std::string id;
        /// The most by which the clock was ahead before an unseen gap.
        seconds ahead{0};
        bool time_missed = false;
        /// Seen time since the clock first showed it as expired.
        std::optional<seconds> dead_for = {};
    };

    mtasts::moment now() const { return {true_ + ahead_, time_.seen}; }

    void pass(event const& happens) {
        using kind = event::kind;
        auto const is = [&](kind one) { return happens.what == one; };
        if (is(kind::step)) ahead_ += happens.time;
        if (is(kind::right)) changed_ = std::exchange(ahead_, seconds(0)) != seconds(0);
        if (is(kind::step) || is(kind::right)) return;
        true_ += happens.time;
        bool const seen = !is(kind::reboot);
        time_ = time_.resumed(seen ? time_.steady + happens.time : seconds(0), seen);
        if (newest_ && seen) newest_->seen += happens.time;
        if (newest_ && newest_->dead_for && seen) *newest_->dead_for += happens.time;
        if (newest_ && !seen) newest_->time_missed = true;
        if (is(kind::time)) return;
        auto kept = machine_.known();
        if (kept) kept->time_missed = kept->fetched_at.seen < time_.unbroken_since;
        machine_ = mtasts::discovery("example.com", kept);
        failures_.clear();
    }

    /// The age of the newest policy by the clock.
    seconds clock_age() const { return true_ - newest_->at + ahead_ - newest_->ahead; }
    bool expired_by_clock() const { return newest_->time_missed && clock_age() > newest_->answer.max_age; }
    bool in_doubt() const { return newest_ && (clock_age() < seconds(0) || expired_by_clock()); }

    void note(event const& happens) {
        if (newest_ && !newest_->time_missed) newest_->ahead = std::max(newest_->ahead, ahead_);
        if (newest_ && expired_by_clock() && !newest_->dead_for) newest_->dead_for = seconds(0);
        if (happens.what == event::kind::record && happens.record.what == found::found) id_ = happens.record.id.view();
        else if (happens.what == event::kind::record && newest_) id_ = newest_->id;
        if (happens.what != event::kind::policy) return;
        if (happens.policy.what != fetched::fetched) {
            failures_[id_] = true_;
        } else {
            newest_ = {happens.policy, true_, seconds(0), id_, ahead_};
            failures_.erase(id_);
        }
    }

    /// The promise that the policy in force breaks.
    std::string judge_life(bool said) const {
        if (!newest_) return said ? "a policy applies that was never fetched" : "";
        auto const max_age = newest_->answer.max_age;
        bool const lives = true_ - newest_->at <= max_age;
        if (!newest_->time_missed && lives != said) return lives ? "a live policy is forgotten" : "a dead policy lives";
        if (lives && !said && clock_age() <= true_ - newest_->at)
            return "a policy is suspended by a clock that is right";
        if (said && newest_->seen > max_age) return "a policy outlives its seen time";
        if (said && expired_by_clock() && newest_->dead_for && *newest_->dead_for > day)
            return "a policy outlives its end by more than a day";
        return "";
    }

    std::string judge(std::size_t host_number) const {
        auto const said = machine_.in_force(now());
        if (auto const broken = judge_life(said.has_value()); !broken.empty()) return broken;
        if (said && said->mode != newest_->answer.mode) return "another policy applies than the newest";
        auto const host = player::host(host_number);
        auto const mode = said ? std::optional(said->mode) : std::nullopt;
        auto const done = mtasts::decide_outcome(mode, host);
        if (said && newest_->answer.mode == mtasts::policy_mode::enforce && done.action == mtasts::delivery::deliver &&
            !protected_delivery(host))
            return "delivered without protection under enforce";
        return "";
    }

    mtasts::discovery machine_{"example.com"};
    sys_seconds true_{100 * day};
    seconds ahead_{0};
    mtasts::seen_time time_;
    std::optional<newest_policy> newest_;
    std::map<std::string, sys_seconds> failures_;
    std::string id_;
    bool changed_ = true;
};

}  // namespace player
