// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: what the strings and numbers of a report mean. Whatever can be used is taken, and every deviation is
/// reported.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <mtasts/grammar/addr_spec.hpp>
#include <mtasts/grammar/tlsa_record.hpp>
#include <mtasts/grammar/uri.hpp>
#include <mtasts/model/tlsrpt_schema.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/parse/date_time.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/parse/ip_address.hpp>
#include <mtasts/parse/json/reader.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/name_table.hpp>

namespace mtasts::detail {

/// Reports what another parser found in a string, at its place in the report.
constexpr void say_of_part(json_reader& json, json_text string, finding said) {
    auto const place = json.place_of(string);
    if (string.is_raw()) {
        said.where.offset += place.offset;
        said.part.offset += place.offset;
    } else {
        said.where = place;
        said.expect = nullptr;
    }
    json.say(said);
}

namespace contact_table {

using namespace fault_table;
using enum code;

constexpr octets mailto(plain const& contact) {
    return only_if(text::starts_ignoring_case(contact.text, "mailto:"), contact.text);
}
constexpr octets list(plain const& contact) {
    auto const comma = text::find_octet(contact.text, is<',', ';'>);
    return only_if(comma != contact.text.npos && contact.text.find('@', comma) != contact.text.npos, contact.text);
}

inline constexpr auto rows = std::to_array<row<plain>>({
    {first<no<text::is_ascii>>, report_contact_non_ascii, whole},
    {mailto, report_contact_uri, whole},
    {first<is<'<', '>'>>, report_contact_name, whole},
    {list, report_contact_list, whole},
    {anything, report_contact_syntax, whole},
});

}  // namespace contact_table

/// RFC 5322 3.4.1: an address, kept even if it is malformed.
constexpr void take_mail_address(json_reader& json, json_text string, std::string_view& out) {
    out = string.value;
    auto const text = string.value;
    // The grammar is that of mailto, in which "," and ";" are encoded.
    bool const quoted = text.starts_with('"');
    if (read(grammar::addr_spec, text, ignore_events) && (quoted || text.find_first_of(",;") == text.npos)) {
        if (text.ends_with(']')) json.say(code::report_contact_literal, json.place_of(string));
        return;
    }
    auto const said = *fault_table::first_fault(contact_table::rows, {text}, text);
    say_of_part(json, string, with_expectation<grammar::addr_spec>(said, text, text));
}

/// RFC 3339 5.6: an instant; absent if the text names none.
constexpr void take_instant(json_reader& json, json_text string, std::optional<std::chrono::sys_seconds>& out) {
    auto const result = parse_date_time(string.value);
    out = result.usable() ? std::optional(result.value) : usual_date_time(string.value);
    for (auto const& said : result.findings) say_of_part(json, string, said);
    // What is wrong besides the form is a fault of its own.
    bool const form = result.has(code::time_zone_missing) || result.has(code::time_space);
    if (!out && form) json.say(code::time_range, json.place_of(string));
}

/// RFC 8460 4.4: the policy domain in A-labels; kept even if it is malformed.
constexpr void take_domain(json_reader& json, json_text string, std::string_view& out) {
    auto text = out = string.value;
    auto const place = json.place_of(string);
    if (!read(grammar::Domain_alone, text, ignore_events)) {
        if (!text::all_octets(text, text::is_ascii)) return json.say(code::report_domain_non_ascii, place);
        constexpr std::string_view owner = "_25._tcp.";
        bool const is_owner = text::starts_ignoring_case(text, owner);
        if (is_owner) text.remove_prefix(owner.size());
        bool const final_dot = text.ends_with('.');
        if (final_dot) text.remove_suffix(1);
        if (!read(grammar::Domain_alone, text, ignore_events)) {
            auto said = explain_host(string.value, string.value, false);
            said.code = code::report_domain_syntax;
            said.where = {0, string.value.size()};
            return say_of_part(json, string, said);
        }
        if (is_owner) json.say(code::report_domain_owner, place);
        if (final_dot) json.say(code::report_domain_final_dot, place);
        out = text;
    }
    if (text::find_octet(text, [](char c) { return 'A' <= c && c <= 'Z'; }) != text.npos)
        json.say(code::report_domain_case, place);
}

/// RFC 8461 3.2: an mx pattern, without the key that some senders leave in front of it.
constexpr mx_pattern take_mx_pattern(json_reader& json, json_text string) {
    auto const text = string.value;
    if (read(grammar::sts_policy_mx_value_alone, text, ignore_events)) return {text};
    if (text::starts_ignoring_case(text, "mx:")) {
        auto pattern = text.substr(3);
        while (!pattern.empty() && text::is_space(pattern.front())) pattern.remove_prefix(1);
        if (read(grammar::sts_policy_mx_value_alone, pattern, ignore_events)) {
            json.say(code::report_mx_host_key, json.place_of(string));
            return {pattern};
        }
    }
    auto said = explain_host(string.value, string.value, true);
    said.code = text::all_octets(text, text::is_ascii) ? code::report_mx_host_syntax : code::report_mx_host_non_ascii;
    said.where = {0, string.value.size()};
    say_of_part(json, string, said);
    return {text};
}

/// RFC 8460 4.5: the lines of a policy; several in one string are split.
constexpr void take_policy_lines(json_reader& json, json_text string, std::vector<std::string_view>& out) {
    // A line end can only be there as an escape.
    if (string.is_raw() || string.value.find_first_of("\r\n") == string.value.npos) return out.push_back(string.value);
    auto text = string.value;
    while (text.ends_with('\r') || text.ends_with('\n')) text.remove_suffix(1);
    json.say(text.find('\n') == text.npos ? code::report_policy_line_return : code::report_policy_lines_joined,
             json.place_of(string));
    text::for_each_piece(text, '\n', [&](std::string_view line) {
        while (line.ends_with('\r')) line.remove_suffix(1);
        out.push_back(line);
    });
}

/// RFC 8460 4.4: an address of an MTA; absent if it is malformed.
constexpr void take_address(json_reader& json, json_text string, std::optional<ip_address>& out) {
    auto const text = string.value;
    auto result = parse_ip_address(text);
    for (auto const& said : result.findings) say_of_part(json, string, said);
    if (!result.usable() && text.starts_with('[') && text.ends_with(']'))
        result = parse_ip_address(text.substr(1, text.size() - 2));
    if (result.usable()) out = result.value;
}

/// RFC 3986 3: a URI, kept even if it is malformed.
constexpr void take_uri(json_reader& json, json_text string, std::string_view& out) {
    out = string.value;
    if (read(grammar::URI_alone, out, ignore_events)) return;
    // RFC 8460 3 removes three characters from sub-delims; here they count like the others.
    std::vector<char> plain(out.begin(), out.end());
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c == '!' || c == ',' || c == ';'; }, '$');
    if (!read(grammar::URI_alone, std::string_view(plain.data(), plain.size()), ignore_events))
        json.say(code::report_uri_syntax, json.place_of(string));
}

/// The words of an open list.
template <class Kind>
inline constexpr auto words_of = text::name_table<names_of(Kind{}).size()>(names_of(Kind{}));

template <class Kind>
constexpr bool take_known_word(std::string_view text, coded<Kind>& out) {
    auto const index = words_of<Kind>.find(text);
    if (index == words_of<Kind>.none) return false;
    out.kind = static_cast<Kind>(index + 1);
    return true;
}

/// A word of an open list; an unknown one keeps its spelling.
template <class Kind>
constexpr void take_word(json_reader& json, json_text string, coded<Kind>& out, code unknown, code other_case) {
    if (take_known_word(string.value, out)) return;
    if (!string.value.empty()) out = {Kind::other, string.value};
    for (auto const name : names_of(Kind{}))
        if (text::equal_ignoring_case(string.value, name)) return json.say(other_case, json.place_of(string), name);
    json.say(unknown, json.place_of(string));
}

/// The value of an exponent. Beyond any length that a text can have, its size does not matter.
constexpr std::int64_t power_of(std::string_view exponent) {
    std::int64_t power = 0;
    for (char const c : exponent)
        if (text::is_digit(c) && power < (std::int64_t{1} << 50)) power = power * 10 + (c - '0');
    return exponent.find('-') == exponent.npos ? power : -power;
}

/// The value of a number that is an integer of at least 0, saturated above `greatest_count`. Absent for other numbers.
constexpr std::optional<std::uint64_t> whole_number(json_number const& number) {
    // The digits of integer and fraction form an integer, multiplied by a power of ten.
    auto const fraction = number.fraction.empty() ? number.fraction : number.fraction.substr(1);
    auto const digit = [&](std::size_t i) {
        return i < number.integer.size() ? number.integer[i] : fraction[i - number.integer.size()];
    };
    auto digits = number.integer.size() + fraction.size();
    auto power = power_of(number.exponent) - static_cast<std::int64_t>(fraction.size());
    while (digits != 0 && digit(digits - 1) == '0') {
        --digits;
        ++power;
    }
    if (digits == 0) return 0;
    if (power < 0 || number.text.starts_with('-')) return {};
    std::uint64_t value = 0;
    for (std::size_t i = 0; i != digits; ++i) {
        value = value * 10 + static_cast<std::uint64_t>(digit(i) - '0');
        if (value > greatest_count) return greatest_count + 1;
    }
    for (; power != 0; --power) {
        value *= 10;
        if (value > greatest_count) return greatest_count + 1;
    }
    return value;
}

/// RFC 8460 4.4: a count of sessions that is not written as plain digits.
constexpr void take_unusual_count(json_reader& json, json_number const& number, std::optional<std::uint64_t>& out) {
    auto const place = span_of(json.text(), number.text);
    out = whole_number(number);
    bool const plain = number.fraction.empty() && number.exponent.empty();
    if (!out)
        return json.say(number.text.starts_with('-') ? code::report_count_negative : code::report_count_fraction,
                        place);
    if (!plain || number.text.starts_with('-')) json.say(code::report_count_form, place);
    if (*out <= greatest_count) return;
    json.say(code::report_count_large, place);
    out = greatest_count;
}

}  // namespace mtasts::detail
