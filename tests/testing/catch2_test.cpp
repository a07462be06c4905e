// SPDX-License-Identifier: BSL-1.0
/// Matchers for Catch2: which texts they accept, and what a failure shows.
#include <catch2/catch.hpp>
#include <mtasts/testing/catch2.hpp>

#include <string>
#include <string_view>
#include <utility>

using namespace mtasts::catch2;

namespace {

constexpr std::string_view usable_policy =
    "version: STSv1\nmode: enforce\nmx: *.example.com\nmx: mail.example.net\nmax_age: 1209600\n";
constexpr std::string_view faulty_policy =
    "version: STSv1\nmode: Enforce\nmx: *.example.com\nmx: mail.example.net\nmax_age: 1209600\n";
constexpr std::string_view hasty_policy = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 60\n";
constexpr std::string_view report =
    R"({"organization-name":"Company-X","date-range":{"start-datetime":"2016-04-01T00:00:00Z",)"
    R"("end-datetime":"2016-04-01T23:59:59Z"},"contact-info":"tls@company-x.example","report-id":"1","policies":[]})";

}  // namespace

TEST_CASE("RFC 8461 3.2: IsUsablePolicy holds for a usable policy only") {
    CHECK_THAT(usable_policy, IsUsablePolicy());
    CHECK_THAT(std::string(usable_policy), IsUsablePolicy());
    CHECK_THAT("version: STSv1\nmode: none\nmax_age: 86400\n", IsUsablePolicy());
    CHECK_THAT(faulty_policy, !IsUsablePolicy());
    CHECK_THAT("", !IsUsablePolicy());
    CHECK_THAT("v=STSv1; id=1", !IsUsablePolicy());
}

TEST_CASE("RFC 8461 3.1: IsUsableRecord holds for a usable record only") {
    CHECK_THAT("v=STSv1; id=1", IsUsableRecord());
    CHECK_THAT("v=STSv1; id=2016-08-31", !IsUsableRecord());
    CHECK_THAT("v=TLSRPTv1; rua=mailto:a@example.com", !IsUsableRecord());
}

TEST_CASE("RFC 8460 3: IsUsableTlsrptRecord holds for a usable record only") {
    CHECK_THAT("v=TLSRPTv1; rua=mailto:a@example.com", IsUsableTlsrptRecord());
    CHECK_THAT("v=TLSRPTv1; rua=a@example.com", !IsUsableTlsrptRecord());
    CHECK_THAT("v=STSv1; id=1", !IsUsableTlsrptRecord());
}

TEST_CASE("RFC 8460 4.4: IsValidReport holds for a valid report only") {
    CHECK_THAT(report, IsValidReport());
    CHECK_THAT(report.substr(0, 100), !IsValidReport());
}

TEST_CASE("LintsClean recognises the kind by the beginning of the text, and allows notes") {
    CHECK_THAT(usable_policy, LintsClean());
    CHECK_THAT(faulty_policy, !LintsClean());
    CHECK_THAT(hasty_policy, IsUsablePolicy() && !LintsClean());
    CHECK_THAT("v=STSv1; id=1;", LintsClean());
    CHECK_THAT("v=STSv1; id=1; id=2;", !LintsClean());
    CHECK_THAT("v=TLSRPTv1; rua=mailto:a@example.com", LintsClean());
    CHECK_THAT("v=TLSRPTv1; rua=", !LintsClean());
    CHECK_THAT(std::string(report) + ",", !LintsClean());
    CHECK_THAT("v=STSv1; id=1; x=y", LintsClean() && HasFinding("record-extension"));
}

TEST_CASE("HasFinding takes a slug or a code") {
    CHECK_THAT(hasty_policy, HasFinding("policy-max-age-short"));
    CHECK_THAT(hasty_policy, HasFinding(mtasts::code::policy_max_age_short));
    CHECK_THAT(faulty_policy, HasFinding("policy-mode-case") && !HasFinding("policy-mode-missing"));
    CHECK_THAT("v=STSv1; id=2016-08-31", HasFinding("record-id-characters"));
    CHECK_THAT("v=TLSRPTv1; rua=mailto:a", HasFinding("uri-mailto-address"));
}

TEST_CASE("RFC 8461 4.1: AllowsMx holds for a host that a usable policy covers") {
    CHECK_THAT(usable_policy, AllowsMx("a.example.com") && AllowsMx("mail.example.net."));
    CHECK_THAT(usable_policy, !AllowsMx("a.b.example.com") && !AllowsMx("example.com"));
    // An unusable policy allows no host.
    CHECK_THAT(faulty_policy, !AllowsMx("a.example.com"));
}

TEST_CASE("RFC 8461 4.1: a failure of AllowsMx says of each pattern why it does not cover the host") {
    for (auto const& [host, why] :
         {std::pair{"a.b.example.com", "*.example.com stands for names with one label more, not with several"},
          std::pair{"EXAMPLE.com.", "*.example.com stands for names with one label more"},
          std::pair{"a.b.example.com.", "*.example.com stands for names with one label more, not with several"},
          std::pair{"a.example.org", "*.example.com is of another domain"},
          std::pair{"a.example.net", "mail.example.net is another name"}}) {
        auto const matcher = AllowsMx(host);
        CHECK_FALSE(matcher.match(usable_policy));
        CHECK_THAT(matcher.toString(), Catch::Contains("mx: " + std::string(why) + '\n'));
    }
    auto const matcher = AllowsMx("a.example.com");
    CHECK_FALSE(matcher.match("version: STSv1\nmode: none\nmax_age: 86400\n"));
    CHECK_THAT(matcher.toString(), Catch::Contains("the policy has no mx\n"));
}

TEST_CASE("A failure shows the diagnosis, with the octets under a caret") {
    auto const matcher = IsUsablePolicy();
    CHECK_FALSE(matcher.match("version: STSv1\r\nmode: Enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n"));
    CHECK(matcher.toString() ==
          "is a usable MTA-STS policy\n"
          "sts-policy:2:7: error: \"Enforce\" is not a mode: the value is case-sensitive [policy-mode-case]\n"
          " 2 | mode: Enforce\n"
          "   |       ^^^^^^^\n"
          "   = RFC 8461 3.2: Write it in lower case.\n"
          "   = expected WSP or sts-policy-mode-value\n"
          "   = fix: write \"enforce\" for \"Enforce\"\n");
    // The same matcher, with another text.
    CHECK_FALSE(matcher.match(""));
    CHECK(matcher.toString().starts_with("is a usable MTA-STS policy\nsts-policy:1:1: error: "));
    auto const other = AllowsMx("a.b\x1B.example");
    CHECK_FALSE(other.match("version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 1209600\r\n"));
    CHECK(other.toString() ==
          "is a usable policy that covers a.b\\x1B.example\nno findings\nmx: mail.example.com is another name\n");
    auto const finding = HasFinding("policy-mode-case");
    CHECK_FALSE(finding.match("v=STSv1; id=2016-08-31"));
    CHECK(finding.toString().starts_with("has the finding policy-mode-case\nsts-record:1:17: error: "));
}
