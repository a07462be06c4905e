/// check: parse and lint in one call, all that can be said about one text alone.
#pragma once
#include <string_view>

#include <mtasts/lint/host.hpp>
#include <mtasts/lint/sts_policy.hpp>
#include <mtasts/lint/txt_record.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/parse/ip_address.hpp>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/report_subject.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/parse/tlsrpt_record.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>

namespace mtasts {

/// Whether the text was read at all; a text above the limit was not.
template <class T>
constexpr bool was_read(parsed<T> const& result) {
    return !result.has(code::text_too_large);
}

/// Parses and lints a policy (RFC 8461 3.2).
/// Example: `static_assert(mtasts::check_sts_policy("version: STSv1\nmode: none\nmax_age: 1\n").usable());`
constexpr parsed<sts_policy> check_sts_policy(std::string_view text, parse_options const& options = {}) {
    auto result = parse_sts_policy(text, options);
    if (was_read(result)) lint_sts_policy(text, result);
    return result;
}

/// Parses and lints an `_mta-sts` record (RFC 8461 3.1).
/// Example: `static_assert(mtasts::check_sts_record("v=STSv1; ID=1; id=2").has(mtasts::code::record_name_case));`
constexpr parsed<sts_record> check_sts_record(std::string_view text, parse_options const& options = {}) {
    auto result = parse_sts_record(text, options);
    if (was_read(result)) lint_sts_record(text, result);
    return result;
}

/// Parses and lints an `_smtp._tls` record (RFC 8460 3).
/// Example: `static_assert(mtasts::check_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").findings.empty());`
constexpr parsed<tlsrpt_record> check_tlsrpt_record(std::string_view text, parse_options const& options = {}) {
    auto result = parse_tlsrpt_record(text, options);
    if (was_read(result)) lint_tlsrpt_record(text, result);
    return result;
}

/// Parses and lints the TXT records at `_mta-sts.<policy domain>` (RFC 8461 3.1).
/// Example: `static_assert(mtasts::check_sts_rrset({{"v=STSv1; id=1"}}).usable());`
constexpr parsed<sts_record> check_sts_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return parse_selected<sts_dialect>(records, [&](std::string_view text) { return check_sts_record(text, options); });
}

/// Parses and lints the TXT records at `_smtp._tls.<policy domain>` (RFC 8460 3).
/// Example: `static_assert(!mtasts::check_tlsrpt_rrset({}).usable());`
constexpr parsed<tlsrpt_record> check_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return parse_selected<tlsrpt_dialect>(records,
                                          [&](std::string_view text) { return check_tlsrpt_record(text, options); });
}

/// Parses and lints an mx pattern (RFC 8461 3.2).
/// Example: `static_assert(mtasts::check_mx_pattern("*.com").has(mtasts::code::mx_wildcard_wide));`
constexpr parsed<mx_pattern> check_mx_pattern(std::string_view text, parse_options const& options = {}) {
    auto result = parse_mx_pattern(text, options);
    if (result.usable()) lint_mx_pattern(text, result.value, result.findings);
    return result;
}

/// Of reports and of the smaller texts, parsing says all there is to say.
constexpr parsed<tlsrpt_uri> check_tlsrpt_uri(std::string_view text, parse_options const& options = {}) {
    return parse_tlsrpt_uri(text, options);
}
constexpr parsed<ip_address> check_ip_address(std::string_view text, parse_options const& options = {}) {
    return parse_ip_address(text, options);
}
constexpr parsed<report_filename> check_report_filename(std::string_view text, parse_options const& options = {}) {
    return parse_report_filename(text, options);
}
constexpr parsed<tlsrpt_report> check_tlsrpt_report(std::string_view text, report_options const& options = {}) {
    return parse_tlsrpt_report(text, options);
}
constexpr parsed<report_subject> check_report_subject(std::string_view text, parse_options const& options = {}) {
    return parse_report_subject(text, options);
}

}  // namespace mtasts
