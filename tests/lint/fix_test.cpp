// SPDX-License-Identifier: BSL-1.0
/// Corrections that are made, and those that are left to a person.
#include <algorithm>
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

#define HEAD "version: STSv1\r\nmode: enforce\r\nmx: a.example.com\r\n"
#define POLICY HEAD "max_age: 1209600\r\n"
#define OTHER(MODE) "version: STSv1\r\n" MODE "mx: a.example.com\r\nmax_age: 1209600\r\n"

constexpr auto policies = std::to_array<fix_row>({
    {"\xEF\xBB\xBF" POLICY, POLICY},
    {POLICY "\r\n", POLICY},
    {"\r\n" POLICY "  \r\n", POLICY},
    {POLICY "# note\r\n", POLICY},
    {" version : STSv1\r\nmode= enforce\r\nmx: a.example.com \r\nmax_age: 1209600\r\n", POLICY},
    {"version: stsv1\r\nmode: ENFORCE\r\nmx: a.example.com.\r\nmax_age: 14d\r\n", POLICY},
    {"version: STSv1\r\nMode: \"enforce\"\r\nmx: 'a.example.com'\r\nmax-age: +1209600\r\n", POLICY},
    {"version: STSv1\r\nmode: enforce\r\nmx : \"a.example.com.\"\r\nMAX_AGE = 1209600;\r\n", POLICY},
    {"version: STSv1\rmode: enforce\rmx: a.example.com\rmax_age: 1209600\r", POLICY},
    {"Version: STSv1\nmode: none\nmax_age: 1\n", "version: STSv1\nmode: none\nmax_age: 1\n"},
    {"mode: none\nmax_age: 1\n", "version: STSv1\nmode: none\nmax_age: 1\n"},
    {"version: STSv1;\r\nmode: enforce # now\r\nmx: a.example.com;\r\nmax_age: \"1209600\"\r\n", POLICY},
    {OTHER("mode: report\r\n"), OTHER("mode: testing\r\n")},
    // With LF, the correction leaves notes that were not there before, but the policy is usable.
    {"version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 604800\n\n",
     "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n"},
    // Numbers with a single reading.
    {HEAD "max_age: 2w\r\n", POLICY},
    {HEAD "max_age: 336 Hours\r\n", POLICY},
    {HEAD "max_age: 1_209_600\r\n", POLICY},
    {HEAD "max_age: 1,209,600\r\n", POLICY},
    {HEAD "max_age: 000000001209600\r\n", POLICY},
    // Duplicates that agree, or of which one is empty, are not contradictions.
    {OTHER("mode : enforce\r\nmode: enforce\r\n"), OTHER("mode: enforce\r\nmode: enforce\r\n")},
    {OTHER("mode:\r\nmode: enforce\r\n"), POLICY},
    {OTHER("mode: enforce\r\nmode:\r\n"), POLICY},
    // A comment states nothing, and an extension stays an extension.
    {OTHER("mode: enforce\r\n# mode: none\r\n"), POLICY},
    {POLICY "mx2: b.example.com\r\n\r\n", POLICY "mx2: b.example.com\r\n"},
    {POLICY "mx: A.example.com\r\n\r\n", POLICY "mx: A.example.com\r\n"},
    // Blanks in a usable text.
    {POLICY "nmx: b.example.com \r\n", POLICY "nmx: b.example.com\r\n"},
    {OTHER("mode: testing\r\nmode: enforce\t\r\n"), OTHER("mode: testing\r\nmode: enforce\r\n")},
});

constexpr auto policies_to_leave = std::to_array<std::string_view>({
    "version: STSv1\nmode: bogus\nmx: a.example\nmax_age: 1209600\n",
    POLICY "mx: a_b.example\r\n",
    POLICY "mx: *\r\n",
    POLICY "note: \xFF\r\n",
    "version: STSv1\nmode: none\nmax_age: 12.5\n",
    "<html></html>",
    "",
    // Two modes, versions or max_ages, either of which may be meant.
    OTHER("mode : none\r\nmode: enforce\r\n"),
    OTHER("mode: enforce\r\nmode : none\r\n"),
    OTHER("mode: Enforce\r\nmode: none\r\n"),
    OTHER("mode: none\r\nmode= enforce\r\n"),
    OTHER("Mode: enforce\r\nMODE: none\r\n"),
    OTHER("mode: none # for now\r\nmode: enforce\r\n"),
    OTHER("mode: none\r\n\r\nmode: enforce\r\n"),
    OTHER("mode: none\r\n\r\nmode: enforced\r\n"),
    OTHER("mode: none\r\n\r\nMode: enforce\r\n"),
    OTHER("mode: none\r\n\r\nmoed: enforce\r\n"),
    OTHER("mode: enforced\r\nmode: none\r\n"),
    HEAD "max_age : 1\r\nmax_age: 1209600\r\n",
    HEAD "max_age: 1209600\r\n\r\nmax_age: 1\r\n",
    "VERSION = STSv2\nmode: none\nmax_age: 1\n",
    "version : STSv2\nversion: STSv1\nmode: none\nmax_age: 1\n",
    "ver.sion: 60\nmode: none\nmax_age: 1\n",
    // A CR inside a line, which would begin another one, of another field.
    HEAD "x: 1\rmx: evil.example\r\nmax_age: 1209600\r\n",
    "version: STSv1\nmode: none\nmax_age: 1\rmode: enforce\n",
    // Minutes or months; 365 or 365.25 days; a fraction; above the limit; too many digits.
    HEAD "max_age: 6M\r\n",
    HEAD "max_age: 6m\r\n",
    HEAD "max_age: 1y\r\n",
    HEAD "max_age: 1.209\r\n",
    HEAD "max_age: 604,800\r\n",
    HEAD "max_age: 53w\r\n",
    HEAD "max_age: 99999999999\r\n",
    HEAD "max_age: -1209600\r\n",
    // A host that is not the text of an mx line.
    POLICY "mx: .d.example.com\r\n",
    POLICY "mx: b\u00FCcher.example.com\r\n",
    POLICY "mx: b.example.com, c.example.com\r\n",
    POLICY "mx: b.example.com c.example.com\r\n",
    POLICY "mx: 10 b.example.com\r\n",
    POLICY "mx: b.example.com:25\r\n",
    POLICY "mx: smtp://b.example.com/\r\n",
    POLICY "mx: https://user:pw@b.example.com/x\r\n",
    POLICY "mx: <b.example.com>\r\n",
    POLICY "mx: b..example.com\r\n",
    POLICY "mx: b.exa\"mple.com\r\n",
    POLICY "mx: b.example.com # c.example.com\r\n",
    POLICY "mx: mail,example,com\r\n",
    "version: STSv1\r\nmode: enforce\r\nMX: a.example.com\r\nmax_age: 1209600\r\n",
    "version: STSv1; mode: enforce; mx: a.example.com; max_age: 1209600\r\n",
    // The line to be removed might be the one that was meant.
    POLICY "mx:\r\n",
    POLICY "note:\r\n",
    POLICY "note= b\r\n",
    // A usable policy, even if another may be meant.
    POLICY "mx2: b.example.com\r\n",
    POLICY "nmx: b.example.com\r\n",
    POLICY "Mode: none\r\n",
    POLICY "mode: testing\r\nmx: A.example.com\r\n",
    HEAD "max_age: 0001209600\r\n",
    HEAD "max_age: 99999999\r\n",
});

constexpr auto records = std::to_array<fix_row>({
    {"\"v=STSv1; \" \"id=1;\"", "v=STSv1; id=1;"},
    {"\"v=STSv1\\; id=1\\;\"", "v=STSv1; id=1;"},
    {"v=STSv1\\; id=1", "v=STSv1; id=1"},
    {" V=stsv1 ;; id = 20160831 ", "v=STSv1; id=20160831"},
    {"v=STSv1 id=1", "v=STSv1; id=1"},
    {"v=STSv1, id=1", "v=STSv1; id=1"},
    {"v=STSv1; id:1", "v=STSv1; id=1"},
    {"v=STSv1; id=\"1\"", "v=STSv1; id=1"},
    {"_mta-sts.example.com. IN TXT \"v=STSv1; id=1;\"", "v=STSv1; id=1;"},
    {"\u201Cv=STSv1; id=1\u201D", "v=STSv1; id=1"},
    {"v=STSv1; id=1\r\n", "v=STSv1; id=1"},
    {"id=1", "v=STSv1; id=1"},
    {"v=STSv1; ID=1", "v=STSv1; id=1"},
    {"v=STSv1; id=; id=new", "v=STSv1; id=new"},
    {"v=STSv1; id=1;; id=1", "v=STSv1; id=1; id=1"},
    {"v=STSv1 ; id=1; id=2", "v=STSv1; id=1; id=2"},
});

constexpr auto records_to_leave = std::to_array<std::string_view>({
    "v=STSv1; id=%DATE%",
    "v=STSv1; id=-",
    "v=spf1 -all",
    // Not the id in the text.
    "v=STSv1; id=a-b",
    "v=STSv1; id=2016-08-31",
    "v=STSv1; id=2026 08 31",
    "\"v=STSv1; id=20\" \"16\"",
    "\"v=STSv1; id=\\0491\"",
    // Which of two?
    "v=STSv1; id=a-b; id=new",
    "v=STSv1; id=new;; id=a-b",
    "v=STSv1;; id=1; id=2",
    "v=STSv1; ID=1; Id=2",
    "v=STSv1 id=1 id=2",
    "V=stsv1; id=1; v=STSv2",
    "id=abc; v=STSv2",
    "v=STSv1; x=k1 id=l2; id=a1",
    "\"v=STSv1; id=1\" \"v=STSv1; id=2\"",
    "_mta-sts IN TXT \"v=STSv1; id=1\" ; \"was 2\"",
    "_mta-sts IN TXT v=STSv1; x=2; \"v=STSv1; id=1\"",
    "rua=mailto:a@b.example; id=1",
    // A usable record.
    "v=STSv1; id=1; id=2; v=STSv1",
    "v=STSv1; ids=1; id=2",
});

constexpr auto tlsrpt_records = std::to_array<fix_row>({
    {"v=TLSRPTv1; rua=a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; RUA=mailto:a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua= mailto:a@b.example!10m", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example,", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=mailto: a@b.example", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=\"mailto:a@b.example\"", "v=TLSRPTv1; rua=mailto:a@b.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example; mailto:c@d.example", "v=TLSRPTv1; rua=mailto:a@b.example,mailto:c@d.example"},
    {"v=TLSRPTv1; rua=mailto:a@b.example mailto:c@d.example", "v=TLSRPTv1; rua=mailto:a@b.example,mailto:c@d.example"},
});

constexpr auto tlsrpt_records_to_leave = std::to_array<std::string_view>({
    "v=TLSRPTv1; rua=mailto=a@b.example",
    "v=TLSRPTv1; rua=//c.example/x",
    "v=TLSRPTv1; ru=mailto:a@b.example",
    "v=TLSRPTv1; rua=https://c.example/a b",
    "v=TLSRPTv1; rua=https://c.example/a!10m",
    "v=TLSRPTv1; rua=mailto:a!b@c.example",
    "v=TLSRPTv1; rua=https://c.example/100%",
    "v=TLSRPTv1; rua=mailto:a@b.example; x=1; mailto:c@d.example",
    "v=TLSRPTv1; rua=mailto:a@b.example?subject=x",
    "v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:a@b.example",
    "v=TLSRPTv1;; rua=mailto:a@b.example; rua=mailto:c@d.example",
    "v=TLSRPTv1; rua=a@b.example; RUA = mailto:c@d.example",
    "rua=mailto:a@b.example; v=DMARC1",
});

constexpr auto contradictions = std::to_array<std::string_view>({
    "v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:c@d.example",
    "v=TLSRPTv1; rua=mailto:a@b.example; \"RUA\" : mailto:A@b.example",
    "v=TLSRPTv1; rua=mailto:a@b.example; v=DMARC1",
    "v=STSv1; id=a; ID=A",
    "version: STSv1\nver.sion: 60\n",
});
constexpr auto no_contradictions = std::to_array<std::string_view>({
    "v=TLSRPTv1; rua=mailto:a@b.example; rua=mailto:a@b.example; rua=",
    "v=TLSRPTv1; rua=mailto:a@b.example,mailto:c@d.example; ruf=mailto:e@f.example",
    "v=STSv1; id=a; V=stsv1",
    "mx: a.example\nmx: b.example\n",
});
static_assert(std::all_of(contradictions.begin(), contradictions.end(), contradicts_itself));
static_assert(std::none_of(no_contradictions.begin(), no_contradictions.end(), contradicts_itself));

template <class Rows, class Check>
void check_fixes(Rows const& rows, Check check) {
    for (auto const& [text, fixed] : rows) {
        INFO(visible(text));
        CHECK(visible(fixed_text(text, check)) == visible(fixed));
        CHECK(fixed_text(fixed, check) == fixed);
    }
}

template <class Rows, class Check>
void check_left(Rows const& rows, Check check) {
    for (auto const text : rows) CHECK(visible(fixed_text(text, check)) == visible(text));
}

/// Whether any finding about a text is marked as correctable.
bool offers_fix(findings const& found, std::string_view text) {
    return std::any_of(found.begin(), found.end(), [&](finding const& f) { return fix_of(f, text).has_value(); });
}

}  // namespace

TEST_CASE("RFC 8461 3.2: faults of a policy with one possible meaning are corrected") {
    check_fixes(policies, policy_findings);
}
TEST_CASE("RFC 8461 3.1: faults of a record with one possible meaning are corrected") {
    check_fixes(records, record_findings);
}
TEST_CASE("RFC 8460 3: faults of a TLS-RPT record with one possible meaning are corrected") {
    check_fixes(tlsrpt_records, tlsrpt_findings);
}

TEST_CASE("RFC 8461 3.2: a policy with two possible meanings is left as it is") {
    check_left(policies_to_leave, policy_findings);
}
TEST_CASE("RFC 8461 3.1: a record with two possible meanings is left as it is") {
    check_left(records_to_leave, record_findings);
}
TEST_CASE("RFC 8460 3: a TLS-RPT record with two possible meanings is left as it is") {
    check_left(tlsrpt_records_to_leave, tlsrpt_findings);
}

TEST_CASE("RFC 8461 3.2: a policy with two possible meanings is left as it is by the parser's findings alone, too") {
    auto const parsed_findings = [](std::string_view text) { return parse_sts_policy(text).findings; };
    check_left(policies_to_leave, parsed_findings);
}

TEST_CASE("RFC 8461 3.2: a policy that contradicts itself has findings at both fields, and no correction") {
    for (std::string_view const text :
         {OTHER("mode : none\r\nmode: enforce\r\n"), OTHER("mode: enforce\r\nmode : none\r\n")}) {
        auto const found = policy_findings(text);
        auto const at = [&](code what) {
            return std::count_if(found.begin(), found.end(), [&](finding const& f) { return f.code == what; });
        };
        CHECK(at(code::policy_space_before_colon) == 1);
        CHECK(at(code::policy_field_duplicate) == 1);
        CHECK_FALSE(offers_fix(found, text));
    }
    CHECK_FALSE(offers_fix(record_findings("v=STSv1; id=a-b; id=new"), "v=STSv1; id=a-b; id=new"));
}

TEST_CASE("RFC 8461 3.1, 3.2: no fix adds an id or a version where the text has another") {
    auto const offers = [](code what, findings const& found, std::string_view text) {
        return std::any_of(found.begin(), found.end(),
                           [&](finding const& f) { return f.code == what && fix_of(f, text).has_value(); });
    };
    struct row {
        std::string_view text;
        code what;
        bool offered;
    };
    for (auto const& [text, what, offered] : std::to_array<row>({
             {"v=STSv1; x=k1 id=l2; id=a1", code::record_semicolon_missing, false},
             {"v=STSv1 id=a1; x=k1", code::record_semicolon_missing, true},
             {"id=abc; v=STSv2", code::record_version_missing, false},
             {"id=abc; \"V\" = 'stsv2'", code::record_version_missing, false},
             {"id=abc; x=1", code::record_version_missing, true},
         })) {
        INFO(text);
        CHECK(offers(what, record_findings(text), text) == offered);
    }
    for (auto const& [text, what, offered] : std::to_array<row>({
             {"rua=mailto:a@b.example; v=DMARC1", code::record_version_missing, false},
             {"rua=mailto:a@b.example; x=1", code::record_version_missing, true},
         })) {
        INFO(text);
        CHECK(offers(what, tlsrpt_findings(text), text) == offered);
    }
    for (auto const& [text, what, offered] : std::to_array<row>({
             {"mode: none\nmax_age: 1\nver.sion: 60\n", code::policy_version_missing, false},
             {"mode: none\nmax_age: 1\n ver-sion = STSv2\n", code::policy_version_missing, false},
             {"mode: none\nmax_age: 1\n", code::policy_version_missing, true},
         })) {
        INFO(text);
        CHECK(offers(what, policy_findings(text), text) == offered);
    }
}

TEST_CASE("RFC 8460 4.4: no correction is offered for a report") {
    constexpr std::string_view report =
        R"({"organization-name":"E","date-range":{"start-datetime":"2026-01-01t00:00:00z","end-datetime":)"
        R"("2026-01-01T23:59:59Z"},"contact-info":"a@example.net","report-id":"1","policies":[{"policy":{"policy-type":)"
        R"("no-policy-found","policy-domain":"example.com"},"summary":{"total-successful-session-count":5,)"
        R"("total-failure-session-count":3},"failure-details":[{"result-type":"certificate-expired",)"
        R"("sending-mta-ip":"192.0.2.1:25","receiving-ip":"[2001:DB8::1]","failed-session-count":3}]}]})";
    auto const found = check_tlsrpt_report(report).findings;
    REQUIRE_FALSE(found.empty());
    CHECK_FALSE(offers_fix(found, report));
}
