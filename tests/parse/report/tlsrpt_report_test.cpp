// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: reports with one member that is missing, of another type or with another meaning. Whatever is usable
/// stays in the value.
#include <string>

#include "tlsrpt_report_rows.hpp"

using namespace report_rows;

namespace {

constexpr row member_rows[] = {
    // of other types than RFC 8460 4.4 says
    {R"("Example Mail")", "~true~", refused, code::report_member_type, [](auto& r) { r.organization_name = {}; }},
    {R"("tls@example.net")", "~5~", refused, code::report_member_type, [](auto& r) { r.contact_info = {}; }},
    {R"("2026-08-31T00:00:00Z")", "~1788134400~", refused, code::report_member_type,
     [](auto& r) { r.date_range.start.reset(); }},
    {R"("2026-08-31T00:00:00Z")", R"(~{"$date":["x"]}~)", refused, code::report_member_type,
     [](auto& r) { r.date_range.start.reset(); }},
    {R"({"policy-type":"tlsa","policy-string":["3 1 1 9F86D081"],"policy-domain":"mx2.example.com"})", "~[]~", refused,
     code::report_member_type, [](auto& r) { r.policies[1].policy = {}; }},
    {R"(["3 1 1 9F86D081"])", "~3~", refused, code::report_member_type,
     [](auto& r) { r.policies[1].policy.strings = {}; }},
    {R"(["mx.example.com"])", R"([~1~,"mx.example.com"])", refused, code::report_member_type},
    {R"("192.0.2.7")", "~3221225991~", refused, code::report_member_type,
     [](auto& r) { r.policies[0].failures[0].sending_mta_ip.reset(); }},
    {"120", "~true~", refused, code::report_member_type, [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {R"({"result-type":"sts-policy-fetch-error","failed-session-count":9})", R"(~"sts-policy-fetch-error"~)", refused,
     code::report_member_type, [](auto& r) { r.policies[0].failures.pop_back(); }},
    {R"("https://example.net/r1")", R"(~["https://example.net/r1"]~)", refused, code::report_member_type,
     [](auto& r) { r.policies[0].failures[0].additional_information = {}; }},
    // null counts as a missing value
    {R"("tls@example.net")", "~null~", refused, code::report_member_null, [](auto& r) { r.contact_info = {}; }},
    {R"("sts-policy-fetch-error")", "~null~", refused, code::report_member_null,
     [](auto& r) { r.policies[0].failures[1].result = {}; }},
    {R"("helo.example.com")", "~null~", usable, code::report_member_null_optional,
     [](auto& r) { r.policies[0].failures[0].receiving_mx_helo = {}; }},
    {R"("203.0.113.9")", "~null~", usable, code::report_member_null_optional,
     [](auto& r) { r.policies[0].failures[0].receiving_ip.reset(); }},
    {R"(["mx.example.com"])", "~null~", usable, code::report_member_null_optional,
     [](auto& r) { r.policies[0].policy.mx_hosts = {}; }},
    // RFC 8460 4.4 (erratum 6241): an array, even of one
    {R"(["mx.example.com"])", R"(~"mx.example.com"~)", usable, code::report_member_bare},
    {R"(["3 1 1 9F86D081"])", R"(~"3 1 1 9F86D081; 2 1 1 00"~)", usable, code::report_member_bare,
     [](auto& r) {
         r.policies[1].policy.strings = {"3 1 1 9F86D081", "2 1 1 00"};
     }},
    {R"([{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.7","receiving-mx-hostname":"mx1.example.com",)"
     R"("receiving-mx-helo":"helo.example.com","receiving-ip":"203.0.113.9","failed-session-count":21,"additional-info)"
     R"(rmation":"https://example.net/r1","failure-reason-code":"expired"},{"result-type":"sts-policy-fetch-error","fai)"
     R"(led-session-count":9}])",
     R"(~{~"result-type":"sts-policy-fetch-error","failed-session-count":9})", refused, code::report_member_single,
     [](auto& r) { r.policies[0].failures.erase(r.policies[0].failures.begin()); }},
    {R"("expired")", R"("~~")", usable, code::report_member_empty,
     [](auto& r) { r.policies[0].failures[0].reason_code = {}; }},
    {"r1+example.net", "~~", usable, code::report_member_empty, [](auto& r) { r.report_id = {}; }},
    {R"(["3 1 1 9F86D081"])", "~[~]", usable, code::report_member_empty,
     [](auto& r) { r.policies[1].policy.strings = {}; }},
    // RFC 7493 4.2: other names are ignored
    {R"("policies":[)", R"("~x-example~":{"a":[1,{}]},"policies":[)", usable, code::report_member_unknown},
    {R"("mx-host":)", R"("mx-host":["mx.example.com"],"~mx-host-pattern~":)", usable, code::report_member_misspelt},
    {R"("failure-reason-code":)", R"("~failure-error-code~":)", usable, code::report_member_misspelt,
     [](auto& r) { r.policies[0].failures[0].reason_code = {}; }},
    {R"("receiving-mx-helo":)", R"("~Receiving-MX-Helo~":)", usable, code::report_member_misspelt,
     [](auto& r) { r.policies[0].failures[0].receiving_mx_helo = {}; }},
    {R"("summary":{"total-successful-session-count":7)",
     R"("~policy-type~":"sts","summary":{"total-successful-session-count":7)", usable, code::report_member_misplaced},
    {R"("r1+example.net")", "~17~", refused, code::report_string_bare_number, [](auto& r) { r.report_id = "17"; }},
};
static_assert(holds(member_rows[7]) && holds(member_rows[21]));

constexpr row policy_rows[] = {
    {R"("sts","policy-string")", R"("~STS~","policy-string")", refused, code::report_policy_type_case,
     [](auto& r) {
         r.policies[0].policy.type = {tlsrpt_policy_type::other, "STS"};
     }},
    {R"("sts","policy-string")", R"("~dane~","policy-string")", refused, code::report_policy_type_unknown,
     [](auto& r) {
         r.policies[0].policy.type = {tlsrpt_policy_type::other, "dane"};
     }},
    {R"("no-policy-found")", R"("~~")", refused, code::report_policy_type_unknown,
     [](auto& r) { r.policies[2].policy.type = {}; }},
    // policy-domain: A-labels
    {R"("example.com")",
     R"("xn--bcher-kva.example")",
     usable,
     {},
     [](auto& r) { r.policies[0].policy.domain = "xn--bcher-kva.example"; }},
    {R"("example.com")", "\"~m\xC3\xBCnz.example~\"", refused, code::report_domain_non_ascii,
     [](auto& r) { r.policies[0].policy.domain = "m\xC3\xBCnz.example"; }},
    {R"("example.com")", R"("~-example.com~")", refused, code::report_domain_syntax,
     [](auto& r) { r.policies[0].policy.domain = "-example.com"; }},
    {R"("example.com")", R"("~~")", refused, code::report_domain_syntax,
     [](auto& r) { r.policies[0].policy.domain = {}; }},
    // RFC 7672 2.2.3: the TLSA base domain, without port and transport
    {R"("mx2.example.com")", R"("~_25._tcp.mx2.example.com~")", usable, code::report_domain_owner},
    {R"("example.com")", R"("~example.com.~")", usable, code::report_domain_final_dot},
    {R"("example.com")", R"("~Example.COM~")", usable, code::report_domain_case,
     [](auto& r) { r.policies[0].policy.domain = "Example.COM"; }},
    // mx-host: the patterns of an sts policy
    {R"(["mx.example.com"])",
     R"(["*.example.com","mx.example.com"])",
     usable,
     {},
     [](auto& r) {
         r.policies[0].policy.mx_hosts = {{"*.example.com"}, {"mx.example.com"}};
     }},
    {R"(["mx.example.com"])", R"(["~mx: mx.example.com~"])", usable, code::report_mx_host_key},
    {R"(["mx.example.com"])", "[\"~*.m\xC3\xBCnz.example~\"]", refused, code::report_mx_host_non_ascii,
     [](auto& r) { r.policies[0].policy.mx_hosts = {{"*.m\xC3\xBCnz.example"}}; }},
    {R"(["mx.example.com"])", R"(["~mx: mx: mx.example.com~"])", usable, code::report_mx_host_syntax,
     [](auto& r) { r.policies[0].policy.mx_hosts = {{"mx: mx: mx.example.com"}}; }},
    {R"(["mx.example.com"])", R"(["~mx.*.com~"])", usable, code::report_mx_host_syntax,
     [](auto& r) { r.policies[0].policy.mx_hosts = {{"mx.*.com"}}; }},
    {R"(["mx.example.com"])", "~[~]", usable, code::report_mx_host_empty,
     [](auto& r) { r.policies[0].policy.mx_hosts = {}; }},
    {R"("policy-domain":"example.org")", R"("policy-domain":"example.org","mx-host":~[~"b.example"])", usable,
     code::report_mx_host_without_sts, [](auto& r) { r.policies[2].policy.mx_hosts = {{"b.example"}}; }},
    {R"("policy-domain":"example.org")", R"("policy-domain":"example.org","mx-host":[],"policy-string":[])", usable},
    {R"("policy-domain":"example.org")", R"("policy-domain":"example.org","policy-string":~[~"a"])", usable,
     code::report_policy_string_without_policy, [](auto& r) { r.policies[2].policy.strings = {"a"}; }},
    // RFC 8460 4.5: policy-string as it was served, a line a string
    {R"("version: STSv1","mx: mx.example.com")",
     R"("version: STSv1",""," mode : what")",
     usable,
     {},
     [](auto& r) {
         r.policies[0].policy.strings = {"version: STSv1", "", " mode : what"};
     }},
    {R"("version: STSv1","mx: mx.example.com")", R"("~version: STSv1\nmx: mx.example.com\n~")", usable,
     code::report_policy_lines_joined},
    {R"("version: STSv1","mx: mx.example.com")", R"("~version: STSv1\r\nmx: mx.example.com~")", usable,
     code::report_policy_lines_joined},
    {R"("version: STSv1","mx)", R"("~version: STSv1\r~","mx)", usable, code::report_policy_line_return},
    {R"(["3 1 1 9F86D081"])", R"(~[~"[\"3 1 1 9F86D081\",\"2 1 1 00\"]"])", usable, code::report_policy_string_json,
     [](auto& r) {
         r.policies[1].policy.strings = {"3 1 1 9F86D081", "2 1 1 00"};
     }},
    {R"("3 1 1 9F86D081")", R"("~3 1 1 9F86 D081~")", usable, code::report_tlsa_record,
     [](auto& r) { r.policies[1].policy.strings = {"3 1 1 9F86 D081"}; }},
    {R"("3 1 1 9F86D081")", R"("~_25._tcp.mx2.example.com. IN TLSA 3 1 1 00~")", usable, code::report_tlsa_owner,
     [](auto& r) { r.policies[1].policy.strings = {"_25._tcp.mx2.example.com. IN TLSA 3 1 1 00"}; }},
};
static_assert(holds(policy_rows[18]) && holds(policy_rows[21]));

/// A member left out of the object that begins with `owner`; the finding is at its brace.
struct removal {
    std::string_view removed, owner, name;
    std::optional<code> said;
    void (*change)(tlsrpt_report&);
};
constexpr removal removals[] = {
    {R"("organization-name":"Example Mail",)", R"({"date-range")", "organization-name", code::report_member_missing,
     [](auto& r) { r.organization_name = {}; }},
    {R"("date-range":{"start-datetime":"2026-08-31T00:00:00Z","end-datetime":"2026-08-31T23:59:59Z"},)",
     R"({"organization)", "date-range", code::report_member_missing, [](auto& r) { r.date_range = {}; }},
    {R"("start-datetime":"2026-08-31T00:00:00Z",)", R"({"end-datetime")", "start-datetime", code::report_member_missing,
     [](auto& r) { r.date_range.start.reset(); }},
    {R"(,"end-datetime":"2026-08-31T23:59:59Z")", R"({"start-datetime")", "end-datetime", code::report_member_missing,
     [](auto& r) { r.date_range.end.reset(); }},
    {R"("contact-info":"tls@example.net",)", R"({"organization)", "contact-info", code::report_member_missing,
     [](auto& r) { r.contact_info = {}; }},
    {R"("report-id":"r1+example.net",)", R"({"organization)", "report-id", code::report_member_missing,
     [](auto& r) { r.report_id = {}; }},
    {R"("policy-type":"tlsa",)", R"({"policy-string":["3)", "policy-type", code::report_member_missing,
     [](auto& r) { r.policies[1].policy.type = {}; }},
    {R"("policy-string":["3 1 1 9F86D081"],)", R"({"policy-type":"tlsa")", "policy-string", code::report_member_omitted,
     [](auto& r) { r.policies[1].policy.strings = {}; }},
    {R"(,"policy-domain":"mx2.example.com")", R"({"policy-type":"tlsa")", "policy-domain", code::report_member_missing,
     [](auto& r) { r.policies[1].policy.domain = {}; }},
    {R"(,"policy-domain":"example.org")", R"({"policy-type":"no)", "policy-domain", code::report_member_omitted,
     [](auto& r) { r.policies[2].policy.domain = {}; }},
    {R"(,"mx-host":["mx.example.com"])", R"({"policy-type":"sts")", "mx-host", code::report_member_omitted,
     [](auto& r) { r.policies[0].policy.mx_hosts = {}; }},
    {R"("policy":{"policy-type":"no-policy-found","policy-domain":"example.org"},)",
     R"({"summary":{"total-successful-session-count":5)", "policy", code::report_member_missing,
     [](auto& r) { r.policies[2].policy = {}; }},
    {R"(,"summary":{"total-successful-session-count":7,"total-failure-session-count":0})",
     R"({"policy":{"policy-type":"tlsa")", "summary", code::report_member_missing,
     [](auto& r) { r.policies[1].summary = {}; }},
    {R"("total-successful-session-count":120,)", R"({"total-failure)", "total-successful-session-count",
     code::report_member_missing, [](auto& r) { r.policies[0].summary.successful.reset(); }},
    {R"(,"total-failure-session-count":30)", R"({"total-successful-session-count":120)", "total-failure-session-count",
     code::report_member_missing, [](auto& r) { r.policies[0].summary.failed.reset(); }},
    {R"("result-type":"certificate-expired",)", R"({"sending-mta-ip")", "result-type", code::report_member_missing,
     [](auto& r) { r.policies[0].failures[0].result = {}; }},
    {R"("sending-mta-ip":"192.0.2.7",)", R"({"result-type":"certificate-expired")", "sending-mta-ip",
     code::report_member_omitted, [](auto& r) { r.policies[0].failures[0].sending_mta_ip.reset(); }},
    {R"("receiving-mx-hostname":"mx1.example.com",)", R"({"result-type":"certificate-expired")",
     "receiving-mx-hostname", code::report_member_omitted,
     [](auto& r) { r.policies[0].failures[0].receiving_mx_hostname = {}; }},
    {R"("receiving-mx-helo":"helo.example.com",)",
     "",
     "",
     {},
     [](auto& r) { r.policies[0].failures[0].receiving_mx_helo = {}; }},
    {R"("receiving-ip":"203.0.113.9",)", "", "", {}, [](auto& r) { r.policies[0].failures[0].receiving_ip.reset(); }},
    {R"(,"failed-session-count":9)", R"({"result-type":"sts-policy-fetch-error")", "failed-session-count",
     code::report_member_missing, [](auto& r) { r.policies[0].failures[1].failed_sessions.reset(); }},
    {R"("additional-information":"https://example.net/r1",)",
     "",
     "",
     {},
     [](auto& r) { r.policies[0].failures[0].additional_information = {}; }},
    {R"(,"failure-reason-code":"expired")", "", "", {}, [](auto& r) { r.policies[0].failures[0].reason_code = {}; }},
};

}  // namespace

TEST_CASE("RFC 8460 4.4: every member has its exact name and its type") { match(member_rows); }
TEST_CASE("RFC 8460 4.4, 4.5: a policy has a type, a domain, mx patterns and its text") { match(policy_rows); }

TEST_CASE("RFC 8460 4.4: a missing member is reported at its object, if it matters") {
    for (auto const& [removed, owner, name, said, change] : removals) {
        INFO("removed: " << removed);
        REQUIRE(stands_once(removed));
        std::string text(base_text);
        text.erase(text.find(removed), removed.size());
        auto const result = mtasts::parse_tlsrpt_report(text);
        auto expected = base_value();
        change(expected);
        CHECK((result.value == expected));
        CHECK(result.usable() == (said != code::report_member_missing));
        REQUIRE(result.findings.size() == (said ? 1 : 0));
        if (!said) continue;
        CHECK(result.findings[0].code == *said);
        CHECK(result.findings[0].detail == name);
        CHECK(result.findings[0].where == text_span{text.find(owner), 1});
    }
}

TEST_CASE("RFC 8460 4.4: policies may be empty; a single object instead of an array is an error, but is read") {
    std::string text(base_text);
    auto const begin = text.find("[{\"policy\"");
    auto const none = text.substr(0, begin) + "[]}";
    auto const read_none = mtasts::parse_tlsrpt_report(none);
    CHECK(read_none.usable());
    REQUIRE(read_none.findings.size() == 1);
    CHECK(read_none.findings[0].code == code::report_policies_empty);
    CHECK(read_none.findings[0].where == text_span{begin, 1});

    auto const second = text.find(",{\"policy\"");
    auto const single = text.substr(0, begin) + text.substr(begin + 1, second - begin - 1) + "}";
    auto const read_single = mtasts::parse_tlsrpt_report(single);
    auto expected = base_value();
    expected.policies.resize(1);
    CHECK_FALSE(read_single.usable());
    CHECK((read_single.value == expected));
    REQUIRE(read_single.findings.size() == 1);
    CHECK(read_single.findings[0].code == code::report_member_single);
    CHECK(read_single.findings[0].where == text_span{begin, 1});
}

TEST_CASE("RFC 8460 4.4: every finding about members and policies has a row here") {
    auto seen = codes_of(member_rows, policy_rows, removals);
    seen.insert({code::report_not_object, code::report_policies_empty});
    check_range(seen, code::report_not_object, code::report_string_bare_number);
    check_range(seen, code::report_policies_empty, code::report_tlsa_owner);
}
