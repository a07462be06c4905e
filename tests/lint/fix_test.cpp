/// Corrections that a machine makes.
#include <array>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts.hpp>

using namespace mtasts;

namespace {

struct fix_row {
    std::string_view text;
    std::string_view fixed;
};

constexpr auto policy_findings = [](std::string_view text) { return check_sts_policy(text).findings; };
constexpr auto record_findings = [](std::string_view text) { return check_sts_record(text).findings; };
constexpr auto tlsrpt_findings = [](std::string_view text) { return check_tlsrpt_record(text).findings; };

#define POLICY "version: STSv1\r\nmode: enforce\r\nmx: a.example.com\r\nmax_age: 1209600\r\n"

constexpr auto policies = std::to_array<fix_row>({
    {"\xEF\xBB\xBF" POLICY, POLICY},
    {POLICY "\r\n", POLICY},
    {"\r\n" POLICY "  \r\n", POLICY},
    {POLICY "# note\r\n", POLICY},
    {" version : STSv1\r\nmode= enforce\r\nmx: a.example.com \r\nmax_age: 1209600\r\n", POLICY},
    {"version: stsv1\r\nmode: ENFORCE\r\nmx: a.example.com.\r\nmax_age: 14d\r\n", POLICY},
    {"version: STSv1\r\nMode: \"enforce\"\r\nmx: 'a.example.com'\r\nmax-age: +1209600\r\n", POLICY},
    {"version: STSv1\rmode: enforce\rmx: a.example.com\rmax_age: 1209600\r", POLICY},
    {"version: STSv1\r\nmode: enforce\r\nmx: smtp://a.example.com:25/\r\nmax_age: 001209600\r\n", POLICY},
    {"version: STSv1\r\nmode: enforce\r\nmx: 10 a.example.com\r\nmax_age: 1_209_600\r\n", POLICY},
    {POLICY "mode: testing\r\nmx: A.example.com\r\n", POLICY},
    {POLICY "mx: b.example.com, c.example.com\r\n", POLICY "mx: b.example.com\r\nmx: c.example.com\r\n"},
    {POLICY "mx: .d.example.com\r\n", POLICY "mx: *.d.example.com\r\n"},
    {POLICY "mx: b\u00FCcher.example.com\r\n", POLICY "mx: xn--bcher-kva.example.com\r\n"},
    {POLICY "nmx: b.example.com\r\n", POLICY "mx: b.example.com\r\n"},
    // With LF the correction leaves notes that nobody took before; the policy is usable all the same.
    {"version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 604800\n\n",
     "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n"},
    {"Version: STSv1\nmode: none\nmax_age: 1\n", "version: STSv1\nmode: none\nmax_age: 1\n"},
    {"mode: none\nmax_age: 1\n", "version: STSv1\nmode: none\nmax_age: 1\n"},
    {"version: STSv1; mode: enforce; mx: a.example.com; max_age: 1209600\r\n", POLICY},
    {"version: STSv1;\r\nmode: enforce # now\r\nmx: a.example.com;\r\nmax_age: \"1209600\"\r\n", POLICY},
    {"version: STSv1\r\nmode: enforce\r\nmx: https://user:pw@a.example.com/x\r\nmax_age: 1,209,600\r\n", POLICY},
    {"mode: enforce\r\nmx: a.example.com\r\nmax_age: 99999999999\r\n",
     "version: STSv1\r\nmode: enforce\r\nmx: a.example.com\r\nmax_age: 31557600\r\n"},
    {"version: STSv1\r\nmode: report\r\nmx: a.example.com\r\nmax_age: 1209600\r\n",
     "version: STSv1\r\nmode: testing\r\nmx: a.example.com\r\nmax_age: 1209600\r\n"},
});

constexpr auto records = std::to_array<fix_row>({
    {"\"v=STSv1; i\" \"d=1;\"", "v=STSv1; id=1;"},
    {"\"v=STSv1\\; id=1\\;\"", "v=STSv1; id=1;"},
    {"v=STSv1\\; id=1", "v=STSv1; id=1"},
    {" V=stsv1 ;; id = 2016-08-31 ", "v=STSv1; id=20160831"},
    {"v=STSv1 id=1", "v=STSv1; id=1"},
    {"v=STSv1, id=1", "v=STSv1; id=1"},
    {"v=STSv1; id:1", "v=STSv1; id=1"},
    {"v=STSv1; id=2026 08 31", "v=STSv1; id=20260831"},
    {"_mta-sts.example.com. IN TXT \"v=STSv1; id=1;\"", "v=STSv1; id=1;"},
    {"\u201Cv=STSv1; id=1\u201D", "v=STSv1; id=1"},
    {"\"v=STSv1\\059 id=1\"", "v=STSv1; id=1"},
    {"v=STSv1; id=1\r\n", "v=STSv1; id=1"},
    {"id=1", "v=STSv1; id=1"},
    {"v=STSv1; ID=1", "v=STSv1; id=1"},
    {"v=STSv1; id=1; id=2; v=STSv1", "v=STSv1; id=1"},
});

constexpr auto tlsrpt_records = std::to_array<fix_row>({
    {"v=TLSRPTv1; rua=a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; ru=mailto:a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua= mailto:a@b.example!10m", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example,", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=mailto: a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=\"mailto:a@b.example\"", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=https://c.example/a b  c d e f", "v=TLSRPTv1; rua=https://c.example/a%20b%20%20c%20d%20e%20f"},
    {"v=TLSRPTv1; rua=mailto:a@b.example; mailto:c@d.example", "v=TLSRPTv1; rua=mailto:a@b.example,mailto:c@d.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example mailto:c@d.example", "v=TLSRPTv1; rua=mailto:a@b.example,mailto:c@d.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example?subject=x", "v=TLSRPTv1; rua=mailto:a@b.example"},
});

template <class Rows, class Check>
void check_fixes(Rows const& rows, Check check) {
    for (auto const& [text, fixed] : rows) {
        INFO(visible(text));
        CHECK(visible(fixed_text(text, check)) == visible(fixed));
        CHECK(badness(check(fixed)).better_than(badness(check(text))));
        CHECK(fixed_text(fixed, check) == fixed);
    }
}

}  // namespace

TEST_CASE("RFC 8461 3.2: faults of a policy that a machine can correct") { check_fixes(policies, policy_findings); }
TEST_CASE("RFC 8461 3.1: faults of a record that a machine can correct") { check_fixes(records, record_findings); }
TEST_CASE("RFC 8460 3: faults of a TLS-RPT record that a machine can correct") {
    check_fixes(tlsrpt_records, tlsrpt_findings);
}

TEST_CASE("RFC 8461 3.2: what was meant is not guessed") {
    for (std::string_view const text :
         {"version: STSv1\nmode: bogus\nmx: a.example\nmax_age: 1209600\n", POLICY "mx: a_b.example\r\n",
          POLICY "mx: *\r\n", POLICY "mx: mail,example,com\r\n", POLICY "mx: a b\r\n", POLICY "note: \xFF\r\n",
          "version: STSv1\nmode: none\nmax_age: 12.5\n", "<html></html>", ""})
        CHECK(visible(fixed_text(text, policy_findings)) == visible(text));
    for (std::string_view const text : {"v=STSv1; id=%DATE%", "v=STSv1; id=-", "v=spf1 -all"})
        CHECK(visible(fixed_text(text, record_findings)) == visible(text));
    for (std::string_view const text : {"v=TLSRPTv1; rua=mailto=a@b.example", "v=TLSRPTv1; rua=//c.example/x"})
        CHECK(visible(fixed_text(text, tlsrpt_findings)) == visible(text));
    // A usable text does not get more findings than it has, be they less grave.
    constexpr std::string_view typo =
        "version: STSv1\r\nmode: enforce\r\nmx: a.example\r\nmax_age: 99999999\r\n"
        "nmx: xn--a.xn--b.xn--c.xn--d.example\r\n";
    CHECK(fixed_text(typo, policy_findings) == typo);
    // A name that stands there already is not written a second time.
    CHECK(fixed_text(POLICY "Mode: none\r\n", policy_findings) == POLICY "Mode: none\r\n");
}
