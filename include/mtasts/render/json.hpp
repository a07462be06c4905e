// SPDX-License-Identifier: BSL-1.0
/// Findings and values as JSON. Valid for any octets: what is not UTF-8 is written as "\xNN".
#pragma once
#include <span>
#include <string>
#include <string_view>

#include <mtasts/write/fmt.hpp>

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
#include <mtasts/write/tlsrpt_report.hpp>

namespace mtasts {

inline std::string json_value(extension const& field) {
    return fmt::format(R"({{"name":{},"value":{}}})", json_string(field.name), json_string(field.value));
}
inline std::string json_value(std::vector<extension> const& fields) {
    return json_array(fields, [](extension const& field) { return json_value(field); });
}
inline std::string json_value(sts_record const& record) {
    return fmt::format(R"({{"id":{},"extensions":{}}})", json_string(record.id), json_value(record.extensions));
}
inline std::string json_value(sts_policy const& policy) {
    return fmt::format(R"({{"mode":"{}","max_age":{},"mx":{},"extensions":{}}})", to_text(policy.mode),
                       policy.max_age.count(),
                       json_array(policy.mx, [](mx_pattern pattern) { return json_string(pattern.text); }),
                       json_value(policy.extensions));
}
inline std::string json_value(tlsrpt_uri const& uri) {
    constexpr std::array<std::string_view, 3> schemes{"mailto", "https", "other"};
    return fmt::format(R"({{"uri":{},"scheme":"{}","target":{},"deliverable":{}}})", json_string(uri.text),
                       schemes[static_cast<std::size_t>(uri.scheme)], json_string(uri.target), uri.deliverable);
}
inline std::string json_value(tlsrpt_record const& record) {
    return fmt::format(R"({{"rua":{},"extensions":{}}})",
                       json_array(record.rua, [](tlsrpt_uri const& uri) { return json_string(uri.text); }),
                       json_value(record.extensions));
}
inline std::string json_value(mx_pattern const& pattern) {
    return fmt::format(R"({{"pattern":{},"wildcard":{},"domain":{}}})", json_string(pattern.text), pattern.wildcard(),
                       json_string(pattern.domain()));
}
inline std::string json_value(ip_address const& address) {
    return fmt::format(R"({{"version":{},"address":{}}})", address.version, json_string(to_text(address).view()));
}
inline std::string json_value(report_filename const& name) {
    return fmt::format(R"({{"sender":{},"policy_domain":{},"begin":{},"end":{},"unique_id":{},"gzip":{}}})",
                       json_string(name.sender), json_string(name.policy_domain), name.begin, name.end,
                       name.unique_id.empty() ? "null" : json_string(name.unique_id), name.gzip);
}
inline std::string json_value(report_subject const& subject) {
    return fmt::format(R"({{"policy_domain":{},"submitter":{},"report_id":{}}})", json_string(subject.policy_domain),
                       json_string(subject.submitter), json_string(subject.report_id));
}

/// A report in the RFC's own form, safe for a terminal.
inline std::string json_value(tlsrpt_report const& report) {
    std::string out;
    detail::tlsrpt_writer(out, detail::append_shown_json_string).object(report);
    return out;
}

namespace detail {

/// The additional members of a finding about a report: its place as JSON pointer, and the quirk that it is a sign of.
inline std::string json_report_members(judgement const& j, finding const& f, std::string const* pointer) {
    std::string out;
    auto const* const known = j.quirk_in(f);
    if (pointer != nullptr) out += fmt::format(R"("pointer":{},)", json_string(*pointer));
    if (known != nullptr)
        out += fmt::format(R"("quirk":{{"name":{},"seen_from":{}}},)", json_string(known->name),
                           json_string(known->seen_from));
    else if (pointer != nullptr) out += R"("quirk":null,)";
    return out;
}

/// One finding; `fix` is null or a replacement for some of the text. Findings about reports have `pointer` and `quirk`.
inline std::string json_finding(judgement const& j, finding const& f, line_index const& lines,
                                std::string const* pointer) {
    auto const text = j.text;
    auto const [line, column] = lines.locate(f.where.offset);
    auto const fix = fix_of(f, text);
    auto const fix_json = fix ? fmt::format(R"({{"offset":{},"length":{},"text":{}}})", fix->where.offset,
                                            fix->where.length, json_string(fix->text))
                              : std::string("null");
    return fmt::format(
        R"({{"code":"{}","severity":"{}","clause":"{}","message":{},"advice":{},"offset":{},"length":{},"line":{},"column":{},{}"expected":{},"fix":{}}})",
        f.means().slug, to_text(f.severity()), f.clause(), json_string(message_of(f, text)),
        json_string(advice_of(f, text)), f.where.offset, f.where.length, line, column,
        json_report_members(j, f, pointer),
        json_array(f.expected_in(text).wanted, [](expectation::item const& item) { return json_string(item.text); }),
        fix_json);
}

}  // namespace detail

/// Renders one JSON document: `{"results":[{"input","kind","usable","value","findings"}]}`.
inline std::string render_json(std::span<judgement const> judged) {
    auto const one = [](judgement const& j) {
        line_index const lines(j.text);
        auto const each = [&, next = j.pointers.begin()](finding const& f) mutable {
            return detail::json_finding(j, f, lines, next == j.pointers.end() ? nullptr : &*next++);
        };
        return fmt::format(R"({{"input":{},"kind":"{}","usable":{},"value":{},"findings":{}}})", json_string(j.input),
                           j.kind, j.usable, j.value_json.empty() ? "null" : j.value_json,
                           json_array(*j.findings, each));
    };
    return fmt::format(R"({{"results":{}}})", json_array(judged, one)) + "\n";
}

}  // namespace mtasts
