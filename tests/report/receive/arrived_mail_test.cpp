// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, 5.3, 5.6: what is wrong with a mail that carries a report, and who signed it.
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/report/receive/arrived_mail.hpp>

namespace {

using namespace mtasts;
using enum mail_fault;

struct signed_mail {
    arrived_mail mail;
    dkim_signature signature;
};

constexpr signed_mail whole() {
    arrived_mail mail;
    mail.content_type = "multipart/report; report-type=\"tlsrpt\"; boundary=\"b\"";
    mail.parts = {"text/plain", "application/tlsrpt+gzip"};
    mail.report_domain = mail.policy_domain = "example.net";
    mail.report_submitter = "mail.reporter.example";
    mail.contact_info = "tls@mail.reporter.example";
    mail.organizational_domain = "reporter.example";
    dkim_signature signature{dkim_signature::verification::success, "mail.reporter.example", "tlsrpt:email", false, {}};
    signature.fields = {"from", "tls-report-domain", "tls-report-submitter"};
    return {mail, signature};
}

constexpr mail_verdict judged(signed_mail const& all) {
    return judge_report_mail(all.mail, std::span(&all.signature, 1));
}

struct row {
    std::string_view sentence;
    void (*change)(arrived_mail&, dkim_signature&);
    std::vector<mail_fault> faults;
};

constexpr bool all_hold() {
    row const rows[] = {
        {"RFC 8460 5.3: whole", [](arrived_mail&, dkim_signature&) {}, {}},
        {"RFC 8460 5.3: not compressed",
         [](arrived_mail& m, dkim_signature&) { m.parts[1] = "application/tlsrpt+json"; },
         {}},
        {"RFC 2045 5.1: either letter case, and no quotation marks",
         [](arrived_mail& m, dkim_signature&) {
             m.content_type = "Multipart/Report; boundary=\"a;b\"; Report-Type=TLSRPT";
         },
         {}},
        {"RFC 8460 5.3: multipart/mixed",
         [](arrived_mail& m, dkim_signature&) { m.content_type = "multipart/mixed; boundary=b"; },
         {not_multipart_report}},
        {"RFC 6522 3: no report-type",
         [](arrived_mail& m, dkim_signature&) { m.content_type = "multipart/report"; },
         {report_type}},
        {"RFC 6522 3: a report-type inside another parameter",
         [](arrived_mail& m, dkim_signature&) { m.content_type = "multipart/report; x=\"; report-type=tlsrpt\""; },
         {report_type}},
        {"RFC 5322 3.2.4: the same after a quoted quotation mark",
         [](arrived_mail& m, dkim_signature&) {
             m.content_type = R"(multipart/report; x="\\\"; report-type=tlsrpt; y=\"")";
         },
         {report_type}},
        {"RFC 8460 6.2: the media type for report-type",
         [](arrived_mail& m, dkim_signature&) { m.content_type = "multipart/report; report-type=tlsrpt+json"; },
         {report_type}},
        {"RFC 8460 5.3: the wrong order",
         [](arrived_mail& m, dkim_signature&) { std::swap(m.parts[0], m.parts[1]); },
         {part_order}},
        {"RFC 8460 5.3: another part",
         [](arrived_mail& m, dkim_signature&) {
             m.parts = {"text/plain", "text/html", "application/tlsrpt+gzip"};
         },
         {other_parts}},
        {"RFC 8460 5.3: a general media type",
         [](arrived_mail& m, dkim_signature&) { m.parts[1] = "application/gzip"; },
         {generic_media_type}},
        {"RFC 8460 5.3: no report", [](arrived_mail& m, dkim_signature&) { m.parts.pop_back(); }, {no_report_part}},
        {"RFC 8460 5.3: no parts at all", [](arrived_mail& m, dkim_signature&) { m.parts.clear(); }, {no_report_part}},
        {"RFC 8460 5.6: the JSON is what counts",
         [](arrived_mail& m, dkim_signature&) { m.report_domain = "example.org"; },
         {domain_differs}},
        {"RFC 8460 5.3: no TLS-Report-Domain",
         [](arrived_mail& m, dkim_signature&) { m.report_domain = ""; },
         {domain_missing}},
        {"RFC 8460 5.3: U-labels in the mail and A-labels in the report",
         [](arrived_mail& m, dkim_signature&) {
             m.report_domain = "B\u00FCcher.example.";
             m.policy_domain = "xn--bcher-kva.example";
         },
         {}},
        {"RFC 8460 5.3: no TLS-Report-Submitter",
         [](arrived_mail& m, dkim_signature&) { m.report_submitter = ""; },
         {submitter_missing}},
        {"RFC 8460 5.3: another submitter than in the JSON",
         [](arrived_mail& m, dkim_signature&) { m.report_submitter = "evil.example"; },
         {submitter_differs}},
        {"RFC 8460 3: an invalid signature",
         [](arrived_mail&, dkim_signature& s) { s.result = dkim_signature::verification::failure; },
         {not_signed}},
        {"RFC 6376 3.9: a signature that could not be verified",
         [](arrived_mail&, dkim_signature& s) { s.result = dkim_signature::verification::temporary_failure; },
         {not_verified}},
        {"RFC 8460 3: l=",
         [](arrived_mail&, dkim_signature& s) { s.length_limited = true; },
         {signature_length_limited}},
        {"RFC 8460 3: signed by another domain",
         [](arrived_mail&, dkim_signature& s) { s.domain = "evil.example"; },
         {signed_by_another}},
        {"RFC 8460 3: signed by the parent domain",
         [](arrived_mail&, dkim_signature& s) { s.domain = "reporter.example"; },
         {signed_by_parent}},
        {"RFC 8460 3: a key for any service",
         [](arrived_mail&, dkim_signature& s) { s.services.reset(); },
         {key_not_for_reports}},
        {"RFC 8460 3: a key for mail only",
         [](arrived_mail&, dkim_signature& s) { s.services = "email"; },
         {key_not_for_reports}},
        {"RFC 8460 5.3: a field that the signature does not cover",
         [](arrived_mail&, dkim_signature& s) { s.fields.pop_back(); },
         {fields_not_signed}},
    };
    for (auto const& [sentence, change, faults] : rows) {
        auto all = whole();
        change(all.mail, all.signature);
        auto const verdict = judged(all);
        if (verdict.faults != faults) return false;
        if (verdict.may_be_read() != (std::none_of(faults.begin(), faults.end(), detail::forbids_reading)))
            return false;
    }
    return judge_report_mail(whole().mail, {}).faults == std::vector{not_signed};
}
static_assert(all_hold());

/// The origin of a report whose mail has one valid signature.
struct names {
    std::string_view signing, contact, submitter;
    std::optional<std::string_view> organizational;
    report_origin origin;
};

constexpr auto reporter = report_origin::signed_by_reporter, another = report_origin::signed_by_another,
               nobody = report_origin::not_signed, untold = report_origin::unknown;
constexpr std::string_view google = "smtp-tls-reporting@google.com", shop = "tls@mail.shop.co.uk",
                           books = "tls@news.b\u00FCcher.example";
constexpr names table[] = {
    // The domain itself, whether or not its organization is known.
    {"google.com", google, "google.com", "google.com", reporter},
    {"google.com", google, "google.com", std::nullopt, reporter},
    {"google.com", google, "google.com", "", reporter},
    {"mail.shop.co.uk", shop, "mail.shop.co.uk", "shop.co.uk", reporter},
    // A public suffix has no organizational domain, but may send reports.
    {"github.io", "tls@github.io", "github.io", std::nullopt, reporter},
    // A parent, as far as the organization reaches.
    {"shop.co.uk", shop, "mail.shop.co.uk", "shop.co.uk", reporter},
    {"b.shop.co.uk", "tls@a.b.shop.co.uk", "a.b.shop.co.uk", "shop.co.uk", reporter},
    {"shop.co.uk", "tls@a.b.shop.co.uk", "a.b.shop.co.uk", "shop.co.uk", reporter},
    {"mail.ru", "tls_support@corp.mail.ru", "corp.mail.ru", "mail.ru", reporter},
    {"shop.co.uk", shop, "mail.shop.co.uk", std::nullopt, another},
    {"shop.co.uk", shop, "mail.shop.co.uk", "", another},
    {"shop.co.uk", shop, "mail.shop.co.uk", "mail.shop.co.uk", another},
    // A public suffix, a top-level domain, the root.
    {"co.uk", shop, "mail.shop.co.uk", "shop.co.uk", another},
    {"co.uk", shop, "mail.shop.co.uk", std::nullopt, another},
    {"uk", shop, "mail.shop.co.uk", "shop.co.uk", another},
    {"com", google, "google.com", "google.com", another},
    {".", google, "google.com", "google.com", another},
    {"", google, "google.com", "google.com", another},
    {"", google, "google.com", std::nullopt, another},
    // A child, a sibling, another organization, a name with the same ending.
    {"mail.google.com", google, "google.com", "google.com", another},
    {"a.mail.shop.co.uk", shop, "mail.shop.co.uk", "shop.co.uk", another},
    {"www.shop.co.uk", shop, "mail.shop.co.uk", "shop.co.uk", another},
    {"other.co.uk", shop, "mail.shop.co.uk", "shop.co.uk", another},
    {"hop.co.uk", shop, "mail.shop.co.uk", "shop.co.uk", another},
    {"oogle.com", google, "google.com", "google.com", another},
    {"google.com", "tls@agoogle.com", "agoogle.com", "agoogle.com", another},
    {"google.com.evil.example", google, "google.com", "google.com", another},
    // Somebody else claims google.com, under any name and with any organization.
    {"evil.example", google, "evil.example", "google.com", another},
    {"evil.example", google, "google.com", "google.com", another},
    {"evil.example", google, "evil.example", "evil.example", another},
    {"com", google, "google.com", "com.evil.example", another},
    // RFC 8460 5.3: TLS-Report-Submitter is there, and is the domain of contact-info.
    {"google.com", google, "evil.example", "google.com", another},
    {"google.com", google, "mail.google.com", "google.com", another},
    {"shop.co.uk", shop, "shop.co.uk", "shop.co.uk", another},
    {"google.com", google, "", "google.com", another},
    {"evil.example", google, "", "google.com", another},
    // RFC 1035 2.3.3, RFC 5890 2.3.2.4: letter case, a final dot, U-labels and A-labels do not matter.
    {"GOOGLE.com", google, "Google.Com", "gOOGLE.cOM", reporter},
    {"google.com", "x@GOOGLE.COM", "google.com", "google.com", reporter},
    {"google.com.", google, "google.com.", "google.com.", reporter},
    {"google.com", "x@google.com.", "google.com", "google.com", reporter},
    {"google.com..", google, "google.com", "google.com", another},
    {"shop.CO.uk.", shop, "MAIL.shop.co.uk", "SHOP.co.uk.", reporter},
    {"news.xn--bcher-kva.example", books, "news.xn--bcher-kva.example", "b\u00FCcher.example", reporter},
    {"xn--bcher-kva.example", books, "news.b\u00FCcher.example", "B\u00DCCHER.example", reporter},
    {"B\u00DCCHER.example.", books, "NEWS.XN--BCHER-KVA.example", "xn--bcher-kva.example", reporter},
    {"bucher.example", books, "news.b\u00FCcher.example", "xn--bcher-kva.example", another},
    // Not in composed form: another name.
    {"bu\u0308cher.example", "tls@bu\u0308cher.example", "bu\u0308cher.example", std::nullopt, another},
    // The domain that the report counts for is the one that must have signed.
    {"google.com", "Google <tls@google.com>", "google.com", "google.com", reporter},
    {"google.com", "mailto:tls@google.com?subject=x", "google.com", "google.com", reporter},
    {"evil.example", "a@google.com>.evil.example", "evil.example", "evil.example", another},
    {"evil.example", "a@google.com ,b@evil.example", "evil.example", "evil.example", reporter},
    {"google.com", "a@google.com ,b@evil.example", "google.com", "google.com", another},
    {"reporter.example", "", "reporter.example", "reporter.example", another},
    {"reporter.example", "postmaster", "reporter.example", "reporter.example", another},
    {"", "postmaster", "", "", another},
    {"192.0.2.1", "tls@[192.0.2.1]", "192.0.2.1", std::nullopt, another},
};

constexpr bool origin_holds(names const& each) {
    auto all = whole();
    all.signature.domain = each.signing;
    all.mail.contact_info = each.contact;
    all.mail.report_submitter = each.submitter;
    all.mail.organizational_domain = each.organizational;
    auto const verdict = judged(all);
    return verdict.origin == each.origin && verdict.may_be_read() == (each.origin == reporter);
}
template <std::size_t... Rows>
constexpr bool origins_hold(std::index_sequence<Rows...>) {
    // Separate constants, as compilers limit the steps of a constant evaluation.
    return (std::bool_constant<origin_holds(table[Rows])>::value && ...);
}
static_assert(origins_hold(std::make_index_sequence<std::size(table)>()));

/// Signatures, a letter each: (g)ood, by a (p)arent, by (a)nother, (f)ailed, (t)emporarily so, with (l)=.
struct several {
    std::string_view signatures;
    report_origin origin;
};
constexpr several combinations[] = {
    {"", nobody},     {"g", reporter},  {"p", reporter},  {"a", another},     {"f", nobody},
    {"t", untold},    {"l", nobody},    {"gg", reporter}, {"ga", reporter},   {"gf", reporter},
    {"gt", reporter}, {"gl", reporter}, {"pa", reporter}, {"pt", reporter},   {"at", untold},
    {"ft", untold},   {"lt", untold},   {"af", another},  {"al", another},    {"fl", nobody},
    {"aft", untold},  {"afl", another}, {"aflt", untold}, {"afgl", reporter}, {"fglt", reporter},
};

constexpr mail_verdict judged(std::string_view letters) {
    auto const [mail, good] = whole();
    std::vector<dkim_signature> signatures;
    for (char const letter : letters) {
        auto signature = good;
        if (letter == 'p') signature.domain = "reporter.example";
        if (letter == 'a') signature.domain = "evil.example";
        if (letter == 'f') signature.result = dkim_signature::verification::failure;
        if (letter == 't') signature.result = dkim_signature::verification::temporary_failure;
        if (letter == 'l') signature.length_limited = true;
        signatures.push_back(signature);
    }
    return judge_report_mail(mail, signatures);
}
/// In every order, with the same faults.
constexpr bool holds(several const& each) {
    std::array<char, 4> order{};
    auto const end = std::copy(each.signatures.begin(), each.signatures.end(), order.begin());
    std::sort(order.begin(), end);
    auto const first = judged(std::string_view(order.data(), each.signatures.size()));
    do {
        auto const verdict = judged(std::string_view(order.data(), each.signatures.size()));
        if (verdict.origin != each.origin || verdict.faults != first.faults) return false;
        if (verdict.may_be_read() != (each.origin == reporter)) return false;
    } while (std::next_permutation(order.begin(), end));
    return true;
}
template <std::size_t... Rows>
constexpr bool all_orders_hold(std::index_sequence<Rows...>) {
    return (std::bool_constant<holds(combinations[Rows])>::value && ...);
}
static_assert(all_orders_hold(std::make_index_sequence<std::size(combinations)>()));

}  // namespace

TEST_CASE("RFC 8460 3, 5.3, 5.6, RFC 6522 3, RFC 2045 5.1: each deviation of a mail with a report is a fault") {
    CHECK(all_hold());
}

TEST_CASE(
    "RFC 8460 3: a report is signed by its reporter if d= is the domain of contact-info, or above it inside the "
    "organization") {
    for (auto const& each : table) {
        INFO(each.signing << ' ' << each.contact << ' ' << each.submitter << ' '
                          << each.organizational.value_or("(not known)"));
        CHECK(origin_holds(each));
    }
}

TEST_CASE("RFC 8460 3: one valid signature is enough, and one not verified for now leaves the origin unknown") {
    for (auto const& each : combinations) {
        INFO(each.signatures);
        CHECK(holds(each));
    }
}

TEST_CASE("RFC 8460 3: each requirement may be met by another of the reporter's signatures") {
    auto const [mail, good] = whole();
    auto general = good, parent = good;
    general.services.reset();
    general.fields.clear();
    parent.domain = "reporter.example";
    CHECK(judge_report_mail(mail, std::vector{general}).faults == std::vector{key_not_for_reports, fields_not_signed});
    CHECK(judge_report_mail(mail, std::vector{general, parent}).faults.empty());
    // Those of others do not count.
    parent.domain = "evil.example";
    CHECK(judge_report_mail(mail, std::vector{general, parent}).faults ==
          std::vector{key_not_for_reports, fields_not_signed});
}

TEST_CASE("RFC 8460 3: a report that its domain did not sign may not be read") {
    for (auto const fault : {no_report_part, not_signed, not_verified, signature_length_limited, signed_by_another,
                             submitter_missing, submitter_differs})
        CHECK(detail::forbids_reading(fault));
    for (auto const fault : {signed_by_parent, key_not_for_reports, domain_missing, domain_differs, part_order})
        CHECK_FALSE(detail::forbids_reading(fault));
    CHECK(to_text(submitter_differs) == "TLS-Report-Submitter is not the domain of contact-info");
    CHECK(to_text(submitter_missing) == "no TLS-Report-Submitter");
}
