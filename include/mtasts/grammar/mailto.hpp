// SPDX-License-Identifier: BSL-1.0
/// RFC 6068 2: mailto URIs. The addresses are percent-encoded; decoded, each is an addr-spec (addr_spec.hpp).
#pragma once
#include <mtasts/grammar/uri.hpp>

namespace mtasts::grammar {

// some-delims = "!" / "$" / "'" / "(" / ")" / "*" / "+" / "," / ";" / ":" / "@"
// RFC 8460 3: without "!", "," and ";".
inline constexpr auto some_delims =
    rule<"some-delims">(lit('$') | lit('\'') | lit('(') | lit(')') | lit('*') | lit('+') | lit(':') | lit('@'));

// qchar = unreserved / pct-encoded / some-delims
inline constexpr auto qchar = rule<"qchar">(unreserved | pct_encoded | some_delims);

// hfield = hfname "=" hfvalue
inline constexpr auto hfield = rule<"hfield">(*qchar >> lit('=') >> *qchar);

// hfields = "?" hfield *( "&" hfield )
inline constexpr auto hfields = announce<"hfields">(lit('?') >> hfield >> *(lit('&') >> hfield));

// to = addr-spec *("," addr-spec)
// RFC 8460 3: a "," is percent-encoded, so that one address is left; "&" and "=" need not be (erratum 7919 of RFC 6068).
inline constexpr auto mailto_octet = rule<"mailto-octet">(unreserved | lit('$') | lit('&') | lit('\'') | lit('(') |
                                                          lit(')') | lit('*') | lit('+') | lit(':') | lit('='));
inline constexpr auto mailto_part = rule<"mailto-part">(+(mailto_octet | pct_encoded));
inline constexpr auto mailto_to = announce<"to">(mailto_part >> lit('@') >> mailto_part >> &(lit('?') | eoi));

// mailtoURI = "mailto:" [ to ] [ hfields ]
inline constexpr auto mailtoURI = rule<"mailtoURI">(any_case("mailto:") >> -mailto_to >> -hfields >> eoi);

}  // namespace mtasts::grammar
