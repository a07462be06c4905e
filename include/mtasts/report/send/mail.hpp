// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3: the mail that carries a report.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <mtasts/write/fmt.hpp>

#include <mtasts/model/instant.hpp>
#include <mtasts/model/tlsrpt_report.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/report/send/delivery.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>
#include <mtasts/text/sha256.hpp>
#include <mtasts/write/tlsrpt_report_name.hpp>

namespace mtasts {

/// The parts of the mail besides the report.
/// Example: `static_assert(mtasts::report_mail{}.tls_not_required);`
struct report_mail {
    /// Mail addresses; if `from` is empty, the report's contact is used.
    std::string_view from = {};
    std::string_view to = {};
    std::chrono::sys_seconds date = {};
    /// The octets that `report` was written as: JSON or, better, JSON in gzip (RFC 8460 5.2).
    std::string_view octets = {};
    /// For people; if empty, a sentence that says what the mail is.
    std::string_view text = {};
    /// RFC 8460 5.3.1, RFC 8689 3: asks every relay not to hold the mail back because TLS fails.
    bool tls_not_required = true;

    /// RFC 8460 3, 5.3: the fields that the DKIM signature covers (RFC 6376 5.4), by a key of the domain in
    /// TLS-Report-Submitter. If its record limits the key to services, let it be "s=tlsrpt:email": DMARC does not
    /// accept "s=tlsrpt" alone. The tag "l=" is forbidden (RFC 8460 3).
    static constexpr std::array<std::string_view, 10> signed_fields{"From",
                                                                    "To",
                                                                    "Subject",
                                                                    "Date",
                                                                    "Message-ID",
                                                                    "MIME-Version",
                                                                    "Content-Type",
                                                                    "TLS-Report-Domain",
                                                                    "TLS-Report-Submitter",
                                                                    "TLS-Required"};
};

namespace detail {

/// RFC 2045 6.8: octets as base64, in lines of at most 76 octets that end with CRLF.
/// Example: `mtasts::detail::base64_lines("ab") == "YWI=\r\n"`
inline std::string base64_lines(std::string_view octets) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::size_t octets_in_line = 57;
    std::string text;
    text.reserve(octets.size() / octets_in_line * 78 + 80);
    for (std::size_t line = 0; line < octets.size(); line += octets_in_line) {
        auto rest = octets.substr(line, octets_in_line);
        for (; !rest.empty(); rest.remove_prefix(std::min<std::size_t>(3, rest.size()))) {
            std::uint32_t bits = 0;
            for (std::size_t i = 0; i != 3; ++i)
                bits = bits << 8 | (i < rest.size() ? static_cast<unsigned char>(rest[i]) : 0u);
            for (std::size_t i = 0; i != 4; ++i) text += i <= rest.size() ? alphabet[bits >> (18 - 6 * i) & 63] : '=';
        }
        text += "\r\n";
    }
    return text;
}

/// RFC 5322 3.3: a date-time in UTC.
/// Example: `mtasts::detail::mail_date(std::chrono::sys_seconds{}) == "Thu, 1 Jan 1970 00:00:00 +0000"`
inline std::string mail_date(std::chrono::sys_seconds instant) {
    constexpr std::string_view days = "SunMonTueWedThuFriSat", months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    auto const day = std::chrono::floor<std::chrono::days>(instant);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(instant - day);
    return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} +0000",
                       days.substr(3 * std::chrono::weekday(day).c_encoding(), 3), static_cast<unsigned>(date.day()),
                       months.substr(3 * (static_cast<unsigned>(date.month()) - 1), 3), static_cast<int>(date.year()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

/// RFC 5322 3.2.4: a local part between quotation marks; one that is already quoted keeps its quoted-pairs.
inline std::string quoted_string(std::string_view local) {
    bool const quoted = local.size() > 1 && local.starts_with('"') && local.ends_with('"');
    auto const inside = quoted ? local.substr(1, local.size() - 2) : local;
    std::string text = "\"";
    for (std::size_t i = 0; i != inside.size(); ++i) {
        if (quoted && inside[i] == '\\' && i + 1 != inside.size()) text += inside[i++];
        else if (inside[i] == '"' || inside[i] == '\\') text += '\\';
        text += inside[i];
    }
    return text += '"';
}

/// RFC 5322 3.4.1: an address for a header field, its domain with A-labels, its local part quoted if it must be.
/// Nothing for anything but an address of visible ASCII, so that no address can begin another field.
/// Example: `mtasts::detail::header_address("a,b@example.com") == "\"a,b\"@example.com"`
inline std::optional<std::string> header_address(std::string_view address) {
    constexpr std::size_t longest = 320;  // RFC 5321 4.5.3.1: 64 and 255 octets
    auto const given = mail_domain(address);
    auto const ascii = text::all_octets(given, text::is_ascii) ? std::nullopt : to_a_labels(given);
    auto const domain = ascii ? ascii->view() : given;
    auto const local = address.substr(0, address.size() - (std::min)(address.size(), given.size() + 1));
    auto const is_domain_octet = [](char c) {
        return text::is_alphanumeric(c) || std::string_view("-._:[]").find(c) != std::string_view::npos;
    };
    bool const visible = text::all_octets(local, [](char c) { return ' ' <= c && c <= '~'; });
    if (local.empty() || domain.empty() || address.size() > longest || !visible ||
        !text::all_octets(domain, is_domain_octet))
        return std::nullopt;
    if (dot_atom_of(local) == local) return fmt::format("{}@{}", local, domain);
    return fmt::format("{}@{}", quoted_string(local), domain);
}

/// RFC 5322 2.2.3: a header field, folded at spaces so that lines keep to 78 octets where they can.
/// Example: `mtasts::detail::header_field("To", "a@example.com") == "To: a@example.com\r\n"`
inline std::string header_field(std::string_view name, std::string_view value) {
    constexpr std::size_t wanted = 78;
    auto text = fmt::format("{}:", name);
    auto line = text.size();
    text::for_each_piece(value, ' ', [&](std::string_view word) {
        // A line must not consist of spaces alone (RFC 5322 3.2.2).
        if (!word.empty() && line + 1 + word.size() > wanted && line > name.size() + 1) {
            text += "\r\n";
            line = 0;
        }
        text += ' ';
        text += word;
        line += 1 + word.size();
    });
    return text += "\r\n";
}

/// A text for people as MIME part: unencoded if every relay accepts that, else in base64.
inline std::string text_part(std::string_view text, std::string_view boundary) {
    std::string lines;
    bool plain = text.find(boundary) == text.npos;
    for (text::policy_lines rest(text); !rest.done();) {
        auto const line = rest.next().text;
        plain = plain && line.size() <= 78 && text::all_octets(line, [](char c) { return ' ' <= c && c <= '~'; });
        lines += line;
        lines += "\r\n";
    }
    return fmt::format("Content-Type: text/plain; charset={}\r\nContent-Transfer-Encoding: {}\r\n\r\n{}",
                       plain ? "us-ascii" : "utf-8", plain ? "7bit" : "base64", plain ? lines : base64_lines(lines));
}

}  // namespace detail

/// The mail, lines ended with CRLF, ready to be signed and sent as `message_kind::tls_report`. Nothing if the report
/// cannot have a file name or subject (`tlsrpt_report_filename`), or if an address is malformed.
/// Example: `!mtasts::write_report_mail(mtasts::tlsrpt_report{}, "example.com", {}).has_value()`
inline std::optional<std::string> write_report_mail(tlsrpt_report const& report, std::string_view policy_domain,
                                                    report_mail const& mail) {
    auto const media_type = report_media_type(mail.octets);
    auto const filename = tlsrpt_report_filename(report, policy_domain, media_type.ends_with("+gzip"));
    auto const subject = tlsrpt_report_subject(report, policy_domain);
    auto const domain = canonical_domain(policy_domain), submitter = detail::submitter_of(report);
    auto const from = detail::header_address(mail.from.empty() ? report.contact_info : mail.from);
    auto const to = detail::header_address(mail.to);
    if (!filename || !subject || !domain || !submitter || !from || !to || !detail::is_writable(mail.date))
        return std::nullopt;
    // RFC 2046 5.1.1: "=_" never occurs in a line of base64.
    auto const boundary = "=_" + text::half_digest(report.report_id);
    auto const text = mail.text.empty() ? fmt::format(
                                              "This is a report about TLS in mail to {},\r\nsent by {}.\r\n"
                                              "RFC 8460 tells what is in the attached file.\r\n",
                                              domain->view(), submitter->view())
                                        : std::string(mail.text);
    std::string all;
    auto const field = [&](std::string_view name, std::string_view value) { all += detail::header_field(name, value); };
    field("From", *from);
    field("To", *to);
    field("Subject", *subject);
    field("Date", detail::mail_date(mail.date));
    // The same report to the same address is the same message, however often it is sent.
    field("Message-ID",
          fmt::format("<{}@{}>", text::half_digest(std::string(report.report_id) + ' ' + *to), submitter->view()));
    field("TLS-Report-Domain", domain->view());
    field("TLS-Report-Submitter", submitter->view());
    if (mail.tls_not_required) field("TLS-Required", "No");
    field("MIME-Version", "1.0");
    // RFC 6522 3: the report-type is what both media types of RFC 8460 6.2 go by.
    field("Content-Type", fmt::format("multipart/report; report-type=\"tlsrpt\"; boundary=\"{}\"", boundary));
    all += fmt::format("\r\n--{}\r\n{}\r\n--{}\r\n", boundary, detail::text_part(text, boundary), boundary);
    field("Content-Type", media_type);
    field("Content-Transfer-Encoding", "base64");
    // RFC 2231 3: a name is not folded inside its quotation marks, as the example of RFC 8460 5.3.1 does.
    field("Content-Disposition", fmt::format("attachment; filename=\"{}\"", *filename));
    all += fmt::format("\r\n{}--{}--\r\n", detail::base64_lines(mail.octets), boundary);
    return all;
}

}  // namespace mtasts
