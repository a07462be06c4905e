// SPDX-License-Identifier: BSL-1.0
/// RFC 3629 4: well-formed UTF-8, without surrogates, over-long forms or anything past U+10FFFF.
#pragma once
#include <mtasts/grammar/abnf.hpp>

namespace mtasts::grammar {

// UTF8-tail = %x80-BF
inline constexpr auto UTF8_tail = rule<"UTF8-tail">(octets(0x80, 0xBF));

// UTF8-1 = %x00-7F
inline constexpr auto UTF8_1 = rule<"UTF8-1">(octets(0x00, 0x7F));

// UTF8-2 = %xC2-DF UTF8-tail
inline constexpr auto UTF8_2 = rule<"UTF8-2">(octets(0xC2, 0xDF) >> UTF8_tail);

// UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) / %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
inline constexpr auto UTF8_3 =
    rule<"UTF8-3">(octet(0xE0) >> octets(0xA0, 0xBF) >> UTF8_tail | octets(0xE1, 0xEC) >> repeat(2)[UTF8_tail] |
                   octet(0xED) >> octets(0x80, 0x9F) >> UTF8_tail | octets(0xEE, 0xEF) >> repeat(2)[UTF8_tail]);

// UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) / %xF4 %x80-8F 2( UTF8-tail )
inline constexpr auto UTF8_4 = rule<"UTF8-4">(octet(0xF0) >> octets(0x90, 0xBF) >> repeat(2)[UTF8_tail] |
                                              octets(0xF1, 0xF3) >> repeat(3)[UTF8_tail] |
                                              octet(0xF4) >> octets(0x80, 0x8F) >> repeat(2)[UTF8_tail]);

// UTF8-char = UTF8-1 / UTF8-2 / UTF8-3 / UTF8-4
inline constexpr auto UTF8_char = rule<"UTF8-char">(UTF8_1 | UTF8_2 | UTF8_3 | UTF8_4);

// UTF8-octets = *( UTF8-char )
inline constexpr auto UTF8_octets = rule<"UTF8-octets">(*UTF8_char >> eoi);

}  // namespace mtasts::grammar
