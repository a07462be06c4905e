// SPDX-License-Identifier: BSL-1.0
/// Every model and every finding as one line: what the formatters of format.hpp show.
#pragma once
#include <string>
#include <string_view>

#include <mtasts/model/tlsrpt_schema.hpp>
#include <mtasts/model/txt_rrset.hpp>
#include <mtasts/render/escape.hpp>
#include <mtasts/render/judgement.hpp>
#include <mtasts/render/message.hpp>
#include <mtasts/render/place.hpp>
#include <mtasts/text/joined.hpp>
#include <mtasts/write/text.hpp>
#include <mtasts/write/tlsrpt_report.hpp>

namespace mtasts {

/// A model, mode, code or place as one line, safe for a terminal.
/// Example: `mtasts::one_line(mtasts::policy_mode::enforce) == "enforce"`
inline std::string one_line(policy_mode mode) { return std::string(to_text(mode)); }
inline std::string one_line(severity level) { return std::string(to_text(level)); }
inline std::string one_line(code what) { return std::string(meaning_of(what).slug); }
inline std::string one_line(extension const& field) { return visible(text::joined({field.name, "=", field.value})); }
inline std::string one_line(mx_pattern pattern) { return visible(pattern.text); }
inline std::string one_line(ip_address const& address) { return write_ip_address(address); }
inline std::string one_line(sts_record const& record) { return visible(write_sts_record(record)); }
inline std::string one_line(tlsrpt_uri const& uri) { return visible(write_tlsrpt_uri(uri)); }
inline std::string one_line(tlsrpt_record const& record) { return visible(write_tlsrpt_record(record)); }
inline std::string one_line(txt_rrset const& records) { return visible(records.text()); }
inline std::string one_line(report_filename const& name) { return visible(write_report_filename(name)); }
inline std::string one_line(report_subject const& subject) { return visible(write_report_subject(subject)); }

inline std::string one_line(sts_policy const& policy) {
    std::string line;
    auto const written = write_sts_policy(policy);
    for (std::string_view rest = written; !rest.empty();) {
        auto const end = rest.find("\r\n");
        line += text::joined({line.empty() ? "" : "; ", visible(rest.substr(0, end))});
        rest.remove_prefix(end + 2);
    }
    return line;
}

template <class Kind>
std::string one_line(coded<Kind> const& word) {
    return visible(word.text());
}

/// A report, or one of the objects it consists of, as JSON.
template <class Object>
requires(detail::tlsrpt_member_count<Object> != 0) std::string one_line(Object const& object) {
    std::string json;
    detail::tlsrpt_writer(json, detail::append_shown_json_string).object(object);
    return json;
}

/// A span as "offset+length".
inline std::string one_line(text_span where) {
    return text::joined({std::to_string(where.offset), "+", std::to_string(where.length)});
}

/// A finding without its text: "error: policy-mode-case at 21+7".
inline std::string one_line(finding const& f) {
    return text::joined({to_text(f.severity()), ": ", f.means().slug, " at ", one_line(f.where)});
}

/// A finding with its text: "2:7: error: ... [policy-mode-case]".
inline std::string one_line(finding_in const& f) {
    auto const [line, column] = line_index(f.text).locate(f.said.where.offset);
    return text::joined({std::to_string(line), ":", std::to_string(column), ": ", to_text(f.said.severity()), ": ",
                         message_of(f.said, f.text), " [", f.said.means().slug, "]"});
}

}  // namespace mtasts
