// SPDX-License-Identifier: BSL-1.0
/// Policies that are legal but unwise.
#include <array>
#include <string>

#include "rows.hpp"

using namespace mtasts;

namespace {

constexpr auto check = [](std::string_view text) { return check_sts_policy(text); };

#define FIELDS "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 1209600\n"

constexpr auto names = std::to_array<lint_row>({
    {"version: STSv1\nmode: enforce\nnmx: a.example\nmax_age: 1209600\n", code::policy_name_typo, "nmx", "mx"},
    {FIELDS "MX: b.example\n", code::policy_name_typo, "MX", "mx"},
    {FIELDS "mx1: b.example\n", code::policy_name_typo, "mx1", "mx"},
    {FIELDS "max-age: 1\n", code::policy_name_typo, "max-age", "max_age"},
    {FIELDS "max_gae: 1\n", code::policy_name_typo, "max_gae", "max_age"},
    {FIELDS "verison: STSv1\n", code::policy_name_typo, "verison", "version"},
    {FIELDS "Mode: testing\n", code::policy_name_case, "Mode", "mode"},
    {FIELDS "id: 1\n", code::policy_record_field, "id"},
    {FIELDS "foo: bar\n", code::policy_extension, "foo"},
});
static_assert(all_say(names, check));

constexpr auto ages = std::to_array<lint_row>({
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 0\n", code::policy_max_age_zero, "0"},
    {"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 604799\n", code::policy_max_age_short, "604799"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 604800\n", code::policy_max_age_modest, "604800"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 0001209600\n", code::policy_max_age_zeros, "0001209600"},
    {"version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 31557601\n", code::policy_max_age_large, "31557601"},
});
static_assert(all_say(ages, check));

constexpr auto modes_and_lines = std::to_array<lint_row>({
    {"version: STSv1\nmode: testing\nmx: a.example\nmax_age: 1209600\n", code::policy_mode_testing, "testing"},
    {"version: STSv1\nmode: none\nmx: a.example\nmax_age: 1\n", code::policy_mode_none, "none"},
    {"version: STSv1\nmode: none\nmx: a.example\nmax_age: 1\n", code::policy_none_with_mx, "a.example"},
    {FIELDS, code::policy_line_feed, "\n"},
    {FIELDS "x: y\r\n", code::policy_line_ends_mixed, "\n"},
    {FIELDS "x: y \t\n", code::policy_trailing_space, " \t"},
    {"mode: none\nversion: STSv1\nmax_age: 1\n", code::policy_version_not_first, "version: STSv1"},
});
static_assert(all_say(modes_and_lines, check));

constexpr auto patterns = std::to_array<lint_row>({
    {FIELDS "mx: A.example\n", code::policy_mx_duplicate, "A.example"},
    {FIELDS "mx: *.example\n", code::policy_mx_redundant, "a.example", "*.example"},
    {FIELDS "mx: *.example\n", code::mx_wildcard_wide, "*.example"},
    {FIELDS "mx: *.co.uk\n", code::mx_wildcard_wide, "*.co.uk"},
    {FIELDS "mx: *.b.example\n", code::mx_wildcard, "*.b.example"},
    {FIELDS "mx: 192.0.2.1\n", code::host_ip_address, "192.0.2.1"},
    {FIELDS "mx: 1\n", code::host_single_label, "1"},
    {FIELDS "mx: mta-sts.example.com\n", code::mx_technical_name, "mta-sts.example.com"},
    {FIELDS "mx: ab--c.example\n", code::host_reserved_label, "ab--c"},
    {FIELDS "mx: localhost\n", code::host_local, "localhost"},
    {FIELDS "mx: mail.corp.internal\n", code::host_local, "mail.corp.internal"},
    {FIELDS "mx: mail\n", code::host_single_label, "mail"},
    {FIELDS "mx: xn--a-.example\n", code::host_hyphen, "xn--a-"},
    {FIELDS "mx: xn--a.example\n", code::host_fake_a_label, "xn--a"},
    {FIELDS "mx: xn--zzzzzzzzzzzz9.example\n", code::host_fake_a_label, "xn--zzzzzzzzzzzz9"},
});
static_assert(all_say(patterns, check));

/// The codes of the findings about a checked text.
template <class Function>
std::vector<code> codes_of(Function checks, std::string const& text) {
    std::vector<code> codes;
    for (auto const& f : checks(text, parse_options{}).findings) codes.push_back(f.code);
    return codes;
}
/// The same for a whole policy with this one mx, which is usable.
std::vector<code> codes_with(std::string const& mx) {
    auto const policy = "version: STSv1\r\nmode: enforce\r\nmx: " + mx + "\r\nmax_age: 1209600\r\n";
    CHECK(check_sts_policy(policy).usable());
    return codes_of(check_sts_policy, policy);
}

}  // namespace

TEST_CASE("RFC 8461 9.3: a misspelt name is reported, with the name that is meant") { check_rows(names, check); }
TEST_CASE("RFC 8461 3.2, 10.2: a max_age that is short, above the limit or padded with zeros is reported") {
    check_rows(ages, check);
}
TEST_CASE("RFC 8461 5, 3.2: modes that do not protect, and unusual lines, are reported") {
    check_rows(modes_and_lines, check);
}
TEST_CASE("RFC 8461 4.1, 10.4, RFC 5890 2.3.1, 2.3.2, RFC 6761 6: implausible mx patterns are reported") {
    check_rows(patterns, check);
}

TEST_CASE("RFC 8461 3.2: a policy in the form of the RFC's example has no findings") {
    CHECK(codes_with("mail.example.com").empty());
    CHECK(codes_with("xn--bcher-kva.a--b.example").empty());
    CHECK(check_sts_policy("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n").findings.size() == 1);
}

TEST_CASE("RFC 1035 2.3.4: names that DNS cannot hold are errors, but the policy stays usable") {
    auto const label = std::string(63, 'a');
    auto const name = label + "." + label + "." + label + "." + std::string(61, 'b');
    CHECK(codes_with(name).empty());
    CHECK(codes_with(label + "a.example") == std::vector{code::host_label_long});
    CHECK(codes_with(name + "b") == std::vector{code::host_name_long});
    CHECK(codes_of(check_mx_pattern, "*." + name.substr(2)) == std::vector{code::mx_wildcard});
    CHECK(codes_of(check_mx_pattern, "*." + name.substr(1)) == std::vector{code::host_name_long, code::mx_wildcard});
}

TEST_CASE("RFC 8461 3.2: an unusable policy gets no notes about its line ends") {
    auto const broken = check_sts_policy("version: STSv1\nmode: Testing\nmx: a.example\nmax_age: 1\n");
    CHECK_FALSE(broken.has(code::policy_line_feed));
    CHECK(broken.findings.size() == 1);
}
