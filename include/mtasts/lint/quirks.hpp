// SPDX-License-Identifier: BSL-1.0
/// Deviations that reporters are known for, so that a reader of findings sees whose fault it is. As of 2026-11.
#pragma once
#include <array>
#include <string_view>

#include <mtasts/finding/finding.hpp>

namespace mtasts::detail {

/// A deviation with a name, and the reporters whose reports have shown it.
struct quirk {
    mtasts::code code;
    std::string_view name;
    std::string_view seen_from;
};

inline constexpr auto quirks = std::to_array<quirk>({
    {code::time_zone_missing, "zoneless-time", "Microsoft, 2023 and 2024"},
    {code::time_date_only, "date-only", "test data"},
    {code::report_member_null, "null-member", "Stalwart"},
    {code::report_member_null_optional, "null-member", "Stalwart"},
    {code::report_policy_string_json, "json-in-string", "Microsoft"},
    {code::report_mx_host_key, "mx-host-with-key", "a small sender"},
    {code::report_member_bare, "string-for-array", "senders that follow the example of RFC 8460 Appendix B"},
    {code::report_count_sum, "sum-above-total", "Mail.ru"},
    {code::report_range_midnight, "end-at-midnight", "Mail.ru, Stalwart, SocketLabs"},
    {code::ip_empty, "empty-address", "Google, once"},
    {code::report_member_omitted, "omitted-member", "Google (until 2022), Microsoft, Postfix with tlsrpt-reporter"},
    {code::report_policies_empty, "no-policies", "reports of a day without sessions"},
    {code::report_id_domain_missing, "id-without-domain", "Microsoft"},
    {code::report_result_unknown, "unknown-result-type", "senders with result types of their own"},
    {code::report_policy_type_unknown, "unknown-policy-type", "senders with policy types of their own"},
    {code::report_policy_line_return, "carriage-return-kept", "Google"},
    {code::report_member_misspelt, "misspelt-member", "SocketLabs (receiving-mx-host-name)"},
    {code::report_domain_case, "domain-in-upper-case", "senders that take domains as they were typed"},
    {code::report_name_sender, "file-named-otherwise", "tlsrpt-reporter before 0.6"},
});

/// The quirk that a finding is a sign of, or nullptr.
/// Example: `static_assert(mtasts::detail::quirk_of(mtasts::code::time_zone_missing)->name == "zoneless-time");`
constexpr quirk const* quirk_of(code what) {
    for (auto const& one : quirks)
        if (one.code == what) return &one;
    return nullptr;
}

}  // namespace mtasts::detail
