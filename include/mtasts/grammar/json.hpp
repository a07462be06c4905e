// SPDX-License-Identifier: BSL-1.0
/// RFC 8259: the tokens of JSON, in UTF-8 (8.1). Nesting is not part of this grammar: arrays and objects are read by a
/// loop over a bounded stack (parse/json/reader.hpp).
#pragma once
#include <mtasts/grammar/abnf.hpp>
#include <mtasts/grammar/scan.hpp>
#include <mtasts/grammar/utf8.hpp>

namespace mtasts::grammar {

// ws = *( %x20 / %x09 / %x0A / %x0D )
inline constexpr auto ws = rule<"ws">(scanned<blank_octets>(octet(0x20) | octet(0x09) | octet(0x0A) | octet(0x0D), 0));

// false = %x66.61.6c.73.65
inline constexpr auto json_false = rule<"false">(lit("false"));

// null = %x6e.75.6c.6c
inline constexpr auto json_null = rule<"null">(lit("null"));

// true = %x74.72.75.65
inline constexpr auto json_true = rule<"true">(lit("true"));

// decimal-point = %x2E
inline constexpr auto decimal_point = rule<"decimal-point">(octet(0x2E));

// digit1-9 = %x31-39
inline constexpr auto digit1_9 = rule<"digit1-9">(octets(0x31, 0x39));

// e = %x65 / %x45
inline constexpr auto json_e = rule<"e">(octet(0x65) | octet(0x45));

// minus = %x2D
inline constexpr auto minus = rule<"minus">(octet(0x2D));

// plus = %x2B
inline constexpr auto plus = rule<"plus">(octet(0x2B));

// zero = %x30
inline constexpr auto zero = rule<"zero">(octet(0x30));

// int = zero / ( digit1-9 *DIGIT )
inline constexpr auto json_int = announce<"int">(zero | digit1_9 >> *DIGIT);

// frac = decimal-point 1*DIGIT
inline constexpr auto frac = announce<"frac">(decimal_point >> +DIGIT);

// exp = e [ minus / plus ] 1*DIGIT
inline constexpr auto json_exp = announce<"exp">(json_e >> -(minus | plus) >> +DIGIT);

// number = [ minus ] int [ frac ] [ exp ]
inline constexpr auto json_number = announce<"number">(-minus >> json_int >> -frac >> -json_exp);

// quotation-mark = %x22
inline constexpr auto quotation_mark = rule<"quotation-mark">(octet(0x22));

// escape = %x5C
inline constexpr auto escape = rule<"escape">(octet(0x5C));

// unescaped = %x20-21 / %x23-5B / %x5D-10FFFF
// In UTF-8, and split in two: characters of one octet, matched many at a time, and all others.
inline constexpr auto plain =
    announce<"plain">(scanned<plain_octets>(octets(0x20, 0x21) | octets(0x23, 0x5B) | octets(0x5D, 0x7F), 1));
inline constexpr auto wide = announce<"wide">(UTF8_2 | UTF8_3 | UTF8_4);

// char = unescaped / escape ( %x22 / %x5C / %x2F / %x62 / %x66 / %x6E / %x72 / %x74 / %x75 4HEXDIG )
inline constexpr auto escaped =
    announce<"escaped">(escape >> (octet(0x22) | octet(0x5C) | octet(0x2F) | octet(0x62) | octet(0x66) | octet(0x6E) |
                                   octet(0x72) | octet(0x74) | octet(0x75) >> repeat(4)[HEXDIG]));
inline constexpr auto json_char = rule<"char">(plain | wide | escaped);

// string = quotation-mark *char quotation-mark
inline constexpr auto json_string = announce<"string">(quotation_mark >> *json_char >> quotation_mark);

}  // namespace mtasts::grammar
