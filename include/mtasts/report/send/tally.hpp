// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4: sessions counted by UTC day, policy domain and policy, until they are reported. Bounded in memory.
#pragma once
#include <algorithm>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/decide/outcome.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/report/receive/contribution.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/utf8.hpp>
#include <mtasts/write/text.hpp>

namespace mtasts {

/// Who sends reports (RFC 8460 4.1).
struct reporter {
    std::string organization_name;
    /// A mail address; its domain is the TLS-Report-Submitter and signs the mail (RFC 8460 5.3).
    std::string contact_info;
};

/// Counts sessions.
/// Example: `mtasts::session_tally tally; tally.add({"example.com", {}, {}}, std::chrono::sys_seconds{});`
class session_tally {
  public:
    /// One session to be counted; `decide_outcome` says which are. One that two policies were applied to, MTA-STS and
    /// DANE, is counted under each. Sessions that carry TLS-RPT mail are not counted at all (RFC 8460 3).
    struct session {
        /// Whose report it goes into: the domain of the recipient, or of the smart host (RFC 8460 1.1).
        std::string_view domain;
        /// Its `domain` is the TLSA base domain under DANE (RFC 8460 1.1); if it is empty, it is the one above.
        tlsrpt_applied_policy policy;
        /// Why the session failed; without a result type, it succeeded. `failed_sessions` is ignored.
        tlsrpt_failure failure;
        /// RFC 8460 4.3.2: `discovery_verdict::result`. It is a failure detail of its own, without a host, and does not
        /// make the session a failed one.
        tlsrpt_result_type discovery = tlsrpt_result_type::absent;
    };

    /// A session as `decide_outcome` counts it; to be completed with the policy's text and what is known of the hosts.
    static constexpr session session_of(std::string_view domain, counted_session const& counted) {
        session entry;
        entry.domain = domain;
        entry.policy.type = counted.policy;
        entry.failure.result = counted.result;
        entry.failure.reason_code = counted.reason;
        return entry;
    }

    /// Limits of a tally, whatever the other side sends.
    struct bounds {
        /// Approximate limit of the octets for all days together.
        std::size_t octets = std::size_t{64} << 20;
        /// For one domain and day.
        std::size_t details = 1000;
        std::size_t policies = 100;
        /// RFC 8460 7: text from the other side is cut to this.
        std::size_t longest_text = 256;
    };

    /// How a session was counted.
    enum class room {
        whole,
        /// A limit was reached: it is counted, but without its host, addresses and reason, or without its policy's
        /// text.
        without_details,
        /// No room for another domain; it is only in `uncounted()`.
        nowhere,
    };

    /// RFC 8460 4: the key of a failure detail.
    struct failure_key {
        tlsrpt_result_type result = tlsrpt_result_type::absent;
        std::string mx_hostname = {};
        std::string mx_helo = {};
        std::string additional_information = {};
        std::string reason_code = {};
        std::optional<ip_address> sending_mta_ip = {};
        std::optional<ip_address> receiving_ip = {};

        friend auto operator<=>(failure_key const&, failure_key const&) = default;
    };

    /// RFC 8460 4.4: the key of an element of "policies".
    struct policy_key {
        tlsrpt_policy_type type = tlsrpt_policy_type::absent;
        std::string domain;
        std::vector<std::string> strings;
        std::vector<std::string> mx_hosts;

        friend auto operator<=>(policy_key const&, policy_key const&) = default;
    };

    /// The sessions under one policy (RFC 8460 4.2), and how they failed.
    struct policy_sessions {
        std::uint64_t successful = 0;
        std::uint64_t failed = 0;
        std::map<failure_key, std::uint64_t> failures;
    };

    /// Everything that is reported to one domain about one day.
    struct domain_day {
        std::chrono::sys_days day;
        std::string domain;
        std::map<policy_key, policy_sessions> policies;

        /// The report, to be written by `build_tlsrpt_report`; its strings are views of this, of `from` and of `id`.
        tlsrpt_report report(reporter const& from, std::string_view id) const;
    };

    session_tally() : session_tally(bounds()) {}
    explicit session_tally(bounds const& limits) : limits_(limits) {}

    room add(session const& entry, std::chrono::sys_seconds now);

    /// Takes out what is complete: all days before the one of `now`. A session that is added later for a day that was
    /// taken out counts for the next.
    std::vector<domain_day> take_finished(std::chrono::sys_seconds now);

    /// Sessions for which there was no room.
    std::uint64_t uncounted() const { return uncounted_; }
    /// Approximate number of octets in use.
    std::size_t octets() const { return octets_; }

  private:
    struct open_day {
        domain_day tally;
        std::size_t octets = 0;
        std::size_t details = 0;
    };

    /// Reserves so many octets; false if there is no room for them.
    bool take_room(open_day& open, std::size_t octets);
    open_day* day_of_domain(std::chrono::sys_days day, std::string const& domain);
    policy_sessions& sessions_under(open_day& open, policy_key policy, room& place);
    void count_failure(open_day& open, policy_sessions& sessions, failure_key failure, room& place);
    failure_key kept_failure(tlsrpt_failure const& failure) const;

    bounds limits_;
    std::map<std::pair<std::chrono::sys_days, std::string>, open_day> days_;
    std::chrono::sys_days first_open_ = (std::chrono::sys_days::min)();
    std::size_t octets_ = 0;
    std::uint64_t uncounted_ = 0;
};

/// RFC 8460 4.4, 5.3: an id for the report of one day and domain, the same each time it is made: a report that is sent
/// twice is counted once. If several machines count on their own, each needs its own `instance`.
/// Example: `mtasts::make_report_id({{}, "example.com", {}}, {"", "a@example.net"}) == "1970-01-01.example.com@example.net"`
inline std::string make_report_id(session_tally::domain_day const& tally, reporter const& from,
                                  std::string_view instance = {}) {
    auto id = write_date_time(tally.day).substr(0, 10) + '.' + tally.domain;
    if (!instance.empty()) (id += '.') += instance;
    return (id += '@') += mail_domain(from.contact_info);
}

namespace detail {

/// Counts stop at the greatest one that a report can hold (RFC 7493 2.2).
inline void count_one(std::uint64_t& count) { count += count < greatest_count ? 1 : 0; }

/// Approximate cost of an entry besides the octets of its strings.
inline constexpr std::size_t octets_of_entry = 256;

inline std::size_t octets_of(session_tally::policy_key const& policy) {
    std::size_t sum = octets_of_entry + policy.domain.size();
    for (auto const* strings : {&policy.strings, &policy.mx_hosts})
        for (auto const& string : *strings) sum += sizeof string + string.size();
    return sum;
}
inline std::size_t octets_of(session_tally::failure_key const& failure) {
    return octets_of_entry + failure.mx_hostname.size() + failure.mx_helo.size() +
           failure.additional_information.size() + failure.reason_code.size();
}

/// As much of a text as fits, in whole code points. What no report may contain (RFC 7493 2.1) becomes U+FFFD: the other
/// side must not be able to have the report rejected.
/// Example: `mtasts::detail::reportable("a\xFF", 4) == "a\uFFFD"`
inline std::string reportable(std::string_view text, std::size_t longest = std::string_view::npos) {
    if (text::all_octets(text, text::is_ascii)) return std::string(text.substr(0, longest));
    std::string kept;
    while (!text.empty()) {
        auto const [value, length] = text::first_code_point(text);
        bool const good = length != 0 && !text::is_noncharacter(value);
        auto const next = good ? text.substr(0, length) : std::string_view("\uFFFD");
        if (kept.size() + next.size() > longest) break;
        kept += next;
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return kept;
}

}  // namespace detail

inline session_tally::room session_tally::add(session_tally::session const& entry, std::chrono::sys_seconds now) {
    auto const day = (std::max)(std::chrono::floor<std::chrono::days>(now), first_open_);
    auto const domain = folded_name(entry.domain);
    auto* const open = day_of_domain(day, domain);
    if (open == nullptr) {
        detail::count_one(uncounted_);
        return session_tally::room::nowhere;
    }
    auto place = session_tally::room::whole;
    session_tally::policy_key policy{entry.policy.type.kind, folded_name(entry.policy.domain), {}, {}};
    if (policy.domain.empty()) policy.domain = domain;
    for (auto const string : entry.policy.strings) policy.strings.push_back(detail::reportable(string));
    for (auto const& pattern : entry.policy.mx_hosts) policy.mx_hosts.push_back(detail::reportable(pattern.text));
    auto& sessions = sessions_under(*open, std::move(policy), place);
    if (entry.failure.result.kind == tlsrpt_result_type::absent) {
        detail::count_one(sessions.successful);
    } else {
        detail::count_one(sessions.failed);
        count_failure(*open, sessions, kept_failure(entry.failure), place);
    }
    if (entry.discovery != tlsrpt_result_type::absent)
        count_failure(*open, sessions, {.result = entry.discovery}, place);
    return place;
}

inline std::vector<session_tally::domain_day> session_tally::take_finished(std::chrono::sys_seconds now) {
    auto const today = std::chrono::floor<std::chrono::days>(now);
    std::vector<session_tally::domain_day> finished;
    while (!days_.empty() && days_.begin()->first.first < today) {
        // By the days taken out, not by the clock: a clock that is ahead for a while must not move sessions far ahead.
        first_open_ = days_.begin()->first.first + std::chrono::days(1);
        octets_ -= days_.begin()->second.octets;
        finished.push_back(std::move(days_.begin()->second.tally));
        days_.erase(days_.begin());
    }
    return finished;
}

inline bool session_tally::take_room(open_day& open, std::size_t octets) {
    if (octets > limits_.octets - (std::min)(octets_, limits_.octets)) return false;
    open.octets += octets;
    octets_ += octets;
    return true;
}

inline session_tally::open_day* session_tally::day_of_domain(std::chrono::sys_days day, std::string const& domain) {
    std::pair const key(day, domain);
    if (auto const found = days_.find(key); found != days_.end()) return &found->second;
    open_day made{{day, domain, {}}};
    if (!take_room(made, detail::octets_of_entry + 2 * domain.size())) return nullptr;
    return &days_.emplace(key, std::move(made)).first->second;
}

/// A policy that there is no room for is counted without its text, under the domain that is reported to: there is one
/// such entry for each type.
inline session_tally::policy_sessions& session_tally::sessions_under(open_day& open, session_tally::policy_key policy,
                                                                     session_tally::room& place) {
    auto& policies = open.tally.policies;
    if (auto const found = policies.find(policy); found != policies.end()) return found->second;
    if (policies.size() < limits_.policies && take_room(open, detail::octets_of(policy)))
        return policies[std::move(policy)];
    place = session_tally::room::without_details;
    return policies[{policy.type, open.tally.domain, {}, {}}];
}

/// A detail that there is no room for is counted by its result type: there are as many such entries as result types.
inline void session_tally::count_failure(open_day& open, session_tally::policy_sessions& sessions,
                                         session_tally::failure_key failure, session_tally::room& place) {
    auto& failures = sessions.failures;
    auto found = failures.find(failure);
    if (found == failures.end()) {
        if (open.details < limits_.details && take_room(open, detail::octets_of(failure))) ++open.details;
        else {
            failure = {.result = failure.result};
            place = session_tally::room::without_details;
        }
        found = failures.try_emplace(std::move(failure)).first;
    }
    detail::count_one(found->second);
}

/// RFC 8460 4.3.3: an unregistered result type is counted as a general failure.
inline session_tally::failure_key session_tally::kept_failure(tlsrpt_failure const& failure) const {
    auto const cut = [&](std::string_view text) { return detail::reportable(text, limits_.longest_text); };
    auto const known = failure.result.kind != tlsrpt_result_type::other;
    return {known ? failure.result.kind : tlsrpt_result_type::validation_failure,
            cut(folded_name(failure.receiving_mx_hostname)),
            cut(failure.receiving_mx_helo),
            cut(failure.additional_information),
            cut(failure.reason_code),
            failure.sending_mta_ip,
            failure.receiving_ip};
}

inline tlsrpt_report session_tally::domain_day::report(reporter const& from, std::string_view id) const {
    tlsrpt_report made;
    made.organization_name = from.organization_name;
    made.contact_info = from.contact_info;
    made.report_id = id;
    // RFC 8460 4.1, 4.4: the day, in times that RFC 3339 knows.
    made.date_range = {day, day + std::chrono::days(1) - std::chrono::seconds(1)};
    for (auto const& [policy, sessions] : policies) {
        auto& result = made.policies.emplace_back();
        result.policy.type = policy.type;
        result.policy.domain = policy.domain;
        result.policy.strings.assign(policy.strings.begin(), policy.strings.end());
        for (auto const& pattern : policy.mx_hosts) result.policy.mx_hosts.push_back({pattern});
        result.summary = {sessions.successful, sessions.failed};
        for (auto const& [failure, count] : sessions.failures) {
            auto& detail = result.failures.emplace_back();
            detail.result = failure.result;
            detail.receiving_mx_hostname = failure.mx_hostname;
            detail.receiving_mx_helo = failure.mx_helo;
            detail.failed_sessions = count;
            detail.additional_information = failure.additional_information;
            detail.reason_code = failure.reason_code;
            detail.sending_mta_ip = failure.sending_mta_ip;
            detail.receiving_ip = failure.receiving_ip;
        }
    }
    return made;
}

}  // namespace mtasts
