// SPDX-License-Identifier: BSL-1.0
/// Sessions made of octets, and a simple count of them.
#pragma once
#include <string_view>

#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/report/send/tally.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

#include "promises.hpp"

inline constexpr std::size_t result_types = 13, policy_types = 5;

inline mtasts::session_tally::session session_of(std::string_view line) {
    auto const result = static_cast<mtasts::tlsrpt_result_type>(take_choice(line, result_types));
    auto const discovery = static_cast<mtasts::tlsrpt_result_type>(take_choice(line, result_types - 1));
    auto const policy = static_cast<mtasts::tlsrpt_policy_type>(take_choice(line, policy_types));
    auto entry = mtasts::session_tally::session_of(take_part(line, '\x1F'), {policy, result});
    entry.discovery = discovery;
    entry.policy.domain = take_part(line, '\x1F');
    if (auto const text = take_part(line, '\x1F'); !text.empty()) entry.policy.strings.push_back(text);
    if (auto const text = take_part(line, '\x1F'); !text.empty()) entry.policy.mx_hosts.push_back({text});
    entry.failure.receiving_mx_hostname = take_part(line, '\x1F');
    entry.failure.receiving_mx_helo = take_part(line, '\x1F');
    entry.failure.reason_code = line;
    return entry;
}

struct session_sums {
    std::uint64_t successful = 0, failed = 0, in_details = 0, details = 0;

    void count(mtasts::session_tally::session const& entry) {
        bool const fails = entry.failure.result.kind != mtasts::tlsrpt_result_type::absent;
        ++(fails ? failed : successful);
        in_details += fails + (entry.discovery != mtasts::tlsrpt_result_type::absent);
    }
    void add(session_sums const& more) {
        successful += more.successful, failed += more.failed, in_details += more.in_details, details += more.details;
    }
    bool same(session_sums const& other) const {
        return successful == other.successful && failed == other.failed && in_details == other.in_details;
    }
};

inline session_sums sums_of(mtasts::session_tally::domain_day const& day) {
    session_sums sums;
    for (auto const& [policy, sessions] : day.policies) {
        sums.add({sessions.successful, sessions.failed, 0, sessions.failures.size()});
        for (auto const& [failure, count] : sessions.failures) sums.in_details += count;
    }
    return sums;
}

inline void keep_promise_of_report(mtasts::session_tally::domain_day const& day, session_sums const& sums) {
    mtasts::reporter const from{"example", "a@example.com"};
    auto const id = mtasts::make_report_id(day, from, "1");
    keep_promise(id.ends_with('.' + day.domain + ".1@example.com"), "the report's id names its domain");
    auto const text = mtasts::write_tlsrpt_report(day.report(from, id));
    auto const read = mtasts::parse_tlsrpt_report(text).value;
    session_sums reported;
    for (auto const& [policy, summary, failures] : read.policies) {
        reported.add({*summary.successful, *summary.failed, 0, 0});
        for (auto const& failure : failures) reported.in_details += *failure.failed_sessions;
    }
    keep_promise(reported.same(sums), "the report has the same counts");
    auto const [start, end] = read.date_range;
    keep_promise(start == day.day && *end + std::chrono::seconds(1) == day.day + std::chrono::days(1),
                 "the report is of that day");
}
