// SPDX-License-Identifier: BSL-1.0
/// The library mtasts::compiled: writing and rendering.
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/one_line.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/write/id.hpp>
#include <mtasts/write/json_schema.hpp>
#include <mtasts/write/text.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

#include <mtasts/compiled.hpp>

namespace mtasts {

std::string compiled::write_sts_policy(sts_policy const& policy) { return mtasts::write_sts_policy(policy); }
std::string compiled::write_sts_record(sts_record const& record) { return mtasts::write_sts_record(record); }
std::string compiled::write_tlsrpt_record(tlsrpt_record const& record) { return mtasts::write_tlsrpt_record(record); }
std::string compiled::write_tlsrpt_uri(tlsrpt_uri const& uri) { return mtasts::write_tlsrpt_uri(uri); }
std::string compiled::write_tlsrpt_report(tlsrpt_report const& report) { return mtasts::write_tlsrpt_report(report); }
std::string compiled::write_ip_address(ip_address const& address) { return mtasts::write_ip_address(address); }
std::string compiled::write_report_filename(report_filename const& name) { return mtasts::write_report_filename(name); }
std::string compiled::write_report_subject(report_subject const& subject) {
    return mtasts::write_report_subject(subject);
}
std::string compiled::write_date_time(std::chrono::sys_seconds instant) { return mtasts::write_date_time(instant); }
std::string compiled::mailto_uri(std::string_view address) { return mtasts::mailto_uri(address); }
std::string compiled::make_id(std::chrono::sys_seconds now) { return mtasts::make_id(now); }
std::string compiled::make_id(sts_policy const& policy) { return mtasts::make_id(policy); }
std::string compiled::tlsrpt_json_schema() { return mtasts::tlsrpt_json_schema(); }
std::string compiled::render_human(judgement const& judged, human_style style) {
    return mtasts::render_human(judged, style);
}
std::string compiled::render_json(std::span<judgement const> judged) { return mtasts::render_json(judged); }
std::string compiled::render_sarif(std::span<judgement const> judged) { return mtasts::render_sarif(judged); }
std::string compiled::render_github(judgement const& judged) { return mtasts::render_github(judged); }
std::string compiled::json_value(sts_policy const& policy) { return mtasts::json_value(policy); }
std::string compiled::json_value(sts_record const& record) { return mtasts::json_value(record); }
std::string compiled::json_value(tlsrpt_record const& record) { return mtasts::json_value(record); }
std::string compiled::json_value(tlsrpt_uri const& uri) { return mtasts::json_value(uri); }
std::string compiled::json_value(tlsrpt_report const& report) { return mtasts::json_value(report); }
std::string compiled::json_value(report_filename const& name) { return mtasts::json_value(name); }
std::string compiled::json_value(report_subject const& subject) { return mtasts::json_value(subject); }
std::string compiled::json_value(mx_pattern const& pattern) { return mtasts::json_value(pattern); }
std::string compiled::json_value(ip_address const& address) { return mtasts::json_value(address); }
std::string compiled::message_of(finding const& f, std::string_view text) { return mtasts::message_of(f, text); }
std::string compiled::advice_of(finding const& f, std::string_view text) { return mtasts::advice_of(f, text); }
std::string compiled::expected_text(finding const& f, std::string_view text) { return mtasts::expected_text(f, text); }
std::string compiled::without_placeholders(std::string_view words) { return mtasts::without_placeholders(words); }
std::string compiled::one_line(policy_mode mode) { return mtasts::one_line(mode); }
std::string compiled::one_line(severity level) { return mtasts::one_line(level); }
std::string compiled::one_line(code what) { return mtasts::one_line(what); }
std::string compiled::one_line(text_span where) { return mtasts::one_line(where); }
std::string compiled::one_line(extension const& field) { return mtasts::one_line(field); }
std::string compiled::one_line(mx_pattern pattern) { return mtasts::one_line(pattern); }
std::string compiled::one_line(ip_address const& address) { return mtasts::one_line(address); }
std::string compiled::one_line(sts_policy const& policy) { return mtasts::one_line(policy); }
std::string compiled::one_line(sts_record const& record) { return mtasts::one_line(record); }
std::string compiled::one_line(tlsrpt_uri const& uri) { return mtasts::one_line(uri); }
std::string compiled::one_line(tlsrpt_record const& record) { return mtasts::one_line(record); }
std::string compiled::one_line(txt_rrset const& records) { return mtasts::one_line(records); }
std::string compiled::one_line(report_filename const& name) { return mtasts::one_line(name); }
std::string compiled::one_line(report_subject const& subject) { return mtasts::one_line(subject); }
std::string compiled::one_line(tlsrpt_report const& report) { return mtasts::one_line(report); }
std::string compiled::one_line(tlsrpt_policy_result const& result) { return mtasts::one_line(result); }
std::string compiled::one_line(tlsrpt_applied_policy const& policy) { return mtasts::one_line(policy); }
std::string compiled::one_line(tlsrpt_session_counts const& summary) { return mtasts::one_line(summary); }
std::string compiled::one_line(tlsrpt_failure const& failure) { return mtasts::one_line(failure); }
std::string compiled::one_line(tlsrpt_date_range const& range) { return mtasts::one_line(range); }
std::string compiled::one_line(coded<tlsrpt_policy_type> const& type) { return mtasts::one_line(type); }
std::string compiled::one_line(coded<tlsrpt_result_type> const& type) { return mtasts::one_line(type); }
std::string compiled::one_line(finding const& f) { return mtasts::one_line(f); }
std::string compiled::one_line(finding_in const& f) { return mtasts::one_line(f); }

}  // namespace mtasts
