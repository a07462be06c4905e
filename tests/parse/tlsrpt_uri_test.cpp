// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3, RFC 3986, RFC 6068: one address to send reports to.
#include "rows.hpp"

using namespace rows;
using mtasts::parse_tlsrpt_uri;
using mtasts::rua_scheme;

namespace {

constexpr row syntax_rows[] = {
    // URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]
    {"https://c.example/x?k=v&l=w#f", usable},
    {"https://c.example:8443", usable},
    {"https://user@c.example:8443", usable, code::uri_userinfo, text_span{8, 5}},
    {"https://[2001:db8::1]/x", usable},
    {"https://1.2.3.4.5/", usable},
    {"", refused, code::uri_empty, text_span{0, 0}},
    {"//h/x", refused, code::uri_scheme_missing, text_span{0, 5}},
    {"a@b.example", refused, code::uri_scheme_missing, text_span{0, 11}},
    {"1a:b", refused, code::uri_scheme_missing, text_span{0, 4}},
    {":a", refused, code::uri_scheme_missing},
    {"https://[::1/", refused, code::uri_characters, text_span{12, 1}},
    {"https://h/a#b#c", refused, code::uri_characters, text_span{13, 1}},
    // pct-encoded = "%" HEXDIG HEXDIG
    {"https://h/%zz", refused, code::uri_percent, text_span{10, 3}},
    {"https://h/%2", refused, code::uri_percent, text_span{10, 2}},
    {"https://h/%", refused, code::uri_percent, text_span{10, 1}},
    // ASCII, without white space
    {"https://h/a b", refused, code::uri_space, text_span{11, 1}},
    {"https://h/a\tb", refused, code::uri_space, text_span{11, 1}},
    {"https://h/\xC3\xA9", refused, code::uri_non_ascii, text_span{10, 1}},
    {"https://h/a|b", refused, code::uri_characters, text_span{11, 1}},
    {"https://h/\x00"sv, refused, code::uri_characters, text_span{10, 1}},
};
static_assert(walked<parse_tlsrpt_uri, syntax_rows>());

constexpr row encoded_rows[] = {
    // commas, exclamation points and semicolons MUST be encoded
    {"https://c.example/?a%3Bb%2Cc%21", usable},
    {"mailto:a@b.example!10m", refused, code::uri_bang, text_span{18, 4}},
    {"https://h/a,b", refused, code::uri_characters, text_span{11, 1}},
    {"https://h/a;b", refused, code::uri_characters, text_span{11, 1}},
};
static_assert(walked<parse_tlsrpt_uri, encoded_rows>());

constexpr row mailto_rows[] = {
    // mailtoURI = "mailto:" [ to ] [ hfields ]
    {"mailto:reports@example.com", usable},
    {"mailto:a%2Bb@x.example", usable},
    {"mailto:a%2Cb@x.example", usable},
    {"mailto:%22a%20b%22@x.example", usable},
    {"mailto:", usable, code::uri_mailto_empty, text_span{0, 7}},
    {"mailto:?to=a@b", usable, code::uri_mailto_empty, text_span{0, 14}},
    {"mailto:a@b.example?subject=x", usable, code::uri_mailto_fields, text_span{18, 10}},
    {"mailto:a..b@x.example", usable, code::uri_mailto_address, text_span{7, 14}},
    {"mailto:a", usable, code::uri_mailto_address, text_span{7, 1}},
    {"mailto:a@", usable, code::uri_mailto_address, text_span{7, 2}},
    {"mailto:@b", usable, code::uri_mailto_address, text_span{7, 2}},
    {"mailto:a@b@c", usable, code::uri_mailto_address, text_span{7, 5}},
    {"mailto:a%40b@c.example", usable, code::uri_mailto_address, text_span{7, 15}},
    {"mailto:a/b@x.example", usable, code::uri_mailto_address, text_span{7, 13}},
    {"mailto://a@b.example", usable, code::uri_mailto_address, text_span{7, 13}},
    {"mailto:a@b.example#f", usable, code::uri_mailto_address},
    // erratum 7919: "&" and "=" need not be encoded
    {"mailto:a&b@example.com", usable},
    {"mailto:a=b@example.com", usable},
    {"mailto:a%3Db%26c@x.example", usable},
    {"mailto:%22a:b%22@example.com", usable},
    // one address: the comma is encoded
    {"mailto:a@b.example,c@d.example", refused, code::uri_characters, text_span{18, 1}},
};
static_assert(walked<parse_tlsrpt_uri, mailto_rows>());

constexpr row scheme_rows[] = {
    // the scheme is case-insensitive
    {"HTTPS://c.example/", usable},
    {"MailTo:a@b.example", usable},
    {"http://h/", usable, code::uri_http, text_span{0, 5}},
    {"ftp://h/", usable, code::uri_scheme_unsupported, text_span{0, 4}},
    {"a:", usable, code::uri_scheme_unsupported, text_span{0, 2}},
    {"https:", usable, code::uri_https_host, text_span{0, 6}},
    {"https:/x", usable, code::uri_https_host},
    {"https:///x", usable, code::uri_https_host},
    {"https://:443/", usable, code::uri_https_host},
    {"https://@/", usable, code::uri_https_host},
    // RFC 9110 4.2.4: no userinfo in an https URI
    {"https://user:secret@host.example/x", usable, code::uri_userinfo, text_span{8, 12}},
};
static_assert(walked<parse_tlsrpt_uri, scheme_rows>());

}  // namespace

TEST_CASE("RFC 3986 2, 3, 3.1: a URI has a scheme and is ASCII without white space") {
    match<parse_tlsrpt_uri>(syntax_rows);
}
TEST_CASE("RFC 8460 3: comma, exclamation mark and semicolon are percent-encoded") {
    match<parse_tlsrpt_uri>(encoded_rows);
}
TEST_CASE("RFC 6068 2: a mailto URI has one address, percent-encoded") { match<parse_tlsrpt_uri>(mailto_rows); }
TEST_CASE("RFC 8460 3: mailto and https are the schemes of reports") { match<parse_tlsrpt_uri>(scheme_rows); }

TEST_CASE("RFC 8460 3: the target of a URI is its undecoded address, or its host") {
    static_assert(parse_tlsrpt_uri("mailto:a%2Bb@x.example?subject=x").value.target == "a%2Bb@x.example");
    static_assert(parse_tlsrpt_uri("https://u:p@c.example:8443/a@b?c@d#e@f").value.target == "c.example");
    auto const target = [](std::string_view text) { return parse_tlsrpt_uri(text).value.target; };
    CHECK(target("https://[2001:db8::1]:443/") == "[2001:db8::1]");
    CHECK(target("https://c.example?x") == "c.example");
    CHECK(target("https://c.example#x") == "c.example");
    CHECK(target("https:///x").empty());
    auto const read = parse_tlsrpt_uri("HTTPS://c.example/");
    CHECK(read.value.scheme == rua_scheme::https);
    CHECK(read.value.deliverable);
    CHECK(parse_tlsrpt_uri("mailto:a@b").value.scheme == rua_scheme::mailto);
    CHECK(parse_tlsrpt_uri("ftp://h/").value.scheme == rua_scheme::other);
    CHECK_FALSE(parse_tlsrpt_uri("ftp://h/").value.deliverable);
    CHECK_FALSE(parse_tlsrpt_uri("mailto:").value.deliverable);
}

TEST_CASE("RFC 3986 2.1: percent-encoding is decoded once") {
    auto const decoded = [](std::string_view text) {
        auto const octets = mtasts::text::percent_decoded(text);
        return std::string(octets.begin(), octets.end());
    };
    CHECK(decoded("a%2Bb%2c") == "a+b,");
    CHECK(decoded("%2541") == "%41");
    CHECK(decoded("%zz%4") == "%zz%4");
    CHECK(decoded("%00%ff") == "\x00\xFF"s);
}
