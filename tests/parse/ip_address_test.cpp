// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: addresses of MTAs.
#include "rows.hpp"

#include <array>
#include <cstdint>

using namespace rows;
using mtasts::parse_ip_address;

namespace {

constexpr row ipv4_rows[] = {
    // IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
    {"255.0.10.1", usable},
    {"0.0.0.0", usable},
    {"249.250.199.99", usable},
    {"", refused, code::ip_empty, text_span{0, 0}},
    {"256.0.0.1", refused, code::ip_octet_range, text_span{0, 3}},
    {"1.2.3.1000", refused, code::ip_octet_range, text_span{6, 4}},
    {"01.2.3.4", refused, code::ip_leading_zero, text_span{0, 2}},
    {"1.2.3.00", refused, code::ip_leading_zero, text_span{6, 2}},
    {"1.2.3", refused, code::ip_groups, text_span{0, 5}},
    {"1.2.3.4.5", refused, code::ip_groups, text_span{0, 9}},
    {"1.2.3.", refused, code::ip_groups},
    {"1.2.3.a", refused, code::ip_characters, text_span{6, 1}},
    {" 1.2.3.4", refused, code::ip_characters, text_span{0, 1}},
    {"1.2.3.4\n", refused, code::ip_characters, text_span{7, 1}},
    {"1.2.3.4\x00"sv, refused, code::ip_characters, text_span{7, 1}},
    {"1.2.3.4:25", refused, code::ip_port, text_span{7, 3}},
    {"[1.2.3.4]", refused, code::ip_brackets, text_span{0, 9}},
};
static_assert(walked<parse_ip_address, ipv4_rows>());

constexpr row ipv6_rows[] = {
    // IPv6address, its nine forms
    {"2001:db8:abcd:13::1", usable},
    {"::", usable},
    {"::1", usable},
    {"1::", usable},
    {"1:2:3:4:5:6:7:8", usable},
    {"::ffff:1.2.3.4", usable},
    {"64:ff9b::1.2.3.4", usable},
    {"1:2:3:4:5:6:7", refused, code::ip_groups, text_span{0, 13}},
    {"1:2:3:4:5:6:7:8:9", refused, code::ip_groups, text_span{0, 17}},
    {"1::2:3:4:5:6:7:8", refused, code::ip_groups},
    {"1:2:3:4:5:6:7:1.2.3.4", refused, code::ip_groups},
    {":1", refused, code::ip_groups},
    {"1:", refused, code::ip_groups},
    {"2001:db8::abcd::1", refused, code::ip_compression, text_span{14, 2}},
    {"1:::2", refused, code::ip_compression, text_span{2, 2}},
    {"12345::1", refused, code::ip_group_long, text_span{0, 5}},
    {"g::1", refused, code::ip_characters, text_span{0, 1}},
    {"IPv6:::1", refused, code::ip_characters, text_span{0, 1}},
    {"fe80::1%eth0", refused, code::ip_zone, text_span{7, 5}},
    {"[::1]", refused, code::ip_brackets, text_span{0, 5}},
};
static_assert(walked<parse_ip_address, ipv6_rows>());

constexpr row canonical_rows[] = {
    // RFC 5952 4.1: no leading zeros
    {"2001:0db8::1", usable, code::ip_not_canonical, text_span{0, 12}},
    // 4.2.1, 4.2.2, 4.2.3: as short as can be, never for one group, the longest run, the first of equals
    {"2001:db8:0:0:0:0:0:1", usable, code::ip_not_canonical},
    {"2001:db8::0:1", usable, code::ip_not_canonical},
    {"1:2:3:4:5:6:7::", usable, code::ip_not_canonical},
    {"1:0:2:3:4:5:6:7", usable},
    {"1:0:0:2:0:0:0:3", usable, code::ip_not_canonical},
    {"1:0:0:2::3", usable},
    {"1:0:0:2:0:0:3:4", usable, code::ip_not_canonical},
    {"1::2:0:0:3:4", usable},
    // 4.3: lower case
    {"FE80::1", usable, code::ip_not_canonical},
    // 5: mixed notation if the prefix says that there is an IPv4 address
    {"1:2:3:4:5:6:1.2.3.4", usable, code::ip_not_canonical},
};
static_assert(walked<parse_ip_address, canonical_rows>());

using octets = std::array<std::uint8_t, 16>;

}  // namespace

TEST_CASE("RFC 8460 4.4: an IPv4 address has four decimal octets without leading zeros") {
    match<parse_ip_address>(ipv4_rows);
}
TEST_CASE("RFC 8460 4.4: an IPv6 address has eight groups, or fewer and one ::") { match<parse_ip_address>(ipv6_rows); }
TEST_CASE("RFC 5952 4: an IPv6 address has one canonical text") { match<parse_ip_address>(canonical_rows); }

TEST_CASE("RFC 8460 4.4: the value of an address is its octets in network order") {
    static_assert(parse_ip_address("255.0.10.1").value == mtasts::ip_address{4, {255, 0, 10, 1}});
    static_assert(parse_ip_address("::1").value ==
                  mtasts::ip_address{6, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}});
    auto const of = [](std::string_view text) { return parse_ip_address(text).value.octets; };
    CHECK(of("::") == octets{});
    CHECK(of("1::") == octets{0, 1});
    CHECK(of("2001:db8::1") == octets{0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    CHECK(of("1:2:3:4:5:6:7:8") == octets{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8});
    CHECK(of("1:2:3:4:5:6:7::") == octets{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7});
    CHECK(of("::2:3:4:5:6:7:8") == octets{0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8});
    CHECK(of("::ffff:1.2.3.4") == octets{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4});
    CHECK(of("1:2:3:4:5:6:1.2.3.4") == octets{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 2, 3, 4});
    CHECK(of("1:2::1.2.3.4") == octets{0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4});
}

TEST_CASE("RFC 5952 4: the canonical text of an address reads back as the same address") {
    for (auto const text : {"FE80::1", "1:0:0:2:0:0:0:3", "1:2:3:4:5:6:7::", "::FFFF:1.2.3.4", "0:0:0:0:0:0:0:0",
                            "1:2:3:4:5:6:1.2.3.4"}) {
        auto const address = parse_ip_address(text).value;
        auto const canonical = mtasts::to_text(address);
        INFO(text << " is " << canonical.view());
        CHECK(parse_ip_address(canonical.view()).findings.empty());
        CHECK(parse_ip_address(canonical.view()).value == address);
    }
    CHECK(mtasts::to_text(parse_ip_address("2001:0DB8:0:0::1").value).view() == "2001:db8::1");
}
