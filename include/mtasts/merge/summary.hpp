/// Many reports as one: fit to be made in parts, in any order, and with parts that overlap.
#pragma once
#include <algorithm>
#include <cstddef>
#include <map>
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

/// RFC 8460 5.3: every report once, by the domain of its contact and its report-id, however often it arrived.
///
/// Where copies differ the greatest counts, which is the fullest. The result is that of the set of all copies:
/// merging is associative and commutative, and merging what is there already changes nothing. Reports are not proof:
/// whoever may write a contact-info may write another's; let through what is signed by the reporter.
/// Example: `mtasts::summary all; all.add(mtasts::tlsrpt_report{});`
struct summary {
    std::map<report_identity, counted_report> reports;

    /// Whether the report is new; a copy of one that is known only counts in its stead where it is fuller.
    bool add(tlsrpt_report const& report) {
        summary one;
        one.reports.emplace(identity_of(report), counted_report{contribution_of(report)});
        return merge(std::move(one)) == 0;
    }

    /// How many reports of the other were known already.
    std::size_t merge(summary other) {
        std::size_t known = 0;
        while (!other.reports.empty()) {
            auto result = reports.insert(other.reports.extract(other.reports.begin()));
            if (result.inserted) continue;
            ++known;
            auto& [content, contradicted] = result.position->second;
            auto& copy = result.node.mapped();
            contradicted = contradicted || copy.contradicted || content != copy.content;
            content = (std::max)(std::move(content), std::move(copy.content));
        }
        return known;
    }

    friend bool operator==(summary const&, summary const&) = default;
};

}  // namespace mtasts
