// SPDX-License-Identifier: BSL-1.0
/// Findings and values as JSON. Valid for any octets: what is not UTF-8 is written as "\xNN".
#pragma once
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/lint/fix.hpp>
#include <mtasts/model/report_filename.hpp>
#include <mtasts/model/report_subject.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/render/checked.hpp>
#include <mtasts/render/judgement.hpp>
#include <mtasts/render/message.hpp>
#include <mtasts/render/place.hpp>
#include <mtasts/text/joined.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

namespace mtasts {

namespace detail {

struct json_member {
    std::string_view name;
    /// As JSON; a member without one is left out.
    std::string_view value;
};
inline std::string json_object(std::initializer_list<json_member> members) {
    std::string out = "{";
    for (auto const& [name, value] : members)
        if (!value.empty()) out += text::joined({out.size() == 1 ? "\"" : ",\"", name, "\":", value});
    return out += '}';
}
constexpr std::string_view json_bool(bool value) { return value ? "true" : "false"; }

}  // namespace detail

inline std::string json_value(extension const& field) {
    return detail::json_object({{"name", json_string(field.name)}, {"value", json_string(field.value)}});
}
inline std::string json_value(std::vector<extension> const& fields) {
    return json_array(fields, [](extension const& field) { return json_value(field); });
}
inline std::string json_value(sts_record const& record) {
    return detail::json_object({{"id", json_string(record.id)}, {"extensions", json_value(record.extensions)}});
}
inline std::string json_value(sts_policy const& policy) {
    return detail::json_object(
        {{"mode", json_string(to_text(policy.mode))},
         {"max_age", std::to_string(policy.max_age.count())},
         {"mx", json_array(policy.mx, [](mx_pattern pattern) { return json_string(pattern.text); })},
         {"extensions", json_value(policy.extensions)}});
}
inline std::string json_value(tlsrpt_uri const& uri) {
    constexpr std::array<std::string_view, 3> schemes{"mailto", "https", "other"};
    return detail::json_object({{"uri", json_string(uri.text)},
                                {"scheme", json_string(schemes[static_cast<std::size_t>(uri.scheme)])},
                                {"target", json_string(uri.target)},
                                {"deliverable", detail::json_bool(uri.deliverable)}});
}
inline std::string json_value(tlsrpt_record const& record) {
    return detail::json_object(
        {{"rua", json_array(record.rua, [](tlsrpt_uri const& uri) { return json_string(uri.text); })},
         {"extensions", json_value(record.extensions)}});
}
inline std::string json_value(mx_pattern const& pattern) {
    return detail::json_object({{"pattern", json_string(pattern.text)},
                                {"wildcard", detail::json_bool(pattern.wildcard())},
                                {"domain", json_string(pattern.domain())}});
}
inline std::string json_value(ip_address const& address) {
    return detail::json_object(
        {{"version", std::to_string(address.version)}, {"address", json_string(to_text(address).view())}});
}
inline std::string json_value(report_filename const& name) {
    return detail::json_object({{"sender", json_string(name.sender)},
                                {"policy_domain", json_string(name.policy_domain)},
                                {"begin", std::to_string(name.begin)},
                                {"end", std::to_string(name.end)},
                                {"unique_id", name.unique_id.empty() ? "null" : json_string(name.unique_id)},
                                {"gzip", detail::json_bool(name.gzip)}});
}
inline std::string json_value(report_subject const& subject) {
    return detail::json_object({{"policy_domain", json_string(subject.policy_domain)},
                                {"submitter", json_string(subject.submitter)},
                                {"report_id", json_string(subject.report_id)}});
}

/// A report in the RFC's own form, safe for a terminal.
inline std::string json_value(tlsrpt_report const& report) {
    std::string out;
    detail::tlsrpt_writer(out, detail::append_shown_json_string).object(report);
    return out;
}

namespace detail {

/// One finding; `fix` is null or a replacement for some of the text. Findings about reports have `pointer`, their place as
/// JSON pointer, and `quirk`, null or the quirk that the finding is a sign of.
inline std::string json_finding(judgement const& j, finding const& f, line_index const& lines,
                                std::string const* pointer) {
    auto const text = j.text;
    auto const [line, column] = lines.locate(f.where.offset);
    std::string quirk = pointer != nullptr ? "null" : "", fix = "null";
    if (auto const* const known = j.quirk_in(f))
        quirk = json_object({{"name", json_string(known->name)}, {"seen_from", json_string(known->seen_from)}});
    if (auto const edit = fix_of(f, text))
        fix = json_object({{"offset", std::to_string(edit->where.offset)},
                           {"length", std::to_string(edit->where.length)},
                           {"text", json_string(edit->text)}});
    return json_object({{"code", json_string(f.means().slug)},
                        {"severity", json_string(to_text(f.severity()))},
                        {"clause", json_string(f.clause())},
                        {"message", json_string(message_of(f, text))},
                        {"advice", json_string(advice_of(f, text))},
                        {"offset", std::to_string(f.where.offset)},
                        {"length", std::to_string(f.where.length)},
                        {"line", std::to_string(line)},
                        {"column", std::to_string(column)},
                        {"pointer", pointer != nullptr ? json_string(*pointer) : ""},
                        {"quirk", quirk},
                        {"expected", json_array(f.expected_in(text).wanted,
                                                [](expectation::item const& item) { return json_string(item.text); })},
                        {"fix", fix}});
}

}  // namespace detail

/// Renders one JSON document: `{"results":[{"input","kind","usable","value","findings"}]}`.
inline std::string render_json(std::span<judgement const> judged) {
    auto const one = [](judgement const& j) {
        line_index const lines(j.text);
        auto const each = [&, next = j.pointers.begin()](finding const& f) mutable {
            return detail::json_finding(j, f, lines, next == j.pointers.end() ? nullptr : &*next++);
        };
        return detail::json_object({{"input", json_string(j.input)},
                                    {"kind", json_string(j.kind)},
                                    {"usable", detail::json_bool(j.usable)},
                                    {"value", j.value_json.empty() ? "null" : j.value_json},
                                    {"findings", json_array(*j.findings, each)}});
    };
    return detail::json_object({{"results", json_array(judged, one)}}) + '\n';
}

}  // namespace mtasts
