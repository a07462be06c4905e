// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3: the TXT record at `_smtp._tls.<policy domain>`. Read from the bottom up.
#pragma once
#include <mtasts/grammar/uri.hpp>

namespace mtasts::grammar {

// field-delim = *WSP ";" *WSP
inline constexpr auto field_delim = rule<"field-delim">(*WSP >> lit(';') >> *WSP);

// tlsrpt-version = %s"v=TLSRPTv1"
inline constexpr auto tlsrpt_version = rule<"tlsrpt-version">(lit("v=TLSRPTv1"));

// tlsrpt-uri = URI
inline constexpr auto tlsrpt_uri = rule<"tlsrpt-uri">(URI);

// One URI and nothing else.
inline constexpr auto tlsrpt_uri_alone = tlsrpt_uri >> eoi;

// tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)
inline constexpr auto tlsrpt_rua = announce<"tlsrpt-rua">(
    lit("rua=") >> tlsrpt_uri >> *(*WSP >> lit(',') >> *WSP >> tlsrpt_uri) >> &(field_delim | eoi));

// tlsrpt-ext-name = (ALPHA / DIGIT) *31(ALPHA / DIGIT / "_" / "-" / ".")
inline constexpr auto tlsrpt_ext_name =
    rule<"tlsrpt-ext-name">((ALPHA | DIGIT) >> repeat(0, 31)[ALPHA | DIGIT | lit('_') | lit('-') | lit('.')]);

// tlsrpt-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
inline constexpr auto tlsrpt_ext_value =
    rule<"tlsrpt-ext-value">(+(octets(0x21, 0x3A) | octet(0x3C) | octets(0x3E, 0x7E)));

// tlsrpt-extension = tlsrpt-ext-name "=" tlsrpt-ext-value
inline constexpr auto tlsrpt_extension =
    announce<"tlsrpt-extension">(tlsrpt_ext_name >> lit('=') >> tlsrpt_ext_value >> &(field_delim | eoi));

// tlsrpt-field = tlsrpt-rua / tlsrpt-extension
inline constexpr auto tlsrpt_field = rule<"tlsrpt-field">(tlsrpt_rua | tlsrpt_extension);

// One field and nothing else.
inline constexpr auto tlsrpt_field_alone = tlsrpt_field >> eoi;

// tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]
inline constexpr auto tlsrpt_record =
    rule<"tlsrpt-record">(tlsrpt_version >> +(field_delim >> tlsrpt_field) >> -field_delim >> eoi);

}  // namespace mtasts::grammar
