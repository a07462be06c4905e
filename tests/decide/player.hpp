/// Plays events at discovery beside a second, much simpler account of what has to apply:
///   1. what applies is the newest policy that was fetched when it was asked for, until max_age after that;
///   2. an answer that was not asked for changes nothing;
///   3. nothing is fetched under an id within five minutes of a failure under it, unless a fetch succeeded since;
///   4. under a policy of mode enforce that applies nothing is delivered but over TLS, to a host that the policy covers,
///      with a certificate that is valid for it or that DANE vouches for.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include <mtasts/decide/discovery.hpp>
#include <mtasts/decide/outcome.hpp>

namespace player {

using std::chrono::seconds;
using std::chrono::sys_seconds;

inline constexpr seconds day{86400}, pause{300};

/// Everything that can happen, for as many as there are kinds of it.
struct event {
    enum class kind { begins, record, policy, time };
    kind what;
    mtasts::occasion why = mtasts::occasion::mail;
    mtasts::record_answer record = {};
    mtasts::fetch_answer policy = {};
    seconds passes{0};
};

constexpr event begins(mtasts::occasion why) { return {event::kind::begins, why}; }
constexpr event record(mtasts::record_answer::kind what, std::string_view id = {}) {
    return {event::kind::record, {}, {what, id}};
}
constexpr event policy(mtasts::fetch_answer::kind what, mtasts::policy_mode mode = {}, seconds max_age = {}) {
    return {event::kind::policy, {}, {}, {what, mode, max_age}};
}
constexpr event passes(seconds time) { return {event::kind::time, {}, {}, {}, time}; }

using found = mtasts::record_answer::kind;
using fetched = mtasts::fetch_answer::kind;
inline constexpr auto events = std::to_array<event>({
    begins(mtasts::occasion::mail),
    begins(mtasts::occasion::before_bounce),
    begins(mtasts::occasion::refresh),
    record(found::found, "a"),
    record(found::found, "b"),
    record(found::absent),
    record(found::several),
    record(found::invalid),
    record(found::failed),
    policy(fetched::fetched, mtasts::policy_mode::enforce, day),
    policy(fetched::fetched, mtasts::policy_mode::testing, day),
    policy(fetched::fetched, mtasts::policy_mode::none, day),
    policy(fetched::fetched, mtasts::policy_mode::enforce, seconds(0)),
    policy(fetched::failed),
    policy(fetched::untrusted),
    policy(fetched::invalid),
    passes(seconds(60)),
    passes(seconds(600)),
    passes(2 * day),
    passes(-3 * day),
});

/// Whether a delivery keeps to promise 4.
constexpr bool protected_delivery(mtasts::mx_facts const& host) {
    return host.in_policy && host.starttls == mtasts::starttls_state::established &&
           (host.certificate == mtasts::certificate_state::valid || host.dane == mtasts::dane_state::passed);
}

/// Every host there can be, as far as outcomes can tell.
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
        if (happens.what == event::kind::time) {
            now_ += happens.passes;
            return judge(host_number);
        }
        auto const before = machine_;
        auto const awaited = machine_.awaited();
        switch (happens.what) {
            case event::kind::begins: machine_.begin(happens.why, now_); break;
            case event::kind::record: machine_.told(happens.record, now_); break;
            default: machine_.told(happens.policy, now_); break;
        }
        bool const asked = happens.what == event::kind::begins   ? awaited == mtasts::question::nothing
                           : happens.what == event::kind::record ? awaited == mtasts::question::record
                                                                 : awaited == mtasts::question::policy;
        changed_ = !(machine_ == before);
        if (!asked) return happens.what != event::kind::begins && changed_ ? "an answer nobody asked for counts" : "";
        note(happens);
        if (machine_.awaited() == mtasts::question::policy) {
            auto const failed = failures_.find(id_);
            if (failed != failures_.end() && now_ < failed->second + pause) return "fetched again within five minutes";
        }
        return judge(host_number);
    }

    /// Whether the last event left another machine behind than it found.
    bool changed() const { return changed_; }
    mtasts::discovery const& machine() const { return machine_; }

  private:
    void note(event const& happens) {
        // What was fetched later than now was fetched by a clock that has been set back since.
        if (newest_) newest_->at = std::min(newest_->at, now_);
        for (auto& [id, at] : failures_) at = std::min(at, now_);
        if (happens.what == event::kind::record && happens.record.what == found::found) id_ = happens.record.id.view();
        else if (happens.what == event::kind::record && newest_) id_ = newest_->id;
        if (happens.what != event::kind::policy) return;
        if (happens.policy.what != fetched::fetched) {
            failures_[id_] = now_;
        } else {
            newest_ = {happens.policy, now_, id_};
            failures_.erase(id_);
        }
    }

    std::string judge(std::size_t host_number) const {
        bool const applies = newest_ && now_ - newest_->at <= newest_->answer.max_age;
        auto const said = machine_.in_force(now_);
        if (applies != said.has_value()) return applies ? "a live policy is forgotten" : "a dead policy lives";
        if (applies && said->mode != newest_->answer.mode) return "another policy applies than the newest";
        auto const host = player::host(host_number);
        auto const mode = said ? std::optional(said->mode) : std::nullopt;
        auto const done = mtasts::decide_outcome(mode, host);
        if (applies && newest_->answer.mode == mtasts::policy_mode::enforce &&
            done.action == mtasts::delivery::deliver && !protected_delivery(host))
            return "delivered without protection under enforce";
        return "";
    }

    struct newest_policy {
        mtasts::fetch_answer answer;
        sys_seconds at;
        std::string id;
    };

    mtasts::discovery machine_{"example.com"};
    sys_seconds now_{100 * day};
    std::optional<newest_policy> newest_;
    std::map<std::string, sys_seconds> failures_;
    std::string id_;
    bool changed_ = true;
};

}  // namespace player
