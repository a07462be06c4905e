// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.1: the file name of a report.
#pragma once
#include <mtasts/grammar/domain.hpp>

namespace mtasts::grammar {

// unique-id = 1*(ALPHA / DIGIT)
inline constexpr auto unique_id = announce<"unique-id">(+(ALPHA | DIGIT));

// sender = domain
inline constexpr auto sender = announce<"sender">(Domain >> &lit('!'));

// policy-domain = domain
inline constexpr auto policy_domain = announce<"policy-domain">(Domain >> &lit('!'));

// begin-timestamp = 1*DIGIT
inline constexpr auto begin_timestamp = announce<"begin-timestamp">(+DIGIT);

// end-timestamp = 1*DIGIT
inline constexpr auto end_timestamp = announce<"end-timestamp">(+DIGIT);

// extension = "json" / "json.gz"
// PEG: the longer first.
inline constexpr auto extension = announce<"extension">(any_case("json.gz") | any_case("json"));

// filename = sender "!" policy-domain "!" begin-timestamp "!" end-timestamp [ "!" unique-id ] "." extension
inline constexpr auto filename =
    rule<"filename">(sender >> lit('!') >> policy_domain >> lit('!') >> begin_timestamp >> lit('!') >> end_timestamp >>
                     -(lit('!') >> unique_id) >> lit('.') >> extension >> eoi);

}  // namespace mtasts::grammar
