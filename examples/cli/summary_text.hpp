// SPDX-License-Identifier: BSL-1.0
/// Renders a summary of reports.
#pragma once
#include <cstddef>
#include <map>
#include <string>

#include <mtasts/report/receive/totals.hpp>

/// How the input of a summary was read.
struct intake {
    std::size_t duplicates = 0;
    /// Reports that are not usable but have something to count.
    std::size_t partial = 0;
    /// Files with nothing that could be counted.
    std::size_t unusable = 0;
    /// Reports that are counted up to where they are damaged, but not after it.
    std::size_t cut_off = 0;
    /// Policy domains that were not asked for.
    std::size_t other_domains = 0;

    /// Whether every file was read to its end.
    bool whole() const { return unusable == 0 && cut_off == 0; }
};

/// Totals by origin, never across origins; those without reports are left out.
using sums_by_origin = std::map<mtasts::report_origin, mtasts::summary_totals>;
sums_by_origin sums_of(mtasts::summary const& all);

/// For people: first how the input was read, then the sessions, then the failures.
std::string summary_table(sums_by_origin const& sums, intake const& taken);

/// One line about how the input was read, and lines about anything odd.
std::string intake_text(sums_by_origin const& sums, intake const& taken);

/// One JSON document; null stands for what reports do not say. RFC 7493 2.2: numbers end at 2^53 - 1, where
/// "overflowed" is true.
std::string summary_json(sums_by_origin const& sums, intake const& taken);

/// RFC 4180: a row for each key, its kind first. Sessions and failures have their counts in columns of their own, so
/// that adding up a column never mixes them. Texts are in quotation marks; an apostrophe precedes one that a
/// spreadsheet would take for a formula.
std::string summary_csv(sums_by_origin const& sums);
