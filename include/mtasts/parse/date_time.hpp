// SPDX-License-Identifier: BSL-1.0
/// RFC 3339 5.6, 5.7: dates and times.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/grammar/date_time.hpp>
#include <mtasts/model/instant.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/simd.hpp>

namespace mtasts {

namespace detail {

/// The value of a few decimal digits.
constexpr int small_number(std::string_view digits) {
    int value = 0;
    for (char const c : digits) value = value * 10 + (c - '0');
    return value;
}

namespace date_table {

using namespace fault_table;
using enum code;

template <class Form>
constexpr octets takes(Form const& form, plain const& given) {
    return only_if(read(form >> grammar::eoi, given.text, ignore_events), given.text);
}
constexpr octets no_zone(plain const& given) {
    return takes(grammar::full_date >> grammar::any_case("T") >> grammar::partial_time, given);
}
constexpr octets space_for_t(plain const& given) {
    return takes(grammar::full_date >> grammar::lit(' ') >> grammar::full_time, given);
}
constexpr octets date_alone(plain const& given) { return takes(grammar::full_date, given); }

inline constexpr auto forms = std::to_array<row<plain>>({
    {no_zone, time_zone_missing, whole},
    {space_for_t, time_space, whole},
    {date_alone, time_date_only, whole},
    {anything, time_syntax, whole},
});

}  // namespace date_table

/// The numbers of a date-time, which the grammar announces.
struct date_time_parts {
    std::string_view year, month, day, hour, minute, second, offset;

    constexpr void operator()(grammar::event<"date-fullyear">, std::string_view part) { year = part; }
    constexpr void operator()(grammar::event<"date-month">, std::string_view part) { month = part; }
    constexpr void operator()(grammar::event<"date-mday">, std::string_view part) { day = part; }
    constexpr void operator()(grammar::event<"time-hour">, std::string_view part) { hour = part; }
    constexpr void operator()(grammar::event<"time-minute">, std::string_view part) { minute = part; }
    constexpr void operator()(grammar::event<"time-second">, std::string_view part) { second = part; }
    constexpr void operator()(grammar::event<"time-numoffset">, std::string_view part) { offset = part; }

    constexpr std::string_view offset_hour() const {
        return offset.substr((std::min)(offset.size(), std::size_t{1}), 2);
    }
    constexpr std::string_view offset_minute() const {
        return offset.substr((std::min)(offset.size(), std::size_t{4}));
    }
    constexpr std::chrono::minutes east() const {
        auto const size =
            std::chrono::hours(small_number(offset_hour())) + std::chrono::minutes(small_number(offset_minute()));
        return offset.starts_with('-') ? -size : size;
    }
    constexpr std::chrono::year_month_day date() const {
        return std::chrono::year(small_number(year)) / small_number(month) / small_number(day);
    }
};

/// RFC 3339 5.7: reports numbers that are out of range.
constexpr void check_ranges(std::string_view text, date_time_parts const& parts, findings& found) {
    auto const date = parts.date();
    // For a month that does not exist, any last day will do.
    int const last_day =
        date.month().ok() ? static_cast<int>(unsigned{(date.year() / date.month() / std::chrono::last).day()}) : 99;
    struct limited {
        std::string_view number;
        int least, most;
    };
    limited const all[] = {{parts.month, 1, 12},          {parts.day, date.month().ok() ? 1 : 0, last_day},
                           {parts.hour, 0, 23},           {parts.minute, 0, 59},
                           {parts.second, 0, 60},         {parts.offset_hour(), 0, 23},
                           {parts.offset_minute(), 0, 59}};
    for (auto const& [number, least, most] : all) {
        auto const value = small_number(number);
        if (least <= value && value <= most) continue;
        bool const hour_24 = number.data() == parts.hour.data() && value == 24;
        found.push_back({hour_24 ? code::time_hour_24 : code::time_range, span_of(text, number)});
    }
}

}  // namespace detail

/// Reads an RFC 3339 date-time and gives its instant in UTC; fractions of a second are cut off, and a leap second is the
/// first second of the next day.
///
/// Findings: the time-* codes. The value is only meaningful if the text is usable.
/// Example: `static_assert(mtasts::parse_date_time("1970-01-02T00:00:00Z").value.time_since_epoch().count() == 86400);`
constexpr parsed<std::chrono::sys_seconds> parse_date_time(kept_text text, parse_options const& options = {}) {
    namespace chrono = std::chrono;
    parsed<chrono::sys_seconds> result;
    auto& found = result.findings;
    auto const all = text_span{0, text.size()};
    if (detail::too_large(text, options, found)) return result;

    detail::date_time_parts parts;
    if (!detail::read(grammar::date_time, text, parts)) {
        auto const said = *detail::fault_table::first_fault(detail::date_table::forms, {text}, text);
        found.push_back(detail::with_expectation<grammar::date_time>(said, text, text));
        return result;
    }
    detail::check_ranges(text, parts, found);
    if (!result.usable()) return result;
    if (text.substr(10, 1) == "t" || text.ends_with('z')) found.push_back({code::time_lower_case, all});
    auto const east = parts.east();
    result.value = chrono::sys_days(parts.date()) + chrono::hours(detail::small_number(parts.hour)) +
                   chrono::minutes(detail::small_number(parts.minute)) +
                   chrono::seconds(detail::small_number(parts.second)) - east;
    if (!detail::is_writable(result.value)) found.push_back({code::time_range, all});
    if (parts.second == "60") {
        // RFC 3339 5.7: leap seconds end a month in UTC; the instant is the first of the next one already.
        auto const today = chrono::floor<chrono::days>(result.value);
        bool const month_begins = result.value == today && chrono::year_month_day(today).day() == chrono::day(1);
        found.push_back(
            {month_begins ? code::time_leap_second : code::time_range, detail::span_of(text, parts.second)});
    }
    if (parts.offset == "-00:00") found.push_back({code::time_zone_unknown, detail::span_of(text, parts.offset)});
    else if (east != chrono::minutes{0}) found.push_back({code::time_zone_offset, detail::span_of(text, parts.offset)});
    return result;
}

namespace detail {

/// The instant that a text probably means although it is not an RFC 3339 date-time: without a zone it is taken as UTC,
/// with a space for the "T", and 24:00:00 as the beginning of the next day (RFC 8460 4.1). No other text is guessed at.
/// Example: `static_assert(!mtasts::detail::usual_date_time("2026-08-31"));`
constexpr std::optional<std::chrono::sys_seconds> usual_date_time(std::string_view text) {
    constexpr std::string_view shape = "0000-00-00T00:00:00";
    constexpr std::size_t hour = 11;
    std::array<char, 40> octets{};
    if (text.size() < shape.size() || text.size() + 1 > octets.size()) return {};
    std::copy(text.begin(), text.end(), octets.begin());
    auto size = text.size();
    if (octets[hour - 1] == ' ') octets[hour - 1] = 'T';
    bool const next_day = text.substr(hour, 8) == "24:00:00" && text.substr(shape.size(), 1) != ".";
    if (next_day) octets[hour] = octets[hour + 1] = '0';
    auto const as_written = [&] { return std::string_view(octets.data(), size); };
    if (parse_date_time(as_written()).has(code::time_zone_missing)) octets[size++] = 'Z';
    auto const read = parse_date_time(as_written());
    if (!read.usable()) return {};
    auto const instant = read.value + std::chrono::days(next_day ? 1 : 0);
    return is_writable(instant) ? std::optional(instant) : std::nullopt;
}

}  // namespace detail

}  // namespace mtasts
