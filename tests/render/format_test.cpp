// SPDX-License-Identifier: BSL-1.0
/// Formatters: models and findings as one line.
#include <catch2/catch.hpp>
#include <mtasts/build.hpp>
#include <mtasts/render/format.hpp>

using namespace mtasts;
using fmt::format;

TEST_CASE("A model is formatted as it is written") {
    constexpr std::string_view policy = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 86400\nx: y\n";
    CHECK(format("{}", parse_sts_policy(policy).value) ==
          "version: STSv1; mode: enforce; mx: *.example.com; max_age: 86400; x: y");
    CHECK(format("{}", sts_record{"1", {{"a", "b"}}}) == "v=STSv1; id=1; a=b;");
    CHECK(format("{}", parse_tlsrpt_record("v=TLSRPTv1;rua=mailto:a@example.com").value) ==
          "v=TLSRPTv1; rua=mailto:a@example.com;");
    CHECK(format("{}", parse_tlsrpt_uri("https://example.com/v1").value) == "https://example.com/v1");
    CHECK(format("{}", mx_pattern{"*.example.com"}) == "*.example.com");
    CHECK(format("{}", extension{"a", "b"}) == "a=b");
    CHECK(format("{}", parse_ip_address("2001:DB8:0:0::1").value) == "2001:db8::1");
    CHECK(format("{}", txt_rrset{{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}}) == "v=STSv1; id=1\\nv=spf1 -all");
    CHECK(format("{}", report_filename{"a.example", "b.example", 1, 2, "u", true}) ==
          "a.example!b.example!1!2!u.json.gz");
    CHECK(format("{}", report_subject{"b.example", "a.example", "1"}) ==
          "Report Domain: b.example Submitter: a.example Report-ID: <1>");
    CHECK(format("{} {} {}", policy_mode::testing, severity::note, code::policy_mode_case) ==
          "testing note policy-mode-case");
}

TEST_CASE("RFC 8460 4.4: a report and its objects are formatted as JSON") {
    CHECK(format("{}", tlsrpt_report{}) == R"({"policies":[]})");
    CHECK(format("{}", tlsrpt_session_counts{1, 2}) ==
          R"({"total-successful-session-count":1,"total-failure-session-count":2})");
    CHECK(format("{}", tlsrpt_date_range{}) == "{}");
    tlsrpt_failure failure;
    failure.result = tlsrpt_result_type::certificate_expired;
    failure.failed_sessions = 3;
    CHECK(format("{}", failure) == R"({"result-type":"certificate-expired","failed-session-count":3})");
    CHECK(format("{}", failure.result) == "certificate-expired");
    tlsrpt_applied_policy policy;
    policy.type = {tlsrpt_policy_type::other, "new"};
    CHECK(format("{}", policy) == R"({"policy-type":"new"})");
    CHECK(format("{}", tlsrpt_policy_result{policy, {}, {failure}}).starts_with(R"({"policy":{"policy-type":"new"},)"));
}

TEST_CASE("A finding is formatted with its span, or as a message where the text is given") {
    constexpr std::string_view text = "version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 86400\n";
    auto const policy = parse_sts_policy(text);
    auto const* const found = policy.find(code::policy_mode_case);
    REQUIRE(found != nullptr);
    CHECK(format("{}", *found) == "error: policy-mode-case at 21+7");
    CHECK(format("{}", found->where) == "21+7");
    CHECK(format("{}", finding_in{*found, text}) ==
          "2:7: error: \"Enforce\" is not a mode: the value is case-sensitive [policy-mode-case]");
}

TEST_CASE("The format specification of strings applies") {
    CHECK(format("[{:>6}]", mx_pattern{"a.b"}) == "[   a.b]");
    CHECK(format("[{:*<8.3}]", policy_mode::enforce) == "[enf*****]");
}

TEST_CASE("Formatted text has no control characters") {
    CHECK(format("{}", mx_pattern{"a\x1B[2J\r\n"}) == "a\\x1B[2J\\r\\n");
    CHECK(format("{}", extension{"\xFF", "\xE2\x80\xAE"}) == "\\xFF=\\u{202E}");
    CHECK(format("{}", sts_policy{policy_mode::none, {}, {{"a\r\nb"}}, {}}) ==
          "version: STSv1; mode: none; mx: a; b; max_age: 0");
    tlsrpt_report report;
    report.report_id = "a\nb";
    CHECK(format("{}", report) == R"({"report-id":"a\u000ab","policies":[]})");
}

#ifdef __cpp_lib_format
TEST_CASE("std::format gives the same text as fmt::format") {
    CHECK(std::format("{:>6}", mx_pattern{"a.b"}) == "   a.b");
    CHECK(std::format("{}", text_span{21, 7}) == "21+7");
}
#endif
