// SPDX-License-Identifier: BSL-1.0
/// RFC 8259, RFC 7493: reports that are not JSON, or not I-JSON. What was read up to the fault stays in the value.
#include <algorithm>
#include <string>
#include <vector>

#include "tlsrpt_report_rows.hpp"

using namespace report_rows;
using namespace std::string_view_literals;

namespace {

constexpr row json_rows[] = {
    {"Example Mail", "Example Mail", usable},
    // RFC 8259 2: white space between tokens; 7: escapes
    {R"(,"contact-info":"tls)", " ,\r\n\t\"contact-info\" : \"tls", usable},
    {"Example Mail", R"(Exa\u006dple \u004dail)", usable},
    {"Example Mail",
     R"(\"\\\/\b\f\n\r\t\u20ac\uD83D\uDE00)",
     usable,
     {},
     [](auto& r) { r.organization_name = "\"\\/\b\f\n\r\t\xE2\x82\xAC\xF0\x9F\x98\x80"; }},
    {R"("report-id")", R"("report\u002did")", usable},
    {"Example Mail",
     "M\xC3\xBCnz \xF0\x9F\x99\x82",
     usable,
     {},
     [](auto& r) { r.organization_name = "M\xC3\xBCnz \xF0\x9F\x99\x82"; }},
    {"Example Mail", R"(Example~\u0000~Mail)", refused, code::json_nul,
     [](auto& r) { r.organization_name = "Example\0Mail"sv; }},
    {"Example Mail", R"(x~\ud83d~y)", refused, code::json_surrogate,
     [](auto& r) { r.organization_name = "x\xEF\xBF\xBDy"; }},
    {"Example Mail", R"(~\uDE00~)", refused, code::json_surrogate,
     [](auto& r) { r.organization_name = "\xEF\xBF\xBD"; }},
    {"Example Mail", R"(~\ud83d~\ud83d\ude00)", refused, code::json_surrogate,
     [](auto& r) { r.organization_name = "\xEF\xBF\xBD\xF0\x9F\x98\x80"; }},
    {"Example Mail",
     R"(~\ude00~\ud83d)",
     refused,
     code::json_surrogate,
     [](auto& r) { r.organization_name = "\xEF\xBF\xBD\xEF\xBF\xBD"; },
     {code::json_surrogate}},
    {"Example Mail",
     R"(~\ud83d~\n\ude00)",
     refused,
     code::json_surrogate,
     [](auto& r) { r.organization_name = "\xEF\xBF\xBD\n\xEF\xBF\xBD"; },
     {code::json_surrogate}},
    // RFC 7493 2.1: noncharacters, escaped and as they are
    {"Example Mail", R"(~\uffff~)", refused, code::json_noncharacter,
     [](auto& r) { r.organization_name = "\xEF\xBF\xBF"; }},
    {"Example Mail", R"(~\ud83f\udfff~)", refused, code::json_noncharacter,
     [](auto& r) { r.organization_name = "\xF0\x9F\xBF\xBF"; }},
    {"Example Mail", "x~\xEF\xBF\xBE~", refused, code::json_noncharacter,
     [](auto& r) { r.organization_name = "x\xEF\xBF\xBE"; }},
    {"Example Mail", "~\xEF\xB7\x90~", refused, code::json_noncharacter,
     [](auto& r) { r.organization_name = "\xEF\xB7\x90"; }},
    {"Example Mail",
     "\xEF\xBF\xBD\xEF\xB7\x8F\xEF\xB7\xB0",
     usable,
     {},
     [](auto& r) { r.organization_name = "\xEF\xBF\xBD\xEF\xB7\x8F\xEF\xB7\xB0"; }},
    {R"("policies":[)",
     R"("x":"~\udc00~","policies":[)",
     refused,
     code::json_surrogate,
     unchanged,
     {code::report_member_unknown}},
    // RFC 7493 2.3: duplicate names, compared without escapes; of known ones the first counts
    {R"("report-id":"r1+example.net")", R"("report-id":"r1+example.net","~report-id~":"r2")", refused,
     code::json_duplicate},
    {R"("report-id":"r1+example.net")", R"("report-id":"r1+example.net","~report\u002did~":"r2")", refused,
     code::json_duplicate},
    {R"("policy-type":"tlsa")", R"("policy-type":"tlsa","~policy-type~":"sts")", refused, code::json_duplicate},
    {R"("policies":[)",
     R"("x":1,"~x~":2,"policies":[)",
     refused,
     code::json_duplicate,
     unchanged,
     {code::report_member_unknown, code::report_member_unknown}},
    {R"("policies":[)",
     R"("x":1,"~\u0078~":2,"policies":[)",
     refused,
     code::json_duplicate,
     unchanged,
     {code::report_member_unknown, code::report_member_unknown}},
    {R"("policies":[)",
     R"("x":[{"y":1,"z":{"y":1},"~y~":[]}],"policies":[)",
     refused,
     code::json_duplicate,
     unchanged,
     {code::report_member_unknown}},
    {R"("policies":[)", R"("~x~":{"policies":[{"x":null}],"report-id":"r2"},"policies":[)", usable,
     code::report_member_unknown},
    // RFC 8259 8.1
    {R"({"organization-name")", "~\xEF\xBB\xBF~{\"organization-name\"", usable, code::json_byte_order_mark},
};
static_assert(holds(json_rows[0]) && holds(json_rows[3]) && holds(json_rows[10]));

constexpr auto no_counts = [](tlsrpt_report& r) { r.policies[2].summary = {}; };
constexpr auto no_domain = [](tlsrpt_report& r) {
    r.policies[2].policy.domain = {};
    r.policies[2].summary = {};
};
constexpr auto nothing = [](tlsrpt_report& r) { r = {}; };

/// Nothing is read after the fault.
constexpr row broken_rows[] = {
    {base_text, "~~", refused, code::json_empty, nothing},
    {base_text, " \n~~", refused, code::json_empty, nothing},
    {"count\":5", "count\":~}~", refused, code::json_syntax, no_counts},
    {"count\":5", "count\":~\xC3\xBC~", refused, code::json_syntax, no_counts},
    {"count\":5", "count\"~5~", refused, code::json_syntax, no_counts},
    {"count\":5", "count\"~=~5", refused, code::json_syntax, no_counts},
    {"0}}]}", "0~]~}]}", refused, code::json_syntax},
    {"0}}]}", "0,~}~}]}", refused, code::json_trailing_comma},
    {"0}}]}", "0}},~]~}", refused, code::json_trailing_comma},
    {"5,\"total-failure-session-count\":0}}]}", "5 ~\"~total-failure-session-count\":0}}]}", refused,
     code::json_comma_missing, [](auto& r) { r.policies[2].summary.failed.reset(); }},
    {R"("version: STSv1",")", R"("version: STSv1" ~"~)", refused, code::json_comma_missing,
     [](auto& r) {
         r.policies.resize(1);
         r.policies[0] = {};
         r.policies[0].policy.type = tlsrpt_policy_type::sts;
         r.policies[0].policy.strings = {"version: STSv1"};
     }},
    {"count\":5", "count\":~'~5'", refused, code::json_single_quotes, no_counts},
    {R"("example.org")", "~'~example.org'", refused, code::json_single_quotes, no_domain},
    {R"("policy-domain":"example.org")", R"(~'~policy-domain':"example.org")", refused, code::json_single_quotes,
     no_domain},
    {R"("policy-domain":"example.org")", R"(~policy-domain~:"example.org")", refused, code::json_name_unquoted,
     no_domain},
    {"count\":5", "count\":~True~", refused, code::json_literal, no_counts},
    {"count\":5", "count\":~NaN~", refused, code::json_literal, no_counts},
    {"count\":5", "count\":~nul~", refused, code::json_literal, no_counts},
    {"count\":5", "count\":~nullx~", refused, code::json_literal, no_counts},
    {"count\":5", "count\":~05~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~+5~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~.5~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~5.~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~5e~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~5-1~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~0x5~", refused, code::json_number, no_counts},
    {"count\":5", "count\":~-~", refused, code::json_number, no_counts},
    {"example.org", "example~\n~.org", refused, code::json_control, no_domain},
    {"example.org", "example~\t~.org", refused, code::json_control, no_domain},
    {"example.org", "example~\x1F~.org", refused, code::json_control, no_domain},
    {"example.org", R"(example~\x~2eorg)", refused, code::json_escape, no_domain},
    {"example.org", R"(example~\'~org)", refused, code::json_escape, no_domain},
    {"example.org", R"(example~\u00G~0org)", refused, code::json_escape, no_domain},
    {"example.org", "example~\\\xC3\xBC~org", refused, code::json_escape, no_domain},
    {"example.org", "example~\0~.org"sv, refused, code::json_nul, no_domain},
    {"count\":5", "count\":~\0~5"sv, refused, code::json_nul, no_counts},
    {"example.org", "ex~\xFC~ample.org", refused, code::text_not_utf8, no_domain},
    {"example.org", "ex~\xED~\xA0\x80.org", refused, code::text_not_utf8, no_domain},
    {"example.org", "ex\\n~\xC0~\x80.org", refused, code::text_not_utf8, no_domain},
    {"0}}]}", "0}}]}\n~{}~", refused, code::json_trailing},
    {"0}}]}", "0}}]}~,~", refused, code::json_trailing},
    {R"("policies":[)",
     R"("x":[[[[[[[[[[[[[[[~[~]]]]]]]]]]]]]]],"policies":[)",
     refused,
     code::json_deep,
     [](auto& r) { r.policies = {}; },
     {code::report_member_unknown}},
    {R"("policies":[)",
     R"("x":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]],"policies":[)",
     usable,
     {},
     unchanged,
     {code::report_member_unknown}},
    {base_text, "~{\0~\"\0"sv, refused, code::json_not_utf8_encoding, nothing},
    {base_text, "~\0{~\0\""sv, refused, code::json_not_utf8_encoding, nothing},
    {base_text, "~\xFF\xFE~{\0"sv, refused, code::json_not_utf8_encoding, nothing},
    {base_text, "~\xFE\xFF~\0{"sv, refused, code::json_not_utf8_encoding, nothing},
    {base_text, " ~[{}]~ ", refused, code::report_not_object, nothing},
    {base_text, "~null~", refused, code::report_not_object, nothing},
    {base_text, R"(~"report"~)", refused, code::report_not_object, nothing},
    {base_text, "~5~", refused, code::report_not_object, nothing},
};
static_assert(holds(broken_rows[0]) && holds(broken_rows[8]));

/// The parts of the base text, in its order.
std::vector<std::string> parts(tlsrpt_report const& report) {
    std::vector<std::string> all;
    auto const base = base_value();
    auto const text = [&](std::string_view part) {
        if (!part.empty()) all.push_back('"' + std::string(part) + '"');
    };
    auto const count = [&](std::optional<std::uint64_t> const& number) {
        // A number is complete when something follows it.
        if (number) all.push_back(std::to_string(*number) + (all.back().front() == '"' ? "," : "}"));
    };
    text(report.organization_name);
    if (report.date_range.start) text(report.date_range.start == base.date_range.start ? "2026-08-31T00:00:00Z" : "?");
    if (report.date_range.end) text(report.date_range.end == base.date_range.end ? "2026-08-31T23:59:59Z" : "?");
    text(report.contact_info);
    text(report.report_id);
    for (auto const& [policy, summary, failures] : report.policies) {
        text(policy.type.text());
        for (auto const line : policy.strings) text(line);
        text(policy.domain);
        for (auto const& pattern : policy.mx_hosts) text(pattern.text);
        count(summary.successful);
        count(summary.failed);
        for (auto const& failure : failures) {
            text(failure.result.text());
            if (failure.sending_mta_ip) text(to_text(*failure.sending_mta_ip).view());
            text(failure.receiving_mx_hostname);
            text(failure.receiving_mx_helo);
            if (failure.receiving_ip) text(to_text(*failure.receiving_ip).view());
            if (failure.failed_sessions)
                all.push_back(std::to_string(*failure.failed_sessions) + (failure.receiving_ip ? "," : "}"));
            text(failure.additional_information);
            text(failure.reason_code);
        }
    }
    return all;
}

}  // namespace

TEST_CASE("RFC 7493 2: JSON with duplicate names, surrogates or noncharacters is not usable") { match(json_rows); }
TEST_CASE("RFC 8259 2: after the first syntax error nothing is read, and what was read is kept") { match(broken_rows); }

TEST_CASE("RFC 8259: every finding about JSON except truncation has a row here") {
    auto seen = codes_of(json_rows, broken_rows);
    // see below
    seen.insert(code::json_truncated);
    check_range(seen, code::json_empty, code::json_not_utf8_encoding);
    check_range(seen, code::text_not_utf8, code::text_not_utf8);
}

TEST_CASE("RFC 8259 2: a truncated report keeps exactly the values that it has in full") {
    auto const all = parts(base_value());
    std::vector<std::size_t> ends;
    for (std::size_t from = 0; auto const& part : all) {
        from = base_text.find(part, from);
        REQUIRE(from != base_text.npos);
        ends.push_back(from + part.size());
    }
    for (std::size_t size = 0; size != base_text.size(); ++size) {
        auto const text = base_text.substr(0, size);
        auto const result = mtasts::parse_tlsrpt_report(text);
        auto const whole = static_cast<std::ptrdiff_t>(std::upper_bound(ends.begin(), ends.end(), size) - ends.begin());
        INFO("text: " << text);
        CHECK_FALSE(result.usable());
        REQUIRE(result.findings.size() == 1);
        CHECK(result.findings[0].code == (size == 0 ? code::json_empty : code::json_truncated));
        CHECK(result.findings[0].where == text_span{size, 0});
        CHECK((parts(result.value) == std::vector(all.begin(), all.begin() + whole)));
    }
}

TEST_CASE("RFC 8259 2: a text truncated inside a literal, a number or a character has its finding at the end") {
    constexpr auto text = R"({"a":[true,false,null,-1.5e+7],"b":"\ud83d\ude00)"
                          "\xF0\x9F\x98\x80\"}"sv;
    for (std::size_t size = 0; size != text.size(); ++size) {
        INFO("text: " << text.substr(0, size));
        auto const result = mtasts::parse_tlsrpt_report(text.substr(0, size));
        CHECK_FALSE(result.usable());
        REQUIRE(!result.findings.empty());
        CHECK(result.findings.back().makes_unusable());
        CHECK(result.findings.back().where.end() == size);
    }
}
