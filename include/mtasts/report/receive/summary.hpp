// SPDX-License-Identifier: BSL-1.0
/// Many reports as one: may be built in parts, in any order, and from parts that overlap.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include <mtasts/report/receive/contribution.hpp>

namespace mtasts {

/// RFC 8460 5.3: every report once, by its origin, the domain of its contact, its report-id and its date-range, however
/// often it arrived.
///
/// If copies differ, the greatest counts, which is the fullest. The result is that of the set of all copies: merging is
/// associative and commutative, and merging what is already there changes nothing. Anybody can write another's
/// contact-info, so origins are never mixed: only a report that is `signed_by_reporter` is known to come from its
/// reporter.
///
/// Summaries in format 1 have only a report's day. Such a report stays beside its copies with the whole date-range, and
/// `totals` counts the fuller: a lesser or forged copy must not take away what was known.
/// Example: `mtasts::summary all; all.add(mtasts::tlsrpt_report{}, mtasts::report_origin::not_signed);`
struct summary {
    /// One report, as known from all its copies.
    struct counted_report {
        contribution content;
        /// Copies with different content were seen.
        bool contradicted = false;

        friend bool operator==(counted_report const&, counted_report const&) = default;
    };

    std::map<report_identity, counted_report> reports;

    /// Returns whether the report is new; a copy of a known one replaces it only if it is fuller.
    bool add(tlsrpt_report const& report, report_origin origin = report_origin::unknown) {
        summary one;
        one.reports.emplace(identity_of(report, origin), counted_report{detail::contribution_of(report)});
        return merge(std::move(one)) == 0;
    }

    /// Returns how many reports of the other were already known.
    std::size_t merge(summary other) {
        std::size_t known = 0;
        while (!other.reports.empty()) {
            auto result = reports.insert(other.reports.extract(other.reports.begin()));
            if (result.inserted) {
                known += known_otherwise(result.position);
                continue;
            }
            ++known;
            auto& [content, contradicted] = result.position->second;
            auto& copy = result.node.mapped();
            contradicted = contradicted || copy.contradicted || content != copy.content;
            content = (std::max)(std::move(content), std::move(copy.content));
        }
        return known;
    }

    /// The result of `read_summary`.
    struct restored;

    friend bool operator==(summary const&, summary const&) = default;

    using place = std::map<report_identity, counted_report>::const_iterator;

    /// Whether only the day of a report is known, as in summaries in format 1: read as a start without an end.
    static bool has_day_alone(report_identity const& identity) {
        auto const day = detail::day_of(identity.start);
        return identity.origin == report_origin::unknown && day && *identity.start == *day && !identity.end;
    }

    /// For a report with only a day: the fullest of its copies with the whole date-range; the end of the reports if
    /// there is none.
    place fullest_whole_copy(place day_alone) const {
        auto fullest = reports.end();
        if (!has_day_alone(day_alone->first)) return fullest;
        for (auto next = std::next(day_alone); next != reports.end() && same_day(*day_alone, *next); ++next)
            if (next->first.end && (fullest == reports.end() || fullest->second.content < next->second.content))
                fullest = next;
        return fullest;
    }

  private:
    using row = std::map<report_identity, counted_report>::value_type;

    /// Whether two reports are the same except for the times of day in their date-ranges.
    static bool same_day(row const& a, row const& b) {
        auto const without_times = [](report_identity const& identity) {
            return std::tie(identity.origin, identity.reporter, identity.report_id, identity.content);
        };
        return without_times(a.first) == without_times(b.first) &&
               detail::day_of(a.first.start) == detail::day_of(b.first.start);
    }

    /// Whether a report that was just added was known with, or without, the times of its date-range.
    bool known_otherwise(place added) const {
        auto const& identity = added->first;
        if (has_day_alone(identity)) return fullest_whole_copy(added) != reports.end();
        auto const day = detail::day_of(identity.start);
        if (identity.origin != report_origin::unknown || !day || !identity.end) return false;
        auto day_alone = identity;
        day_alone.start = *day;
        day_alone.end.reset();
        auto const there = reports.find(day_alone);
        if (there == reports.end()) return false;
        for (auto next = std::next(there); next != reports.end() && same_day(*there, *next); ++next)
            if (next != added && next->first.end) return false;
        return true;
    }
};

}  // namespace mtasts
