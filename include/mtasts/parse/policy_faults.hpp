// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: the fields of a policy, and what is wrong with a line that the grammar rejects.
#pragma once
#include <algorithm>
#include <array>
#include <string_view>

#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts::detail {

/// RFC 8461 9.3: the names that the RFC defines. They are reserved: a line with one of them that breaks its rule is a
/// fault, although it may look like an extension.
enum class policy_name { version, mode, max_age, mx, other };

constexpr policy_name policy_name_of(std::string_view name) {
    if (name == "version") return policy_name::version;
    if (name == "mode") return policy_name::mode;
    if (name == "max_age") return policy_name::max_age;
    if (name == "mx") return policy_name::mx;
    return policy_name::other;
}

/// One line of a policy. `wellformed` says whether the rule of its name matched; a line that no rule matched already
/// has its finding (`explained`).
struct policy_field {
    policy_name known = policy_name::other;
    std::string_view name;
    std::string_view value;
    bool wellformed = false;
    bool explained = false;
};

namespace policy_table {

using namespace fault_table;

/// The text without leading white space and empty lines.
constexpr std::string_view begin(plain const& policy) {
    auto const blank = policy.text.find_first_not_of(" \t\r\n");
    return policy.text.substr((std::min)(blank, policy.text.size()));
}
constexpr octets utf16_mark(plain const& policy) {
    return only_if(policy.text.starts_with("\xFF\xFE") || policy.text.starts_with("\xFE\xFF"), policy.text);
}
constexpr octets html(plain const& policy) { return only_if(begin(policy).starts_with('<'), policy.text); }
constexpr octets json(plain const& policy) { return only_if(begin(policy).starts_with('{'), policy.text); }
constexpr octets record(plain const& policy) {
    return only_if(text::starts_ignoring_case(begin(policy), "v=STSv1"), policy.text);
}

using text::policy_line;

constexpr octets not_utf8(policy_line const& given) {
    auto rest = given.text;
    while (!rest.empty() && text::first_code_point(rest).length != 0)
        rest.remove_prefix(text::first_code_point(rest).length);
    return only_if(!rest.empty(), rest.substr(0, 1));
}
constexpr octets comment(policy_line const& given) {
    auto const begin = text::without_leading_space(given.text);
    return only_if(begin.starts_with('#') || begin.starts_with("//") || begin.starts_with(';'), given.text);
}
constexpr octets leading_space(policy_line const& given) {
    auto const spaces = given.text.size() - text::without_leading_space(given.text).size();
    return only_if(spaces != 0, given.text.substr(0, spaces));
}
constexpr octets equals_for_colon(policy_line const& given) { return only_if(!given.has_colon, first<is<'='>>(given)); }
constexpr octets no_colon(policy_line const& given) { return only_if(!given.has_colon, given.text); }
constexpr octets space_before_colon(policy_line const& given) {
    auto const name = text::trimmed(given.name).size();
    return only_if(name != given.name.size(), given.name.substr(name));
}
constexpr octets odd_name(policy_line const& given) {
    auto const name = given.name;
    return only_if(!read(grammar::sts_policy_ext_name >> grammar::eoi, name, ignore_events),
                   name.empty() ? given.text.substr(0, 1) : name);
}
constexpr octets name_without_value(policy_line const& given) { return only_if(given.value.empty(), given.name); }
constexpr octets tab(policy_line const& given) { return first<is<'\t'>>(plain{given.value}); }

/// The value of a line with one of the reserved names.
struct value {
    std::string_view text;
    std::string_view name;
    policy_name known;

    constexpr bool is(std::string_view word) const { return text::equal_ignoring_case(text, word); }
};

/// For a policy written in one line: a known name and its ":" after a ";", "," or space.
constexpr octets another_field(value const& given) {
    bool found = false;
    for (char const separator : {';', ',', ' '}) {
        bool first = true;
        text::for_each_piece(given.text, separator, [&](std::string_view piece) {
            policy_line const line(text::trimmed(piece));
            found = found || (!first && line.has_colon && policy_name_of(line.name) != policy_name::other);
            first = false;
        });
    }
    return only_if(found, given.text);
}
/// And the space before it.
constexpr octets comment_after_value(value const& given) {
    auto const hash = given.text.find('#');
    auto const before = text::without_trailing_space(given.text.substr(0, hash));
    return only_if(hash != given.text.npos && before.size() != hash, given.text.substr(before.size()));
}
constexpr octets name_of_no_value(value const& given) { return only_if(given.text.empty(), given.name); }
constexpr octets version_in_other_case(value const& given) {
    return only_if(given.known == policy_name::version && given.is("STSv1"), given.text);
}
constexpr octets other_version(value const& given) { return only_if(given.known == policy_name::version, given.text); }
constexpr octets mode_in_other_case(value const& given) {
    return only_if(given.known == policy_name::mode && (given.is("testing") || given.is("enforce") || given.is("none")),
                   given.text);
}
constexpr octets mode_report(value const& given) {
    return only_if(given.known == policy_name::mode && given.is("report"), given.text);
}
constexpr octets other_mode(value const& given) { return only_if(given.known == policy_name::mode, given.text); }
constexpr octets digits(value const& given) {
    return only_if(text::all_octets(given.text, text::is_digit), given.text);
}
constexpr octets number_with_unit(value const& given) {
    auto const number = text::find_octet(given.text, no<text::is_digit>);
    auto const unit = text::trimmed(given.text.substr(number));
    return only_if(number != 0 && !unit.empty() && text::all_octets(unit, text::is_alpha), given.text);
}

using enum code;

/// Texts that are obviously something else: no other fault is worth reporting.
inline constexpr auto other_texts = std::to_array<row<plain>>({
    {utf16_mark, policy_utf16, whole},
    {html, policy_is_html, whole},
    {json, policy_is_json, whole},
    {record, policy_is_record, whole},
});

inline constexpr auto lines = std::to_array<row<policy_line>>({
    {first<is_control_but_tab>, policy_control, found},
    {not_utf8, policy_not_utf8, found},
    {comment, policy_comment, whole},
    {leading_space, policy_leading_space, found},
    {equals_for_colon, policy_equals_sign, found},
    {no_colon, policy_colon_missing, whole},
    {space_before_colon, policy_space_before_colon, found},
});

inline constexpr auto extensions = std::to_array<row<policy_line>>({
    {odd_name, code::policy_name, found},
    {name_without_value, policy_value_empty, found},
    {tab, policy_value_tab, found},
});

/// For any value.
inline constexpr auto values = std::to_array<row<value>>({
    {another_field, policy_one_line, whole},
    {back<is<';'>>, policy_value_semicolon, found},
    {comment_after_value, policy_value_comment, found},
});

/// RFC 8461 3.2: for a version, a mode or a max_age.
inline constexpr auto words = std::to_array<row<value>>({
    {name_of_no_value, policy_value_empty, found},
    {front<is<'"', '\''>>, policy_value_quoted, whole},
    {version_in_other_case, policy_version_case, whole},
    {other_version, policy_version_unknown, whole},
    {mode_in_other_case, policy_mode_case, whole},
    {mode_report, policy_mode_report, whole},
    {other_mode, policy_mode_unknown, whole},
    {digits, policy_max_age_digits, whole},
    {front<is<'+', '-'>>, policy_max_age_sign, whole},
    {number_with_unit, policy_max_age_unit, whole},
    {anything, policy_max_age_number, whole},
});

}  // namespace policy_table

/// Explains the fault of a line with one of the reserved names, a view of the whole text.
constexpr finding explain_known_field(std::string_view whole, policy_field const& field, parse_options const& options) {
    bool const is_mx = field.known == policy_name::mx;
    if (is_mx && options.skip_malformed_mx) return {code::policy_mx_skipped, span_of(whole, field.value)};
    policy_table::value const given{field.value, field.name, field.known};
    auto said = fault_table::first_fault(policy_table::values, given, whole);
    if (!said && is_mx) return explain_host(whole, field.value, true);
    if (!said) said = fault_table::first_fault(policy_table::words, given, whole);
    auto const line = span_of(whole, field.name, field.value).of(whole);
    switch (field.known) {
        case policy_name::version: return with_expectation<grammar::sts_policy_version>(*said, whole, line);
        case policy_name::mode: return with_expectation<grammar::sts_policy_mode>(*said, whole, line);
        case policy_name::max_age: return with_expectation<grammar::sts_policy_max_age>(*said, whole, line);
        default: return with_expectation<grammar::sts_policy_mx>(*said, whole, line);
    }
}

}  // namespace mtasts::detail
