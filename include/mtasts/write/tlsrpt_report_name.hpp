/// RFC 8460 5.1, 5.3: under which name and subject a report is sent.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include <mtasts/model/ascii.hpp>
#include <mtasts/model/mail_domain.hpp>
#include <mtasts/model/sha256.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/parse/report_filename.hpp>
#include <mtasts/parse/report_subject.hpp>
#include <mtasts/write/text.hpp>
#include <mtasts/write/zone.hpp>

namespace mtasts {

/// A longer id is replaced by a digest in file names and subjects.
inline constexpr std::size_t longest_id = 64;

/// Half a SHA-256 of an id, for where the id itself cannot stand.
inline std::string digest_of_id(std::string_view id) {
    std::string digits;
    auto const digest = sha256::of(id);
    for (std::size_t i = 0; i != digest.size() / 2; ++i) digits += fmt::format("{:02x}", digest[i]);
    return digits;
}

/// The domain of those responsible for a report, with A-labels; nothing where the report does not have it.
inline std::optional<std::string> submitter_of(tlsrpt_report const& report) {
    return name_below("", mail_domain(report.contact_info));
}

/// RFC 8460 5.1: the file name of a report to a policy domain; its unique-id has the letters and digits of the
/// report's id. Nothing where the report has no times or no contact, or the domain is no name.
/// Example: `!mtasts::tlsrpt_report_filename(mtasts::tlsrpt_report{}, "example.com", true).has_value()`
inline std::optional<std::string> tlsrpt_report_filename(tlsrpt_report const& report, std::string_view policy_domain,
                                                         bool gzip) {
    auto const sender = submitter_of(report), domain = name_below("", policy_domain);
    auto const [start, end] = report.date_range;
    std::chrono::sys_seconds const epoch{};
    if (!sender || !domain || !start || !end || *start < epoch || *end < epoch) return std::nullopt;
    std::string id;
    for (char const c : report.report_id)
        if (is_alphanumeric(c)) id += c;
    if (id.size() > longest_id || (id.empty() && !report.report_id.empty())) id = digest_of_id(report.report_id);
    auto const seconds = [&](std::chrono::sys_seconds instant) {
        return static_cast<std::uint64_t>((instant - epoch).count());
    };
    auto name = write_report_filename({*sender, *domain, seconds(*start), seconds(*end), id, gzip});
    return parse_report_filename(name).usable() ? std::optional(std::move(name)) : std::nullopt;
}

/// RFC 5322 3.2.3: an id as dot-atom-text, with "-" for what cannot stand there; as it is where it is one.
inline std::string dot_atom_of(std::string_view id) {
    std::string atom;
    for (char const c : id) {
        bool const dot = c == '.' && !atom.empty() && atom.back() != '.';
        bool const stays = is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string::npos;
        atom += dot || stays ? c : '-';
    }
    if (atom.ends_with('.')) atom.back() = '-';
    return atom.empty() || atom.size() > longest_id ? digest_of_id(id) : atom;
}

/// RFC 8460 5.3: the subject of the mail that carries a report to a policy domain, not folded. An id that is
/// two dot-atoms around an "@" stands as it is, another one before the submitter's domain. Nothing where the report has
/// no id or no contact, or the domain is no name.
/// Example: `!mtasts::tlsrpt_report_subject(mtasts::tlsrpt_report{}, "example.com").has_value()`
inline std::optional<std::string> tlsrpt_report_subject(tlsrpt_report const& report, std::string_view policy_domain) {
    auto const submitter = submitter_of(report), domain = name_below("", policy_domain);
    if (!submitter || !domain || report.report_id.empty()) return std::nullopt;
    auto const id = report.report_id;
    auto const at = id.find('@');
    auto const left = id.substr(0, at), right = id.substr(at == id.npos ? id.size() : at + 1);
    bool const whole = !left.empty() && !right.empty() && dot_atom_of(left) == left && dot_atom_of(right) == right;
    auto subject =
        write_report_subject({*domain, *submitter, whole ? std::string(id) : dot_atom_of(id) + '@' + *submitter});
    return parse_report_subject(subject).usable() ? std::optional(std::move(subject)) : std::nullopt;
}

}  // namespace mtasts
