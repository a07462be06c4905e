// SPDX-License-Identifier: BSL-1.0
/// check: parse and lint in one call: all findings about one text that need no other.
#pragma once
#include <string_view>
#include <utility>

#include <mtasts/lint/host.hpp>
#include <mtasts/lint/sts_policy.hpp>
#include <mtasts/lint/txt_record.hpp>
#include <mtasts/model/document.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/parse/ip_address.hpp>
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/report_subject.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/parse/tlsrpt_record.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>

namespace mtasts {

namespace detail {

/// Whether the text was read at all; a text above the limit was not.
template <class T>
constexpr bool was_read(parsed<T> const& result) {
    return !result.has(code::text_too_large);
}

}  // namespace detail

/// Parses and lints a policy (RFC 8461 3.2).
/// Example: `static_assert(mtasts::check_sts_policy("version: STSv1\nmode: none\nmax_age: 1\n").usable());`
constexpr checked<sts_policy> check_sts_policy(kept_text text, parse_options const& options = {}) {
    auto result = parse_sts_policy(text, options);
    if (detail::was_read(result)) lint_sts_policy(text, result);
    return {std::move(result), text, document::sts_policy};
}

/// Parses and lints an `_mta-sts` record (RFC 8461 3.1).
/// Example: `static_assert(mtasts::check_sts_record("v=STSv1; ID=1; id=2").has(mtasts::code::record_name_case));`
constexpr checked<sts_record> check_sts_record(kept_text text, parse_options const& options = {}) {
    auto result = parse_sts_record(text, options);
    if (detail::was_read(result)) lint_sts_record(text, result);
    return {std::move(result), text, document::sts_record};
}

/// Parses and lints an `_smtp._tls` record (RFC 8460 3).
/// Example: `static_assert(mtasts::check_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").findings.empty());`
constexpr checked<tlsrpt_record> check_tlsrpt_record(kept_text text, parse_options const& options = {}) {
    auto result = parse_tlsrpt_record(text, options);
    if (detail::was_read(result)) lint_tlsrpt_record(text, result);
    return {std::move(result), text, document::tlsrpt_record};
}

/// Parses and lints the TXT records at `_mta-sts.<policy domain>` (RFC 8461 3.1).
/// Example: `static_assert(mtasts::check_sts_rrset({{"v=STSv1; id=1"}}).usable());`
constexpr checked<sts_record> check_sts_rrset(txt_rrset const& records, parse_options const& options = {}) {
    auto const check = [&](std::string_view text) -> parsed<sts_record> { return check_sts_record(text, options); };
    return {detail::parse_selected<detail::sts_dialect>(records, check), records.text(), document::sts_rrset};
}

/// Parses and lints the TXT records at `_smtp._tls.<policy domain>` (RFC 8460 3).
/// Example: `static_assert(!mtasts::check_tlsrpt_rrset({}).usable());`
constexpr checked<tlsrpt_record> check_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {}) {
    auto const check = [&](std::string_view text) -> parsed<tlsrpt_record> {
        return check_tlsrpt_record(text, options);
    };
    return {detail::parse_selected<detail::tlsrpt_dialect>(records, check), records.text(), document::tlsrpt_rrset};
}

/// Parses and lints an mx pattern (RFC 8461 3.2).
/// Example: `static_assert(mtasts::check_mx_pattern("*.com").has(mtasts::code::mx_wildcard_wide));`
constexpr checked<mx_pattern> check_mx_pattern(kept_text text, parse_options const& options = {}) {
    auto result = parse_mx_pattern(text, options);
    if (result.usable()) lint_mx_pattern(text, result.value, result.findings);
    return {std::move(result), text, document::mx_pattern};
}

/// RFC 8460 3: one URI of a rua. There is no lint for it, nor for the texts below: parsing finds everything.
/// Example: `static_assert(mtasts::check_tlsrpt_uri("mailto:a@example.com").usable());`
constexpr checked<tlsrpt_uri> check_tlsrpt_uri(kept_text text, parse_options const& options = {}) {
    return {parse_tlsrpt_uri(text, options), text, document::tlsrpt_uri};
}
/// RFC 8460 4.4: an address, as `parse_ip_address` reads it.
/// Example: `static_assert(mtasts::check_ip_address("192.0.2.1").usable());`
constexpr checked<ip_address> check_ip_address(kept_text text, parse_options const& options = {}) {
    return {parse_ip_address(text, options), text, document::ip_address};
}
/// RFC 8460 5.1: the file name of a report.
/// Example: `mtasts::check_report_filename("a.example!b.example!1!2.json").usable()`
constexpr checked<report_filename> check_report_filename(kept_text text, parse_options const& options = {}) {
    return {parse_report_filename(text, options), text, document::report_filename};
}
/// RFC 8460 4.4: a report; each finding also has a JSON pointer to its place.
/// Example: `!mtasts::check_tlsrpt_report("{}").usable()`
constexpr checked<tlsrpt_report> check_tlsrpt_report(kept_text text, report_options const& options = {}) {
    return {parse_tlsrpt_report(text, options), text, document::tlsrpt_report, json_pointers};
}
/// RFC 8460 5.3: the subject of a report's mail.
/// Example: `!mtasts::check_report_subject("Your invoice").usable()`
constexpr checked<report_subject> check_report_subject(kept_text text, parse_options const& options = {}) {
    return {parse_report_subject(text, options), text, document::report_subject};
}

}  // namespace mtasts
