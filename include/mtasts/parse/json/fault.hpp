// SPDX-License-Identifier: BSL-1.0
/// RFC 8259: explains why a text is not JSON.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <mtasts/grammar/json.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts::detail {

/// The places between tokens, by what JSON allows there.
enum class json_place { value, first_value, first_name, name, colon, after_member, after_element, after_text };

/// The `expect` of findings about such a place.
template <json_place Place>
constexpr expectation json_expected(std::string_view) {
    auto const literal = [](std::string_view text) { return expectation::item{text, true}; };
    switch (Place) {
        case json_place::value:
        case json_place::first_value: {
            expectation some{0,
                             {{"string"}, {"number"}, literal("{"), literal("["), literal("true"), literal("false")}};
            some.wanted.push_back(literal("null"));
            if (Place == json_place::first_value) some.wanted.push_back(literal("]"));
            return some;
        }
        case json_place::first_name: return {0, {{"string"}, literal("}")}};
        case json_place::name: return {0, {{"string"}}};
        case json_place::colon: return {0, {literal(":")}};
        case json_place::after_member: return {0, {literal(","), literal("}")}};
        case json_place::after_element: return {0, {literal(","), literal("]")}};
        case json_place::after_text: break;
    }
    return {0, {{"end of text"}}};
}

namespace json_table {

using namespace fault_table;
using enum code;

/// The rest of the text, where JSON expects something else between tokens.
struct gap {
    std::string_view text;
    json_place place;

    constexpr bool wants_value() const { return place == json_place::value || place == json_place::first_value; }
    constexpr bool wants_name() const { return place == json_place::name || place == json_place::first_name; }
    constexpr bool wants_comma() const {
        return place == json_place::after_member || place == json_place::after_element;
    }
    constexpr std::string_view word() const {
        auto const in_word = [](char c) {
            return text::is_alphanumeric(c) || c == '_' || c == '-' || c == '+' || c == '.';
        };
        return text.substr(0, text::find_octet(text, [&](char c) { return !in_word(c); }));
    }
    constexpr std::string_view after_word() const { return text.substr(word().size()); }
};

constexpr octets after_text(gap const& given) { return only_if(given.place == json_place::after_text, given.text); }
constexpr octets single_quote(gap const& given) {
    return only_if(given.wants_value() || given.wants_name(), front<is<'\''>>(given));
}
constexpr octets closed_after_comma(gap const& given) {
    if (given.place == json_place::value) return front<is<']'>>(given);
    return only_if(given.place == json_place::name, front<is<'}'>>(given));
}
// What is cut off by the end of the text was correct so far.
constexpr octets cut_literal(gap const& given) {
    auto const begins = [&](std::string_view literal) { return literal.starts_with(given.text); };
    return only_if(given.wants_value() && (begins("true") || begins("false") || begins("null")), given.after_word());
}
constexpr octets cut_number(gap const& given) {
    bool const goes_on = is<'.', 'e', 'E', '+', '-'>(given.text.back());
    return only_if(given.wants_value() && (text::is_digit(given.text.front()) || given.text.front() == '-') &&
                       given.after_word().empty() && goes_on,
                   given.after_word());
}
constexpr octets odd_number(gap const& given) {
    auto const next = given.text.front();
    return only_if(given.wants_value() && (text::is_digit(next) || is<'-', '+', '.'>(next)), given.word());
}
constexpr octets odd_literal(gap const& given) {
    return only_if(given.wants_value() && text::is_alpha(given.text.front()), given.word());
}
constexpr octets bare_name(gap const& given) {
    return only_if(given.wants_name() && (text::is_alpha(given.text.front()) || given.text.front() == '_'),
                   given.word());
}
constexpr octets next_value(gap const& given) {
    if (!given.wants_comma()) return {};
    return given.word().empty() ? front<is<'"', '{', '['>>(given) : given.word();
}
constexpr octets character(gap const& given) {
    return given.text.substr(0, std::max<std::size_t>(text::first_code_point(given.text).length, 1));
}

inline constexpr auto gap_rows = std::to_array<row<gap>>({
    {empty, json_truncated, whole},
    {front<is<'\0'>>, json_nul, found},
    {after_text, json_trailing, whole},
    {single_quote, json_single_quotes, found},
    {closed_after_comma, json_trailing_comma, found},
    {cut_literal, json_truncated, found},
    {cut_number, json_truncated, found},
    {odd_number, json_number, found},
    {odd_literal, json_literal, found},
    {bare_name, json_name_unquoted, found},
    {next_value, json_comma_missing, found},
    {character, json_syntax, found},
});

/// The rest of a string, from an octet on that may not be plain.
constexpr octets end_of(plain const& rest) { return rest.text.substr(rest.text.size()); }

/// The beginning of one character of several octets.
constexpr octets cut_character(plain const& rest) {
    auto const lead = static_cast<unsigned char>(rest.text.front());
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    return only_if(0xC2 <= lead && lead <= 0xF4 && rest.text.size() < length &&
                       text::all_octets(rest.text.substr(1), continues),
                   end_of(rest));
}
constexpr octets no_character(plain const& rest) {
    return only_if(text::first_code_point(rest.text).length == 0, rest.text.substr(0, 1));
}
constexpr octets cut_escape(plain const& rest) { return only_if(rest.text == "\\", end_of(rest)); }
constexpr octets odd_digit(plain const& rest) {
    if (!rest.text.starts_with("\\u")) return {};
    auto const odd = text::find_octet(rest.text.substr(2, 4), no<text::is_hex_digit>);
    return only_if(odd != rest.text.npos, rest.text.substr(0, 2 + odd + 1));
}
constexpr octets cut_digits(plain const& rest) {
    return only_if(rest.text.starts_with("\\u") && rest.text.size() < 6, end_of(rest));
}
constexpr octets odd_escape(plain const& rest) {
    if (rest.text.front() != '\\' || is<'"', '\\', '/', 'b', 'f', 'n', 'r', 't', 'u'>(rest.text[1])) return {};
    return rest.text.substr(0, 1 + std::max<std::size_t>(text::first_code_point(rest.text.substr(1)).length, 1));
}

inline constexpr auto string_rows = std::to_array<row<plain>>({
    {empty, json_truncated, whole},
    {front<is<'\0'>>, json_nul, found},
    {front<text::is_control>, json_control, found},
    {cut_character, json_truncated, found},
    {no_character, text_not_utf8, found},
    {cut_escape, json_truncated, found},
    {odd_digit, json_escape, found},
    {cut_digits, json_truncated, found},
    {odd_escape, json_escape, found},
});

}  // namespace json_table

/// Explains what is wrong at an offset between tokens.
template <json_place Place>
constexpr finding explain_json(std::string_view text, std::size_t offset) {
    auto said = *fault_table::first_fault(json_table::gap_rows, {text.substr(offset), Place}, text);
    said.expect = json_expected<Place>;
    said.part = {said.code == code::json_truncated ? said.where.offset : offset, 0};
    return said;
}

/// Explains why the grammar rejects a string, whose quotation mark is at an offset.
constexpr finding explain_json_string(std::string_view text, std::size_t offset) {
    auto const whole = text.substr(offset);
    auto rest = whole.substr(1);
    for (;;) {
        rest.remove_prefix(static_cast<std::size_t>(
            grammar::plain_octets::skip(rest.data(), rest.data() + rest.size()) - rest.data()));
        if (auto const said = fault_table::first_fault(json_table::string_rows, {rest}, text))
            return with_expectation<grammar::json_string>(*said, text, whole);
        bool const escape = rest.front() == '\\';
        rest.remove_prefix(!escape ? text::first_code_point(rest).length : rest[1] == 'u' ? 6 : 2);
    }
}

}  // namespace mtasts::detail
