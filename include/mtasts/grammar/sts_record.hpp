// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1: the TXT record at `_mta-sts.<policy domain>`.
/// Read from the bottom up: C++ needs leaves before roots. The ABNF of each rule is above it.
/// "PEG:" marks where X3, greedy and first-match, needs help to mean the same.
#pragma once
#include <mtasts/grammar/abnf.hpp>

namespace mtasts::grammar {

// sts-field-delim = *WSP ";" *WSP
inline constexpr auto sts_field_delim = rule<"sts-field-delim">(*WSP >> lit(';') >> *WSP);

// sts-version = %s"v=STSv1"
inline constexpr auto sts_version = rule<"sts-version">(lit("v=STSv1"));

// sts-id = %s"id=" 1*32(ALPHA / DIGIT)
// PEG: the lookahead is inside, so that "id=a-b" never announces "id=a".
inline constexpr auto sts_id =
    announce<"sts-id">(lit("id=") >> repeat(1, 32)[ALPHA | DIGIT] >> &(sts_field_delim | eoi));

// sts-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
inline constexpr auto sts_ext_name =
    rule<"sts-ext-name">((ALPHA | DIGIT) >> repeat(0, 31)[ALPHA | DIGIT | lit('_') | lit('-') | lit('.')]);

// sts-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
inline constexpr auto sts_ext_value = rule<"sts-ext-value">(+(octets(0x21, 0x3A) | octet(0x3C) | octets(0x3E, 0x7E)));

// sts-extension = sts-ext-name "=" sts-ext-value
inline constexpr auto sts_extension =
    announce<"sts-extension">(sts_ext_name >> lit('=') >> sts_ext_value >> &(sts_field_delim | eoi));

// sts-field = sts-id / sts-extension
inline constexpr auto sts_field = rule<"sts-field">(sts_id | sts_extension);

// One field and nothing else.
inline constexpr auto sts_field_alone = sts_field >> eoi;

// sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]
inline constexpr auto sts_text_record =
    rule<"sts-text-record">(sts_version >> +(sts_field_delim >> sts_field) >> -sts_field_delim >> eoi);

}  // namespace mtasts::grammar
