// SPDX-License-Identifier: BSL-1.0
/// Makes hostile text safe to show.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/text/ascii.hpp>
#include <mtasts/text/json_array.hpp>
#include <mtasts/text/percent.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts {

namespace detail {

/// Whether a code point moves a cursor, changes the direction of text, or cannot be seen or told from a space.
constexpr bool is_hidden(std::uint32_t c) {
    // Visible ASCII, most of all texts.
    if (0x20 <= c && c < 0x7F) return false;
    constexpr std::array<text::code_range, 21> hidden{
        {{0, 0x1F},         {0x7F, 0xA0},     {0xAD, 0xAD},     {0x34F, 0x34F},     {0x61C, 0x61C},
         {0x115F, 0x1160},  {0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x2000, 0x200F},
         {0x2028, 0x202F},  {0x205F, 0x206F}, {0x3000, 0x3000}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},
         {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
         {0xE0000, 0xE0FFF}}};
    return text::in_any(c, hidden) || text::is_noncharacter(c);
}

/// One code point, or one ill-formed octet, from the front of a text.
struct shown_unit {
    std::string text;
    std::size_t octets;
    /// Columns that `text` takes.
    std::size_t width;
};
inline shown_unit first_unit(std::string_view text) {
    auto const [value, length] = text::first_code_point(text);
    auto const escaped = [](std::string shown, std::size_t octets) {
        auto const width = shown.size();
        return shown_unit{std::move(shown), octets, width};
    };
    auto const octet = [&] {
        return "\\x" + text::hex_octet(static_cast<unsigned char>(text.front()), text::upper_hex);
    };
    if (length == 0) return escaped(octet(), 1);
    if (value == '\t') return escaped("\\t", 1);
    if (value == '\r') return escaped("\\r", 1);
    if (value == '\n') return escaped("\\n", 1);
    if (is_hidden(value))
        return escaped(value < 0x80 ? octet() : "\\u{" + text::hex_number(value, text::upper_hex) + '}', length);
    return {std::string(text.substr(0, length)), length, 1};
}

}  // namespace detail

/// A text in which every control character and every ill-formed octet is written as an escape.
/// Example: `mtasts::visible("a\x1B[0m") == "a\\x1B[0m"`
inline std::string visible(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const unit = detail::first_unit(text);
        out += unit.text;
        text.remove_prefix(unit.octets);
    }
    return out;
}

namespace detail {

/// The beginning of the code point that contains an offset; the offset itself where the text is not UTF-8.
constexpr std::size_t code_point_start(std::string_view text, std::size_t offset) {
    for (std::size_t back = 0; back != 4 && back <= offset && offset < text.size(); ++back)
        if (text::first_code_point(text.substr(offset - back)).length > back) return offset - back;
    return offset;
}

}  // namespace detail

/// The same, cut to about this many columns with "..." in the middle.
inline std::string visible_excerpt(std::string_view text, std::size_t columns = 60) {
    if (text.size() <= columns) return visible(text);
    auto const head = detail::code_point_start(text, columns / 2),
               tail = detail::code_point_start(text, text.size() - columns / 2);
    return visible(text.substr(0, head)) + "..." + visible(text.substr(tail));
}

/// RFC 8259 7: a JSON string with its quotation marks; ill-formed octets become "\xNN" in plain text.
inline std::string json_string(std::string_view text) {
    std::string out = "\"";
    while (!text.empty()) {
        auto const [value, length] = text::first_code_point(text);
        if (length == 0) out += "\\\\x" + text::hex_octet(static_cast<unsigned char>(text.front()), text::upper_hex);
        else if (value == '"' || value == '\\') out += {'\\', static_cast<char>(value)};
        else if (detail::is_hidden(value) && value <= 0xFFFF) out += "\\u" + text::hex_number(value);
        else if (detail::is_hidden(value))
            out +=
                "\\u" + text::hex_number(0xD7C0 + (value >> 10)) + "\\u" + text::hex_number(0xDC00 + (value & 0x3FF));
        else out += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out += '"';
}

namespace detail {

/// The same, appended: for JSON that is shown on a terminal.
inline void append_shown_json_string(std::string& to, std::string_view text) { to += json_string(text); }

/// RFC 3986 2.1: a text as part of a URI's path.
inline std::string uri_path(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (text::is_alphanumeric(c) || std::string_view("-._~/").find(c) != std::string_view::npos) out += c;
        else out += text::percent_encoded(c);
    }
    return out;
}

}  // namespace detail

}  // namespace mtasts
