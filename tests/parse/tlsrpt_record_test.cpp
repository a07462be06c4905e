// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3: the TXT record at _smtp._tls.<policy domain>.
#include "rows.hpp"

#include <vector>

using namespace rows;
using mtasts::parse_tlsrpt_record;
using mtasts::rua_scheme;

namespace {

// 34 octets.
#define RECORD "v=TLSRPTv1; rua=mailto:a@b.example"

constexpr row version_rows[] = {
    // tlsrpt-version = %s"v=TLSRPTv1"
    {"v=TLSRPTv1;rua=mailto:reports@example.com", usable},
    {"v=tlsrptv1; rua=mailto:a@b.example", refused, code::record_version_case, text_span{0, 10}},
    {"v=TLSRPTv2; rua=mailto:a@b.example", refused, code::record_version_unknown, text_span{0, 10}},
    {"v= TLSRPTv1; rua=mailto:a@b.example", refused, code::record_equals_spaced, text_span{0, 11}},
    {"rua=mailto:a@b.example;v=TLSRPTv1", refused, code::record_version_not_first, text_span{0, 0}},
    {"rua=mailto:a@b.example", refused, code::record_version_missing},
    {" " RECORD, refused, code::record_leading_space, text_span{0, 1}},
    {"", refused, code::record_empty},
    {"v=STSv1; id=1", refused, code::record_is_other, text_span{0, 7}},
    {"v=spf1 -all", refused, code::record_is_spf},
    {"\"" RECORD "\"", refused, code::record_quoted, text_span{0, 36}},
    {"v=TLSRPTv1\\; rua=mailto:a@b.example", refused, code::record_backslash, text_span{10, 1}},
};
static_assert(walked<parse_tlsrpt_record, version_rows>());

constexpr row delimiter_rows[] = {
    // 1*(field-delim tlsrpt-field) [field-delim]
    {RECORD ";", usable},
    {"v=TLSRPTv1\t;\trua=mailto:a@b.example ; ", usable},
    {"v=TLSRPTv1", refused, code::record_no_field, text_span{10, 0}},
    {"v=TLSRPTv1 rua=mailto:a@b.example", refused, code::record_semicolon_missing, text_span{10, 1}},
    {RECORD ";;", refused, code::record_field_empty, text_span{35, 1}},
    {RECORD " ", refused, code::record_trailing_space, text_span{34, 1}},
};
static_assert(walked<parse_tlsrpt_record, delimiter_rows>());

constexpr row rua_rows[] = {
    // tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
    {"v=TLSRPTv1; rua=mailto:a@b.example,https://c.example/x", usable},
    {"v=TLSRPTv1; rua=mailto:a@b.example \t, https://c.example/", usable},
    {"v=TLSRPTv1; x=1; rua=mailto:a@b.example", usable},
    {"v=TLSRPTv1; x=1", refused, code::tlsrpt_rua_missing, text_span{15, 0}},
    {"v=TLSRPTv1; RUA=mailto:a@b.example", refused, code::tlsrpt_rua_missing, text_span{34, 0}},
    {"v=TLSRPTv1; rua=", refused, code::tlsrpt_rua_empty, text_span{16, 0}},
    {"v=TLSRPTv1; rua=mailto:a@b.example,", refused, code::tlsrpt_rua_comma, text_span{34, 1}},
    {"v=TLSRPTv1; rua=,mailto:a@b.example", refused, code::tlsrpt_rua_comma, text_span{16, 1}},
    {"v=TLSRPTv1; rua=mailto:a@b.example,,mailto:c@b.example", refused, code::tlsrpt_rua_comma, text_span{34, 1}},
    {"v=TLSRPTv1; rua= mailto:a@b.example", refused, code::uri_space, text_span{16, 1}},
    {"v=TLSRPTv1; rua=mailto:a@b.example mailto:c@d.example", refused, code::tlsrpt_rua_separator, text_span{35, 18}},
    {"v=TLSRPTv1; rua=mailto:a@b.example; mailto:c@d.example", refused, code::tlsrpt_rua_separator, text_span{36, 18}},
    {"v=TLSRPTv1; rua=\"mailto:a@b.example\"", refused, code::uri_quoted, text_span{16, 20}},
    {"v=TLSRPTv1; rua=a@b.example", refused, code::uri_scheme_missing, text_span{16, 11}},
    {"v=TLSRPTv1; rua=mailto:a@b.example!10m", refused, code::uri_bang, text_span{34, 4}},
    {"v=TLSRPTv1; rua=https://c.example/%zz", refused, code::uri_percent, text_span{34, 3}},
    {"v=TLSRPTv1; rua=mailto:\xC3\xA9@b.example", refused, code::record_non_ascii, text_span{23, 1}},
    // a URI may contain "="
    {"v=TLSRPTv1; rua=https://c.example/?k=v", usable},
    // a raw ";" ends the URI, and the rest is a field
    {"v=TLSRPTv1; rua=https://c.example/?a;b", refused, code::record_equals_missing, text_span{37, 1}},
    {"v=TLSRPTv1; rua=https://c.example/?a;b=c", usable},
};
static_assert(walked<parse_tlsrpt_record, rua_rows>());

constexpr row destination_rows[] = {
    {"v=TLSRPTv1; rua=MAILTO:a@b.example,HTTPS://c.example", usable},
    {"v=TLSRPTv1; rua=http://a.example/", usable, code::uri_http, text_span{16, 5}},
    {"v=TLSRPTv1; rua=ftp://a.example/", usable, code::uri_scheme_unsupported, text_span{16, 4}},
    {"v=TLSRPTv1; rua=mailto:", usable, code::uri_mailto_empty, text_span{16, 7}},
    {"v=TLSRPTv1; rua=mailto:nobody", usable, code::uri_mailto_address, text_span{23, 6}},
    {"v=TLSRPTv1; rua=https:///x", usable, code::uri_https_host, text_span{16, 10}},
    {RECORD "?subject=x", usable, code::uri_mailto_fields, text_span{34, 10}},
};
static_assert(walked<parse_tlsrpt_record, destination_rows>());

constexpr row extension_rows[] = {
    // tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value
    {RECORD "; ab.c=1", usable},
    {RECORD "; x=a,b", usable},
    {RECORD "; x", refused, code::record_equals_missing, text_span{36, 1}},
    {RECORD "; _a=1", refused, code::record_name, text_span{36, 2}},
    {RECORD "; a12345678901234567890123456789012=1", refused, code::record_name, text_span{36, 33}},
    {RECORD "; x=", refused, code::record_value_empty, text_span{36, 1}},
    {RECORD "; x=a=b", refused, code::record_value, text_span{39, 1}},
};
static_assert(walked<parse_tlsrpt_record, extension_rows>());

constexpr row repeated_rows[] = {
    // the RFC has no rule against several rua fields: they are merged
    {RECORD "; rua=https://c.example/", usable, code::tlsrpt_rua_repeated, text_span{36, 22}},
    {RECORD ",mailto:a@b.example", usable, code::tlsrpt_rua_duplicate, text_span{35, 18}},
    {"v=TLSRPTv1; rua=broken; rua=mailto:a@b.example", refused, code::uri_scheme_missing, text_span{16, 6}},
    {RECORD "; v=TLSRPTv1", usable, code::record_duplicate_version, text_span{36, 10}},
    {RECORD "; x=1; x=2", usable, code::record_duplicate_field, text_span{41, 3}},
};
static_assert(walked<parse_tlsrpt_record, repeated_rows>());

}  // namespace

TEST_CASE("RFC 8460 3: the record begins with v=TLSRPTv1, in this case") { match<parse_tlsrpt_record>(version_rows); }
TEST_CASE("RFC 8460 3: semicolons separate the fields, and one may end the record") {
    match<parse_tlsrpt_record>(delimiter_rows);
}
TEST_CASE("RFC 8460 3: rua is required, and commas separate its URIs") { match<parse_tlsrpt_record>(rua_rows); }
TEST_CASE("RFC 8460 3: reports go to mailto and https; other URIs are kept") {
    match<parse_tlsrpt_record>(destination_rows);
}
TEST_CASE("RFC 8460 3: extensions are read as in RFC 8461") { match<parse_tlsrpt_record>(extension_rows); }
TEST_CASE("RFC 8460 3: several rua fields count together, each URI once") { match<parse_tlsrpt_record>(repeated_rows); }

TEST_CASE("RFC 8460 3: the value has all URIs in order and the extensions, as views of the text") {
    static constexpr auto text =
        "v=TLSRPTv1; b=2; rua=mailto:a%2Bb@x.example , https://u@c.example:8443/?k=v; "
        "rua=ftp://f/,mailto:a%2Bb@x.example; a=1"sv;
    constexpr auto as_expected = [](auto const& read) {
        auto const& rua = read.value.rua;
        return read.usable() && rua.size() == 3 &&
               rua[0] == mtasts::tlsrpt_uri{"mailto:a%2Bb@x.example", rua_scheme::mailto, "a%2Bb@x.example", true} &&
               rua[1] == mtasts::tlsrpt_uri{"https://u@c.example:8443/?k=v", rua_scheme::https, "c.example", true} &&
               rua[2] == mtasts::tlsrpt_uri{"ftp://f/", rua_scheme::other, "", false} &&
               read.value.extensions == std::vector<mtasts::extension>{{"b", "2"}, {"a", "1"}};
    };
    static_assert(as_expected(parse_tlsrpt_record(text)));
    auto const read = parse_tlsrpt_record(text);
    CHECK(as_expected(read));
    CHECK(read.value.rua[1].text.data() == text.data() + text.find("https"));
    CHECK(read.has(code::tlsrpt_rua_repeated));
    CHECK(read.has(code::tlsrpt_rua_duplicate));
    CHECK(read.has(code::uri_scheme_unsupported));
    CHECK_FALSE(read.has(code::tlsrpt_no_destination));
}

TEST_CASE("RFC 8460 3: a usable record without a destination for reports has an error") {
    auto const read = parse_tlsrpt_record("v=TLSRPTv1; rua=ftp://a.example/,mailto:");
    CHECK(read.usable());
    REQUIRE(read.has(code::tlsrpt_no_destination));
    CHECK(read.find(code::tlsrpt_no_destination)->severity() == mtasts::severity::error);
}

TEST_CASE("RFC 8460 3: every faulty URI is found, and the good ones are kept") {
    auto const read = parse_tlsrpt_record("v=TLSRPTv1; rua=nonsense, https://x y/; x; rua=mailto:a@b.example");
    CHECK_FALSE(read.usable());
    CHECK(read.has(code::uri_scheme_missing));
    CHECK(read.has(code::uri_space));
    CHECK(read.has(code::record_equals_missing));
    REQUIRE(read.value.rua.size() == 1);
    CHECK(read.value.rua[0].text == "mailto:a@b.example");
    // Findings of what both records share cite the record's own RFC.
    CHECK(read.find(code::record_equals_missing)->clause() == "RFC 8460 3");
}
