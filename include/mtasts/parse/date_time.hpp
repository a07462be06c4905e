/// RFC 3339 5.6, 5.7: dates and times.
#pragma once
#include <chrono>
#include <string_view>

#include <mtasts/grammar/date_time.hpp>
#include <mtasts/model/ascii.hpp>
#include <mtasts/parse/read.hpp>

namespace mtasts {

/// The number that a few decimal digits are.
constexpr int small_number(std::string_view digits) {
    int value = 0;
    for (char const c : digits) value = value * 10 + (c - '0');
    return value;
}

/// Reads an RFC 3339 date-time and gives its instant in UTC; fractions of a second are cut off, and a leap second is the
/// first second of the next day.
///
/// Findings: the time-* codes. The value is only meant where the text is usable.
/// Example: `static_assert(mtasts::parse_date_time("1970-01-02T00:00:00Z").value.time_since_epoch().count() == 86400);`
constexpr parsed<std::chrono::sys_seconds> parse_date_time(std::string_view text, parse_options const& options = {}) {
    namespace chrono = std::chrono;
    parsed<chrono::sys_seconds> result;
    auto& found = result.findings;
    auto const all = span{0, text.size()};
    if (too_large(text, options, found)) return result;

    std::string_view year, month, day, hour, minute, second, offset;
    auto const sink = [&]<grammar::name Name>(grammar::event<Name>, std::string_view part) {
        if constexpr (Name.view() == "date-fullyear") year = part;
        if constexpr (Name.view() == "date-month") month = part;
        if constexpr (Name.view() == "date-mday") day = part;
        if constexpr (Name.view() == "time-hour") hour = part;
        if constexpr (Name.view() == "time-minute") minute = part;
        if constexpr (Name.view() == "time-second") second = part;
        if constexpr (Name.view() == "time-numoffset") offset = part;
    };
    if (!read(grammar::date_time, text, sink)) {
        auto const zoneless = read(
            grammar::full_date >> grammar::any_case("T") >> grammar::partial_time >> grammar::eoi, text, ignore_events);
        found.push_back(with_expectation<grammar::date_time>(
            {zoneless ? code::time_zone_missing : code::time_syntax, all}, text, text));
        return result;
    }
    auto const out_of_range = [&](std::string_view part, int least, int most) {
        bool const out = small_number(part) < least || small_number(part) > most;
        if (out)
            found.push_back(
                {part.data() == hour.data() && small_number(part) == 24 ? code::time_hour_24 : code::time_range,
                 span_of(text, part)});
        return out;
    };
    auto const date = chrono::year(small_number(year)) / small_number(month) / small_number(day);
    if (!out_of_range(month, 1, 12) && !date.ok()) found.push_back({code::time_range, span_of(text, day)});
    out_of_range(hour, 0, 23);
    out_of_range(minute, 0, 59);
    out_of_range(second, 0, 60);
    chrono::minutes east{0};
    if (!offset.empty()) {
        out_of_range(offset.substr(1, 2), 0, 23);
        out_of_range(offset.substr(4, 2), 0, 59);
        east = chrono::hours(small_number(offset.substr(1, 2))) + chrono::minutes(small_number(offset.substr(4, 2)));
        if (offset.front() == '-') east = -east;
    }
    if (!result.usable()) return result;
    if (text.find_first_of("tz") != text.npos) found.push_back({code::time_lower_case, all});
    result.value = chrono::sys_days(date) + chrono::hours(small_number(hour)) + chrono::minutes(small_number(minute)) +
                   chrono::seconds(small_number(second)) - east;
    if (second == "60") {
        // RFC 3339 5.7: leap seconds end a month in UTC; the instant is the first of the next one already.
        auto const today = chrono::floor<chrono::days>(result.value);
        bool const month_begins = result.value == today && chrono::year_month_day(today).day() == chrono::day(1);
        found.push_back({month_begins ? code::time_leap_second : code::time_range, span_of(text, second)});
    }
    return result;
}

}  // namespace mtasts
