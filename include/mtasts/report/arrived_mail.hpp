/// RFC 8460 3, 5.3: whether a mail that arrived carries a report to be read, by what a mail reader and a DKIM verifier
/// tell of it.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <mtasts/model/ascii.hpp>
#include <mtasts/model/mail_domain.hpp>
#include <mtasts/model/policy_lines.hpp>

namespace mtasts {

/// A DKIM signature that a mail bears, and the key record that it was verified with (RFC 6376 3.5, 3.6.1).
struct dkim_signature {
    bool verified = false;
    /// "d="
    std::string_view domain;
    /// "s=" of the key record, a list with colons; nothing where it is absent, which is "*".
    std::optional<std::string_view> services;
    /// Whether "l=" is there.
    bool length_limited = false;
    /// "h=": the fields that are covered.
    std::vector<std::string_view> fields;
};

/// What is told of the mail, and of the report in it.
struct arrived_mail {
    /// Of the whole mail, with its parameters.
    std::string_view content_type;
    /// The media types of its parts, in order.
    std::vector<std::string_view> parts;
    /// TLS-Report-Domain and TLS-Report-Submitter; empty where they are absent.
    std::string_view report_domain;
    std::string_view report_submitter;
    std::optional<dkim_signature> signature;
    /// "contact-info" and a "policy-domain" of the JSON, which is what counts where the mail says something else.
    std::string_view contact_info;
    std::string_view policy_domain;
};

/// What is wrong with such a mail.
enum class mail_fault : std::uint8_t {
    // The report is not to be read.
    no_report_part,
    not_signed,
    signature_length_limited,
    signed_by_another,
    // It may be read all the same.
    signed_by_parent,
    key_not_for_reports,
    fields_not_signed,
    not_multipart_report,
    report_type,
    generic_media_type,
    part_order,
    other_parts,
    domain_missing,
    domain_differs,
    submitter_missing,
    submitter_differs,
};

constexpr std::string_view to_text(mail_fault fault) {
    constexpr std::array<std::string_view, 16> texts{
        "no part is a report",
        "no valid DKIM signature",
        "the signature has l=, which is forbidden",
        "signed by another domain than the reporter's",
        "signed by a domain above the reporter's",
        "the key's record does not name the service tlsrpt",
        "the signature does not cover TLS-Report-Domain and TLS-Report-Submitter",
        "not multipart/report",
        "report-type is not tlsrpt",
        "the report is under another media type than application/tlsrpt+gzip or application/tlsrpt+json",
        "the report is not the second part",
        "there are parts besides the text and the report",
        "no TLS-Report-Domain",
        "TLS-Report-Domain is none of the report's policy domains",
        "no TLS-Report-Submitter",
        "TLS-Report-Submitter is not the domain of contact-info"};
    return texts[static_cast<std::size_t>(fault)];
}

/// Whether a report must be left alone for the sake of a fault (RFC 8460 3).
constexpr bool forbids_reading(mail_fault fault) { return fault <= mail_fault::signed_by_another; }

/// RFC 2045 5.1: the value of a parameter, without quotation marks; nothing where it is absent.
/// Example: `static_assert(mtasts::mime_parameter("a/b; c=\"d\"", "C") == "d");`
constexpr std::optional<std::string_view> mime_parameter(std::string_view content_type, std::string_view name) {
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= content_type.size(); ++i) {
        // RFC 5322 3.2.4: a quotation mark after a backslash ends nothing.
        while (quoted && i + 1 < content_type.size() && content_type[i] == '\\') i += 2;
        if (i != content_type.size() && content_type[i] == '"') quoted = !quoted;
        if (i != content_type.size() && (quoted || content_type[i] != ';')) continue;
        auto const parameter = content_type.substr(begin, i - begin);
        begin = i + 1;
        auto const equals = parameter.find('=');
        if (equals == parameter.npos || !equal_ignoring_case(trimmed(parameter.substr(0, equals)), name)) continue;
        auto value = trimmed(parameter.substr(equals + 1));
        if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
            value = value.substr(1, value.size() - 2);
        return value;
    }
    return std::nullopt;
}

/// All that is wrong with a mail; none of it where it is as RFC 8460 5.3 wants it. The report may be read where no fault
/// `forbids_reading`; receivers may be stricter, as with keys that are not for reports (RFC 8460 3).
/// Example: `mtasts::forbids_reading(mtasts::judge_report_mail({}).front()) == true`
constexpr std::vector<mail_fault> judge_report_mail(arrived_mail const& mail) {
    using enum mail_fault;
    std::vector<mail_fault> faults;
    auto const say = [&](bool wrong, mail_fault fault) {
        if (wrong) faults.push_back(fault);
        return wrong;
    };
    auto const is = [](std::string_view media_type, auto... names) {
        return (equal_ignoring_case(media_type, names) || ...);
    };

    // RFC 8460 5.3: the part is found by its media type, wherever it stands.
    auto const& parts = mail.parts;
    auto part = std::find_if(parts.begin(), parts.end(), [&](std::string_view type) {
        return is(type, "application/tlsrpt+gzip", "application/tlsrpt+json");
    });
    if (part == parts.end()) {
        part = std::find_if(parts.begin(), parts.end(), [&](std::string_view type) {
            return is(type, "application/gzip", "application/x-gzip", "application/json", "application/octet-stream");
        });
        say(part != parts.end(), generic_media_type);
    }
    if (!say(part == parts.end(), no_report_part) && !say(parts.size() > 2, other_parts))
        say(part != parts.begin() + 1, part_order);
    auto const media_type = trimmed(mail.content_type.substr(0, mail.content_type.find(';')));
    if (!say(!is(media_type, "multipart/report"), not_multipart_report))
        say(!is(mime_parameter(mail.content_type, "report-type").value_or(""), "tlsrpt"), report_type);

    if (!say(mail.report_domain.empty(), domain_missing))
        say(!is(mail.report_domain, mail.policy_domain), domain_differs);
    auto const contact = mail_domain(mail.contact_info);
    if (!say(mail.report_submitter.empty(), submitter_missing))
        say(!is(mail.report_submitter, contact), submitter_differs);

    // RFC 8460 3: a report that its domain did not sign is ignored.
    if (say(!mail.signature || !mail.signature->verified, not_signed)) return faults;
    auto const& signature = *mail.signature;
    say(signature.length_limited, signature_length_limited);
    auto const submitter = mail.report_submitter.empty() ? contact : mail.report_submitter;
    if (!is(submitter, signature.domain)) {
        auto const above = submitter.size() > signature.domain.size() && !signature.domain.empty() &&
                           submitter[submitter.size() - signature.domain.size() - 1] == '.' &&
                           is(submitter.substr(submitter.size() - signature.domain.size()), signature.domain);
        say(true, above ? signed_by_parent : signed_by_another);
    }
    bool for_reports = false;
    for_each_piece(signature.services.value_or(""), ':',
                   [&](std::string_view service) { for_reports = for_reports || trimmed(service) == "tlsrpt"; });
    say(!for_reports, key_not_for_reports);
    auto const covers = [&](std::string_view field) {
        return std::any_of(signature.fields.begin(), signature.fields.end(),
                           [&](std::string_view covered) { return is(covered, field); });
    };
    say(!covers("TLS-Report-Domain") || !covers("TLS-Report-Submitter"), fields_not_signed);
    return faults;
}

}  // namespace mtasts
