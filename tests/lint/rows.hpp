// SPDX-License-Identifier: BSL-1.0
/// A table of texts, each with a finding that it must have, and how the table is checked.
#pragma once
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts.hpp>

struct lint_row {
    std::string_view text;
    mtasts::code code;
    /// The octets the finding points at.
    std::string_view found;
    std::string_view detail = {};
};

/// Whether a check of the row's text gives the row's finding.
template <class Result>
constexpr bool says(Result const& result, lint_row const& row) {
    for (auto const& f : result.findings)
        if (f.code == row.code && f.where.of(row.text) == row.found && (row.detail.empty() || f.detail == row.detail))
            return true;
    return false;
}

/// Checks the table at run time; a static_assert checks it while compiling.
template <class Rows, class Check>
void check_rows(Rows const& rows, Check check) {
    for (auto const& row : rows) {
        auto const result = check(row.text);
        INFO(mtasts::render_human({"text", "", row.text, result.usable(), "", &result.findings}));
        INFO("wanted: " << mtasts::meaning_of(row.code).slug << " at \"" << row.found << '"');
        CHECK(says(result, row));
    }
}

template <class Rows, class Check>
constexpr bool all_say(Rows const& rows, Check check) {
    for (auto const& row : rows)
        if (!says(check(row.text), row)) return false;
    return true;
}
