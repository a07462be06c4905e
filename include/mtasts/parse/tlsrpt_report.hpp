// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: reports.
#pragma once
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/parse/options.hpp>
#include <mtasts/parse/report/reader.hpp>

namespace mtasts {

/// Reads a report (RFC 8460 4.4). Its strings are views of the text; times are instants in UTC, counts are of sessions.
///
/// Whatever is usable is in the value, even of a text with errors: what makes no sense is absent.
/// Findings: the json-*, report-*, time-*, ip-* and text-not-utf8 codes, in order of their places.
/// Example: `static_assert(mtasts::parse_tlsrpt_report("{}").has(mtasts::code::report_member_missing));`
constexpr parsed<tlsrpt_report> parse_tlsrpt_report(kept_text text, report_options const& options = {}) {
    parsed<tlsrpt_report> result;
    if (text.size() > options.max_size) {
        finding said{code::text_too_large, {options.max_size, 0}};
        said.other_clause = "RFC 8259 9";
        result.findings.push_back(said);
        return result;
    }
    detail::report_reader(text, options, result.value, result.findings).read_text(result.value);
    sort_by_place(result.findings);
    return result;
}

}  // namespace mtasts
