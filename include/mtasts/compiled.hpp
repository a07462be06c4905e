// SPDX-License-Identifier: BSL-1.0
/// Declarations of the functions of the target mtasts::compiled, for units that link them instead of compiling them.
///
/// They are the functions of the headers that cmake/compiled/mtasts-compiled.cmake names, and do the same, but not in
/// constant expressions. They have a namespace of their own, so that units with and without them can be linked into one
/// program; in a unit that links that target, the headers that it includes bring them into namespace mtasts.
#pragma once
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/finding/finding.hpp>
#include <mtasts/model/document.hpp>
#include <mtasts/model/ip_address.hpp>
#include <mtasts/model/mx_pattern.hpp>
#include <mtasts/model/report_filename.hpp>
#include <mtasts/model/report_subject.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/model/txt_rrset.hpp>
#include <mtasts/parse/options.hpp>
#include <mtasts/render/judgement.hpp>

namespace mtasts {

template <class T>
class owned;

namespace compiled {

// parse/
parsed<sts_policy> parse_sts_policy(kept_text text, parse_options const& options = {});
parsed<sts_record> parse_sts_record(kept_text text, parse_options const& options = {});
parsed<sts_record> parse_sts_rrset(txt_rrset const& records, parse_options const& options = {});
parsed<tlsrpt_record> parse_tlsrpt_record(kept_text text, parse_options const& options = {});
parsed<tlsrpt_record> parse_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {});
parsed<tlsrpt_uri> parse_tlsrpt_uri(kept_text text, parse_options const& options = {});
parsed<tlsrpt_report> parse_tlsrpt_report(kept_text text, report_options const& options = {});
parsed<report_filename> parse_report_filename(kept_text text, parse_options const& options = {});
parsed<report_subject> parse_report_subject(kept_text text, parse_options const& options = {});
parsed<mx_pattern> parse_mx_pattern(kept_text text, parse_options const& options = {});
parsed<std::string_view> parse_domain(kept_text text, parse_options const& options = {});
parsed<ip_address> parse_ip_address(kept_text text, parse_options const& options = {});
parsed<std::chrono::sys_seconds> parse_date_time(kept_text text, parse_options const& options = {});
parsed<std::string_view> parse_utf8(kept_text text, parse_options const& options = {});
std::vector<std::string> json_pointers(std::string_view text, findings const& found);

// check.hpp
checked<sts_policy> check_sts_policy(kept_text text, parse_options const& options = {});
checked<sts_record> check_sts_record(kept_text text, parse_options const& options = {});
checked<sts_record> check_sts_rrset(txt_rrset const& records, parse_options const& options = {});
checked<tlsrpt_record> check_tlsrpt_record(kept_text text, parse_options const& options = {});
checked<tlsrpt_record> check_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {});
checked<tlsrpt_uri> check_tlsrpt_uri(kept_text text, parse_options const& options = {});
checked<tlsrpt_report> check_tlsrpt_report(kept_text text, report_options const& options = {});
checked<report_filename> check_report_filename(kept_text text, parse_options const& options = {});
checked<report_subject> check_report_subject(kept_text text, parse_options const& options = {});
checked<mx_pattern> check_mx_pattern(kept_text text, parse_options const& options = {});
checked<ip_address> check_ip_address(kept_text text, parse_options const& options = {});

// write/
std::string write_sts_policy(sts_policy const& policy);
std::string write_sts_record(sts_record const& record);
std::string write_tlsrpt_record(tlsrpt_record const& record);
std::string write_tlsrpt_uri(tlsrpt_uri const& uri);
std::string write_tlsrpt_report(tlsrpt_report const& report);
std::string write_ip_address(ip_address const& address);
std::string write_report_filename(report_filename const& name);
std::string write_report_subject(report_subject const& subject);
std::string write_date_time(std::chrono::sys_seconds instant);
std::string mailto_uri(std::string_view address);
std::string make_id(std::chrono::sys_seconds now);
std::string make_id(sts_policy const& policy);
std::string tlsrpt_json_schema();

// build.hpp
owned<sts_policy> build_sts_policy(sts_policy const& policy);
owned<sts_record> build_sts_record(sts_record const& record);
owned<tlsrpt_record> build_tlsrpt_record(tlsrpt_record const& record);
owned<tlsrpt_report> build_tlsrpt_report(tlsrpt_report const& report);

// render/
std::string render_human(judgement const& judged, human_style style = {});
std::string render_json(std::span<judgement const> judged);
std::string render_sarif(std::span<judgement const> judged);
std::string render_github(judgement const& judged);
std::string json_value(sts_policy const& policy);
std::string json_value(sts_record const& record);
std::string json_value(tlsrpt_record const& record);
std::string json_value(tlsrpt_uri const& uri);
std::string json_value(tlsrpt_report const& report);
std::string json_value(report_filename const& name);
std::string json_value(report_subject const& subject);
std::string json_value(mx_pattern const& pattern);
std::string json_value(ip_address const& address);
std::string message_of(finding const& f, std::string_view text);
std::string advice_of(finding const& f, std::string_view text);
std::string expected_text(finding const& f, std::string_view text);
std::string without_placeholders(std::string_view words);
std::string one_line(policy_mode mode);
std::string one_line(severity level);
std::string one_line(code what);
std::string one_line(text_span where);
std::string one_line(extension const& field);
std::string one_line(mx_pattern pattern);
std::string one_line(ip_address const& address);
std::string one_line(sts_policy const& policy);
std::string one_line(sts_record const& record);
std::string one_line(tlsrpt_uri const& uri);
std::string one_line(tlsrpt_record const& record);
std::string one_line(txt_rrset const& records);
std::string one_line(report_filename const& name);
std::string one_line(report_subject const& subject);
std::string one_line(tlsrpt_report const& report);
std::string one_line(tlsrpt_policy_result const& result);
std::string one_line(tlsrpt_applied_policy const& policy);
std::string one_line(tlsrpt_session_counts const& summary);
std::string one_line(tlsrpt_failure const& failure);
std::string one_line(tlsrpt_date_range const& range);
std::string one_line(coded<tlsrpt_policy_type> const& type);
std::string one_line(coded<tlsrpt_result_type> const& type);
std::string one_line(finding const& f);
std::string one_line(finding_in const& f);

}  // namespace compiled

}  // namespace mtasts
