/// The library mtasts::compiled: writing and rendering. Of two functions of one name the one directly in mtasts is called, the header's.
#include <mtasts/render/github.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/sarif.hpp>
#include <mtasts/write/id.hpp>
#include <mtasts/write/json_schema.hpp>
#include <mtasts/write/tlsrpt_report_name.hpp>

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
std::optional<std::string> compiled::tlsrpt_report_filename(tlsrpt_report const& report, std::string_view policy_domain,
                                                            bool gzip) {
    return mtasts::tlsrpt_report_filename(report, policy_domain, gzip);
}
std::optional<std::string> compiled::tlsrpt_report_subject(tlsrpt_report const& report,
                                                           std::string_view policy_domain) {
    return mtasts::tlsrpt_report_subject(report, policy_domain);
}
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
std::string compiled::message_and_advice(finding const& f, std::string_view text) {
    return mtasts::message_and_advice(f, text);
}
std::string compiled::expected_text(finding const& f, std::string_view text) { return mtasts::expected_text(f, text); }
std::string compiled::without_placeholders(std::string_view words) { return mtasts::without_placeholders(words); }

}  // namespace mtasts
