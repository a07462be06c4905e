// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 4.1.2, RFC 8461 3.2: names of hosts and mx patterns.
#include "rows.hpp"

using namespace rows;
using mtasts::parse_domain;
using mtasts::parse_mx_pattern;

namespace {

#define LABEL_63 "a12345678901234567890123456789012345678901234567890123456789012"

constexpr row domain_rows[] = {
    // Domain = sub-domain *("." sub-domain)
    {"mail.example.com", usable},
    {"localhost", usable},
    {"a", usable},
    {"1.2", usable},
    {"", refused, code::host_empty, text_span{0, 0}},
    {"a.example.", refused, code::host_trailing_dot, text_span{9, 1}},
    {".example.net", refused, code::host_leading_dot, text_span{0, 12}},
    {".", refused, code::host_leading_dot},
    {"a..b", refused, code::host_empty_label, text_span{1, 2}},
    // sub-domain = Let-dig [Ldh-str]
    {"ab--c.example", usable},
    {"xn--bcher-kva.example", usable},
    {"-a.example", refused, code::host_hyphen, text_span{0, 2}},
    {"a-.example", refused, code::host_hyphen, text_span{0, 2}},
    {"example.-", refused, code::host_hyphen, text_span{8, 1}},
    {"a_b.example", refused, code::host_underscore, text_span{1, 1}},
    {"mx.ex/ample", refused, code::host_characters, text_span{5, 1}},
    {"mx.ex ample", refused, code::host_space, text_span{5, 1}},
    {"mx.ex\x00"
     "ample"sv,
     refused, code::host_characters, text_span{5, 1}},
    {"mx.example\x7F", refused, code::host_characters, text_span{10, 1}},
    // lengths are of RFC 1035, not of the grammar
    {LABEL_63 "4.example", usable},
    // a Domain does not begin with a wildcard
    {"*.example.net", refused, code::host_wildcard_place, text_span{0, 1}},
    {"*", refused, code::host_wildcard_bare, text_span{0, 1}},
};
static_assert(walked<parse_domain, domain_rows>());

constexpr row pattern_rows[] = {
    // sts-policy-mx-value = ["*."] Domain
    {"mail.example.com", usable},
    {"*.example.net", usable},
    {"*.com", usable},
    {"*", refused, code::host_wildcard_bare, text_span{0, 1}},
    {"*.", refused, code::host_wildcard_bare, text_span{0, 2}},
    {"mx*.example.net", refused, code::host_wildcard_partial, text_span{0, 3}},
    {"*a.example", refused, code::host_wildcard_partial, text_span{0, 2}},
    {"a.*.example", refused, code::host_wildcard_place, text_span{2, 1}},
    {"*.*.example", refused, code::host_wildcard_place, text_span{2, 1}},
    {"*..example", refused, code::host_empty_label, text_span{2, 1}},
    {"*.example.", refused, code::host_trailing_dot, text_span{9, 1}},
    {"*.a-.example", refused, code::host_hyphen, text_span{2, 2}},
};
static_assert(walked<parse_mx_pattern, pattern_rows>());

constexpr row mistaken_rows[] = {
    // What people write for a host name.
    {"b\xC3\xBC"
     "cher.example",
     refused, code::host_u_label, text_span{0, 15}},
    {"b\xFF"
     "cher.example",
     refused, code::host_non_ascii, text_span{0, 14}},
    {"[192.0.2.1]", refused, code::host_address_literal, text_span{0, 11}},
    {"2001:db8::1", refused, code::host_ipv6, text_span{0, 11}},
    {"mx.example:25", refused, code::host_port, text_span{10, 3}},
    {"smtp:mx", refused, code::host_characters, text_span{4, 1}},
    {"https://mx.example", refused, code::host_url, text_span{0, 18}},
    {"user@mx.example", refused, code::host_mail_address, text_span{0, 15}},
    {"a.example, b.example", refused, code::host_comma_list, text_span{0, 20}},
    {"a.example;b.example", refused, code::host_comma_list},
    {"a.example b.example", refused, code::host_comma_list, text_span{0, 19}},
    {"10 mx.example", refused, code::host_priority, text_span{0, 2}},
    {"10\tmx.example", refused, code::host_priority, text_span{0, 2}},
    {"\"mx.example\"", refused, code::host_quoted, text_span{0, 12}},
};
static_assert(walked<parse_mx_pattern, mistaken_rows>());

}  // namespace

TEST_CASE("RFC 5321 4.1.2: a Domain has labels of letters, digits and inner hyphens") {
    match<parse_domain>(domain_rows);
}
TEST_CASE("RFC 8461 3.2: an mx pattern is a Domain, or *. and a Domain") { match<parse_mx_pattern>(pattern_rows); }
TEST_CASE("RFC 8461 3.2: URLs, lists and the like in place of a host name are recognised") {
    match<parse_mx_pattern>(mistaken_rows);
}

TEST_CASE("RFC 8461 3.2: the value of a pattern is a view of the text") {
    static_assert(parse_mx_pattern("*.example.com").value.wildcard());
    static_assert(parse_mx_pattern("*.example.com").value.domain() == "example.com");
    static_assert(!parse_mx_pattern("mail.example.com").value.wildcard());
    auto const text = "*.example.com"sv;
    CHECK(parse_mx_pattern(text).value.text.data() == text.data());
    CHECK(parse_domain(text.substr(2)).value.data() == text.data() + 2);
}
