// SPDX-License-Identifier: BSL-1.0
/// The figures of a summary.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <mtasts/report/receive/summary.hpp>

namespace mtasts {

/// The totals of the reports of one origin. Sessions (RFC 8460 4.2) and failure details (RFC 8460 4.3), each by its own
/// key; failures are not part of the sum of sessions. There is no sum over policy types: some reporters count a session
/// under sts and again under tlsa.
struct summary_totals {
    /// One reporter and the day that its reports cover (RFC 8460 4.1).
    struct reporting_day {
        /// Nothing for reports that do not say; they are kept apart.
        std::optional<std::chrono::sys_days> day;
        std::string reporter;

        friend auto operator<=>(reporting_day const&, reporting_day const&) = default;
    };

    std::map<std::pair<reporting_day, contribution::policy_key>, session_counts> sessions;
    std::map<std::pair<reporting_day, contribution::failure_key>, session_count> failures;
    /// The name that each reporter gives itself, in its latest report.
    std::map<std::string, std::string> organizations;

    std::size_t reports = 0;
    std::size_t without_policies = 0;
    std::size_t contradicted = 0;

    friend bool operator==(summary_totals const&, summary_totals const&) = default;
};

/// Adds up the reports of one origin. There is no sum over all origins: a report received twice, once signed and once
/// as a bare file, would count twice.
/// Example: `auto const sums = mtasts::totals(mtasts::summary{}, mtasts::report_origin::signed_by_reporter);`
inline summary_totals totals(summary const& all, report_origin origin) {
    summary_totals sums;
    std::map<std::string, std::pair<std::optional<std::chrono::sys_days>, std::string>> latest;
    auto lesser = all.reports.end();
    for (auto place = all.reports.begin(); place != all.reports.end(); ++place) {
        auto const& [identity, report] = *place;
        if (identity.origin != origin) continue;
        // One report, known by its day and again by its date-range: the fuller counts.
        if (auto const copy = all.fullest_whole_copy(place); copy != all.reports.end())
            lesser = copy->second.content < report.content ? copy : place;
        if (place == lesser) continue;
        auto const& content = report.content;
        summary_totals::reporting_day const when{detail::day_of(identity.start), identity.reporter};
        for (auto const& [policy, counts] : content.sessions) sums.sessions[{when, policy}].add(counts);
        for (auto const& [failure, count] : content.failures) sums.failures[{when, failure}].add(count);
        auto& name = latest[identity.reporter];
        if (!content.organization.empty()) name = (std::max)(name, {when.day, content.organization});
        ++sums.reports;
        sums.without_policies += content.sessions.empty();
        sums.contradicted += report.contradicted;
    }
    for (auto& [reporter, name] : latest) sums.organizations.emplace(reporter, std::move(name.second));
    return sums;
}

}  // namespace mtasts
