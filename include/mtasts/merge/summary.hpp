/// Many reports as one: fit to be made in parts, in any order, and with parts that overlap.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

#include <mtasts/merge/contribution.hpp>

namespace mtasts {

/// What is known of one report from all its copies.
struct counted_report {
    contribution content;
    /// Copies were seen that do not say the same.
    bool contradicted = false;

    friend bool operator==(counted_report const&, counted_report const&) = default;
};

/// RFC 8460 5.3: every report once, by its origin, the domain of its contact, its report-id and its date-range, however
/// often it arrived.
///
/// Where copies differ the greatest counts, which is the fullest. The result is that of the set of all copies: merging
/// is associative and commutative, and merging what is there already changes nothing. Anybody can write another's
/// contact-info, so origins are never mixed: only a report that is `signed_by_reporter` is known to come from its
/// reporter.
/// Example: `mtasts::summary all; all.add(mtasts::tlsrpt_report{}, mtasts::report_origin::not_signed);`
struct summary {
    std::map<report_identity, counted_report> reports;

    /// Whether the report is new; a copy of one that is known only counts in its stead where it is fuller.
    bool add(tlsrpt_report const& report, report_origin origin = report_origin::unknown) {
        summary one;
        one.reports.emplace(identity_of(report, origin), counted_report{contribution_of(report)});
        return merge(std::move(one)) == 0;
    }

    /// How many reports of the other were known already.
    std::size_t merge(summary other) {
        std::size_t known = 0;
        while (!other.reports.empty()) {
            auto result = reports.insert(other.reports.extract(other.reports.begin()));
            if (result.inserted) {
                known += drop_day_only_copy(result.position);
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

    friend bool operator==(summary const&, summary const&) = default;

  private:
    using place = std::map<report_identity, counted_report>::iterator;

    /// Summaries in format 1 have only the day, which is read as a start without an end. If the same report is there
    /// with its whole date-range, only that one is kept. Returns whether both were there.
    bool drop_day_only_copy(place added) {
        auto const& identity = added->first;
        auto const day = day_of(identity.start);
        if (identity.origin != report_origin::unknown || !day) return false;
        auto day_alone = identity;
        day_alone.start = *day;
        day_alone.end.reset();
        if (identity.end) return reports.erase(day_alone) != 0;
        if (identity != day_alone) return false;
        for (auto next = std::next(added); next != reports.end(); ++next) {
            auto const& other = next->first;
            if (std::tie(other.origin, other.reporter, other.report_id, other.content) !=
                    std::tie(identity.origin, identity.reporter, identity.report_id, identity.content) ||
                day_of(other.start) != day)
                return false;
            if (other.end) return reports.erase(added), true;
        }
        return false;
    }
};

}  // namespace mtasts
