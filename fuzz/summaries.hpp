// SPDX-License-Identifier: BSL-1.0
/// Summaries of reports made of any octets.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string_view>

#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/report/receive/state.hpp>
#include <mtasts/report/receive/totals.hpp>

#include "promises.hpp"

/// A report, or as much of it as format 1 of a summary keeps.
inline mtasts::summary summary_of(std::string_view line, bool format_1 = false) {
    mtasts::summary one;
    one.add(mtasts::parse_tlsrpt_report(exact_copy(line).text).value, mtasts::report_origins[line.size() % 4]);
    return format_1
               ? mtasts::read_summary(mtasts::detail::write_summary_as(mtasts::detail::summary_first_lines[0], one))
                     .value
               : one;
}

inline mtasts::summary merged(mtasts::summary one, mtasts::summary const& other) {
    one.merge(other);
    return one;
}

/// For a report and another one with the same identity.
inline void keep_promises_of_identity(std::string_view line, std::string_view other) {
    using enum mtasts::report_origin;
    exact_copy const text(line), forged_text(other);
    auto const genuine = mtasts::parse_tlsrpt_report(text.text).value;
    auto forged = mtasts::parse_tlsrpt_report(forged_text.text).value;
    forged.contact_info = genuine.contact_info;
    forged.organization_name = genuine.organization_name;
    forged.report_id = genuine.report_id;
    forged.date_range = genuine.date_range;
    mtasts::summary alone, all, ranges;
    alone.add(genuine, signed_by_reporter);
    for (auto const origin : {unknown, not_signed, signed_by_another}) all.add(forged, origin);
    all.add(genuine, signed_by_reporter);
    keep_promise(totals(all, signed_by_reporter) == totals(alone, signed_by_reporter),
                 "others never change what a reporter signed");
    forged.date_range.end = genuine.date_range.end.value_or(std::chrono::sys_seconds{}) + std::chrono::seconds(1);
    ranges.add(genuine, not_signed);
    keep_promise(ranges.add(forged, not_signed), "another date-range is another report");
}

/// How many reports there are, where one known by its day alone is a copy of any with the whole date-range.
inline std::size_t different_reports(mtasts::summary const& all) {
    auto const& reports = all.reports;
    auto const is_copy = [&](auto const& one) {
        auto const& known = one.first;
        auto const day = mtasts::detail::day_of(known.start);
        if (known.origin != mtasts::report_origin::unknown || !day || *day != *known.start || known.end) return false;
        return std::any_of(reports.begin(), reports.end(), [&](auto const& other) {
            auto without_times = other.first;
            without_times.start = mtasts::detail::day_of(without_times.start);
            without_times.end.reset();
            return other.first.end && without_times == known;
        });
    };
    return reports.size() - static_cast<std::size_t>(std::count_if(reports.begin(), reports.end(), is_copy));
}

/// A report whose day format 1 kept, and a copy of it that has no sessions.
inline void keep_promise_of_lesser_copy(std::string_view line) {
    using mtasts::report_origin;
    exact_copy const text(line);
    auto copy = mtasts::parse_tlsrpt_report(text.text).value;
    auto identity = mtasts::identity_of(copy);
    if (identity.content != 0 || !mtasts::detail::day_of(identity.start) || !identity.end) return;
    identity.start = mtasts::detail::day_of(identity.start);
    identity.end.reset();
    mtasts::summary old;
    old.reports.emplace(identity, mtasts::summary::counted_report{mtasts::detail::contribution_of(copy)});
    auto const known = totals(old, report_origin::unknown);
    auto both = old;
    copy.policies.clear();
    both.add(copy);
    keep_promise(totals(both, report_origin::unknown) == known, "a lesser copy changes no figure");
}
