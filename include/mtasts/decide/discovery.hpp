// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3, 5.1: finding the policy of a domain and keeping it, as a state machine without I/O and without a clock.
///
/// The newest policy that was fetched and has not expired applies (RFC 8461 3.3). DNS answers can lead to a fetch, and
/// a fetch to a newer policy; nothing but its own max_age ends a policy's life (policy_life.hpp).
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <mtasts/decide/known_policy.hpp>
#include <mtasts/decide/policy_fetch.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/address_literal.hpp>
#include <mtasts/name/dns_name.hpp>
#include <mtasts/name/published.hpp>

namespace mtasts {

/// Why discovery begins; a later one asks for more than an earlier one.
enum class trigger {
    /// A message is about to be sent: a recent result is good enough.
    mail,
    /// RFC 8461 5: no message bounces because of a policy before DNS was asked for a newer one.
    before_bounce,
    /// RFC 8461 3.3, 10.2: the policy is fetched again before it expires, whatever the record says.
    refresh,
};

/// The lookup that the caller has to make next.
enum class lookup {
    none,
    /// The TXT records at `record_name()`.
    record,
    /// The policy at `fetch().url()`.
    policy,
};

/// The result of looking up the record (RFC 8461 3.1).
struct record_answer {
    enum class kind {
        found,
        /// No such name, or none of the TXT records is an MTA-STS record.
        absent,
        /// More than one is.
        several,
        invalid,
        /// The lookup failed, for instance with SERVFAIL or a timeout.
        failed,
    };
    kind what = kind::absent;
    policy_id id = {};
};

/// The result of fetching the policy (RFC 8461 3.3).
/// Example: `static_assert(mtasts::fetch_answer{}.what != mtasts::fetch_answer::kind::fetched);`
struct fetch_answer {
    enum class kind {
        fetched,
        /// No connection, no response in time, or a response that `holds_policy` rejects.
        failed,
        /// The certificate of the policy host is not valid for it.
        untrusted,
        /// The body is not a usable policy.
        invalid,
    };
    kind what = kind::failed;
    policy_mode mode = policy_mode::none;
    std::chrono::seconds max_age{0};
};

/// Where the policy to apply comes from.
enum class policy_source {
    /// There is none: mail goes as if there were no MTA-STS (RFC 8461 3.3).
    none,
    /// It was fetched just now; a stored policy is to be replaced by it.
    live,
    /// It was fetched before and has not expired.
    cached,
    /// RFC 8461 3.4: an address literal has no policy.
    not_applicable,
    /// Neither an address literal nor a name that DNS can hold or that can be converted to A-labels here. Nothing can
    /// be looked up, so a policy might be bypassed: if such mail can be delivered at all, it has to be deferred.
    not_understood,
};

/// The result of the last lookup of the record and the policy.
enum class discovery_reason {
    nothing_asked,
    /// An address literal.
    no_domain,
    not_understood,
    fetched,
    unchanged,
    record_absent,
    record_several,
    record_invalid,
    lookup_failed,
    fetch_failed,
    host_untrusted,
    policy_invalid,
};

/// The result of discovery.
/// Example: `static_assert(!mtasts::discovery_verdict{}.policy);`
struct discovery_verdict {
    /// RFC 8461 3.3, 10.2: for the administrator of the sending MTA: a policy could not be refreshed.
    struct refresh_alert {
        /// Since the last success.
        unsigned failures = 0;
        moment policy_holds_until;

        friend constexpr bool operator==(refresh_alert const&, refresh_alert const&) = default;
    };

    policy_source source = policy_source::none;
    discovery_reason why = discovery_reason::nothing_asked;
    /// The policy that applies, if any. Mode none is a policy too, one that asks for nothing (RFC 8461 5).
    std::optional<known_policy> policy = {};
    /// RFC 8461 6, RFC 8460 4.3.2: the failure to count for every session with this domain; `absent` if there is none.
    tlsrpt_result_type result = tlsrpt_result_type::absent;
    /// When to begin again with `trigger::refresh`; nothing if the policy is too short-lived for it.
    std::optional<moment> refresh_at = {};
    /// Earliest time of the next fetch under the current id.
    std::optional<moment> retry_at = {};
    std::optional<refresh_alert> alert = {};

    friend constexpr bool operator==(discovery_verdict const&, discovery_verdict const&) = default;
};

/// Retry delays, and how long a result is good enough; the defaults are what the RFC recommends.
/// Example: `static_assert(mtasts::discovery_options{}.retry_delay == std::chrono::minutes(5));`
struct discovery_options {
    /// RFC 8461 3.3: the retry delay after a failed fetch, for each id.
    std::chrono::seconds retry_delay{300};
    /// How long the last result, or a failure to look it up, is good enough for a message.
    std::chrono::seconds record_interval{300};
    std::chrono::seconds failed_lookup_interval{30};
    /// RFC 8461 3.3: refreshed daily, or after half of a shorter life.
    std::chrono::seconds refresh_interval{86400};

    friend constexpr bool operator==(discovery_options const&, discovery_options const&) = default;
};

/// Discovery for one policy domain: that of the recipient, or of the smart host if mail is relayed through one
/// (RFC 8461 3.4). No other domain's policy is ever looked up.
///
/// The caller begins, looks up what is asked for, passes in the answer and the time, and has the verdict once nothing
/// more is asked for. Answers that were not asked for change nothing. The time is that of two clocks (`moment`), or of
/// the wall clock if there is no other. If the clocks disagree about the age of a policy, it is fetched again at once,
/// under any id, and stays in force for a while if that fails.
/// Example: `static_assert(mtasts::discovery("[192.0.2.1]").begin(mtasts::trigger::mail, {}) == mtasts::lookup::none);`
class discovery {
  public:
    /// The domain may have U-labels; `kept` is what `verdict().policy` was, before the program ended.
    constexpr explicit discovery(std::string_view domain, std::optional<known_policy> kept = {},
                                 discovery_options const& options = {});

    /// Starts discovery. If a lookup is pending, asks for it again.
    constexpr lookup begin(trigger why, moment now);
    constexpr lookup receive(record_answer const& answer, moment now);
    constexpr lookup receive(fetch_answer const& answer, moment now);

    constexpr lookup pending() const { return pending_; }
    constexpr discovery_verdict const& verdict() const { return verdict_; }
    /// What applies at this time, without any lookup: for mail that does not wait (RFC 8461 5.1).
    constexpr std::optional<known_policy> in_force(moment now) const {
        return policy_ && !policy_->expired(now) ? policy_ : std::nullopt;
    }
    /// The policy fetched last, even if it has expired.
    constexpr std::optional<known_policy> const& known() const { return policy_; }

    /// RFC 8461 3.1: `_mta-sts.<policy domain>`; empty if there can be no record.
    constexpr std::string_view record_name() const { return record_name_.view(); }
    constexpr policy_fetch const& fetch() const { return fetch_; }

    friend constexpr bool operator==(discovery const&, discovery const&) = default;

  private:
    struct failed_fetch {
        policy_id id;
        /// In seen time, as is `record_seen_at_`.
        std::chrono::seconds at;
        discovery_reason why;

        friend constexpr bool operator==(failed_fetch const&, failed_fetch const&) = default;
    };
    /// Ids alternate while name servers disagree; no domain's own servers account for more than this many at a time.
    static constexpr std::size_t most_failures = 4;

    constexpr bool applicable() const { return !record_name().empty(); }
    constexpr void note(moment now);
    constexpr bool seen_lately(moment now) const;
    constexpr failed_fetch const* failure_of(policy_id const& id, moment now) const;
    constexpr void forget_failure(policy_id const& id);
    constexpr std::optional<moment> next_refresh(moment now) const;
    constexpr tlsrpt_result_type result_of(discovery_reason why, std::optional<known_policy> const& applied) const;
    constexpr lookup ask(lookup next) { return pending_ = next; }
    constexpr lookup end(discovery_reason why, moment now);

    ascii_name record_name_;
    policy_fetch fetch_;
    discovery_options options_;
    std::optional<known_policy> policy_;

    lookup pending_ = lookup::none;
    trigger trigger_ = trigger::mail;
    /// The id of the record that the policy is being fetched under.
    policy_id id_;
    std::optional<std::chrono::seconds> record_seen_at_;
    /// At most one for each id, latest first.
    std::vector<failed_fetch> failures_;
    unsigned failed_refreshes_ = 0;
    discovery_verdict verdict_;
};

constexpr discovery::discovery(std::string_view domain, std::optional<known_policy> kept,
                               discovery_options const& options)
    : options_(options), policy_(kept) {
    // RFC 8461 3.4: no policy for an address literal.
    verdict_ = {policy_source::not_applicable, discovery_reason::no_domain};
    if (detail::is_address_literal(domain)) return;
    auto const canonical = policy_domain_of(domain);
    verdict_ = {policy_source::not_understood, discovery_reason::not_understood};
    if (!canonical) return;
    // RFC 1035 2.3.4: if its name would be too long, there can be no record.
    auto const record = detail::below(detail::sts_record_labels, canonical);
    verdict_ = {policy_source::none, discovery_reason::record_absent};
    if (!record) return;
    verdict_ = {};
    record_name_ = *record;
    fetch_.host = *detail::below(detail::policy_host_label, canonical);
}

constexpr lookup discovery::begin(trigger why, moment now) {
    if (!applicable()) return lookup::none;
    if (pending_ != lookup::none) {
        trigger_ = (std::max)(trigger_, why);
        return pending_;
    }
    note(now);
    trigger_ = why;
    // RFC 8461 3, 5.1: an unexpired policy may be used without a DNS lookup each time.
    if (why == trigger::mail && seen_lately(now)) return end(verdict_.why, now);
    return ask(lookup::record);
}

constexpr lookup discovery::receive(record_answer const& answer, moment now) {
    if (pending_ != lookup::record) return pending_;
    note(now);
    record_seen_at_ = now.seen;
    auto const applied = in_force(now);
    bool const found = answer.what == record_answer::kind::found && !answer.id.empty();
    id_ = found ? answer.id : policy_id();
    if (applied && (trigger_ == trigger::refresh || applied->doubtful(now))) {
        // RFC 8461 10.2: a refresh takes what is served, with or without a record.
        if (!found) id_ = applied->id;
    } else if (!found) {
        // RFC 8461 3.1: unless there is exactly one valid record, there is no policy to look for; a cached one stays in
        // force (RFC 8461 3.3).
        switch (answer.what) {
            case record_answer::kind::absent: return end(discovery_reason::record_absent, now);
            case record_answer::kind::several: return end(discovery_reason::record_several, now);
            case record_answer::kind::failed: return end(discovery_reason::lookup_failed, now);
            default: return end(discovery_reason::record_invalid, now);
        }
    } else if (applied && applied->id == id_) {
        // RFC 8461 3: the same id means the same policy. It goes on ageing: only a fetch renews it.
        return end(discovery_reason::unchanged, now);
    }
    // RFC 8461 3.3: no retry under the same id within five minutes.
    if (auto const* failure = failure_of(id_, now)) return end(failure->why, now);
    return ask(lookup::policy);
}

constexpr lookup discovery::receive(fetch_answer const& answer, moment now) {
    if (pending_ != lookup::policy) return pending_;
    note(now);
    if (answer.what == fetch_answer::kind::fetched) {
        // RFC 8461 3.3, 8.3: the newest fetched policy applies, even one of mode none, and its max_age begins now.
        policy_ = known_policy{id_, answer.mode, answer.max_age, now};
        policy_->max_age = policy_->lifetime();
        forget_failure(id_);
        failed_refreshes_ = 0;
        return end(discovery_reason::fetched, now);
    }
    auto const why = answer.what == fetch_answer::kind::untrusted ? discovery_reason::host_untrusted
                     : answer.what == fetch_answer::kind::invalid ? discovery_reason::policy_invalid
                                                                  : discovery_reason::fetch_failed;
    forget_failure(id_);
    failures_.insert(failures_.begin(), {id_, now.seen, why});
    if (failures_.size() > most_failures) failures_.pop_back();
    auto const applied = in_force(now);
    if (applied) ++failed_refreshes_;
    end(why, now);
    // RFC 8461 3.3: the administrator of the sending MTA is alerted, unless the policy asks for nothing.
    if (applied && applied->mode != policy_mode::none)
        verdict_.alert = discovery_verdict::refresh_alert{failed_refreshes_, applied->holds_until(now)};
    return lookup::none;
}

/// If the wall clock is the only clock, it may have gone back.
constexpr void discovery::note(moment now) {
    if (policy_) policy_->note(now);
    if (record_seen_at_) record_seen_at_ = (std::min)(*record_seen_at_, now.seen);
    for (auto& failure : failures_) failure.at = (std::min)(failure.at, now.seen);
}

/// Whether the record was seen so recently that another lookup can wait; not if the policy has since expired or become
/// doubtful, or if the retry delay after a failed fetch is over.
constexpr bool discovery::seen_lately(moment now) const {
    auto const interval =
        verdict_.why == discovery_reason::lookup_failed ? options_.failed_lookup_interval : options_.record_interval;
    bool const paused = verdict_.retry_at && now.seen < verdict_.retry_at->seen;
    bool const retry_due = verdict_.retry_at && !paused;
    bool const holds = !policy_ || (in_force(now) && (paused || !policy_->doubtful(now)));
    return record_seen_at_ && now.seen < *record_seen_at_ + interval && !retry_due && holds;
}

constexpr discovery::failed_fetch const* discovery::failure_of(policy_id const& id, moment now) const {
    auto const paused = [&](failed_fetch const& failure) { return now.seen < failure.at + options_.retry_delay; };
    for (auto const& failure : failures_)
        if (failure.id == id && paused(failure)) return &failure;
    // If fetches under as many ids as are remembered failed recently, another id waits until the oldest is forgotten.
    bool const full = failures_.size() == most_failures && paused(failures_.back());
    return full && !id.empty() ? &failures_.back() : nullptr;
}

constexpr void discovery::forget_failure(policy_id const& id) {
    auto const of_id = [&](failed_fetch const& failure) { return failure.id == id; };
    failures_.erase(std::remove_if(failures_.begin(), failures_.end(), of_id), failures_.end());
}

/// RFC 8461 3.3, 10.2: well before the policy expires, but not before the retry delay after a failure is over, which
/// doubles with each failure. Nothing if the policy will have expired by then.
constexpr std::optional<moment> discovery::next_refresh(moment now) const {
    auto const& fetched = policy_->fetched_at;
    std::chrono::seconds wait{0};
    if (!policy_->doubtful(now)) {
        wait = (std::max)((std::min)(options_.refresh_interval, policy_->lifetime() / 2), options_.retry_delay);
        auto const seen = now.seen - fetched.seen;
        wait -= policy_->time_missed ? (std::max)(seen, now.wall - fetched.wall) : seen;
    }
    auto pause = options_.retry_delay;
    for (unsigned i = 1; i < failed_refreshes_ && pause < options_.refresh_interval; ++i) pause *= 2;
    pause = (std::min)(pause, options_.refresh_interval);
    if (!failures_.empty()) wait = (std::max)(wait, failures_.front().at + pause - now.seen);
    auto const due = now.after(wait);
    return due.seen <= policy_->holds_until(now).seen ? std::optional(due) : std::nullopt;
}

/// RFC 8461 6: a failed fetch if there is a record, and any failure while a policy is cached, but nothing under a
/// policy of mode none.
constexpr tlsrpt_result_type discovery::result_of(discovery_reason why,
                                                  std::optional<known_policy> const& applied) const {
    if (applied && applied->mode == policy_mode::none) return tlsrpt_result_type::absent;
    switch (why) {
        case discovery_reason::fetch_failed: return tlsrpt_result_type::sts_policy_fetch_error;
        case discovery_reason::host_untrusted: return tlsrpt_result_type::sts_webpki_invalid;
        case discovery_reason::policy_invalid: return tlsrpt_result_type::sts_policy_invalid;
        case discovery_reason::record_absent:
        case discovery_reason::record_several:
        case discovery_reason::record_invalid:
        case discovery_reason::lookup_failed:
            return applied ? tlsrpt_result_type::sts_policy_fetch_error : tlsrpt_result_type::absent;
        default: return tlsrpt_result_type::absent;
    }
}

constexpr lookup discovery::end(discovery_reason why, moment now) {
    auto const applied = in_force(now);
    bool const live = why == discovery_reason::fetched && pending_ == lookup::policy;
    verdict_ = {};
    verdict_.source = !applied ? policy_source::none : live ? policy_source::live : policy_source::cached;
    verdict_.why = why;
    verdict_.policy = applied;
    verdict_.result = result_of(why, applied);
    if (applied) verdict_.refresh_at = next_refresh(now);
    if (auto const* failure = failure_of(id_, now))
        verdict_.retry_at = now.after(failure->at + options_.retry_delay - now.seen);
    return ask(lookup::none);
}

}  // namespace mtasts
