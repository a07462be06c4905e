// SPDX-License-Identifier: BSL-1.0
/// How real sending MTAs read a policy: they differ on the same text.
///
/// Dated data, from the senders' own parsers: one row per kind of text, one predicate per row, one cell per sender.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <mtasts/finding/finding.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>

namespace mtasts {

/// One sender's reading of a policy, and the kind of text that decided it; that is empty if no row applies.
/// Example: `for (mtasts::sender_answer const& a : mtasts::what_senders_do(text, policy)) std::cout << a.sender;`
struct sender_answer {
    /// The month in which the senders' sources were read.
    static constexpr std::string_view as_of = "2026-11";

    /// In order of weight: if several rows apply, the heaviest cell decides.
    enum class effect { uses, differs, unknown, discards };

    std::string_view sender;
    effect verdict = effect::uses;
    std::string_view words = "uses it as RFC 8461 says";
    std::string_view about = {};

    friend constexpr bool operator==(sender_answer const&, sender_answer const&) = default;
};

namespace detail {

namespace sender_table {

inline constexpr auto names = std::to_array<std::string_view>(
    {"mox", "postfix-tlspol", "Stalwart", "KumoMTA", "postfix-mta-sts-resolver", "mailauth", "Halon"});

/// The meaning of a mark in the table.
struct cell {
    char mark;
    sender_answer::effect verdict;
    std::string_view words;
};
inline constexpr auto cells = [] {
    using enum sender_answer::effect;
    return std::to_array<cell>({
        {'+', uses, "uses it"},
        {'x', discards, "discards it"},
        {'?', unknown, "not known"},
        {'m', differs, "takes the last mode"},
        {'a', differs, "takes the last max_age"},
        {'n', differs, "treats it as mode none"},
        {'e', differs, "does not enforce it"},
        {'d', differs, "applies max_age 86400"},
        {'0', differs, "applies max_age 0"},
        {'>', differs, "applies the greater max_age"},
        {'u', differs, "does not check it"},
        {'h', differs, "uses it, but that mx matches no host"},
        {'p', differs, "hands that mx to Postfix as it stands"},
        {'o', differs, "hands Postfix an empty pattern"},
        {'2', differs, "hands Postfix two words"},
        {':', differs, "hands Postfix two patterns"},
        {'*', differs, "lets it cover names at any depth"},
        {'A', differs, "converts it"},
        {'U', differs, "takes it literally"},
        {'8', differs, "takes it literally if it is served with charset=utf-8"},
        {'c', differs, "discards it unless it is served with charset=utf-8"},
        {'j', differs, "loses the line after it"},
        {'s', differs, "does not read that line"},
        {'k', differs, "reads it as the known field"},
    });
}();
constexpr cell const& cell_of(char mark) {
    return *std::find_if(cells.begin(), cells.end(), [&](cell const& known) { return known.mark == mark; });
}

/// The lines with one of the defined names.
struct field_lines {
    std::string_view name;
    bool (*wellformed)(std::string_view value);
    std::string_view first = {};
    std::size_t count = 0;
    /// About the lines after the first: the value is the same, another, or none; about any line: the name is in another
    /// case.
    bool same = false, other = false, malformed = false, other_case = false;

    constexpr bool repeated_in_other_case() const { return count != 0 && other_case; }
    constexpr void count_line(text::policy_line const& line) {
        auto const given = text::trimmed(line.name);
        if (given != name) other_case = other_case || text::equal_ignoring_case(given, name);
        else if (count++ == 0) first = line.value;
        else (!wellformed(line.value) ? malformed : line.value == first ? same : other) = true;
    }
};

/// The facts about a policy that the rows ask for.
struct facts {
    std::string_view text;
    parsed<sts_policy> const& policy;
    field_lines version{"version", [](std::string_view value) { return value == "STSv1"; }};
    field_lines mode{
        "mode", [](std::string_view value) { return value == "none" || value == "testing" || value == "enforce"; }};
    field_lines max_age{"max_age", [](std::string_view v) {
                            return !v.empty() && v.size() <= 10 && text::all_octets(v, text::is_digit);
                        }};
    field_lines mx{"mx", [](std::string_view) { return true; }};

    constexpr facts(std::string_view given, parsed<sts_policy> const& read) : text(given), policy(read) {
        if (read.has(code::text_too_large)) return;
        for (text::policy_lines lines(text); !lines.done();)
            if (auto const line = lines.next(); line.has_colon)
                for (auto* field : {&version, &mode, &max_age, &mx}) field->count_line(line);
    }

    constexpr bool has_field(std::string_view name) const {
        return name == version.name || name == mode.name || name == max_age.name || name == mx.name;
    }
    /// The value of the first max_age, or -1.
    constexpr std::int64_t seconds() const {
        if (!max_age.wellformed(max_age.first)) return -1;
        std::int64_t sum = 0;
        for (char const c : max_age.first) sum = sum * 10 + (c - '0');
        return sum;
    }
    template <class Predicate>
    constexpr bool any_label(Predicate accepts) const {
        bool any = false;
        for (auto const pattern : policy.value.mx)
            text::for_each_piece(pattern.domain(), '.', [&](std::string_view label) { any = any || accepts(label); });
        return any;
    }
    constexpr bool wildcard() const {
        return policy.value.mode != policy_mode::none && std::any_of(policy.value.mx.begin(), policy.value.mx.end(),
                                                                     [](mx_pattern one) { return one.wildcard(); });
    }
    constexpr bool address() const {
        return std::any_of(policy.value.mx.begin(), policy.value.mx.end(), [](mx_pattern one) {
            return text::all_octets(one.text, [](char c) { return text::is_digit(c) || c == '.'; });
        });
    }
    constexpr bool beyond_ascii() const {
        return std::any_of(policy.value.extensions.begin(), policy.value.extensions.end(),
                           [](extension const& one) { return !text::all_octets(one.value, text::is_ascii); });
    }
};

/// One finding, as the rows of faults see it: its octets, and the line of the policy it is about.
struct fault {
    facts const& of;
    code what;
    std::string_view octets;
    std::string_view line;

    constexpr bool has_colon() const { return line.find(':') != line.npos; }
    constexpr bool in_extension() const {
        return has_colon() && !of.has_field(text::trimmed(text::policy_line(line).name));
    }
};

template <class Subject>
struct row {
    /// One mark per sender, separated by spaces.
    std::string_view marks;
    bool (*applies)(Subject const&);
    std::string_view about;
};

using enum code;
template <code... Codes>
constexpr bool is(fault const& f) {
    return ((f.what == Codes) || ...);
}
template <code Code, field_lines facts::*Field, bool OtherCase>
constexpr bool lacks(fault const& f) {
    return f.what == Code && (f.of.*Field).other_case == OtherCase;
}
template <code Code, bool (*Test)(std::string_view)>
constexpr bool with(fault const& f) {
    return f.what == Code && Test(f.octets);
}
constexpr bool is_max_age(std::string_view name) { return name == "max_age"; }
constexpr bool is_extension(std::string_view name) { return name != "version" && name != "mode" && name != "max_age"; }
constexpr bool plus(std::string_view value) { return value.starts_with('+'); }
constexpr bool minus(std::string_view value) { return value.starts_with('-'); }
constexpr bool commas(std::string_view value) { return value.find(',') != value.npos; }
constexpr bool only_spaces(std::string_view value) { return value.find_first_of(",;") == value.npos; }
constexpr bool too_long(std::string_view label) { return label.size() > 63; }
/// "0x15180" or "1e5", which are numbers to JavaScript.
constexpr bool script_number(std::string_view value) {
    auto const mark = value.find_first_not_of("0123456789");
    if (mark == 0 || mark == value.npos || mark + 1 == value.size()) return false;
    auto const rest = value.substr(mark + 1);
    if (text::lower(value[mark]) == 'x')
        return value.substr(0, mark) == "0" && text::all_octets(rest, text::is_hex_digit);
    return text::lower(value[mark]) == 'e' && text::all_octets(rest, text::is_digit);
}
/// "86_400", which is a number to Python.
constexpr bool grouped_number(std::string_view value) {
    bool grouped = true;
    text::for_each_piece(value, '_', [&](std::string_view group) {
        grouped = grouped && !group.empty() && text::all_octets(group, text::is_digit);
    });
    return grouped;
}
/// "00000086400": too many digits, but not too large a number.
constexpr bool zeros(std::string_view digits) {
    auto const number = digits.substr((std::min)(digits.find_first_not_of('0'), digits.size()));
    return number.size() < 8 || (number.size() == 8 && number <= "31557600");
}
constexpr bool too_great(std::string_view digits) { return !zeros(digits); }
constexpr bool without_colon(fault const& f) { return is<policy_colon_missing, policy_comment>(f) && !f.has_colon(); }
constexpr bool odd_name(fault const& f) { return is<policy_name, policy_comment>(f) && f.has_colon(); }
constexpr bool not_utf8(fault const& f) { return f.what == policy_not_utf8 && f.in_extension(); }
/// Except NUL, and those at which some senders end a line.
constexpr bool odd_octet(fault const& f) {
    constexpr std::string_view others{"\0\v\f\x1C\x1D\x1E", 6};
    return f.what == policy_control && f.in_extension() && f.octets.find_first_of(others) == f.octets.npos;
}
constexpr bool no_policy(fault const& f) {
    return is<policy_is_html, policy_is_json, policy_is_record>(f) && f.of.version.count + f.of.mx.count == 0;
}

// clang-format off
/// Texts that are unusable by RFC 8461. What senders do about a fault without a row is unknown.
inline constexpr auto faults = std::to_array<row<fault>>({
//    mox
//    | postfix-tlspol
//    | | Stalwart
//    | | | KumoMTA
//    | | | | postfix-mta-sts-resolver
//    | | | | | mailauth
//    | | | | | | Halon
    {"x x + x x x x", lacks<policy_version_missing, &facts::version, false>, "no version"},
    {"x x + x x + ?", lacks<policy_version_missing, &facts::version, true>, "\"version\" in another case"},
    {"x x + x x x ?", is<policy_version_case>, "a version in another case"},
    {"x x x x x x ?", is<policy_version_unknown>, "another version"},
    {"x e n x x n u", lacks<policy_mode_missing, &facts::mode, false>, "no mode"},
    {"x e n x x + ?", lacks<policy_mode_missing, &facts::mode, true>, "\"mode\" in another case"},
    {"x x x x x + u", is<policy_mode_case>, "a mode in another case"},
    {"x x x x x x u", is<policy_mode_unknown, policy_mode_report, policy_value_quoted>, "a mode that does not exist"},
    {"x x d x x x u", lacks<policy_max_age_missing, &facts::max_age, false>, "no max_age"},
    {"x x d x x + ?", lacks<policy_max_age_missing, &facts::max_age, true>, "\"max_age\" in another case"},
    {"x x d x x 0 ?", with<policy_value_empty, is_max_age>, "an empty max_age"},
    {"x x + + + + ?", with<policy_max_age_sign, plus>, "a max_age with a plus sign"},
    {"x x d x x x ?", with<policy_max_age_sign, minus>, "a negative max_age"},
    {"x x + + + + ?", with<policy_max_age_digits, zeros>, "a max_age of more than ten digits"},
    {"x x d > x x ?", with<policy_max_age_digits, too_great>, "a max_age of more than ten digits, above the limit"},
    {"x x d x x + ?", with<policy_max_age_number, script_number>, "a max_age in hexadecimal or with an exponent"},
    {"x x d x + x ?", with<policy_max_age_number, grouped_number>, "a max_age with underscores"},
    {"x x d x x x ?", is<policy_max_age_unit>, "a max_age with a unit"},
    {"x x x x x x ?", lacks<policy_mx_missing, &facts::mx, false>, "no mx"},
    {"x x x x x + ?", lacks<policy_mx_missing, &facts::mx, true>, "\"mx\" in another case"},
    {"x x x h o h ?", is<host_empty>, "an empty mx"},
    {"x x h h o h ?", is<host_wildcard_bare>, "an mx that is \"*\" alone"},
    {"x x h h p h ?", is<host_wildcard_place, host_wildcard_partial>, "an mx with \"*\" out of place"},
    {"x x h h * h ?", is<host_leading_dot>, "an mx that begins with a dot"},
    {"x p h h p h ?", is<host_trailing_dot>, "an mx that ends with a dot"},
    {"x x h h p h ?", is<host_empty_label>, "an mx with an empty label"},
    {"x x + + + + ?", is<host_underscore>, "an mx with an underscore"},
    {"x x U U p U ?", is<host_address_literal>, "an mx that is an address in brackets"},
    {"x x h h p h ?", with<host_comma_list, commas>, "several hosts in one mx, with commas"},
    {"x x h h 2 h ?", with<host_comma_list, only_spaces>, "several hosts in one mx, with spaces"},
    {"x x h h 2 h ?", is<host_space, host_priority>, "an mx with a space"},
    {"x x h h : h ?", is<host_port>, "an mx with a port"},
    {"x x A U 8 U U", is<host_u_label>, "an mx with a U-label"},
    {"x x + + + + +", is<policy_blank_line, policy_blank_line_skipped>, "a blank line"},
    {"x x + x x + ?", is<policy_bom, policy_bom_skipped>, "a byte order mark"},
    {"x x x x + x ?", is<policy_bare_cr>, "CR alone as the end of a line"},
    {"x x + + s + ?", is<policy_leading_space>, "a space at the beginning of a line"},
    {"x x + + s + ?", is<policy_space_before_colon>, "a space before the colon"},
    {"x x j x + + ?", without_colon, "a comment or another line without colon"},
    {"x x + + + + ?", with<policy_value_empty, is_extension>, "an extension without value"},
    {"x x + + + + ?", odd_name, "an extension's name with other characters"},
    {"x x + + + + ?", odd_octet, "a control character in an extension"},
    {"+ x x x x + ?", not_utf8, "an extension that is not UTF-8"},
    {"x x x x x x x", is<policy_empty>, "no text"},
    {"x x x x x x x", no_policy, "HTML, JSON or a TXT record"},
});

/// Texts that are usable by RFC 8461, as far as these rows can tell.
inline constexpr auto oddities = std::to_array<row<facts>>({
//    mox
//    | postfix-tlspol
//    | | Stalwart
//    | | | KumoMTA
//    | | | | postfix-mta-sts-resolver
//    | | | | | mailauth
//    | | | | | | Halon
    {"x x + ? x ? x", [](facts const& f) { return f.text.size() > 65536 && f.text.size() <= 1048576; }, "more than 64 KiB"},
    {"x x x ? x ? x", [](facts const& f) { return f.text.size() > 1048576; }, "more than 1 MiB"},
    {"+ + m x m m m", [](facts const& f) { return f.mode.other; }, "mode stands twice, not alike"},
    {"x + x x x x ?", [](facts const& f) { return f.mode.malformed; }, "mode stands twice, later malformed"},
    {"+ + a x a a ?", [](facts const& f) { return f.max_age.other; }, "max_age stands twice, not alike"},
    {"+ + + x + + +", [](facts const& f) { return f.version.same || f.mode.same || f.max_age.same; }, "version, mode or max_age stands twice, alike"},
    {"? ? ? x ? ? ?", [](facts const& f) { return f.version.malformed || f.max_age.malformed; }, "version or max_age stands twice, later malformed"},
    {"+ + + + + k ?", [](facts const& f) { return f.mode.repeated_in_other_case() || f.max_age.repeated_in_other_case() || f.mx.repeated_in_other_case(); }, "a known name a second time in another case"},
    {"+ + x + + + +", [](facts const& f) { return f.mode.first == "none" && f.mx.count == 0; }, "mode none without mx"},
    {"> + d > x x u", [](facts const& f) { return f.seconds() > 31557600 && f.seconds() <= 2147483647; }, "max_age above 31557600"},
    {"x + d > x x u", [](facts const& f) { return f.seconds() > 2147483647; }, "max_age above 2147483647"},
    {"+ + d + + + +", [](facts const& f) { return f.seconds() == 31557600; }, "max_age of just 31557600"},
    {"+ + d + + + +", [](facts const& f) { return f.seconds() >= 0 && f.seconds() < 3600; }, "max_age below 3600"},
    {"+ * + + * * ?", [](facts const& f) { return f.wildcard(); }, "a wildcard, and a host two labels below it"},
    {"x x + + + + ?", [](facts const& f) { return f.address(); }, "an mx that is an IP address"},
    {"+ x + + + + ?", [](facts const& f) { return f.any_label(too_long); }, "an mx with a label of more than 63 octets"},
    {"x + + + + + ?", [](facts const& f) { return f.any_label(is_fake_a_label); }, "an mx with a label that is no A-label"},
    {"+ + + + c + ?", [](facts const& f) { return f.beyond_ascii(); }, "an extension with octets beyond ASCII"},
});
// clang-format on

}  // namespace sender_table

}  // namespace detail

/// What senders do with a policy (RFC 8461 3.2, 3.3), one answer per sender, always in the same order.
///
/// `policy` is what `parse_sts_policy` or `check_sts_policy` made of the text; the data is as of `sender_answer::as_of`.
/// Example: `for (auto const& a : mtasts::what_senders_do(text, policy)) std::cout << a.sender << ' ' << a.words << '\n';`
constexpr std::vector<sender_answer> what_senders_do(std::string_view text, parsed<sts_policy> const& policy) {
    using namespace detail::sender_table;
    std::vector<sender_answer> answers;
    for (auto const name : names) answers.push_back({name});
    auto const apply = [&](std::string_view marks, std::string_view about) {
        for (std::size_t i = 0; i != names.size(); ++i)
            if (auto const& said = cell_of(marks[2 * i]); answers[i].about.empty() || said.verdict > answers[i].verdict)
                answers[i] = {names[i], said.verdict, said.words, about};
    };
    facts const all(text, policy);
    for (auto const& oddity : oddities)
        if (oddity.applies(all)) apply(oddity.marks, oddity.about);
    for (auto const& said : policy.findings) {
        bool known = !said.makes_unusable() || (said.code == code::text_too_large && text.size() > 65536);
        fault const one{all, said.code, said.where.of(text), said.part.of(text)};
        for (auto const& kind : faults)
            if (kind.applies(one)) {
                apply(kind.marks, kind.about);
                known = true;
            }
        if (!known) apply("? ? ? ? ? ? ?", "not in the table");
    }
    return answers;
}

}  // namespace mtasts
