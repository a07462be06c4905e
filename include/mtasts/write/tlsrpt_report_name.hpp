// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1, 5.3: the file name and the subject that a report is sent under.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/write/fmt.hpp>

#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/sha256.hpp>
#include <mtasts/write/text.hpp>

namespace mtasts {

namespace detail {

/// A longer id is replaced by a digest in file names and subjects.
inline constexpr std::size_t longest_id = 64;

}  // namespace detail

namespace detail {

/// The domain of a report's contact, with A-labels; nothing if it has none.
/// Example: `!mtasts::detail::submitter_of(mtasts::tlsrpt_report{}).has_value()`
constexpr std::optional<ascii_name> submitter_of(tlsrpt_report const& report) {
    return canonical_domain(mail_domain(report.contact_info));
}

}  // namespace detail

/// RFC 8460 5.1: the file name of a report to a policy domain; its unique-id has the letters and digits of the report's
/// id. Nothing if the report has no times or no contact, or if the domain is not a name.
/// Example: `!mtasts::tlsrpt_report_filename(mtasts::tlsrpt_report{}, "example.com", true).has_value()`
inline std::optional<std::string> tlsrpt_report_filename(tlsrpt_report const& report, std::string_view policy_domain,
                                                         bool gzip) {
    auto const sender = detail::submitter_of(report), domain = canonical_domain(policy_domain);
    auto const [start, end] = report.date_range;
    std::chrono::sys_seconds const epoch{};
    if (!sender || !domain || !start || !end || *start < epoch || *end < epoch) return std::nullopt;
    std::string id;
    for (char const c : report.report_id)
        if (text::is_alphanumeric(c)) id += c;
    if (id.size() > detail::longest_id || (id.empty() && !report.report_id.empty()))
        id = text::half_digest(report.report_id);
    auto const seconds = [&](std::chrono::sys_seconds instant) {
        return static_cast<std::uint64_t>((instant - epoch).count());
    };
    if (!is_domain(sender->view()) || !is_domain(domain->view())) return std::nullopt;
    return write_report_filename({sender->view(), domain->view(), seconds(*start), seconds(*end), id, gzip});
}

namespace detail {

/// RFC 5322 3.2.3: an id as dot-atom-text, with "-" for what is not allowed in one; unchanged if it is one already.
inline std::string dot_atom_of(std::string_view id) {
    std::string atom;
    for (char const c : id) {
        bool const dot = c == '.' && !atom.empty() && atom.back() != '.';
        bool const stays =
            text::is_alphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string::npos;
        atom += dot || stays ? c : '-';
    }
    if (atom.ends_with('.')) atom.back() = '-';
    return atom.empty() || atom.size() > longest_id ? text::half_digest(id) : atom;
}

}  // namespace detail

/// RFC 8460 5.3: the subject of the mail that carries a report to a policy domain, not folded. An id that is two
/// dot-atoms around an "@" is used as it is, any other as the part before the submitter's domain. Nothing if the report
/// has no id or no contact, or if the domain is not a name.
/// Example: `!mtasts::tlsrpt_report_subject(mtasts::tlsrpt_report{}, "example.com").has_value()`
inline std::optional<std::string> tlsrpt_report_subject(tlsrpt_report const& report, std::string_view policy_domain) {
    auto const submitter = detail::submitter_of(report), domain = canonical_domain(policy_domain);
    if (!submitter || !domain || report.report_id.empty()) return std::nullopt;
    // RFC 6376 3.5: a domain-name has two labels or more.
    auto const is_domain_name = [](std::string_view name) { return is_domain(name) && name.find('.') != name.npos; };
    if (!is_domain_name(domain->view()) || !is_domain_name(submitter->view())) return std::nullopt;
    auto const id = report.report_id;
    auto const at = id.find('@');
    auto const left = id.substr(0, at), right = id.substr(at == id.npos ? id.size() : at + 1);
    bool const whole =
        !left.empty() && !right.empty() && detail::dot_atom_of(left) == left && detail::dot_atom_of(right) == right;
    std::string made = detail::dot_atom_of(id) + '@';
    made += submitter->view();
    return write_report_subject({domain->view(), submitter->view(), whole ? id : std::string_view(made)});
}

}  // namespace mtasts
