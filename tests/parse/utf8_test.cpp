// SPDX-License-Identifier: BSL-1.0
/// RFC 3629 4: whether octets are UTF-8.
#include "rows.hpp"

using namespace rows;
using mtasts::parse_utf8;

namespace {

constexpr row utf8_rows[] = {
    // UTF8-octets = *( UTF8-char )
    {"", usable},
    {"\x00\x7F"sv, usable},
    {"\xC2\x80\xDF\xBF", usable},
    {"\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF", usable},
    {"\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", usable},
    {"a\xC0\x80", refused, code::text_not_utf8, text_span{1, 1}},
    {"\xC1\xBF", refused, code::text_not_utf8, text_span{0, 1}},
    {"\x80", refused, code::text_not_utf8, text_span{0, 1}},
    {"\xFF", refused, code::text_not_utf8, text_span{0, 1}},
    // over-long, surrogates, past U+10FFFF, truncated
    {"\xE0\x80\x80", refused, code::text_not_utf8},
    {"\xED\xA0\x80", refused, code::text_not_utf8},
    {"\xF0\x80\x80\x80", refused, code::text_not_utf8},
    {"\xF4\x90\x80\x80", refused, code::text_not_utf8},
    {"\xC2", refused, code::text_not_utf8},
    {"\xE2\x82", refused, code::text_not_utf8},
};
static_assert(walked<parse_utf8, utf8_rows>());

}  // namespace

TEST_CASE("RFC 3629 4: UTF-8 is well-formed, without surrogates or over-long forms") { match<parse_utf8>(utf8_rows); }

TEST_CASE("RFC 3629 4: the finding is at the malformed sequence") {
    auto const place = [](std::string_view text) { return parse_utf8(text).findings.front().where.offset; };
    CHECK(place("ab\xED\xA0\x80") == 2);
    CHECK(place("\xF4\x90\x80\x80") == 0);
    CHECK(place("\xC3\xA9\xE2\x82") == 2);
    CHECK(place("\xC3\xA9\xC2x") == 2);
}
