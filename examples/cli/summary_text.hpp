// SPDX-License-Identifier: BSL-1.0
/// What a summary of reports looks like.
#pragma once
#include <cstddef>
#include <map>
#include <string>

#include <mtasts/report/receive/totals.hpp>

/// How the reports of a summary were come by.
struct intake {
    std::size_t duplicates = 0;
    /// Reports that are not usable but tell something all the same; it is counted.
    std::size_t partial = 0;
    /// Files that tell nothing that could be counted.
    std::size_t unusable = 0;
    /// Reports of which what comes before their damage is counted, and nothing of what comes after it.
    std::size_t cut_off = 0;
    /// Policy domains that were not asked for.
    std::size_t other_domains = 0;

    /// Whether every file was read to its end.
    bool whole() const { return unusable == 0 && cut_off == 0; }
};

/// Totals by origin, never over several; origins without reports are left out.
using sums_by_origin = std::map<mtasts::report_origin, mtasts::summary_totals>;
sums_by_origin sums_of(mtasts::summary const& all);

/// For people. First how the reports were come by, then the sessions, then the failures.
std::string summary_table(sums_by_origin const& sums, intake const& taken);

/// One line about how the reports were come by, and lines about what is odd.
std::string intake_text(sums_by_origin const& sums, intake const& taken);

/// One JSON document; null stands for what reports do not tell. RFC 7493 2.2: numbers end at 2^53 - 1, where
/// "overflowed" is true.
std::string summary_json(sums_by_origin const& sums, intake const& taken);

/// RFC 4180: a row for each key, its kind first. Sessions and failures have their counts in columns of their own, so
/// that adding up a column never mixes them. Texts are in quotation marks; an apostrophe precedes one that a
/// spreadsheet would take for a formula.
std::string summary_csv(sums_by_origin const& sums);
