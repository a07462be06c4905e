/// RFC 8259: what is wrong where a text leaves JSON.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include <mtasts/grammar/json.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts {

/// What JSON lets stand at a place between tokens.
enum class json_place { value, first_value, first_name, name, colon, behind_member, behind_element, behind_text };

/// The answer that findings about such a place carry.
template <json_place Place>
constexpr expectation json_expected(std::string_view) {
    auto const literal = [](std::string_view text) { return expected{text, true}; };
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
        case json_place::behind_member: return {0, {literal(","), literal("}")}};
        case json_place::behind_element: return {0, {literal(","), literal("]")}};
        case json_place::behind_text: break;
    }
    return {0, {{"end of text"}}};
}

/// What is wrong at an offset between tokens.
template <json_place Place>
constexpr finding explain_json(std::string_view text, std::size_t offset) {
    auto const rest = text.substr(offset);
    auto const at = [&](code what, std::size_t length) {
        finding said{what, {offset, length}};
        said.expect = json_expected<Place>;
        said.part = {offset, 0};
        return said;
    };
    auto const at_end = [&](std::size_t skipped) {
        finding said{code::json_truncated, {offset + skipped, 0}};
        said.expect = json_expected<Place>;
        said.part = said.where;
        return said;
    };
    if (rest.empty()) return at_end(0);
    auto const next = rest.front();
    bool const wants_value = Place == json_place::value || Place == json_place::first_value;
    bool const wants_name = Place == json_place::name || Place == json_place::first_name;
    bool const wants_comma = Place == json_place::behind_member || Place == json_place::behind_element;
    auto const in_word = [](char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '+' || c == '.'; };
    auto const word = (std::min)(find_octet(rest, [&](char c) { return !in_word(c); }), rest.size());

    if (next == '\0') return at(code::json_nul, 1);
    if (Place == json_place::behind_text) return at(code::json_trailing, rest.size());
    if (next == '\'' && (wants_value || wants_name)) return at(code::json_single_quotes, 1);
    if ((Place == json_place::value && next == ']') || (Place == json_place::name && next == '}'))
        return at(code::json_trailing_comma, 1);
    // What the end of the text cuts off was no mistake before.
    auto const begins = [&](std::string_view whole) { return whole.starts_with(rest); };
    bool const number = is_digit(next) || next == '-';
    if (wants_value && (begins("true") || begins("false") || begins("null"))) return at_end(word);
    if (wants_value && number && word == rest.size() && std::string_view(".eE+-").find(rest.back()) != rest.npos)
        return at_end(word);
    if (wants_value && (number || next == '+' || next == '.'))
        return at(code::json_number, std::max<std::size_t>(word, 1));
    if (wants_value && is_alpha(next)) return at(code::json_literal, word);
    if (wants_name && (is_alpha(next) || next == '_')) return at(code::json_name_unquoted, word);
    if (wants_comma && (next == '"' || next == '{' || next == '[' || in_word(next)))
        return at(code::json_comma_missing, std::max<std::size_t>(word, 1));
    return at(code::json_syntax, std::max<std::size_t>(first_code_point(rest).length, 1));
}

/// Whether a text is the beginning of one character that takes more octets.
constexpr bool is_cut_character(std::string_view text) {
    auto const lead = static_cast<unsigned char>(text.front());
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    auto const continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    return 0xC2 <= lead && lead <= 0xF4 && text.size() < length && all_octets(text.substr(1), continues);
}

/// What is wrong with a string, whose quotation mark stands at an offset and which the grammar does not take.
constexpr finding explain_json_string(std::string_view text, std::size_t offset) {
    auto const whole = text.substr(offset);
    auto const at = [&](code what, std::string_view part) {
        return with_expectation<grammar::json_string>({what, span_of(text, part)}, text, whole);
    };
    auto rest = whole.substr(1);
    for (;;) {
        rest.remove_prefix(static_cast<std::size_t>(
            grammar::plain_octets::skip(rest.data(), rest.data() + rest.size()) - rest.data()));
        if (rest.empty()) return at(code::json_truncated, rest);
        if (rest.front() == '\0') return at(code::json_nul, rest.substr(0, 1));
        if (is_control(rest.front())) return at(code::json_control, rest.substr(0, 1));
        if (rest.front() != '\\') {
            auto const length = first_code_point(rest).length;
            if (length == 0 && is_cut_character(rest)) return at(code::json_truncated, rest.substr(rest.size()));
            if (length == 0) return at(code::text_not_utf8, rest.substr(0, 1));
            rest.remove_prefix(length);
            continue;
        }
        if (rest.size() == 1) return at(code::json_truncated, rest.substr(1));
        if (rest[1] == 'u') {
            auto const digits = rest.substr(2, 4);
            auto const bad = find_octet(digits, [](char c) { return !is_hex_digit(c); });
            if (bad != digits.npos) return at(code::json_escape, rest.substr(0, 2 + bad + 1));
            if (digits.size() < 4) return at(code::json_truncated, rest.substr(rest.size()));
            rest.remove_prefix(6);
        } else {
            if (std::string_view("\"\\/bfnrt").find(rest[1]) == std::string_view::npos)
                return at(code::json_escape,
                          rest.substr(0, 1 + std::max<std::size_t>(first_code_point(rest.substr(1)).length, 1)));
            rest.remove_prefix(2);
        }
    }
}

}  // namespace mtasts
