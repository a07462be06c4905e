// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 4.1.2: Domain, the name of a host in mail.
#pragma once
#include <mtasts/grammar/abnf.hpp>

namespace mtasts::grammar {

// Let-dig = ALPHA / DIGIT
inline constexpr auto Let_dig = rule<"Let-dig">(ALPHA | DIGIT);

// Ldh-str = *( ALPHA / DIGIT / "-" ) Let-dig
// PEG: hyphens are taken only with the letter or digit that must follow them.
inline constexpr auto Ldh_str = rule<"Ldh-str">(+(*lit('-') >> +Let_dig));

// sub-domain = Let-dig [Ldh-str]
inline constexpr auto sub_domain = rule<"sub-domain">(Let_dig >> -Ldh_str);

// Domain = sub-domain *("." sub-domain)
inline constexpr auto Domain = rule<"Domain">(sub_domain >> *(lit('.') >> sub_domain));

// A Domain and nothing else.
inline constexpr auto Domain_alone = Domain >> eoi;

}  // namespace mtasts::grammar
