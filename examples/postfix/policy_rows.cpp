// SPDX-License-Identifier: BSL-1.0
#include "policy_rows.hpp"

#include <algorithm>

namespace socketmap {

using std::chrono::seconds;

seconds seconds_of(std::int64_t number) { return seconds(std::clamp(number, -never.count(), never.count())); }

std::optional<std::int64_t> number_of(std::optional<seconds> time) {
    return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
}

namespace {

std::optional<seconds> optional_seconds(statement const& row, int column) {
    return row.null(column) ? std::nullopt : std::optional(seconds_of(row.number(column)));
}

}  // namespace

stored_policy read_policy(statement const& row) {
    auto const mode = row.text(2);
    stored_policy result;
    result.domain = row.text(0);
    result.known.id = mtasts::policy_id(row.text(1));
    // An illegible mode counts as the strictest.
    result.known.mode = mode == "none"      ? mtasts::policy_mode::none
                        : mode == "testing" ? mtasts::policy_mode::testing
                                            : mtasts::policy_mode::enforce;
    result.known.max_age = seconds_of(row.number(3));
    result.known.fetched_at = {std::chrono::sys_seconds(seconds_of(row.number(4))), seconds_of(row.number(5))};
    result.known.future_since = optional_seconds(row, 6);
    result.known.past_since = optional_seconds(row, 7);
    result.text = row.text(8);
    result.refresh_at = seconds_of(row.number(9));
    result.used_at = seconds_of(row.number(10));
    return result;
}

std::string select_policies(std::string_view rest) {
    return "SELECT " + std::string(policy_columns) + " FROM policy " + std::string(rest);
}

}  // namespace socketmap
