/// RFC 8460 3, 5.3, 5.6: which mails carry a report that may be read.
#include <algorithm>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/report/arrived_mail.hpp>

namespace {

using namespace mtasts;
using enum mail_fault;

constexpr arrived_mail whole() {
    arrived_mail mail;
    mail.content_type = "multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"";
    mail.parts = {"text/plain", "application/tlsrpt+gzip"};
    mail.report_domain = mail.policy_domain = "example.net";
    mail.report_submitter = "reporter.example";
    mail.contact_info = "tls@reporter.example";
    mail.signature = dkim_signature{true, "reporter.example", "tlsrpt:email", false, {}};
    mail.signature->fields = {"from", "tls-report-domain", "tls-report-submitter"};
    return mail;
}

struct row {
    std::string_view sentence;
    void (*change)(arrived_mail&);
    std::vector<mail_fault> faults;
};

constexpr bool all_hold() {
    row const rows[] = {
        {"RFC 8460 5.3: whole", [](arrived_mail&) {}, {}},
        {"RFC 8460 5.3: not compressed", [](arrived_mail& m) { m.parts[1] = "application/tlsrpt+json"; }, {}},
        {"RFC 2045 5.1: letters of either case, and no quotation marks",
         [](arrived_mail& m) { m.content_type = "Multipart/Report; boundary=\"a;b\"; Report-Type=TLSRPT"; },
         {}},
        {"RFC 8460 5.3: multipart/mixed",
         [](arrived_mail& m) { m.content_type = "multipart/mixed; boundary=b"; },
         {not_multipart_report}},
        {"RFC 6522 3: no report-type", [](arrived_mail& m) { m.content_type = "multipart/report"; }, {report_type}},
        {"RFC 6522 3: a report-type inside another parameter",
         [](arrived_mail& m) { m.content_type = "multipart/report; x=\"; report-type=tlsrpt\""; },
         {report_type}},
        {"RFC 5322 3.2.4: the same behind a quoted quotation mark",
         [](arrived_mail& m) { m.content_type = R"(multipart/report; x="\\\"; report-type=tlsrpt; y=\"")"; },
         {report_type}},
        {"RFC 8460 6.2: the media type for report-type",
         [](arrived_mail& m) { m.content_type = "multipart/report; report-type=tlsrpt+json"; },
         {report_type}},
        {"RFC 8460 5.3: the wrong order", [](arrived_mail& m) { std::swap(m.parts[0], m.parts[1]); }, {part_order}},
        {"RFC 8460 5.3: another part",
         [](arrived_mail& m) {
             m.parts = {"text/plain", "text/html", "application/tlsrpt+gzip"};
         },
         {other_parts}},
        {"RFC 8460 5.3: a general media type",
         [](arrived_mail& m) { m.parts[1] = "application/gzip"; },
         {generic_media_type}},
        {"RFC 8460 5.3: no report", [](arrived_mail& m) { m.parts.pop_back(); }, {no_report_part}},
        {"RFC 8460 5.3: nothing at all", [](arrived_mail& m) { m.parts.clear(); }, {no_report_part}},
        {"RFC 8460 5.6: the JSON is what counts",
         [](arrived_mail& m) { m.report_domain = "example.org"; },
         {domain_differs}},
        {"RFC 8460 5.3: no TLS-Report-Domain", [](arrived_mail& m) { m.report_domain = ""; }, {domain_missing}},
        {"RFC 8460 5.3: no TLS-Report-Submitter",
         [](arrived_mail& m) { m.report_submitter = ""; },
         {submitter_missing}},
        {"RFC 8460 5.3: another submitter than in the JSON",
         [](arrived_mail& m) { m.contact_info = "tls@mail.reporter.example"; },
         {submitter_differs}},
        {"RFC 8460 3: not signed", [](arrived_mail& m) { m.signature.reset(); }, {not_signed}},
        {"RFC 8460 3: a signature that is wrong", [](arrived_mail& m) { m.signature->verified = false; }, {not_signed}},
        {"RFC 8460 3: l=", [](arrived_mail& m) { m.signature->length_limited = true; }, {signature_length_limited}},
        {"RFC 8460 3: signed by somebody",
         [](arrived_mail& m) { m.signature->domain = "evil.example"; },
         {signed_by_another}},
        {"RFC 8460 3: signed by a name that ends alike",
         [](arrived_mail& m) { m.signature->domain = "porter.example"; },
         {signed_by_another}},
        {"RFC 8460 3: signed by nobody", [](arrived_mail& m) { m.signature->domain = ""; }, {signed_by_another}},
        {"RFC 8460 3: signed by the domain above",
         [](arrived_mail& m) { m.signature->domain = "example"; },
         {signed_by_parent}},
        {"RFC 8460 3: a key for everything",
         [](arrived_mail& m) { m.signature->services.reset(); },
         {key_not_for_reports}},
        {"RFC 8460 3: a key for mail", [](arrived_mail& m) { m.signature->services = "email"; }, {key_not_for_reports}},
        {"RFC 8460 5.3: a field that is not covered",
         [](arrived_mail& m) { m.signature->fields.pop_back(); },
         {fields_not_signed}},
    };
    for (auto const& [sentence, change, faults] : rows) {
        auto mail = whole();
        change(mail);
        if (judge_report_mail(mail) != faults) return false;
    }
    return true;
}
static_assert(all_hold());

}  // namespace

TEST_CASE("RFC 8460 3, 5.3, 5.6, RFC 6522 3, RFC 2045 5.1: the faults of a mail with a report") { CHECK(all_hold()); }

TEST_CASE("RFC 8460 3: no report that is not signed by its domain is read") {
    for (auto const fault : {no_report_part, not_signed, signature_length_limited, signed_by_another})
        CHECK(forbids_reading(fault));
    for (auto const fault : {signed_by_parent, key_not_for_reports, submitter_differs, domain_differs, part_order})
        CHECK_FALSE(forbids_reading(fault));
    CHECK(to_text(submitter_differs) == "TLS-Report-Submitter is not the domain of contact-info");
}
