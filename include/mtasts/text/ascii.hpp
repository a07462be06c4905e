// SPDX-License-Identifier: BSL-1.0
/// Octets as ASCII, whatever the locale says.
#pragma once
#include <mtasts/requirements.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mtasts::text {

constexpr bool is_alpha(char c) { return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z'); }
constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }
constexpr bool is_alphanumeric(char c) { return is_alpha(c) || is_digit(c); }
constexpr bool is_hex_digit(char c) { return is_digit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F'); }
constexpr bool is_space(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
constexpr char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr int hex_value(char c) { return is_digit(c) ? c - '0' : lower(c) - 'a' + 10; }

inline constexpr std::string_view lower_hex = "0123456789abcdef";
inline constexpr std::string_view upper_hex = "0123456789ABCDEF";

/// Two hexadecimal digits.
inline std::string hex_octet(unsigned char octet, std::string_view digits = lower_hex) {
    return {digits[octet >> 4], digits[octet & 15]};
}
/// As many as the number needs, and no fewer than four.
/// Example: `mtasts::text::hex_number(0xE9) == "00e9"`
inline std::string hex_number(std::uint32_t number, std::string_view digits = lower_hex) {
    std::string out;
    for (; number != 0 || out.size() < 4; number >>= 4) out.insert(out.begin(), digits[number & 15]);
    return out;
}

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i != a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}
constexpr bool less_ignoring_case(std::string_view a, std::string_view b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return lower(x) < lower(y); });
}
constexpr bool starts_ignoring_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

/// The position of the first octet a predicate accepts, or npos.
template <class Predicate>
constexpr std::size_t find_octet(std::string_view text, Predicate accepts) {
    for (std::size_t i = 0; i != text.size(); ++i)
        if (accepts(text[i])) return i;
    return std::string_view::npos;
}
template <class Predicate>
constexpr bool all_octets(std::string_view text, Predicate accepts) {
    return find_octet(text, [&](char c) { return !accepts(c); }) == std::string_view::npos;
}

// Loops, because find_first_not_of and its like call memchr for every octet.
constexpr std::string_view without_leading_space(std::string_view text) {
    std::size_t spaces = 0;
    while (spaces != text.size() && is_space(text[spaces])) ++spaces;
    return text.substr(spaces);
}
constexpr std::string_view without_trailing_space(std::string_view text) {
    auto size = text.size();
    while (size != 0 && is_space(text[size - 1])) --size;
    return text.substr(0, size);
}
constexpr std::string_view trimmed(std::string_view text) {
    return without_leading_space(without_trailing_space(text));
}

/// Calls `visit` with every piece between separators, even an empty one; n separators make n + 1 pieces.
template <class Visit>
constexpr void for_each_piece(std::string_view text, char separator, Visit visit) {
    for (;;) {
        auto const stop = text.find(separator);
        visit(text.substr(0, stop));
        if (stop == text.npos) return;
        text.remove_prefix(stop + 1);
    }
}

}  // namespace mtasts::text
