// SPDX-License-Identifier: BSL-1.0
/// Declarations of the functions of the target mtasts::compiled, for units that link them instead of compiling them.
///
/// They are the functions of the headers that cmake/compiled/mtasts-compiled.cmake names, and do the same, but not in
/// constant expressions. They have a namespace of their own, so that units with and without them can be linked into one
/// program; in a unit that links that target, this header replaces those.
#pragma once
#include <chrono>
#include <cstddef>
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
#include <mtasts/render/checked.hpp>
#include <mtasts/render/judgement.hpp>
#include <mtasts/text/json_array.hpp>

namespace mtasts {

template <class T>
class owned;

// For cmake/compiled/compiled.cpp, MTASTS_CALLS makes definitions of the declarations; for all others it is nothing.
#ifdef MTASTS_CALLS
namespace compiled {
#else
#define MTASTS_CALLS(call)
inline namespace compiled {
#endif

// The functions that every kind of document has.
#define MTASTS_READ(kind, value, text_type, options)                                                           \
    parsed<value> parse_##kind(text_type text, options const& how = {}) MTASTS_CALLS(parse_##kind(text, how)); \
    checked<value> check_##kind(text_type text, options const& how = {}) MTASTS_CALLS(check_##kind(text, how));
#define MTASTS_SHOW(value)                                                      \
    std::string json_value(value const& shown) MTASTS_CALLS(json_value(shown)); \
    std::string one_line(value const& shown) MTASTS_CALLS(one_line(shown));
#define DOCUMENT(kind, ...) MTASTS_READ(kind, kind, kept_text, parse_options) MTASTS_SHOW(kind)
#define DOCUMENT_RRSET(kind, name, value) MTASTS_READ(kind, value, txt_rrset const&, parse_options)
#define DOCUMENT_JSON(kind, ...) MTASTS_READ(kind, kind, kept_text, report_options) MTASTS_SHOW(kind)
#include <mtasts/model/documents.def>
#undef MTASTS_READ
#undef MTASTS_SHOW

// parse/
parsed<std::string_view> parse_domain(kept_text text, parse_options const& options = {})
    MTASTS_CALLS(parse_domain(text, options));
parsed<std::chrono::sys_seconds> parse_date_time(kept_text text, parse_options const& options = {})
    MTASTS_CALLS(parse_date_time(text, options));
parsed<std::string_view> parse_utf8(kept_text text, parse_options const& options = {})
    MTASTS_CALLS(parse_utf8(text, options));
std::vector<std::string> json_pointers(std::string_view text, findings const& found)
    MTASTS_CALLS(json_pointers(text, found));

// write/
std::string write_sts_policy(sts_policy const& policy) MTASTS_CALLS(write_sts_policy(policy));
std::string write_sts_record(sts_record const& record) MTASTS_CALLS(write_sts_record(record));
std::string write_tlsrpt_record(tlsrpt_record const& record) MTASTS_CALLS(write_tlsrpt_record(record));
std::string write_tlsrpt_uri(tlsrpt_uri const& uri) MTASTS_CALLS(write_tlsrpt_uri(uri));
std::string write_tlsrpt_report(tlsrpt_report const& report) MTASTS_CALLS(write_tlsrpt_report(report));
std::string write_ip_address(ip_address const& address) MTASTS_CALLS(write_ip_address(address));
std::string write_report_filename(report_filename const& name) MTASTS_CALLS(write_report_filename(name));
std::string write_report_subject(report_subject const& subject) MTASTS_CALLS(write_report_subject(subject));
std::string write_date_time(std::chrono::sys_seconds instant) MTASTS_CALLS(write_date_time(instant));
std::string mailto_uri(std::string_view address) MTASTS_CALLS(mailto_uri(address));
std::string make_id(std::chrono::sys_seconds now) MTASTS_CALLS(make_id(now));
std::string make_id(sts_policy const& policy) MTASTS_CALLS(make_id(policy));
std::string tlsrpt_json_schema() MTASTS_CALLS(tlsrpt_json_schema());

// build.hpp
owned<sts_policy> build_sts_policy(sts_policy const& policy) MTASTS_CALLS(build_sts_policy(policy));
owned<sts_record> build_sts_record(sts_record const& record) MTASTS_CALLS(build_sts_record(record));
owned<tlsrpt_record> build_tlsrpt_record(tlsrpt_record const& record) MTASTS_CALLS(build_tlsrpt_record(record));
owned<tlsrpt_report> build_tlsrpt_report(tlsrpt_report const& report) MTASTS_CALLS(build_tlsrpt_report(report));

// render/
std::string render_human(judgement const& judged, human_style style = {}) MTASTS_CALLS(render_human(judged, style));
std::string render_json(std::span<judgement const> judged) MTASTS_CALLS(render_json(judged));
std::string render_sarif(std::span<judgement const> judged) MTASTS_CALLS(render_sarif(judged));
std::string render_github(judgement const& judged) MTASTS_CALLS(render_github(judged));
std::string json_value(extension const& field) MTASTS_CALLS(json_value(field));
std::string json_value(std::vector<extension> const& fields) MTASTS_CALLS(json_value(fields));
std::string json_string(std::string_view text) MTASTS_CALLS(json_string(text));
std::string visible(std::string_view text) MTASTS_CALLS(visible(text));
std::string visible_excerpt(std::string_view text, std::size_t columns = 60)
    MTASTS_CALLS(visible_excerpt(text, columns));
std::string message_of(finding const& f, std::string_view text) MTASTS_CALLS(message_of(f, text));
std::string advice_of(finding const& f, std::string_view text) MTASTS_CALLS(advice_of(f, text));
std::string expected_text(finding const& f, std::string_view text) MTASTS_CALLS(expected_text(f, text));
std::string without_placeholders(std::string_view words) MTASTS_CALLS(without_placeholders(words));
std::string one_line(policy_mode mode) MTASTS_CALLS(one_line(mode));
std::string one_line(severity level) MTASTS_CALLS(one_line(level));
std::string one_line(code what) MTASTS_CALLS(one_line(what));
std::string one_line(text_span where) MTASTS_CALLS(one_line(where));
std::string one_line(extension const& field) MTASTS_CALLS(one_line(field));
std::string one_line(txt_rrset const& records) MTASTS_CALLS(one_line(records));
std::string one_line(tlsrpt_policy_result const& result) MTASTS_CALLS(one_line(result));
std::string one_line(tlsrpt_applied_policy const& policy) MTASTS_CALLS(one_line(policy));
std::string one_line(tlsrpt_session_counts const& summary) MTASTS_CALLS(one_line(summary));
std::string one_line(tlsrpt_failure const& failure) MTASTS_CALLS(one_line(failure));
std::string one_line(tlsrpt_date_range const& range) MTASTS_CALLS(one_line(range));
std::string one_line(coded<tlsrpt_policy_type> const& type) MTASTS_CALLS(one_line(type));
std::string one_line(coded<tlsrpt_result_type> const& type) MTASTS_CALLS(one_line(type));
std::string one_line(finding const& f) MTASTS_CALLS(one_line(f));
std::string one_line(finding_in const& f) MTASTS_CALLS(one_line(f));

}  // namespace compiled

}  // namespace mtasts

#undef MTASTS_CALLS
