// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4: deviations in the reports of real senders. Each is reported, the rest of the report is kept, and nothing is
/// made up in place of what is missing.
#include "tlsrpt_report_rows.hpp"

using namespace report_rows;

namespace {

constexpr std::string_view both_times =
    R"("start-datetime":"2026-08-31T00:00:00Z","end-datetime":"2026-08-31T23:59:59Z")";
constexpr auto no_times = [](tlsrpt_report& r) { r.date_range = {}; };

}  // namespace

TEST_CASE("RFC 8460 4.4: a time without zone is taken as UTC, with an error (reports of Microsoft)") {
    constexpr row table[] = {
        {both_times,
         R"("start-datetime":"~2026-08-31T00:00:00~","end-datetime":"2026-08-31T23:59:59")",
         refused,
         code::time_zone_missing,
         unchanged,
         {code::time_zone_missing}},
        {both_times, R"("start-datetime":"~2026-08-31T00:00:00.000~","end-datetime":"2026-08-31T23:59:59Z")", refused,
         code::time_zone_missing},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: a null contact makes the report unusable, and nothing else is lost (Stalwart)") {
    constexpr row table[] = {
        {R"("tls@example.net")", "~null~", refused, code::report_member_null, [](auto& r) { r.contact_info = {}; }}};
    match(table);
}

TEST_CASE("RFC 8460 4.4: a failed fetch needs no address and no MX host, as there was no session (Microsoft)") {
    // So is the second failure of the base text already. In a session both are expected.
    constexpr row table[] = {
        {"sts-policy-fetch-error",
         "sts-policy-invalid",
         usable,
         {},
         [](auto& r) { r.policies[0].failures[1].result = tlsrpt_result_type::sts_policy_invalid; }},
        {"sts-policy-fetch-error",
         "sts-webpki-invalid",
         usable,
         {},
         [](auto& r) { r.policies[0].failures[1].result = tlsrpt_result_type::sts_webpki_invalid; }},
        {R"({"result-type":"sts-policy-fetch-error")",
         R"(~{~"result-type":"starttls-not-supported")",
         usable,
         code::report_member_omitted,
         [](auto& r) { r.policies[0].failures[1].result = tlsrpt_result_type::starttls_not_supported; },
         {code::report_member_omitted}},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: where no policy was found its domain may be missing, with a warning (Postfix)") {
    constexpr row table[] = {
        {R"({"policy-type":"no-policy-found","policy-domain":"example.org"})", R"(~{~"policy-type":"no-policy-found"})",
         usable, code::report_member_omitted, [](auto& r) { r.policies[2].policy.domain = {}; }},
        // of a policy that was applied it may not
        {R"({"policy-type":"tlsa","policy-string":["3 1 1 9F86D081"],"policy-domain":"mx2.example.com"})",
         R"(~{~"policy-type":"tlsa","policy-string":["3 1 1 9F86D081"]})", refused, code::report_member_missing,
         [](auto& r) { r.policies[1].policy.domain = {}; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.5: TLSA records written as JSON inside a string are split (Microsoft)") {
    constexpr row table[] = {
        {R"(["3 1 1 9F86D081"])", R"(~[~"[\"3 1 1 9F86D081\", \"3 1 1 60303AE2\"]"])", usable,
         code::report_policy_string_json,
         [](auto& r) {
             r.policies[1].policy.strings = {"3 1 1 9F86D081", "3 1 1 60303AE2"};
         }},
        {R"(["3 1 1 9F86D081"])",
         R"("~[\"3 1 1 9F86D081\"]~")",
         usable,
         code::report_policy_string_json,
         unchanged,
         {code::report_member_bare}},
        // a string that only looks like it is kept as it is
        {R"("3 1 1 9F86D081")",
         R"(~"[\"3 1 1 9F86D081\"")",
         usable,
         {},
         [](auto& r) { r.policies[1].policy.strings = {"[\"3 1 1 9F86D081\""}; },
         {code::report_tlsa_record}},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: the key \"mx:\" before an mx pattern is not part of it") {
    constexpr row table[] = {
        {R"(["mx.example.com"])", R"(["~mx: mx.example.com~"])", usable, code::report_mx_host_key},
        {R"(["mx.example.com"])", R"(["~mx:mx.example.com~"])", usable, code::report_mx_host_key},
        {R"(["mx.example.com"])", R"(["mx.example.com","~mx: *.example.net~"])", usable, code::report_mx_host_key,
         [](auto& r) {
             r.policies[0].policy.mx_hosts = {{"mx.example.com"}, {"*.example.net"}};
         }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: one string counts as an array of it, as the RFC itself prints (erratum 6241)") {
    constexpr row table[] = {
        {R"(["mx.example.com"])", R"(~"mx.example.com"~)", usable, code::report_member_bare},
        {R"(["mx.example.com"])",
         R"(~"mx: mx.example.com"~)",
         usable,
         code::report_member_bare,
         unchanged,
         {code::report_mx_host_key}},
        {R"(["version: STSv1","mx: mx.example.com"])", R"(~"version: STSv1"~)", usable, code::report_member_bare,
         [](auto& r) { r.policies[0].policy.strings = {"version: STSv1"}; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4: failures may add up to more than their total; a reason is any text (Mail.ru)") {
    constexpr row table[] = {
        {R"(30},"failure-details":[)", R"(1},"failure-details":~[~)", usable, code::report_count_sum,
         [](auto& r) { r.policies[0].summary.failed = 1; }},
        {R"("expired")",
         R"("bad answer: 404 <html>")",
         usable,
         {},
         [](auto& r) { r.policies[0].failures[0].reason_code = "bad answer: 404 <html>"; }},
        // to less than the total they may, without a finding
        {"30}", "9007199254740991}", usable, {}, [](auto& r) { r.policies[0].summary.failed = 9007199254740991; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.1: the end of a day may be the start of the next, with a note (Mail.ru, Stalwart)") {
    constexpr row table[] = {
        {R"("2026-08-31T23:59:59Z")", R"("~2026-09-01T00:00:00Z~")", usable, code::report_range_midnight,
         [](auto& r) { *r.date_range.end += 1s; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: an empty address is absent and makes the report unusable, but the rest is kept (Google)") {
    constexpr row table[] = {{"192.0.2.7", "~~", refused, code::ip_empty,
                              [](auto& r) { r.policies[0].failures[0].sending_mta_ip.reset(); }}};
    match(table);
}

TEST_CASE("RFC 8460 4.4: without failures there need be no failure-details (Google, Microsoft)") {
    // The second and third policy of the base text have none.
    constexpr row table[] = {
        {R"(7,"total-failure-session-count":0})", R"(7,"total-failure-session-count":0},"failure-details":[])", usable},
        {R"(7,"total-failure-session-count":0})", R"(7,"total-failure-session-count":0},"failure-details":~null~)",
         refused, code::report_member_null},
        {R"({"policy-type":"tlsa","policy-string":["3 1 1 9F86D081"],)", R"(~{~"policy-type":"tlsa",)", usable,
         code::report_member_omitted, [](auto& r) { r.policies[1].policy.strings = {}; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: a report without policies is usable, with a warning") {
    constexpr std::string_view text =
        R"({"organization-name":"O","date-range":{"start-datetime":"2026-08-31T00:00:00Z","end-datetime":"2026-08-31T)"
        R"(23:59:59Z"},"contact-info":"a@example.net","report-id":"1","policies":[]})";
    auto const result = mtasts::parse_tlsrpt_report(text);
    CHECK(result.usable());
    CHECK(result.value.policies.empty());
    CHECK(result.value.report_id == "1");
    REQUIRE(result.findings.size() == 1);
    CHECK(result.findings[0].code == code::report_policies_empty);
    CHECK(result.findings[0].severity() == mtasts::severity::warning);
}

TEST_CASE("RFC 8460 4.4: a report id has any form (Microsoft, Google, and organisations for domains)") {
    constexpr row table[] = {
        {R"("r1+example.net")", R"("~133000000000000000+~")", usable, code::report_id_domain_missing,
         [](auto& r) { r.report_id = "133000000000000000+"; }},
        {"r1+example.net",
         "2026-08-31T00:00:00Z_example.com",
         usable,
         {},
         [](auto& r) { r.report_id = "2026-08-31T00:00:00Z_example.com"; }},
        {"r1+example.net",
         "2026-08-31T00:00:00Z_idx1_Example Mail, Inc.",
         usable,
         {},
         [](auto& r) { r.report_id = "2026-08-31T00:00:00Z_idx1_Example Mail, Inc."; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.3: unknown types are kept as spelt, and the report stays usable") {
    constexpr row table[] = {
        {R"("sts-policy-fetch-error")", R"("~sts-policy-late~")", usable, code::report_result_unknown,
         [](auto& r) {
             r.policies[0].failures[1].result = {tlsrpt_result_type::other, "sts-policy-late"};
         }},
        {R"("no-policy-found")",
         R"("~invalid-policy~")",
         refused,
         code::report_policy_type_unknown,
         [](auto& r) {
             r.policies[2].policy.type = {tlsrpt_policy_type::other, "invalid-policy"};
         },
         {code::report_member_omitted}},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: an invalid time is absent, never 1970") {
    constexpr row table[] = {
        {both_times,
         R"("start-datetime":"~31.08.2026~","end-datetime":"")",
         refused,
         code::time_syntax,
         no_times,
         {code::time_syntax}},
        {both_times,
         R"("start-datetime":"~2026-08-31~","end-datetime":"2026-09-01")",
         refused,
         code::time_date_only,
         no_times,
         {code::time_date_only}},
        {both_times,
         R"("start-datetime":~0~,"end-datetime":1788134399)",
         refused,
         code::report_member_type,
         no_times,
         {code::report_member_type}},
        {both_times,
         R"("start-datetime":~null~,"end-datetime":null)",
         refused,
         code::report_member_null,
         no_times,
         {code::report_member_null}},
        {both_times,
         R"("start-datetime":"2026-02-~29~T00:00:00Z","end-datetime":"2026-02-29T24:00:00Z")",
         refused,
         code::time_range,
         no_times,
         {code::time_range, code::time_hour_24}},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.4: wrong names of members are ignored, and the finding has the right name") {
    struct named {
        std::string_view wrong, right;
    };
    for (auto const& [wrong, right] : {named{"mx-host-pattern", "mx-host"},
                                       {"additional-info-uri", "additional-information"},
                                       {"failure-error-code", "failure-reason-code"},
                                       {"receiving-mx-host-name", "receiving-mx-hostname"}}) {
        INFO(wrong);
        // In place of the right one, and beside it.
        auto const quoted = '"' + std::string(right) + "\":";
        auto const at = base_text.find(quoted);
        std::string instead(base_text), beside(base_text);
        instead.replace(at + 1, right.size(), wrong);
        beside.insert(at, '"' + std::string(wrong) + "\":[],");
        for (auto const& text : {instead, beside}) {
            auto const result = mtasts::parse_tlsrpt_report(text);
            CHECK(result.usable());
            REQUIRE(result.has(code::report_member_misspelt));
            auto const& said = *result.find(code::report_member_misspelt);
            CHECK(said.where == text_span{at + 1, wrong.size()});
            CHECK(said.detail == right);
            CHECK(said.severity() == mtasts::severity::warning);
        }
        CHECK((mtasts::parse_tlsrpt_report(beside).value == base_value()));
        CHECK_FALSE((mtasts::parse_tlsrpt_report(instead).value == base_value()));
    }
}

TEST_CASE("RFC 8460 4.4: a domain in either case is kept as written, with a note that readers may count it twice") {
    constexpr row table[] = {
        {R"("example.org")", R"("~EXAMPLE.org~")", usable, code::report_domain_case,
         [](auto& r) { r.policies[2].policy.domain = "EXAMPLE.org"; }},
    };
    match(table);
}

TEST_CASE("RFC 8460 4.2.2: a missing count is absent, not zero (Google)") {
    constexpr row table[] = {
        {R"({"total-successful-session-count":7,"total-failure-session-count":0})",
         R"(~{~"total-successful-session-count":7})", refused, code::report_member_missing,
         [](auto& r) { r.policies[1].summary.failed.reset(); }},
    };
    match(table);
}
