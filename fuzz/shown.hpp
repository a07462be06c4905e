// SPDX-License-Identifier: BSL-1.0
/// Checks of what renderings show.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <mtasts/name/a_labels.hpp>
#include <mtasts/render/json.hpp>

#include "promises.hpp"

/// The value of a usable text as JSON, where its kind has one.
template <class Result>
std::string value_of(Result const& result) {
    if constexpr (requires { mtasts::json_value(result.value); })
        if (result.usable()) return mtasts::json_value(result.value);
    return {};
}

/// Invisible characters: Unicode's Cc, White_Space except the space itself, and Default_Ignorable_Code_Point.
inline bool is_without_shape(std::uint32_t c) {
    static constexpr std::uint32_t ranges[][2]{
        {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00A0, 0x00A0},   {0x00AD, 0x00AD},  {0x034F, 0x034F}, {0x061C, 0x061C},
        {0x115F, 0x1160}, {0x1680, 0x1680},   {0x17B4, 0x17B5},   {0x180B, 0x180F},  {0x2000, 0x200F}, {0x2028, 0x202F},
        {0x205F, 0x206F}, {0x3000, 0x3000},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},  {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}};
    return std::any_of(std::begin(ranges), std::end(ranges),
                       [&](auto range) { return range[0] <= c && c <= range[1]; });
}

inline void keep_promise_of_human(std::string_view shown) {
    while (!shown.empty()) {
        auto const [value, length] = mtasts::text::first_code_point(shown);
        // Most are ASCII, and need no table lookup.
        bool const is_plain = (' ' <= value && value <= '~') || value == '\n';
        keep_promise(length != 0 && (is_plain || !is_without_shape(value)), "no control characters are shown");
        shown.remove_prefix(length);
    }
}

/// A text without the escapes that colour it.
inline std::string without_colour(std::string shown) {
    for (auto at = shown.find('\x1B'); at != shown.npos; at = shown.find('\x1B', at)) {
        auto const end = shown.find('m', at);
        keep_promise(end != shown.npos && end - at <= 6, "only colours are escapes");
        shown.erase(at, end + 1 - at);
    }
    return shown;
}

inline void keep_promise_of_annotations(std::string_view lines, std::size_t count) {
    for (; !lines.empty(); --count) {
        auto const line = take_part(lines, '\n');
        auto const file = line.find(" file="), next = line.find(",line=");
        keep_promise(line.starts_with("::") && file < next && next != line.npos, "an annotation begins as one");
        auto const name = line.substr(file + 6, next - file - 6);
        keep_promise(name.find_first_of(":,") == name.npos, "a name is escaped");
        for (auto at = line.find('%'); at != line.npos; at = line.find('%', at + 1))
            keep_promise(line.substr(at, 3) == "%25" || line.substr(at, 3) == "%3A" || line.substr(at, 3) == "%2C",
                         "a percent sign is escaped");
    }
    keep_promise(count == 0, "there is one annotation for each finding");
}
