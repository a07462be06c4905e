// SPDX-License-Identifier: BSL-1.0
/// RFC 3986 Appendix A: URI, with the sub-delims that RFC 8460 3 leaves: "!", "," and ";" are always percent-encoded.
#pragma once
#include <mtasts/grammar/ip_address.hpp>
#include <mtasts/grammar/scan.hpp>

namespace mtasts::grammar {

// unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
inline constexpr auto unreserved = rule<"unreserved">(ALPHA | DIGIT | lit('-') | lit('.') | lit('_') | lit('~'));

// pct-encoded = "%" HEXDIG HEXDIG
inline constexpr auto pct_encoded = rule<"pct-encoded">(lit('%') >> HEXDIG >> HEXDIG);

// sub-delims = "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
// RFC 8460 3: without "!", "," and ";".
inline constexpr auto sub_delims =
    rule<"sub-delims">(lit('$') | lit('&') | lit('\'') | lit('(') | lit(')') | lit('*') | lit('+') | lit('='));

// pchar = unreserved / pct-encoded / sub-delims / ":" / "@"
inline constexpr auto pchar = rule<"pchar">(unreserved | pct_encoded | sub_delims | lit(':') | lit('@'));

// segment = *pchar
inline constexpr auto segment = rule<"segment">(*pchar);

// segment-nz = 1*pchar
inline constexpr auto segment_nz = rule<"segment-nz">(+pchar);

// path-abempty = *( "/" segment )
inline constexpr auto path_abempty = rule<"path-abempty">(*(lit('/') >> segment));

// path-absolute = "/" [ segment-nz *( "/" segment ) ]
inline constexpr auto path_absolute = rule<"path-absolute">(lit('/') >> -(segment_nz >> *(lit('/') >> segment)));

// path-rootless = segment-nz *( "/" segment )
inline constexpr auto path_rootless = rule<"path-rootless">(segment_nz >> *(lit('/') >> segment));

// path-empty = 0<pchar>
inline constexpr auto path_empty = rule<"path-empty">(repeat(0)[pchar]);

// query = *( pchar / "/" / "?" )
inline constexpr auto query = rule<"query">(*(pchar | lit('/') | lit('?')));

// fragment = *( pchar / "/" / "?" )
inline constexpr auto fragment = rule<"fragment">(*(pchar | lit('/') | lit('?')));

// reg-name = *( unreserved / pct-encoded / sub-delims )
inline constexpr auto reg_name = rule<"reg-name">(*(unreserved | pct_encoded | sub_delims));

// IPvFuture = "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
inline constexpr auto IPvFuture =
    rule<"IPvFuture">(any_case("v") >> +HEXDIG >> lit('.') >> +(unreserved | sub_delims | lit(':')));

// IP-literal = "[" ( IPv6address / IPvFuture ) "]"
inline constexpr auto IP_literal = rule<"IP-literal">(lit('[') >> (IPv6address | IPvFuture) >> lit(']'));

// host = IP-literal / IPv4address / reg-name
// PEG: every IPv4address is a reg-name too, and may be only the beginning of one.
inline constexpr auto host =
    rule<"host">(IP_literal | IPv4address >> !(unreserved | pct_encoded | sub_delims) | reg_name);

// port = *DIGIT
inline constexpr auto port = rule<"port">(*DIGIT);

// userinfo = *( unreserved / pct-encoded / sub-delims / ":" )
inline constexpr auto userinfo = rule<"userinfo">(*(unreserved | pct_encoded | sub_delims | lit(':')));

// authority = [ userinfo "@" ] host [ ":" port ]
inline constexpr auto authority = rule<"authority">(-(userinfo >> lit('@')) >> host >> -(lit(':') >> port));

// scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
inline constexpr auto scheme = rule<"scheme">(ALPHA >> *(ALPHA | DIGIT | lit('+') | lit('-') | lit('.')));

// hier-part = "//" authority path-abempty / path-absolute / path-rootless / path-empty
inline constexpr auto hier_part =
    rule<"hier-part">(any_case("//") >> authority >> path_abempty | path_absolute | path_rootless | path_empty);

// URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]
inline constexpr auto URI =
    rule<"URI">(scheme >> lit(':') >> hier_part >> -(lit('?') >> query) >> -(lit('#') >> fragment));

// A URI and nothing else.
inline constexpr auto URI_alone = URI >> eoi;

// The usual form of a web URI, with nothing that needs a closer look. Every such text is a URI of RFC 3986, whose
// sub-delims have "!", "," and ";" as well.
inline constexpr auto plain_uri = rule<"plain-uri">(
    lit("https://") >>
    scanned<uri_octets>(unreserved | sub_delims | lit('!') | lit(',') | lit(';') | lit('/') | lit('?'), 0) >> eoi);

}  // namespace mtasts::grammar
