// SPDX-License-Identifier: BSL-1.0
/// RFC 5890, RFC 3492: U-labels and A-labels.
///
/// Deliberately without normalisation: a U-label is in NFC by definition (RFC 5891 4.2.1), so a text that is not
/// composed gives another A-label. Letters with a simple lower case (Latin, Greek, Cyrillic) are lowered.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/name/dns_name.hpp>
#include <mtasts/name/punycode.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts {

namespace detail {

/// The lower case of Latin, Greek, Cyrillic and Armenian letters, as far as it is one code point in the same block.
constexpr std::uint32_t lower_code_point(std::uint32_t c) {
    // ASCII, as in most names.
    if (c < 0x80) return static_cast<unsigned char>(text::lower(static_cast<char>(c)));
    struct letters {
        text::code_range upper;
        std::uint32_t first_lower;
    };
    constexpr std::array<letters, 12> in_row{{{{0xC0, 0xD6}, 0xE0},
                                              {{0xD8, 0xDE}, 0xF8},
                                              {{0x178, 0x178}, 0xFF},
                                              {{0x386, 0x386}, 0x3AC},
                                              {{0x388, 0x38A}, 0x3AD},
                                              {{0x38C, 0x38C}, 0x3CC},
                                              {{0x38E, 0x38F}, 0x3CD},
                                              {{0x391, 0x3A1}, 0x3B1},
                                              {{0x3A3, 0x3AB}, 0x3C3},
                                              {{0x400, 0x40F}, 0x450},
                                              {{0x410, 0x42F}, 0x430},
                                              {{0x531, 0x556}, 0x561}}};
    constexpr std::array<text::code_range, 12> even_upper{{{0x100, 0x12F},
                                                           {0x132, 0x137},
                                                           {0x14A, 0x177},
                                                           {0x1A0, 0x1A1},
                                                           {0x1DE, 0x1EF},
                                                           {0x1F8, 0x21F},
                                                           {0x222, 0x233},
                                                           {0x460, 0x481},
                                                           {0x48A, 0x4BF},
                                                           {0x4D0, 0x52F},
                                                           {0x1E00, 0x1E95},
                                                           {0x1EA0, 0x1EFF}}};
    constexpr std::array<text::code_range, 5> odd_upper{
        {{0x139, 0x148}, {0x179, 0x17E}, {0x1AF, 0x1B0}, {0x1CD, 0x1DC}, {0x4C1, 0x4CE}}};
    for (auto const& [upper, first_lower] : in_row)
        if (upper.first <= c && c <= upper.last) return first_lower + (c - upper.first);
    if (text::in_any(c, even_upper)) return c | 1;
    return text::in_any(c, odd_upper) ? c + (c & 1) : c;
}

/// Whether a code point may occur in a U-label, by ranges alone (RFC 5892 has more rules).
constexpr bool may_stand_in_u_label(std::uint32_t c) {
    constexpr std::array<text::code_range, 15> refused{{{0, ','},
                                                        {'.', '/'},
                                                        {':', '`'},
                                                        {'{', 0xB6},
                                                        {0xD7, 0xD7},
                                                        {0xF7, 0xF7},
                                                        {0x2000, 0x200B},
                                                        {0x200E, 0x206F},
                                                        {0x2100, 0x2BFF},
                                                        {0x2E00, 0x3004},
                                                        {0xD800, 0xF8FF},
                                                        {0xFE00, 0xFE1F},
                                                        {0xFE30, 0xFE6F},
                                                        {0xFF00, 0xFFFF},
                                                        {0xE0000, 0xFFFFFFFF}}};
    return !text::in_any(c, refused) && lower_code_point(c) == c;
}
/// Whether a code point counts as a letter of a U-label that is to become an A-label. Errs on refusing: a refused label
/// is reported, a wrong A-label silently names another host.
constexpr bool makes_u_label(std::uint32_t c) {
    constexpr std::array<text::code_range, 40> refused{
        {{0x80, 0xB6},
         {0xB8, 0xBF},
         {0xD7, 0xD7},
         {0xF7, 0xF7},
         {0x130, 0x130},
         {0x132, 0x133},
         {0x13F, 0x140},
         {0x149, 0x149},
         {0x17F, 0x19F},
         {0x1A2, 0x1AE},
         {0x1B1, 0x1CC},
         {0x1F1, 0x1F7},
         {0x220, 0x221},
         {0x234, 0x24F},
         {0x2B0, 0x2B8},
         {0x2D8, 0x2E4},
         // Marks that combine with the letter before: the text is not composed.
         {0x300, 0x36F},
         {0x370, 0x370},
         {0x372, 0x372},
         {0x374, 0x385},
         {0x387, 0x387},
         {0x3CF, 0x3D6},
         {0x3D8, 0x3FF},
         {0x10A0, 0x10CF},
         {0x13A0, 0x13FF},
         {0x1C80, 0x1CBF},
         {0x1D00, 0x1DFF},
         {0x1E96, 0x1E9F},
         {0x1F00, 0x206F},
         {0x2070, 0x2DFF},
         {0x2E00, 0x3004},
         {0x3008, 0x3029},
         {0x302E, 0x303B},
         {0x303D, 0x3040},
         {0x3099, 0x309C},
         {0x30FF, 0x3104},
         {0x3130, 0x319F},
         {0x3200, 0x33FF},
         {0xA640, 0xABBF},
         {0xD800, 0xFFFF}}};
    if (c < 0x80) return c == '-' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z');
    return lower_code_point(c) == c && !text::in_any(c, refused) && (c < 0x10000 || (0x20000 <= c && c < 0x2F800));
}
constexpr bool is_combining_mark(std::uint32_t c) {
    return (0x300 <= c && c <= 0x36F) || (0x483 <= c && c <= 0x489) || (0x591 <= c && c <= 0x5BD) ||
           (0x1AB0 <= c && c <= 0x1AFF) || (0x20D0 <= c && c <= 0x20FF);
}

/// RFC 5891 4: a label in UTF-8 appended as ASCII, as an A-label if need be.
constexpr bool append_a_label(std::string_view label, ascii_name& out) {
    punycode::code_points points;
    bool ascii = true;
    while (!label.empty()) {
        auto const [value, length] = text::first_code_point(label);
        if (length == 0 || points.size == points.at.size()) return false;
        auto const point = lower_code_point(value);
        ascii = ascii && point < 0x80;
        points.at[points.size++] = point;
        label.remove_prefix(length);
    }
    if (ascii) {
        for (std::size_t i = 0; i != points.size; ++i)
            if (!out.push(static_cast<char>(points.at[i]))) return false;
        return true;
    }
    for (std::size_t i = 0; i != points.size; ++i)
        if (!makes_u_label(points.at[i])) return false;
    if (is_combining_mark(points.at[0]) || points.at[0] == '-' || points.at[points.size - 1] == '-') return false;
    auto const begin = out.view().size();
    return out.append("xn--") && punycode::encode(points, out) && out.view().size() - begin <= punycode::longest_label;
}

}  // namespace detail

/// A name in UTF-8 as A-labels, in lower case; nothing if a label cannot be converted or the name becomes too long. A
/// "*" and empty labels are kept.
/// Example: `to_a_labels("Bücher.example")->view() == "xn--bcher-kva.example"`
constexpr std::optional<ascii_name> to_a_labels(std::string_view name) {
    ascii_name out;
    bool first = true, fine = true;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && (first || out.push('.')) && detail::append_a_label(label, out);
        first = false;
    });
    return fine && out.view().size() <= detail::longest_name + 2 ? std::optional(out) : std::nullopt;
}

namespace detail {

/// RFC 5890 2.3.2.1: whether a label begins with "xn--" but is not an A-label.
constexpr bool is_fake_a_label(std::string_view label) {
    if (!text::starts_ignoring_case(label, "xn--")) return false;
    auto const points = punycode::decode(label.substr(4));
    if (!points || points->size == 0) return true;
    bool ascii = true;
    for (std::size_t i = 0; i != points->size; ++i) {
        ascii = ascii && points->at[i] < 0x80;
        if (!may_stand_in_u_label(points->at[i])) return true;
    }
    ascii_name again;
    return ascii || is_combining_mark(points->at[0]) || !punycode::encode(*points, again) ||
           !text::equal_ignoring_case(again.view(), label.substr(4));
}

}  // namespace detail

}  // namespace mtasts
