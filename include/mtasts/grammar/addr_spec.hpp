// SPDX-License-Identifier: BSL-1.0
/// RFC 5322 3.4.1: addr-spec, without comments, folding and the obsolete forms.
#pragma once
#include <mtasts/grammar/abnf.hpp>

namespace mtasts::grammar {

// atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "/" / "=" / "?" / "^" / "_" / "`" /
//         "{" / "|" / "}" / "~"
inline constexpr auto atext = rule<"atext">(
    ALPHA | DIGIT | lit('!') | lit('#') | lit('$') | lit('%') | lit('&') | lit('\'') | lit('*') | lit('+') | lit('-') |
    lit('/') | lit('=') | lit('?') | lit('^') | lit('_') | lit('`') | lit('{') | lit('|') | lit('}') | lit('~'));

// dot-atom-text = 1*atext *("." 1*atext)
inline constexpr auto dot_atom_text = rule<"dot-atom-text">(+atext >> *(lit('.') >> +atext));

// dtext = %d33-90 / %d94-126
inline constexpr auto dtext = rule<"dtext">(octets(0x21, 0x5A) | octets(0x5E, 0x7E));

// no-fold-literal = "[" *dtext "]"
inline constexpr auto no_fold_literal = rule<"no-fold-literal">(lit('[') >> *dtext >> lit(']'));

// qtext = %d33 / %d35-91 / %d93-126
inline constexpr auto qtext = rule<"qtext">(octet(0x21) | octets(0x23, 0x5B) | octets(0x5D, 0x7E));

// quoted-pair = "\" (VCHAR / WSP)
inline constexpr auto quoted_pair = rule<"quoted-pair">(lit('\\') >> (VCHAR | WSP));

// quoted-string = DQUOTE *(*WSP (qtext / quoted-pair)) *WSP DQUOTE
inline constexpr auto quoted_string =
    rule<"quoted-string">(DQUOTE >> *(*WSP >> (qtext | quoted_pair)) >> *WSP >> DQUOTE);

// addr-spec = local-part "@" domain, once percent-decoded
// RFC 8460 3 expects ",", ";" and "!" in it, so they need not be quoted here.
inline constexpr auto mail_text = rule<"mail-text">(atext | lit(',') | lit(';'));
inline constexpr auto local_part = rule<"local-part">(+mail_text >> *(lit('.') >> +mail_text) | quoted_string);
inline constexpr auto addr_spec = rule<"addr-spec">(local_part >> lit('@') >> (dot_atom_text | no_fold_literal) >> eoi);

}  // namespace mtasts::grammar
