// SPDX-License-Identifier: BSL-1.0
/// Every text of up to seven symbols over a small alphabet that suits its grammar: all readings agree on it, and the parser
/// with them. A symbol is an octet, or a few octets where the grammar has words.
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstdio>
#include <string>
#include <vector>

#include "agreement.hpp"

namespace {

namespace grammar = mtasts::grammar;
using namespace agreement;
using symbols = std::vector<std::string>;

#ifdef __has_feature
constexpr bool sanitized = __has_feature(address_sanitizer);
#else
constexpr bool sanitized = false;
#endif
// With one symbol less there are a sixth of the texts; AddressSanitizer takes ten times as long for each.
constexpr std::size_t longest = sanitized ? 6 : 7;

template <class Grammar, class Judge>
void try_all(char const* name, Grammar const& by, std::string const& prefix, symbols const& alphabet, Judge judge) {
    tally count;
    auto const visit = [&](std::string const& text, std::size_t) {
        bool const taken = agreed(by, text, count);
        judge(text, taken);
        if (!taken) check_expect(by, text);
    };
    texts::for_each_text(prefix, alphabet, longest, visit);
    std::printf("%-17s %7zu texts, %6zu taken\n", name, count.tried, count.taken);
    CHECK(count.taken != 0);
    CHECK(count.taken != count.tried);
}
template <class Grammar, class Judge>
void try_all(char const* name, Grammar const& by, std::string const& prefix, char const* alphabet, Judge judge) {
    try_all(name, by, prefix, texts::each_octet_of(alphabet), judge);
}

}  // namespace

TEST_CASE("RFC 8461 3.1: all readings of sts-text-record agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_sts_record(text); });
    auto const all = [&](std::string const& prefix, symbols const& alphabet) {
        try_all("sts-text-record", grammar::sts_text_record, prefix, alphabet, judge);
    };
    all("", {"v=STSv1", "v=TLSRPTv1", ";", " ", "id=a", "x=b"});
    all("v=STSv1;", {";", "=", " ", "\t", "id=", "1", "-"});
    all("v=STSv1;id=1", {";", "=", "\t", "a", "_", "\xFF"});
}

TEST_CASE("RFC 8461 3.2: all readings of sts-policy-record agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_sts_policy(text); });
    auto const all = [&](std::string const& prefix, symbols const& alphabet) {
        try_all("sts-policy-record", grammar::sts_policy_record, prefix, alphabet, judge);
    };
    all("", {"version: STSv1", "mode: none", "max_age: 1", "mx: a", "\n", "\r\n"});
    all("version: STSv1\nmode: none\nmax_age: 1", {"\n", "\r", " ", ":", "mx", "a", "*."});
    all("version: STSv1\nmode: none\nmax_age: 1\nmx:", {"\n", "*", ".", "a", "-", " "});
    all("a:", {"b", " ", "\xC3", "\xA9", "\xE2", "\x80"});
}

TEST_CASE("RFC 8461 3.2: all readings of sts-policy-mx-value agree on every short text") {
    try_all("mx pattern", grammar::sts_policy_mx_value_alone, "", "*.a-9, ",
            judged_by([](auto text) { return mtasts::parse_mx_pattern(text); }));
}

TEST_CASE("RFC 5321 4.1.2: all readings of Domain agree on every short text") {
    try_all("Domain", grammar::Domain_alone, "", "aZ9-._ ",
            judged_by([](auto text) { return mtasts::parse_domain(text); }));
}

TEST_CASE("RFC 8460 3: all readings of tlsrpt-record agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_tlsrpt_record(text); });
    auto const all = [&](std::string const& prefix, symbols const& alphabet) {
        try_all("tlsrpt-record", grammar::tlsrpt_record, prefix, alphabet, judge);
    };
    all("v=TLSRPTv1;rua=", {"a:", "/", ",", ";", " ", "%2", "="});
    all("v=TLSRPTv1", {";", " ", "\t", "rua=", "a:", "=", ","});
}

TEST_CASE("RFC 8460 3, RFC 3986 A: all readings of URIs agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_tlsrpt_uri(text); });
    try_all("tlsrpt-uri", grammar::tlsrpt_uri_alone, "", "a:/?#@[1", judge);
    try_all("tlsrpt-uri", grammar::tlsrpt_uri_alone, "a://", "a[]:1./@", judge);
    try_all("plain-uri", grammar::plain_uri, "https://", "a/?:#%", not_parsed);
}

TEST_CASE("RFC 6068 2, RFC 5322 3.4.1: all readings of mailtoURI and addr-spec agree on every short text") {
    try_all("mailtoURI", grammar::mailtoURI, "mailto:", {"a", "@", "?", "=", "&", "%2"}, not_parsed);
    try_all("addr-spec", grammar::addr_spec, "", "a@.\"\\[]", not_parsed);
}

TEST_CASE("RFC 8460 4.4: all readings of IP addresses agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_ip_address(text); });
    try_all("ip-address", grammar::ip_address, "", "0125.:a", judge);
    try_all("ip-address", grammar::ip_address, "1:2::", "05.:a", judge);
    try_all("ip-address", grammar::ip_address, "1.2.3", "0125.:", judge);
}

TEST_CASE("RFC 8460 5.1: all readings of filename agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_report_filename(text); });
    try_all("filename", grammar::filename, "a!b", {"!", "1", "a", ".", "-", ".json"}, judge);
    try_all("filename", grammar::filename, "a!b!1!2", {"!", "1", "a", ".", "json", ".gz"}, judge);
}

TEST_CASE("RFC 8460 5.3: all readings of tlsrpt-subject agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_report_subject(text); });
    auto const all = [&](std::string const& prefix, symbols const& alphabet) {
        try_all("tlsrpt-subject", grammar::tlsrpt_subject, prefix, alphabet, judge);
    };
    all("Report Domain: a.b Submitter: c.d Report-ID:", {" ", "<", "a", "@", ">", "."});
    all("Report Domain: a.b Submitter: c.d Report-ID: <1@a>", {" ", "\r", "\n", "(", ")", "\\"});
    all("Report", {" ", "\t", "\r\n", "Domain:", "a", ".b Submitter: c.d Report-ID: <1@a>"});
}

TEST_CASE("RFC 3339 5.6: all readings of date-time agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_date_time(text); });
    try_all("date-time", grammar::date_time, "2016-02-29T00:00:0", "05Z+.:", judge);
    try_all("date-time", grammar::date_time, "2016-02-29", {"T", " ", "00:", "00", ".9", "Z"}, judge);
}

TEST_CASE("RFC 3629 4: all readings of UTF8-octets agree on every short text") {
    auto const judge = judged_by([](auto text) { return mtasts::parse_utf8(text); });
    try_all("UTF8-octets", grammar::UTF8_octets, "", "a\x80\x9F\xA0\xE0\xED", judge);
    try_all("UTF8-octets", grammar::UTF8_octets, "", "\x8F\x90\xBF\xC2\xF0\xF4", judge);
}

TEST_CASE("RFC 8259 6, 7: all readings of number and string agree on every short text") {
    try_all("string", json_string_alone, "\"a", "\"\\u0b\n", not_parsed);
    try_all("string", json_string_alone, "\"\\u00", "1f\"\\\xC3\xA9", not_parsed);
    try_all("number", json_number_alone, "", "-+0e.9", not_parsed);
}

TEST_CASE("RFC 6698 2.2: all readings of tlsa-record agree on every short text") {
    try_all("tlsa-record", grammar::tlsa_record, "3 1 ", "12 aF5", not_parsed);
}
