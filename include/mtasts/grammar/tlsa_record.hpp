// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.5, RFC 6698 2.2: the data of a TLSA record as it appears in a report.
#pragma once
#include <mtasts/grammar/ip_address.hpp>
#include <mtasts/grammar/scan.hpp>

namespace mtasts::grammar {

// Four fields with single spaces between them: usage, selector, matching type as numbers of one octet, and hexadecimal
// data. The RFCs have no ABNF for it.
inline constexpr auto tlsa_record = rule<"tlsa-record">(dec_octet >> lit(' ') >> dec_octet >> lit(' ') >> dec_octet >>
                                                        lit(' ') >> scanned<hex_pairs>(HEXDIG >> HEXDIG, 1) >> eoi);

// The usual form, with fields of one digit. Every such text is a tlsa-record.
inline constexpr auto plain_tlsa_record = rule<"plain-tlsa-record">(
    DIGIT >> lit(' ') >> DIGIT >> lit(' ') >> DIGIT >> lit(' ') >> scanned<hex_pairs>(HEXDIG >> HEXDIG, 1) >> eoi);

}  // namespace mtasts::grammar
