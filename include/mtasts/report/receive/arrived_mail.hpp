// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, 5.3: whether a mail that arrived carries a report that may be read, given what a MIME parser and a DKIM
/// verifier found.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include <mtasts/model/report_origin.hpp>
#include <mtasts/name/canonical.hpp>
#include <mtasts/name/mail_domain.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// A DKIM signature of a mail, and the key record that it was verified with (RFC 6376 3.5, 3.6.1).
struct dkim_signature {
    /// RFC 6376 3.9: the result of verifying a signature.
    enum class verification : std::uint8_t {
        /// It is not known whether it is valid, as when its key could not be looked up (TEMPFAIL).
        temporary_failure,
        failure,
        success,
    };

    verification result = verification::temporary_failure;
    /// "d="
    std::string_view domain;
    /// "s=" of the key record, a list with colons; nothing if it is absent, which means "*".
    std::optional<std::string_view> services;
    /// Whether there is an "l=", so that the signature need not cover the whole body.
    bool length_limited = false;
    /// "h=": the fields that are covered.
    std::vector<std::string_view> fields;
};

/// The facts about the mail, and about the report in it.
struct arrived_mail {
    /// Of the whole mail, with its parameters.
    std::string_view content_type;
    /// The media types of its parts, in order.
    std::vector<std::string_view> parts;
    /// TLS-Report-Domain and TLS-Report-Submitter; empty if they are absent.
    std::string_view report_domain;
    std::string_view report_submitter;
    /// "contact-info" and a "policy-domain" of the JSON, which count if the mail says something else.
    std::string_view contact_info;
    std::string_view policy_domain;
    /// The organizational domain of the domain of `contact_info`: its public suffix and one more label. Nothing if it
    /// is not known or there is none. libpsl's psl_registrable_domain() gives it for a `canonical_domain`; for
    /// "A.Shop.Co.UK" it would give "Co.UK".
    std::optional<std::string_view> organizational_domain;
};

/// A fault of such a mail.
/// Example: `mtasts::to_text(mtasts::mail_fault::not_signed) != ""`
enum class mail_fault : std::uint8_t {
    // The report must not be read.
    no_report_part,
    not_signed,
    not_verified,
    signature_length_limited,
    signed_by_another,
    submitter_missing,
    submitter_differs,
    // It may be read nevertheless.
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
};

constexpr std::string_view to_text(mail_fault fault) {
    constexpr std::array<std::string_view, 17> texts{
        "no part is a report",
        "no valid DKIM signature",
        "a DKIM signature could not be verified for now",
        "the signature has l=, which is forbidden",
        "signed by another domain than the reporter's",
        "no TLS-Report-Submitter",
        "TLS-Report-Submitter is not the domain of contact-info",
        "signed by a domain above the reporter's",
        "the key's record does not name the service tlsrpt",
        "the signature does not cover TLS-Report-Domain and TLS-Report-Submitter",
        "not multipart/report",
        "report-type is not tlsrpt",
        "the report is under another media type than application/tlsrpt+gzip or application/tlsrpt+json",
        "the report is not the second part",
        "there are parts besides the text and the report",
        "no TLS-Report-Domain",
        "TLS-Report-Domain is none of the report's policy domains"};
    return texts[static_cast<std::size_t>(fault)];
}

namespace detail {

/// Whether a fault means that the report must be ignored (RFC 8460 3, 5.3).
constexpr bool forbids_reading(mail_fault fault) { return fault <= mail_fault::submitter_differs; }

}  // namespace detail

/// The result of `judge_report_mail`.
/// Example: `mtasts::mail_verdict const said = mtasts::judge_report_mail({}, {}); (void)said;`
struct mail_verdict {
    /// For `summary::add`.
    report_origin origin = report_origin::unknown;
    /// Empty if the mail is as RFC 8460 5.3 requires.
    std::vector<mail_fault> faults;

    /// Whether there is a report, and its reporter signed it (RFC 8460 3). Receivers may be stricter, for instance
    /// about keys that are not for reports: anybody whose mail a domain signs, such as its users, can sign reports in
    /// its name.
    constexpr bool may_be_read() const { return std::none_of(faults.begin(), faults.end(), detail::forbids_reading); }
};

namespace detail {

/// RFC 2045 5.1: the value of a parameter, without quotation marks; nothing if it is absent.
/// Example: `static_assert(mtasts::detail::mime_parameter("a/b; c=\"d\"", "C") == "d");`
constexpr std::optional<std::string_view> mime_parameter(std::string_view content_type, std::string_view name) {
    std::size_t begin = 0;
    bool quoted = false;
    for (std::size_t i = 0; i <= content_type.size(); ++i) {
        // RFC 5322 3.2.4: a quotation mark after a backslash does not end the string.
        while (quoted && i + 1 < content_type.size() && content_type[i] == '\\') i += 2;
        if (i != content_type.size() && content_type[i] == '"') quoted = !quoted;
        if (i != content_type.size() && (quoted || content_type[i] != ';')) continue;
        auto const parameter = content_type.substr(begin, i - begin);
        begin = i + 1;
        auto const equals = parameter.find('=');
        if (equals == parameter.npos || !text::equal_ignoring_case(text::trimmed(parameter.substr(0, equals)), name))
            continue;
        auto value = text::trimmed(parameter.substr(equals + 1));
        if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
            value = value.substr(1, value.size() - 2);
        return value;
    }
    return std::nullopt;
}

enum class signer : std::uint8_t { another, parent, reporter };

/// Who signed, by "d=". RFC 8460 3 asks for the reporting domain's own signature. That a parent's counts too, but never
/// a child's, is this project's policy: within an organization, a domain speaks for the names it delegates.
constexpr signer signer_of(std::string_view signing, arrived_mail const& mail) {
    auto const by = canonical_domain(signing), contact = canonical_domain(contact_domain(mail.contact_info));
    if (!by || !contact) return signer::another;
    if (by == contact) return signer::reporter;
    auto const top = canonical_domain(mail.organizational_domain.value_or(""));
    bool const inside = top && (by == top || detail::is_below(by->view(), top->view()));
    return inside && detail::is_below(contact->view(), by->view()) ? signer::parent : signer::another;
}

/// All signatures of a mail taken together; their order does not matter.
struct signatures_seen {
    bool reporter = false, parent = false, another = false, unverified = false, length_limited = false;
    /// Of those by the reporter or its parents: whether any key is for reports, and any covers the report fields.
    bool for_reports = false, covers_fields = false;

    constexpr void add(dkim_signature const& signature, arrived_mail const& mail) {
        unverified = unverified || signature.result == dkim_signature::verification::temporary_failure;
        if (signature.result != dkim_signature::verification::success) return;
        length_limited = length_limited || signature.length_limited;
        if (signature.length_limited) return;
        auto const by = signer_of(signature.domain, mail);
        another = another || by == signer::another;
        if (by == signer::another) return;
        (by == signer::reporter ? reporter : parent) = true;
        text::for_each_piece(signature.services.value_or(""), ':', [&](std::string_view service) {
            for_reports = for_reports || text::trimmed(service) == "tlsrpt";
        });
        auto const covers = [&](std::string_view field) {
            return std::any_of(signature.fields.begin(), signature.fields.end(),
                               [&](std::string_view covered) { return text::equal_ignoring_case(covered, field); });
        };
        covers_fields = covers_fields || (covers("TLS-Report-Domain") && covers("TLS-Report-Submitter"));
    }
    constexpr bool by_reporter() const { return reporter || parent; }
};

/// RFC 8460 5.3: the media types of the mail and of its parts.
template <class Say>
constexpr void judge_form(arrived_mail const& mail, Say say) {
    using enum mail_fault;
    auto const is = [](std::string_view media_type, auto... names) {
        return (text::equal_ignoring_case(media_type, names) || ...);
    };
    // The part is found by its media type, in any position.
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
    auto const media_type = text::trimmed(mail.content_type.substr(0, mail.content_type.find(';')));
    if (!say(!is(media_type, "multipart/report"), not_multipart_report))
        say(!is(detail::mime_parameter(mail.content_type, "report-type").value_or(""), "tlsrpt"), report_type);
}

}  // namespace detail

/// All that is wrong with a mail, and the origin of its report. One good signature by the reporter is enough, whatever
/// others there are. Domains are compared as A-labels, ignoring case and a final dot. After `not_verified`, verifying
/// the mail again later may give another result.
/// Example: `mtasts::judge_report_mail({}, {}).origin == mtasts::report_origin::not_signed`
constexpr mail_verdict judge_report_mail(arrived_mail const& mail, std::span<dkim_signature const> signatures) {
    using enum mail_fault;
    mail_verdict verdict;
    auto const say = [&](bool wrong, mail_fault fault) {
        if (wrong) verdict.faults.push_back(fault);
        return wrong;
    };
    detail::judge_form(mail, say);
    if (!say(mail.report_domain.empty(), domain_missing))
        say(!detail::same_domain(mail.report_domain, mail.policy_domain), domain_differs);
    // RFC 8460 5.3: the field must be there, and match.
    bool const other_submitter =
        say(mail.report_submitter.empty(), submitter_missing) ||
        say(!detail::same_domain(mail.report_submitter, contact_domain(mail.contact_info)), submitter_differs);

    detail::signatures_seen seen;
    for (auto const& signature : signatures) seen.add(signature, mail);
    if (seen.by_reporter()) {
        say(!seen.reporter, signed_by_parent);
        say(!seen.for_reports, key_not_for_reports);
        say(!seen.covers_fields, fields_not_signed);
    } else {
        // RFC 8460 3: a report that its domain did not sign is ignored.
        say(true, seen.unverified       ? not_verified
                  : seen.another        ? signed_by_another
                  : seen.length_limited ? signature_length_limited
                                        : not_signed);
    }
    if (seen.by_reporter() && !other_submitter) verdict.origin = report_origin::signed_by_reporter;
    else if (seen.unverified) verdict.origin = report_origin::unknown;
    else if (seen.by_reporter() || seen.another) verdict.origin = report_origin::signed_by_another;
    else verdict.origin = report_origin::not_signed;
    return verdict;
}

}  // namespace mtasts
