// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: IPv4address; RFC 3986 3.2.2 (as RFC 5954 4.1): IPv6address.
#pragma once
#include <cstddef>

#include <mtasts/grammar/abnf.hpp>

namespace mtasts::grammar {

// dec-octet = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35
// PEG: the longest alternative first.
inline constexpr auto dec_octet =
    rule<"dec-octet">(any_case("25") >> octets(0x30, 0x35) | lit('2') >> octets(0x30, 0x34) >> DIGIT |
                      lit('1') >> repeat(2)[DIGIT] | octets(0x31, 0x39) >> DIGIT | DIGIT);

// IPv4address = dec-octet "." dec-octet "." dec-octet "." dec-octet
inline constexpr auto IPv4address =
    rule<"IPv4address">(dec_octet >> lit('.') >> dec_octet >> lit('.') >> dec_octet >> lit('.') >> dec_octet);

// h16 = 1*4HEXDIG
inline constexpr auto h16 = rule<"h16">(repeat(1, 4)[HEXDIG]);

// ls32 = ( h16 ":" h16 ) / IPv4address
inline constexpr auto ls32 = rule<"ls32">(h16 >> lit(':') >> h16 | IPv4address);

// IPv6address =                            6( h16 ":" ) ls32
//             /                       "::" 5( h16 ":" ) ls32
//             / [               h16 ] "::" 4( h16 ":" ) ls32
//             / [ *1( h16 ":" ) h16 ] "::" 3( h16 ":" ) ls32
//             / [ *2( h16 ":" ) h16 ] "::" 2( h16 ":" ) ls32
//             / [ *3( h16 ":" ) h16 ] "::"    h16 ":"   ls32
//             / [ *4( h16 ":" ) h16 ] "::"              ls32
//             / [ *5( h16 ":" ) h16 ] "::"              h16
//             / [ *6( h16 ":" ) h16 ] "::"
// PEG: "*n( h16 ":" ) h16" is written "h16 *n( ":" h16 )", so that the repetition does not consume a colon of "::".
constexpr auto h16_colon(std::size_t count) { return repeat(count)[h16 >> lit(':')]; }
constexpr auto up_to_h16(std::size_t colons) { return -(h16 >> repeat(0, colons)[lit(':') >> h16]); }
inline constexpr auto IPv6address = rule<"IPv6address">(
    h16_colon(6) >> ls32 | any_case("::") >> h16_colon(5) >> ls32 | -h16 >> any_case("::") >> h16_colon(4) >> ls32 |
    up_to_h16(1) >> any_case("::") >> h16_colon(3) >> ls32 | up_to_h16(2) >> any_case("::") >> h16_colon(2) >> ls32 |
    up_to_h16(3) >> any_case("::") >> h16 >> lit(':') >> ls32 | up_to_h16(4) >> any_case("::") >> ls32 |
    up_to_h16(5) >> any_case("::") >> h16 | up_to_h16(6) >> any_case("::"));

// ip-address = IPv4address / IPv6address
inline constexpr auto ip_address = rule<"ip-address">(IPv4address >> eoi | IPv6address >> eoi);

}  // namespace mtasts::grammar
