// SPDX-License-Identifier: BSL-1.0
/// The library mtasts::compiled: reading, checking and building.
#include <mtasts/build.hpp>
#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/json/pointer.hpp>
#include <mtasts/parse/utf8.hpp>

#include <mtasts/compiled.hpp>

namespace mtasts {

parsed<sts_policy> compiled::parse_sts_policy(kept_text text, parse_options const& options) {
    return mtasts::parse_sts_policy(text, options);
}
parsed<sts_record> compiled::parse_sts_record(kept_text text, parse_options const& options) {
    return mtasts::parse_sts_record(text, options);
}
parsed<sts_record> compiled::parse_sts_rrset(txt_rrset const& records, parse_options const& options) {
    return mtasts::parse_sts_rrset(records, options);
}
parsed<tlsrpt_record> compiled::parse_tlsrpt_record(kept_text text, parse_options const& options) {
    return mtasts::parse_tlsrpt_record(text, options);
}
parsed<tlsrpt_record> compiled::parse_tlsrpt_rrset(txt_rrset const& records, parse_options const& options) {
    return mtasts::parse_tlsrpt_rrset(records, options);
}
parsed<tlsrpt_uri> compiled::parse_tlsrpt_uri(kept_text text, parse_options const& options) {
    return mtasts::parse_tlsrpt_uri(text, options);
}
parsed<tlsrpt_report> compiled::parse_tlsrpt_report(kept_text text, report_options const& options) {
    return mtasts::parse_tlsrpt_report(text, options);
}
parsed<report_filename> compiled::parse_report_filename(kept_text text, parse_options const& options) {
    return mtasts::parse_report_filename(text, options);
}
parsed<report_subject> compiled::parse_report_subject(kept_text text, parse_options const& options) {
    return mtasts::parse_report_subject(text, options);
}
parsed<mx_pattern> compiled::parse_mx_pattern(kept_text text, parse_options const& options) {
    return mtasts::parse_mx_pattern(text, options);
}
parsed<std::string_view> compiled::parse_domain(kept_text text, parse_options const& options) {
    return mtasts::parse_domain(text, options);
}
parsed<ip_address> compiled::parse_ip_address(kept_text text, parse_options const& options) {
    return mtasts::parse_ip_address(text, options);
}
parsed<std::chrono::sys_seconds> compiled::parse_date_time(kept_text text, parse_options const& options) {
    return mtasts::parse_date_time(text, options);
}
parsed<std::string_view> compiled::parse_utf8(kept_text text, parse_options const& options) {
    return mtasts::parse_utf8(text, options);
}
std::vector<std::string> compiled::json_pointers(std::string_view text, findings const& found) {
    return mtasts::json_pointers(text, found);
}
checked<sts_policy> compiled::check_sts_policy(kept_text text, parse_options const& options) {
    return mtasts::check_sts_policy(text, options);
}
checked<sts_record> compiled::check_sts_record(kept_text text, parse_options const& options) {
    return mtasts::check_sts_record(text, options);
}
checked<sts_record> compiled::check_sts_rrset(txt_rrset const& records, parse_options const& options) {
    return mtasts::check_sts_rrset(records, options);
}
checked<tlsrpt_record> compiled::check_tlsrpt_record(kept_text text, parse_options const& options) {
    return mtasts::check_tlsrpt_record(text, options);
}
checked<tlsrpt_record> compiled::check_tlsrpt_rrset(txt_rrset const& records, parse_options const& options) {
    return mtasts::check_tlsrpt_rrset(records, options);
}
checked<tlsrpt_uri> compiled::check_tlsrpt_uri(kept_text text, parse_options const& options) {
    return mtasts::check_tlsrpt_uri(text, options);
}
checked<tlsrpt_report> compiled::check_tlsrpt_report(kept_text text, report_options const& options) {
    return mtasts::check_tlsrpt_report(text, options);
}
checked<report_filename> compiled::check_report_filename(kept_text text, parse_options const& options) {
    return mtasts::check_report_filename(text, options);
}
checked<report_subject> compiled::check_report_subject(kept_text text, parse_options const& options) {
    return mtasts::check_report_subject(text, options);
}
checked<mx_pattern> compiled::check_mx_pattern(kept_text text, parse_options const& options) {
    return mtasts::check_mx_pattern(text, options);
}
checked<ip_address> compiled::check_ip_address(kept_text text, parse_options const& options) {
    return mtasts::check_ip_address(text, options);
}
owned<sts_policy> compiled::build_sts_policy(sts_policy const& policy) { return mtasts::build_sts_policy(policy); }
owned<sts_record> compiled::build_sts_record(sts_record const& record) { return mtasts::build_sts_record(record); }
owned<tlsrpt_record> compiled::build_tlsrpt_record(tlsrpt_record const& record) {
    return mtasts::build_tlsrpt_record(record);
}
owned<tlsrpt_report> compiled::build_tlsrpt_report(tlsrpt_report const& report) {
    return mtasts::build_tlsrpt_report(report);
}

}  // namespace mtasts
