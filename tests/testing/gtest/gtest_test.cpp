// SPDX-License-Identifier: BSL-1.0
/// Matchers for GoogleTest: which texts they accept, and what a failure shows.
#include <gtest/gtest-spi.h>
#include <mtasts/testing/gtest.hpp>

#include <string>
#include <string_view>

using namespace mtasts::gtest;
using testing::AllOf;
using testing::Not;

namespace {

constexpr std::string_view usable_policy = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 1209600\n";
constexpr std::string_view faulty_policy = "version: STSv1\nmode: Enforce\nmx: *.example.com\nmax_age: 1209600\n";
constexpr std::string_view hasty_policy = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 60\n";

}  // namespace

TEST(Matchers, HoldForUsableTexts) {
    EXPECT_THAT(usable_policy, IsUsablePolicy());
    EXPECT_THAT(std::string(usable_policy), IsUsablePolicy());
    EXPECT_THAT(faulty_policy, Not(IsUsablePolicy()));
    EXPECT_THAT("v=STSv1; id=1", IsUsableRecord());
    EXPECT_THAT("v=STSv1; id=2016-08-31", Not(IsUsableRecord()));
    EXPECT_THAT("v=TLSRPTv1; rua=mailto:a@example.com", IsUsableTlsrptRecord());
    EXPECT_THAT("v=TLSRPTv1; rua=a@example.com", Not(IsUsableTlsrptRecord()));
    EXPECT_THAT("{}", Not(IsValidReport()));
    EXPECT_THAT(R"({"organization-name":"Company-X","date-range":{"start-datetime":"2016-04-01T00:00:00Z",)"
                R"("end-datetime":"2016-04-01T23:59:59Z"},"contact-info":"tls@company-x.example","report-id":"1",)"
                R"("policies":[]})",
                IsValidReport());
}

TEST(Matchers, HoldForFindingsAndHosts) {
    EXPECT_THAT(usable_policy, LintsClean());
    EXPECT_THAT(hasty_policy, AllOf(IsUsablePolicy(), Not(LintsClean()), HasFinding("policy-max-age-short")));
    EXPECT_THAT(hasty_policy, HasFinding(mtasts::code::policy_max_age_short));
    EXPECT_THAT(usable_policy, AllOf(AllowsMx("a.example.com"), Not(AllowsMx("example.com"))));
    EXPECT_THAT(faulty_policy, Not(AllowsMx("a.example.com")));
}

TEST(Matchers, ShowTheDiagnosisOnFailure) {
    constexpr std::string_view policy =
        "version: STSv1\r\nmode: Enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n";
    constexpr auto expected =
        "\"version: STSv1\\r\\nmode: Enforce\\r\\nmx: mail.example.com\\r\\nmax_age: 1209600\\r\\n\", "
        "of which there is to say:\n"
        "sts-policy:2:7: error: \"Enforce\" is not a mode: the value is case-sensitive [policy-mode-case]\n"
        " 2 | mode: Enforce\n"
        "   |       ^^^^^^^\n"
        "   = RFC 8461 3.2: Write it in lower case.\n";
    EXPECT_NONFATAL_FAILURE(EXPECT_THAT(policy, IsUsablePolicy()), expected);
    EXPECT_NONFATAL_FAILURE(EXPECT_THAT(policy, IsUsablePolicy()), "Expected: is a usable MTA-STS policy");
    EXPECT_NONFATAL_FAILURE(EXPECT_THAT(usable_policy, Not(IsUsablePolicy())),
                            "Expected: not: is a usable MTA-STS policy");
}
