// SPDX-License-Identifier: BSL-1.0
/// Promises of a mail with a report (RFC 8460 5.3), for any choices, then any strings between unit separators (%x1F):
///   1. the header has its own fields and no others, once each; all lines are printable ASCII, end with CRLF and have at
///      most 998 octets, and none of the header is blank;
///   2. both parts, decoded, are the text and the octets that were given;
///   3. signed by its submitter, it arrives without a fault.
#include <mtasts/report/receive/arrived_mail.hpp>
#include <mtasts/report/send/mail.hpp>

#include "mime.hpp"

namespace {

void keep_promises(std::string_view mail, mtasts::report_mail const& given, mtasts::tlsrpt_report const& report,
                   std::string_view policy_domain) {
    keep_promise_of_lines(mail);
    auto const whole = mime::entity_of(mail);
    keep_promise(whole.names == std::string("From To Subject Date Message-ID TLS-Report-Domain TLS-Report-Submitter ") +
                                    (given.tls_not_required ? "TLS-Required " : "") + "MIME-Version Content-Type ",
                 "the header has its own fields");
    auto const type = whole.field("Content-Type");
    auto const parts = mime::parts_of(whole.body, type.substr(type.find("boundary=") + 9));
    keep_promise(parts.size() == 2, "there are two parts");
    if (!given.text.empty())
        keep_promise(mime::decoded(parts[0]) == mime::with_crlf(given.text), "the text is the one that was given");
    keep_promise(mime::decoded(parts[1]) == given.octets, "the octets are those that were given");

    auto const contact = "a@" + std::string(mtasts::detail::submitter_of(report)->view()),
               domain = std::string(mtasts::canonical_domain(policy_domain)->view());
    auto const report_domain = whole.field("TLS-Report-Domain"), submitter = whole.field("TLS-Report-Submitter");
    mtasts::dkim_signature signature{
        mtasts::dkim_signature::verification::success, submitter, "tlsrpt:email", false, {}};
    signature.fields.assign(mtasts::report_mail::signed_fields.begin(), mtasts::report_mail::signed_fields.end());
    auto const types = std::array{parts[0].field("Content-Type"), parts[1].field("Content-Type")};
    mtasts::arrived_mail const arrived{
        type, {types[0].substr(0, types[0].find(';')), types[1]}, report_domain, submitter, contact, domain, {}};
    auto const verdict = mtasts::judge_report_mail(arrived, std::span(&signature, 1));
    keep_promise(verdict.faults.empty() && verdict.origin == mtasts::report_origin::signed_by_reporter,
                 "it arrives without a fault");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto& text = input.text;
    mtasts::tlsrpt_report report;
    mtasts::report_mail mail;
    mail.tls_not_required = take_choice(text, 2) != 0;
    mail.date += std::chrono::days(take_choice(text, 256) * take_choice(text, 256) * 50);
    report.date_range = {mail.date, mail.date + std::chrono::seconds(take_choice(text, 256))};
    auto const domain = take_part(text, '\x1F');
    report.contact_info = take_part(text, '\x1F');
    report.report_id = take_part(text, '\x1F');
    mail.from = take_part(text, '\x1F');
    mail.to = take_part(text, '\x1F');
    mail.text = take_part(text, '\x1F');
    mail.octets = text;
    if (auto const made = mtasts::write_report_mail(report, domain, mail)) keep_promises(*made, mail, report, domain);
    return 0;
}
