// SPDX-License-Identifier: BSL-1.0
/// RFC 5234 B.1: the core rules.
/// PEG: ranges are explicit; X3's own classes (alnum, digit, ...) assert on octets from 0x80.
#pragma once
#include <mtasts/grammar/rule.hpp>

namespace mtasts::grammar {

// ALPHA = %x41-5A / %x61-7A
inline constexpr auto ALPHA = rule<"ALPHA">(octets(0x41, 0x5A) | octets(0x61, 0x7A));

// CR = %x0D
inline constexpr auto CR = rule<"CR">(octet(0x0D));

// LF = %x0A
inline constexpr auto LF = rule<"LF">(octet(0x0A));

// CRLF = CR LF
inline constexpr auto CRLF = rule<"CRLF">(CR >> LF);

// DIGIT = %x30-39
inline constexpr auto DIGIT = rule<"DIGIT">(octets(0x30, 0x39));

// DQUOTE = %x22
inline constexpr auto DQUOTE = rule<"DQUOTE">(octet(0x22));

// HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
inline constexpr auto HEXDIG = rule<"HEXDIG">(DIGIT | octets(0x41, 0x46) | octets(0x61, 0x66));

// HTAB = %x09
inline constexpr auto HTAB = rule<"HTAB">(octet(0x09));

// SP = %x20
inline constexpr auto SP = rule<"SP">(octet(0x20));

// VCHAR = %x21-7E
inline constexpr auto VCHAR = rule<"VCHAR">(octets(0x21, 0x7E));

// WSP = SP / HTAB
inline constexpr auto WSP = rule<"WSP">(SP | HTAB);

}  // namespace mtasts::grammar
