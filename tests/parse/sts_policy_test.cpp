// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: the policy. Each table tests one sentence of the clause.
#include "rows.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

using namespace rows;
using mtasts::parse_sts_policy;
using mtasts::policy_mode;

namespace {

// Stands before the line under test; 37 octets.
#define NONE "version: STSv1\nmode: none\nmax_age: 1\n"
// 41 octets, needs an mx.
#define ENFORCE "version: STSv1\nmode: enforce\nmax_age: 10\n"

constexpr row term_rows[] = {
    // sts-policy-term = LF / CRLF
    {"version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n", usable},
    {"version: STSv1\nmode: none\nmax_age: 86400\n", usable},
    {"version: STSv1\nmode: none\r\nmax_age: 86400", usable},
    {"version: STSv1\rmode: none\rmax_age: 1", refused, code::policy_bare_cr, text_span{14, 1}},
    {"version: STSv1\nmode: none\nmax_age: 1\r", refused, code::policy_bare_cr, text_span{36, 1}},
    // [sts-policy-term], and no empty line anywhere
    {NONE "\n", refused, code::policy_blank_line, text_span{37, 1}},
    {NONE "\r\n", refused, code::policy_blank_line, text_span{37, 2}},
    {"\nversion: STSv1\nmode: none\nmax_age: 1", refused, code::policy_blank_line, text_span{0, 1}},
    {"version: STSv1\n\nmode: none\nmax_age: 1", refused, code::policy_blank_line, text_span{15, 1}},
    {"version: STSv1\n \t\nmode: none\nmax_age: 1", refused, code::policy_blank_line, text_span{15, 3}},
    {"version: STSv1\n\n\r\n \nmode: none\nmax_age: 1", refused, code::policy_blank_line, text_span{15, 5}},
    {"\n", refused, code::policy_blank_line},
};
static_assert(walked<parse_sts_policy, term_rows>());

constexpr row version_rows[] = {
    // sts-policy-version-value = %s"STSv1"
    {"mode: none\nmax_age: 1", refused, code::policy_version_missing, text_span{21, 0}},
    {"version: STSv2\nmode: none\nmax_age: 1", refused, code::policy_version_unknown, text_span{9, 5}},
    {"version: STSv11\nmode: none\nmax_age: 1", refused, code::policy_version_unknown, text_span{9, 6}},
    {"version:\nmode: none\nmax_age: 1", refused, code::policy_value_empty, text_span{0, 7}},
    {"version: \"STSv1\"\nmode: none\nmax_age: 1", refused, code::policy_value_quoted, text_span{9, 7}},
    {"version: STSv1; mode: none; max_age: 1", refused, code::policy_one_line, text_span{9, 29}},
    {"version: stsv1\nmode: none\nmax_age: 1", refused, code::policy_version_case, text_span{9, 5}},
};
static_assert(walked<parse_sts_policy, version_rows>());

constexpr row mode_rows[] = {
    // sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"
    {"version: STSv1\nmode: testing\nmax_age: 1\nmx: a", usable},
    {ENFORCE "mx: a", usable},
    {"version: STSv1\nmax_age: 1", refused, code::policy_mode_missing, text_span{25, 0}},
    {"version: STSv1\nmode: Enforce\nmax_age: 1\nmx: a", refused, code::policy_mode_case, text_span{21, 7}},
    {"version: STSv1\nmode: report\nmax_age: 1\nmx: a", refused, code::policy_mode_report, text_span{21, 6}},
    {"version: STSv1\nmode: \"none\"\nmax_age: 1", refused, code::policy_value_quoted, text_span{21, 6}},
    {"version: STSv1\nmode: pretend\nmax_age: 1", refused, code::policy_mode_unknown, text_span{21, 7}},
    {"version: STSv1\nmode: nonesuch\nmax_age: 1", refused, code::policy_mode_unknown, text_span{21, 8}},
    {"version: STSv1\nmode: none enforce\nmax_age: 1", refused, code::policy_mode_unknown},
    {"version: STSv1\nmode:\nmax_age: 1", refused, code::policy_value_empty, text_span{15, 4}},
    {"version: STSv1\nmode: none;\nmax_age: 1", refused, code::policy_value_semicolon, text_span{25, 1}},
    {"version: STSv1\nmode: none # none\nmax_age: 1", refused, code::policy_value_comment, text_span{25, 7}},
};
static_assert(walked<parse_sts_policy, mode_rows>());

constexpr row max_age_rows[] = {
    // sts-policy-max-age-value = 1*10(DIGIT)
    {"version: STSv1\nmode: none\nmax_age: 0", usable},
    {"version: STSv1\nmode: none\nmax_age: 0000604800", usable},
    {"version: STSv1\nmode: none\nmax_age: 31557600", usable},
    {"version: STSv1\nmode: none", refused, code::policy_max_age_missing, text_span{25, 0}},
    {"version: STSv1\nmode: none\nmax_age: 12345678901", refused, code::policy_max_age_digits, text_span{35, 11}},
    {"version: STSv1\nmode: none\nmax_age: 86400s", refused, code::policy_max_age_unit, text_span{35, 6}},
    {"version: STSv1\nmode: none\nmax_age: 1 day", refused, code::policy_max_age_unit, text_span{35, 5}},
    {"version: STSv1\nmode: none\nmax_age: +1", refused, code::policy_max_age_sign, text_span{35, 2}},
    {"version: STSv1\nmode: none\nmax_age: -1", refused, code::policy_max_age_sign, text_span{35, 2}},
    {"version: STSv1\nmode: none\nmax_age: 1.5", refused, code::policy_max_age_number, text_span{35, 3}},
    {"version: STSv1\nmode: none\nmax_age:", refused, code::policy_value_empty, text_span{26, 7}},
    {"version: STSv1\nmode: none\nmax_age: \"1\"", refused, code::policy_value_quoted, text_span{35, 3}},
    // digits are ASCII's
    {"version: STSv1\nmode: none\nmax_age: \xD9\xA1", refused, code::policy_max_age_number},
    // the maximum is 31557600, and a greater one is not a reason to drop protection
    {"version: STSv1\nmode: none\nmax_age: 31557601", usable, code::policy_max_age_large, text_span{35, 8}},
    {"version: STSv1\nmode: none\nmax_age: 9999999999", usable, code::policy_max_age_large, text_span{35, 10}},
};
static_assert(walked<parse_sts_policy, max_age_rows>());

constexpr row mx_rows[] = {
    // at least one mx, except when the mode is none
    {"version: STSv1\nmode: testing\nmax_age: 1\n", refused, code::policy_mx_missing, text_span{40, 0}},
    {ENFORCE, refused, code::policy_mx_missing, text_span{41, 0}},
    {NONE, usable},
    {NONE "mx: a.example", usable},
    // sts-policy-mx-value = ["*."] Domain
    {ENFORCE "mx: *.example.net\nmx: mx1.example.net", usable},
    {ENFORCE "mx: *", refused, code::host_wildcard_bare, text_span{45, 1}},
    {ENFORCE "mx: mx*.example.net", refused, code::host_wildcard_partial, text_span{45, 3}},
    {ENFORCE "mx: .example.net", refused, code::host_leading_dot},
    {ENFORCE "mx:", refused, code::host_empty, text_span{44, 0}},
    // one pattern a line
    {ENFORCE "mx: a.example, b.example", refused, code::host_comma_list, text_span{45, 20}},
    {ENFORCE "mx: a.example b.example", refused, code::host_comma_list, text_span{45, 19}},
    // A-labels
    {ENFORCE "mx: xn--bcher-kva.example", usable},
    {ENFORCE "mx: b\xC3\xBC"
             "cher.example",
     refused, code::host_u_label, text_span{45, 15}},
    // any malformed mx makes the policy unusable, also one among good ones
    {ENFORCE "mx: good.example\nmx: a..b", refused, code::host_empty_label, text_span{63, 2}},
    {NONE "mx: -a.example", refused, code::host_hyphen, text_span{41, 2}},
};
static_assert(walked<parse_sts_policy, mx_rows>());

constexpr row space_rows[] = {
    // sts-policy-field-delim = ":" *WSP
    {"version:STSv1\nmode:\tnone\nmax_age: \t 1", usable},
    {"version: STSv1\nmode : none\nmax_age: 1", refused, code::policy_space_before_colon, text_span{19, 1}},
    {"version: STSv1\nmode=none\nmax_age: 1", refused, code::policy_equals_sign, text_span{19, 1}},
    {"version: STSv1\nmode none\nmax_age: 1", refused, code::policy_colon_missing, text_span{15, 9}},
    // *WSP after every value, none before a name
    {"version: STSv1 \nmode: none \t\nmax_age: 1\t\n", usable},
    {" version: STSv1\nmode: none\nmax_age: 1", refused, code::policy_leading_space, text_span{0, 1}},
    {"version: STSv1\n\t mode: none\nmax_age: 1", refused, code::policy_leading_space, text_span{15, 2}},
    // no byte order mark, no comments
    {"\xEF\xBB\xBF"
     "version: STSv1\nmode: none\nmax_age: 1",
     refused, code::policy_bom, text_span{0, 3}},
    {NONE "# c", refused, code::policy_comment, text_span{37, 3}},
    {NONE "#c: d", refused, code::policy_comment, text_span{37, 5}},
    {NONE "// c", refused, code::policy_comment},
    {NONE "; c", refused, code::policy_comment},
};
static_assert(walked<parse_sts_policy, space_rows>());

constexpr row name_rows[] = {
    // %s: the case of names counts; another case is another, unknown field
    {"version: STSv1\nMode: enforce\nmax_age: 1", refused, code::policy_mode_missing, text_span{39, 0}},
    {"Version: STSv1\nmode: none\nmax_age: 1", refused, code::policy_version_missing},
    {"version: STSv1\nmode: none\nMax_Age: 1", refused, code::policy_max_age_missing},
    {NONE "MX: a..b", usable},
    // sts-policy-ext-name = sts-policy-alphanum *31(sts-policy-alphanum / "_" / "-" / ".")
    {NONE "x-foo.bar_1: v", usable},
    {NONE "9: v", usable},
    {NONE "a1234567890123456789012345678901: v", usable},
    {NONE "a12345678901234567890123456789012: v", refused, code::policy_name, text_span{37, 33}},
    {NONE "_x: v", refused, code::policy_name, text_span{37, 2}},
    {NONE "a%b: v", refused, code::policy_name, text_span{37, 3}},
    {NONE ": v", refused, code::policy_name, text_span{37, 1}},
};
static_assert(walked<parse_sts_policy, name_rows>());

constexpr row value_rows[] = {
    // sts-policy-ext-value = sts-policy-vchar [*(%x20 / sts-policy-vchar) sts-policy-vchar]
    {NONE "x: a b:c=d", usable},
    {NONE "x:", refused, code::policy_value_empty, text_span{37, 1}},
    {NONE "x: \t", refused, code::policy_value_empty, text_span{37, 1}},
    {NONE "x: a\tb", refused, code::policy_value_tab, text_span{41, 1}},
    // sts-policy-vchar = %x21-7E / UTF8-2 / UTF8-3 / UTF8-4
    {NONE "x: \xC3\xA9\xE2\x82\xAC\xF0\x9D\x84\x9E", usable},
    {NONE "x: \xC2\x85", usable},
    {NONE "x: a\xE2\x80\xA8"
          "b",
     usable},
    {NONE "x: \xC0\x80", refused, code::policy_not_utf8, text_span{40, 1}},
    {NONE "x: \xED\xA0\x80", refused, code::policy_not_utf8, text_span{40, 1}},
    {NONE "x: \xF4\x90\x80\x80", refused, code::policy_not_utf8, text_span{40, 1}},
    {NONE "x: \xFF", refused, code::policy_not_utf8, text_span{40, 1}},
    {NONE "x: a\xE2\x82", refused, code::policy_not_utf8, text_span{41, 1}},
    {NONE "x: a\x7F", refused, code::policy_control, text_span{41, 1}},
    {NONE "x: a\x0B"
          "b",
     refused, code::policy_control, text_span{41, 1}},
    {NONE "\x00"sv, refused, code::policy_control, text_span{37, 1}},
};
static_assert(walked<parse_sts_policy, value_rows>());

constexpr row duplicate_rows[] = {
    // all but the first are ignored, provided that they match some production
    {"version: STSv1\nmode: none\nmode: enforce\nmax_age: 1", usable, code::policy_field_duplicate, text_span{26, 13}},
    {"version: STSv1\nmode: none\nmode: Bad\nmax_age: 1", usable, code::policy_field_duplicate, text_span{26, 9}},
    {"version: STSv1\nmode: Bad\nmode: none\nmax_age: 1", refused, code::policy_mode_unknown, text_span{21, 3}},
    {"version: STSv1\nmode: none\nmode:\nmax_age: 1", refused, code::policy_value_empty, text_span{26, 4}},
    {NONE "version: STSv2", usable, code::policy_field_duplicate, text_span{37, 14}},
    {NONE "max_age: 1d", usable, code::policy_field_duplicate, text_span{37, 11}},
    {NONE "x: 1\nx: 2", usable, code::policy_field_duplicate, text_span{42, 4}},
    // all mx count
    {NONE "mx: a\nmx: b", usable},
};
static_assert(walked<parse_sts_policy, duplicate_rows>());

constexpr row other_rows[] = {
    {"", refused, code::policy_empty, text_span{0, 0}},
    {"<html>", refused, code::policy_is_html, text_span{0, 6}},
    {"\r\n <!DOCTYPE html>", refused, code::policy_is_html},
    {"{\"version\":\"STSv1\"}", refused, code::policy_is_json},
    {"\xFF\xFEv\x00"sv, refused, code::policy_utf16, text_span{0, 4}},
    {"\xFE\xFF\x00v"sv, refused, code::policy_utf16, text_span{0, 4}},
    {"v=STSv1; id=1", refused, code::policy_is_record},
    {"a: b", refused, code::policy_version_missing, text_span{4, 0}},
    {"\x00"sv, refused, code::policy_control, text_span{0, 1}},
    {"\xFF", refused, code::policy_not_utf8, text_span{0, 1}},
};
static_assert(walked<parse_sts_policy, other_rows>());

}  // namespace

TEST_CASE("RFC 8461 3.2: lines end with LF or CRLF, and none is empty") { match<parse_sts_policy>(term_rows); }
TEST_CASE("RFC 8461 3.2: the version is STSv1, in this case") { match<parse_sts_policy>(version_rows); }
TEST_CASE("RFC 8461 3.2: the mode is testing, enforce or none, in this case") { match<parse_sts_policy>(mode_rows); }
TEST_CASE("RFC 8461 3.2: max_age has 1 to 10 digits") { match<parse_sts_policy>(max_age_rows); }
TEST_CASE("RFC 8461 3.2: an mx line has one Domain, or *. and a Domain, in A-labels") {
    match<parse_sts_policy>(mx_rows);
}
TEST_CASE("RFC 8461 3.2: white space is allowed only after a colon and after a value") {
    match<parse_sts_policy>(space_rows);
}
TEST_CASE("RFC 8461 3.2: a name has 1 to 32 octets, and its case counts") { match<parse_sts_policy>(name_rows); }
TEST_CASE("RFC 8461 3.2: a value is UTF-8 without control characters, and has no white space inside but spaces") {
    match<parse_sts_policy>(value_rows);
}
TEST_CASE("RFC 8461 3.2: of fields with one name other than mx, all but the first are ignored") {
    match<parse_sts_policy>(duplicate_rows);
}
TEST_CASE("RFC 8461 3.2: a text of another kind is recognised") { match<parse_sts_policy>(other_rows); }

TEST_CASE("RFC 8461 3.2: the value of a policy has its fields, in any order, as views of the text") {
    static constexpr auto text =
        "b: 2\nmx: *.b.example\nmax_age: 604800 \nmx: a.example\nmode: testing\na: x y\nversion: STSv1\nb: 3\n"sv;
    constexpr auto as_expected = [](auto const& read) {
        auto const& value = read.value;
        return read.usable() && value.mode == policy_mode::testing && value.max_age == std::chrono::seconds(604800) &&
               value.mx == std::vector<mtasts::mx_pattern>{{"*.b.example"}, {"a.example"}} && value.mx[0].wildcard() &&
               value.mx[0].domain() == "b.example" && !value.mx[1].wildcard() &&
               value.extensions == std::vector<mtasts::extension>{{"b", "2"}, {"a", "x y"}};
    };
    static_assert(as_expected(parse_sts_policy(text)));
    auto const read = parse_sts_policy(text);
    CHECK(as_expected(read));
    CHECK(read.value.mx[1].text.data() == text.data() + text.find("a.example"));
    CHECK(read.value.extensions[1].value.data() == text.data() + text.find("x y"));
}

TEST_CASE("RFC 8461 3.2: max_age is clamped to 31557600 seconds, and ten digits do not overflow") {
    auto const max_age = [](std::string const& digits) {
        auto const text = "version: STSv1\nmode: none\nmax_age: " + digits;
        return parse_sts_policy(text).value.max_age.count();
    };
    CHECK(max_age("0") == 0);
    CHECK(max_age("0000604800") == 604800);
    CHECK(max_age("31557600") == 31557600);
    CHECK(max_age("31557601") == 31557600);
    CHECK(max_age("4294967297") == 31557600);
    CHECK(max_age("9999999999") == 31557600);
}

TEST_CASE("RFC 8461 3.2: the first of several modes counts") {
    auto const mode = [](std::string_view text) { return parse_sts_policy(text).value.mode; };
    CHECK(mode("version: STSv1\nmode: testing\nmode: enforce\nmax_age: 1\nmx: a") == policy_mode::testing);
    CHECK(mode("version: STSv1\nmode: enforce\nmode: none\nmax_age: 1\nmx: a") == policy_mode::enforce);
}

TEST_CASE("RFC 8461 3.2: every fault of a policy is found, not only the first") {
    auto const read = parse_sts_policy(
        "\xEF\xBB\xBF"
        "version: STSv2\n\n# c\nmode: report\nmax_age: 1d\nmx: a..b\nmx: *\n_x: 1\r");
    for (auto const what :
         {code::policy_bom, code::policy_version_unknown, code::policy_blank_line, code::policy_comment,
          code::policy_mode_report, code::policy_max_age_unit, code::host_empty_label, code::host_wildcard_bare,
          code::policy_name, code::policy_bare_cr}) {
        INFO(what);
        CHECK(read.has(what));
    }
    CHECK(read.findings.size() == 10);
    CHECK(std::is_sorted(read.findings.begin(), read.findings.end(),
                         [](auto const& a, auto const& b) { return a.where.offset < b.where.offset; }));
}

TEST_CASE("RFC 8461 3.2: the lenient option skips blank lines and a byte order mark, and says so") {
    static constexpr mtasts::parse_options lenient{.lenient = true};
    static constexpr auto blank = "version: STSv1\n\nmode: none\n \nmax_age: 1\n\r\n"sv;
    static constexpr auto marked =
        "\xEF\xBB\xBF"
        "version: STSv1\nmode: none\nmax_age: 1"sv;
    static_assert(!parse_sts_policy(blank).usable() && parse_sts_policy(blank, lenient).usable());
    static_assert(!parse_sts_policy(marked).usable() && parse_sts_policy(marked, lenient).usable());
    CHECK(parse_sts_policy(blank, lenient).findings.size() == 3);
    CHECK(parse_sts_policy(blank, lenient).has(code::policy_blank_line_skipped));
    CHECK(parse_sts_policy(marked, lenient).findings.front().code == code::policy_bom_skipped);
    CHECK(parse_sts_policy(marked, lenient).findings.front().where == text_span{0, 3});
    // It is lenient in nothing else.
    for (auto const text :
         {"version: STSv1\n# c\nmode: none\nmax_age: 1"sv, " version: STSv1\nmode: none\nmax_age: 1"sv,
          "version: STSv1\rmode: none\rmax_age: 1"sv, "version: STSv1\nmode : none\nmax_age: 1"sv, "\n"sv, ""sv,
          "\xEF\xBB\xBF"sv, "version: STSv1\n\xEF\xBB\xBFmode: none\nmax_age: 1"sv}) {
        INFO("text: " << text);
        CHECK_FALSE(parse_sts_policy(text, lenient).usable());
    }
}

TEST_CASE("RFC 8461 3.2: the option skip_malformed_mx, off by default, skips malformed mx lines") {
    static constexpr mtasts::parse_options skip{.skip_malformed_mx = true};
    static constexpr auto text = ENFORCE "mx: a..b\nmx: good.example\nmx: *"sv;
    static_assert(!parse_sts_policy(text).usable() && parse_sts_policy(text, skip).usable());
    auto const read = parse_sts_policy(text, skip);
    CHECK(read.value.mx == std::vector<mtasts::mx_pattern>{{"good.example"}});
    REQUIRE(read.findings.size() == 2);
    CHECK(read.findings[0].code == code::policy_mx_skipped);
    CHECK(read.findings[0].where == text_span{45, 4});
    // If no well-formed one is left, the policy has no mx.
    CHECK_FALSE(parse_sts_policy(ENFORCE "mx: a..b", skip).usable());
    CHECK(parse_sts_policy(ENFORCE "mx: a..b", skip).has(code::policy_mx_missing));
}

TEST_CASE("RFC 8461 3.2: a syntax finding says what the grammar expected, and where") {
    static constexpr auto text = "version: STSv1\nmode: enforces\nmax_age: 1\nmx: a"sv;
    auto const read = parse_sts_policy(text);
    REQUIRE(read.has(code::policy_mode_unknown));
    auto const answer = read.find(code::policy_mode_unknown)->expected_in(text);
    CHECK(answer.offset == 28);
    CHECK(!answer.wanted.empty());
    auto const other = parse_sts_policy("version: STSv1\nmode: nun\nmax_age: 1");
    REQUIRE(other.has(code::policy_mode_unknown));
    auto const wanted = other.findings.front().expected_in("version: STSv1\nmode: nun\nmax_age: 1");
    CHECK(wanted.offset == 21);
    CHECK(std::count(wanted.wanted.begin(), wanted.wanted.end(),
                     mtasts::expectation::item{"sts-policy-mode-value", false}) == 1);
}
