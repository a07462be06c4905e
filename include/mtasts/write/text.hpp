// SPDX-License-Identifier: BSL-1.0
/// Canonical text: what `parse_x` reads back as the same value.
#pragma once
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/write/fmt.hpp>

#include <mtasts/model/extension.hpp>
#include <mtasts/model/report_filename.hpp>
#include <mtasts/model/report_subject.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/joined.hpp>
#include <mtasts/text/percent.hpp>

namespace mtasts {

namespace detail {

/// RFC 8461 3.1, RFC 8460 3: the fields after the known ones, each after a space and with its ";".
inline std::string txt_fields(std::vector<extension> const& fields) {
    std::string text;
    for (auto const& [name, value] : fields) text += text::joined({" ", name, "=", value, ";"});
    return text;
}

}  // namespace detail

/// Writes an `_mta-sts` record (RFC 8461 3.1) with "; " between its fields.
/// Example: `mtasts::write_sts_record({"20160831085700Z", {}}) == "v=STSv1; id=20160831085700Z;"`
inline std::string write_sts_record(sts_record const& record) {
    return text::joined({"v=STSv1; id=", record.id, ";", detail::txt_fields(record.extensions)});
}

/// RFC 8460 3: a URI with ",", "!" and ";" percent-encoded.
/// Example: `mtasts::write_tlsrpt_uri(tlsrpt.value.rua.front()) == "mailto:a@example.com"`
inline std::string write_tlsrpt_uri(tlsrpt_uri const& uri) {
    std::string text;
    for (char const c : uri.text) {
        if (c == ',' || c == '!' || c == ';') text += text::percent_encoded(c);
        else text += c;
    }
    return text;
}

/// RFC 6068 2: the mailto URI of an address, percent-encoded so that it can be used in a rua.
/// Example: `mtasts::mailto_uri("a,b@example.com") == "mailto:a%2Cb@example.com"`
inline std::string mailto_uri(std::string_view address) {
    std::string text = "mailto:";
    auto const at = address.rfind('@');
    for (std::size_t i = 0; i != address.size(); ++i) {
        char const c = address[i];
        if (text::is_alphanumeric(c) || i == at || std::string_view("-._~+").find(c) != std::string_view::npos)
            text += c;
        else text += text::percent_encoded(c);
    }
    return text;
}

/// Writes an `_smtp._tls` record (RFC 8460 3): one rua, its addresses separated by ",".
/// Example: `mtasts::write_tlsrpt_record(tlsrpt.value) == "v=TLSRPTv1; rua=mailto:a@example.com;"`
inline std::string write_tlsrpt_record(tlsrpt_record const& record) {
    std::string text = "v=TLSRPTv1; rua=";
    for (auto const& uri : record.rua) {
        if (&uri != &record.rua.front()) text += ',';
        text += write_tlsrpt_uri(uri);
    }
    return text::joined({text, ";", detail::txt_fields(record.extensions)});
}

/// Writes a policy (RFC 8461 3.2): version, mode, mx, max_age, then the extensions; lines end with CRLF.
/// Example: `mtasts::write_sts_policy(policy.value)`
inline std::string write_sts_policy(sts_policy const& policy) {
    std::string text;
    auto const add = [&](std::string_view name, std::string_view value) {
        text += text::joined({name, ": ", value, "\r\n"});
    };
    add("version", "STSv1");
    add("mode", to_text(policy.mode));
    for (auto const& pattern : policy.mx) add("mx", pattern.text);
    add("max_age", std::to_string(policy.max_age.count()));
    for (auto const& [name, value] : policy.extensions) add(name, value);
    return text;
}

/// Writes an address (RFC 8460 4.4) in the form of RFC 5952.
/// Example: `mtasts::write_ip_address(mtasts::parse_ip_address("2001:DB8::1").value) == "2001:db8::1"`
inline std::string write_ip_address(ip_address const& address) { return std::string(to_text(address).view()); }

/// Writes the file name of a report (RFC 8460 5.1).
/// Example: `mtasts::write_report_filename(mtasts::report_filename{}) != ""`
inline std::string write_report_filename(report_filename const& name) {
    return text::joined({name.sender, "!", name.policy_domain, "!", std::to_string(name.begin), "!",
                         std::to_string(name.end), name.unique_id.empty() ? "" : "!", name.unique_id, ".json",
                         name.gzip ? ".gz" : ""});
}

/// Writes the subject of a report's mail (RFC 8460 5.3), not folded.
/// Example: `!mtasts::write_report_subject(mtasts::report_subject{}).empty()`
inline std::string write_report_subject(report_subject const& subject) {
    return text::joined({"Report Domain: ", subject.policy_domain, " Submitter: ", subject.submitter, " Report-ID: <",
                         subject.report_id, ">"});
}

/// Writes an instant as RFC 3339 date-time in UTC, with "T" and "Z".
/// Example: `mtasts::write_date_time(std::chrono::sys_seconds{}) == "1970-01-01T00:00:00Z"`
inline std::string write_date_time(std::chrono::sys_seconds instant) {
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(instant - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

}  // namespace mtasts
