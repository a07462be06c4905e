// SPDX-License-Identifier: BSL-1.0
/// Hand-made texts that neither the tests' tables nor the grammars lead to.
#pragma once
#include <string_view>

#include "texts.hpp"

namespace seeds {

#define A_50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A_100 A_50 A_50

struct sentence {
    kind of;
    std::string_view text;
};

inline constexpr sentence sentences[] = {
    {kind::policy,
     "version: STSv1\nmode: enforce\nmx: *.a.example\nmx: *.b.example\nmx: A.example\nmx: a.example\n"
     "max_age: 604800\n"},
    {kind::policy, "version: STSv1\nmore: enforce\nmx: a.example\nmax_age: 604800\n"},
    {kind::policy, "version: STSv1\nmode: none\nmax_age: 1234567890 days\n"},
    {kind::policy, "version: STSv1\nmode:                    none\nmax_age: 1\n"},
    {kind::policy, "VERSION = STSv2\nmode: none\nmax_age: 1\n"},
    {kind::policy, "version: STSv1\nmode: enforce\nmax_age: 604800\n"},
    // Not every octet is shown as it is.
    {kind::policy, "version: STSv1\nmode: Enforce\nmx: a\u200Bb\nmx: a\u3164.example\nmax_age: 1\n\x1B[31m: \u202E\n"},
    {kind::policy,
     "version: STSv1\nmode: none\nx: \u00AD\u034F\u061C\u115F\u1680\u17B4\u180E\u202E\u3164\uFE0F\uFEFF\uFFA0"
     "\uFFF9\U0001BCA0\U0001D173\U000E0001\nmax_age: 86400\n"},
    {kind::sts_record, "v=STSv1;                    id=1;"},
    {kind::sts_record, "id=abc; v=STSv2"},
    {kind::sts_record, "v=STSv1; id=\x1B[1m;"},
    {kind::rua_uri, "https://c.example/%20%zz"},
    {kind::rua_uri, "mailto:a%0A@example.com"},
    {kind::rua_uri, "mailto:%zz@example.com"},
    {kind::rua_uri, "mailto:a@example.com,b@example.com?subject=x"},
    {kind::uri, "https://192.0.2.1x/"},
    {kind::mailto_uri, "mailto:a@b,c@d?subject=x"},
    {kind::date_time, "2016-04-01T12:34:56Z"},
    {kind::utf8, "\x7F"},
    {kind::ip_address, "1::"},
    {kind::ip_address, "::1:0:0:2"},
    {kind::subject, "Report Domain: (a\\"},
    {kind::subject, "Report Domain: (a\\\r"},
    {kind::subject, "Report Domain: (a\rb) a.example Submitter: b.example Report-ID: <1@b.example>"},
    // RFC 5891: invalid labels, or too long once encoded.
    {kind::domain, "\u0100.\u0139.\u01C4.example"},
    {kind::domain, "\u0301a.example"},
    {kind::domain, "a\u0301\u0484\u1AB1\u20D1.example"},
    {kind::domain, "\U00020000\U0001F600.example"},
    {kind::domain, "\U00020000\U0002F7FF.example"},
    {kind::domain, "-\u00FC.example"},
    {kind::domain, "\u00FC" A_50 "aaaaaaaaaaaaaaa.example"},
    {kind::domain, "\u00FC." A_50 "." A_50 "." A_50 "." A_50 ".aaaaaaaaaaaaaaaaaaaaaaaaa.\u00FC\u00FC\u00FC\u00FC"},
    {kind::mx_pattern, "xn--a_.example"},
    {kind::mx_pattern, "xn--99999999.example"},
    {kind::mx_pattern, "xn--zzzzzzzzzzzzz.example"},
    {kind::mx_pattern, "xn--" A_50 "aaaaaaaaaaaaaaaaa.example"},
    {kind::json, "nul"},
    {kind::report, R"({"report-id":1)"},
    {kind::report, R"({"a":1,2:3})"},
};

/// A part of the tests' base report, and what replaces it.
struct exchange {
    std::string_view place, other;
};

inline constexpr exchange exchanges[] = {
    // Names of the sender's own, in which a JSON pointer has to escape octets, or which are too long for one.
    {R"("report-id")", R"("a~b/c":[{"d":1}],"report-id")"},
    {R"("report-id")", R"(")" A_100 A_100 A_100 A_100 A_100 A_100 R"(":{"b":{"c":1}},"report-id")"},
    // With A-labels, and without any.
    {R"("tls@example.net")", R"("a@b\u00fccher.example")"},
    {R"("tls@example.net")", "\"a@b\u00FCcher.example\""},
    {R"("tls@example.net")", R"("a@b")"},
    {R"("tls@example.net")", R"("a@a_b.example")"},
    {R"(["mx.example.com"])", "[\"*.b\u00FCcher.example\",\"\u0301.example\"]"},
    {R"("policy-domain":"example.com")", "\"policy-domain\":\"b\u00FCcher.example\""},
    // Addresses that are almost or just canonical by RFC 5952.
    {"192.0.2.7", "2001:db8::1"},
    {"192.0.2.7", "2001:db8:0:0:1::1"},
    {"192.0.2.7", "::"},
    {"192.0.2.7", "1::"},
    {"192.0.2.7", "::1:0:0:2:0"},
    {"192.0.2.7", "1:0:0:2::3"},
    {"192.0.2.7", "1:0::2"},
    {"192.0.2.7", "1::0:2"},
    {"192.0.2.7", "1:2:3:4:5:6:7:8"},
    {"192.0.2.7", "1:0:0:4:5:6:7:8"},
    {"192.0.2.7", "1:2:3:4:5:6:7::"},
    {"192.0.2.7", "1:0:0:0:5::8"},
    {"192.0.2.7", "1::5:0:0:0:8"},
    {"192.0.2.7", "1:2:3:4:5:6:7:"},
    {"192.0.2.7", "::ffff:192.0.2.1"},
    // Texts of TLSA records.
    {R"(["3 1 1 9F86D081"])", R"(["[1]"])"},
    {R"(["3 1 1 9F86D081"])", R"(["[\"a"])"},
    {R"(["3 1 1 9F86D081"])", R"(["[\"a\";"])"},
    {R"(["3 1 1 9F86D081"])", R"(["[\"\\\\\"]"])"},
    {R"(["3 1 1 9F86D081"])", R"(["[ \"3 1 1 AB\" , \"3 0 1 CD\" ]"])"},
    {R"(["3 1 1 9F86D081"])", R"("3 1 1 AB ; 3 1 1 CD;")"},
    {R"(["3 1 1 9F86D081"])", R"(["_25._tcp.mx.example.com. IN TLSA 3 1 1 AB","x"])"},
    {R"(["version: STSv1","mx: mx.example.com"])", R"("a\nb\nc\nd")"},
    // Invalid times, and times without a zone.
    {"2026-08-31T00:00:00Z", "2026-02-30T00:00:00"},
    {R"("organization-name":)", R"("organization-name":"a",2:)"},
    {R"("report-id":"r1+example.net",)", ""},
};

#undef A_100
#undef A_50

}  // namespace seeds
