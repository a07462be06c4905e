// SPDX-License-Identifier: BSL-1.0
/// RFC 3339 5.6, 5.7: dates and times.
#include <chrono>
#include <span>

#include "rows.hpp"

using namespace rows;
using mtasts::parse_date_time;

namespace {

constexpr row syntax_rows[] = {
    // date-time = full-date "T" full-time
    {"2016-04-01T00:00:00Z", usable},
    {"2016-04-01T00:00:00.123Z", usable},
    {"2016-04-01T00:00:00+00:00", usable},
    {"2016-04-01T02:00:00+02:00", usable, code::time_zone_offset, text_span{19, 6}},
    // RFC 3339 4.3: the zone is not known
    {"2016-04-01T00:00:00-00:00", usable, code::time_zone_unknown, text_span{19, 6}},
    // RFC 7493 4.3: in upper case
    {"2016-04-01t00:00:00z", usable, code::time_lower_case, text_span{0, 20}},
    {"", refused, code::time_syntax, text_span{0, 0}},
    {"2016-04-01", refused, code::time_date_only, text_span{0, 10}},
    {"2016-04-01 00:00:00Z", refused, code::time_space, text_span{0, 20}},
    {"2016-4-1T00:00:00Z", refused, code::time_syntax},
    {"20160401T000000Z", refused, code::time_syntax},
    {"2016-04-01T00:00Z", refused, code::time_syntax},
    {"2016-04-01T00:00:00.Z", refused, code::time_syntax},
    {"2016-04-01T00:00:00,5Z", refused, code::time_syntax},
    {"2016-04-01T00:00:00+0200", refused, code::time_syntax},
    {"2016-04-01T00:00:00Zx", refused, code::time_syntax},
    {"2016-04-01T00:00:00Z\x00"sv, refused, code::time_syntax},
    {"2016-04-01T00:00:00", refused, code::time_zone_missing, text_span{0, 19}},
};
static_assert(walked<parse_date_time, syntax_rows>());

constexpr row range_rows[] = {
    // RFC 3339 5.7
    {"2016-02-29T00:00:00Z", usable},
    {"2000-02-29T00:00:00Z", usable},
    {"0000-01-01T00:00:00Z", usable},
    {"9999-12-31T23:59:59Z", usable},
    {"9999-12-31T23:59:59-01:00", refused, code::time_range, text_span{0, 25}},
    {"0000-01-01T00:00:00+01:00", refused, code::time_range, text_span{0, 25}},
    {"2015-02-29T00:00:00Z", refused, code::time_range, text_span{8, 2}},
    {"1900-02-29T00:00:00Z", refused, code::time_range, text_span{8, 2}},
    {"2016-04-31T00:00:00Z", refused, code::time_range, text_span{8, 2}},
    {"2016-01-00T00:00:00Z", refused, code::time_range, text_span{8, 2}},
    {"2016-13-01T00:00:00Z", refused, code::time_range, text_span{5, 2}},
    {"2016-00-01T00:00:00Z", refused, code::time_range, text_span{5, 2}},
    {"2016-04-01T24:00:00Z", refused, code::time_hour_24, text_span{11, 2}},
    {"2016-04-01T25:00:00Z", refused, code::time_range, text_span{11, 2}},
    {"2016-04-01T00:60:00Z", refused, code::time_range, text_span{14, 2}},
    {"2016-12-31T23:59:61Z", refused, code::time_range, text_span{17, 2}},
    {"2016-04-01T00:00:00+24:00", refused, code::time_range, text_span{20, 2}},
    {"2016-04-01T00:00:00+00:60", refused, code::time_range, text_span{23, 2}},
    // a leap second
    {"2016-12-31T23:59:60Z", usable, code::time_leap_second, text_span{17, 2}},
    {"1990-12-31T15:59:60-08:00", usable, code::time_leap_second, text_span{17, 2}},
};
static_assert(walked<parse_date_time, range_rows>());

}  // namespace

TEST_CASE("RFC 3339 5.6: a date-time has a date, T, a time and a zone") { match<parse_date_time>(syntax_rows); }
TEST_CASE("RFC 3339 5.7: every part of a date-time is within its range") { match<parse_date_time>(range_rows); }

TEST_CASE("RFC 3339 5.7: second 60 is refused except as the last of a UTC day") {
    for (auto const text :
         {"2016-12-31T00:00:60Z", "2016-12-31T23:58:60Z", "2016-12-31T23:59:60+01:00", "2016-12-30T23:59:60Z"}) {
        INFO(text);
        CHECK_FALSE(parse_date_time(text).usable());
        CHECK(parse_date_time(text).has(code::time_range));
    }
}

TEST_CASE("RFC 3339 5.6: the value of a date-time is its instant in UTC") {
    static_assert(parse_date_time("1970-01-02T00:00:00Z").value.time_since_epoch().count() == 86400);
    auto const instant = [](std::string_view text) { return parse_date_time(text).value.time_since_epoch().count(); };
    CHECK(instant("1970-01-01T00:00:00Z") == 0);
    CHECK(instant("2016-04-01T00:00:00Z") == 1459468800);
    CHECK(instant("2016-04-01T02:00:00+02:00") == 1459468800);
    CHECK(instant("2016-03-31T16:30:00-07:30") == 1459468800);
    CHECK(instant("2016-04-01T00:00:00.999999999999999999999Z") == 1459468800);
    CHECK(instant("2016-12-31T23:59:60Z") == instant("2017-01-01T00:00:00Z"));
    CHECK(instant("1969-12-31T23:59:59Z") == -1);
}

TEST_CASE("RFC 3339 5.6: the fast path reads a date-time as the grammar does") {
    for (auto const& table : {std::span<row const>(syntax_rows), std::span<row const>(range_rows)})
        for (auto const& given : table) {
            INFO(given.text);
            auto const read = parse_date_time(given.text);
            auto const quick = mtasts::detail::plain_date_time(given.text);
            CHECK((!quick || (read.findings.empty() && *quick == read.value)));
            if (read.findings.empty() && given.text.size() == 20) CHECK(quick);
        }
}

TEST_CASE("RFC 8460 4.1: a malformed date-time is read as UTC if nothing else can be meant") {
    auto const likely = [](std::string_view text) { return mtasts::detail::usual_date_time(text); };
    auto const day = parse_date_time("2016-04-01T00:00:00Z").value;
    static_assert(mtasts::detail::usual_date_time("1970-01-01T00:00:01") ==
                  std::chrono::sys_seconds(std::chrono::seconds(1)));
    CHECK(likely("2016-04-01T00:00:00") == day);
    CHECK(likely("2016-04-01 00:00:00Z") == day);
    CHECK(likely("2016-04-01 00:00:00") == day);
    CHECK(likely("2016-03-31T24:00:00Z") == day);
    for (auto const text : {"", "2016-04-01", "1459468800", "2016-04-31T00:00:00", "2016-04-01T24:00:01Z",
                            "2016-04-01T25:00:00", "9999-12-31T24:00:00Z", "2016-04-01T00:00:00 UTC"}) {
        INFO(text);
        CHECK_FALSE(likely(text));
    }
}
