// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: the policy at `https://mta-sts.<policy domain>/.well-known/mta-sts.txt`.
/// Read from the bottom up. A known field contains its lookahead, so that "mode: nonesuch" never announces "none".
#pragma once
#include <mtasts/grammar/domain.hpp>
#include <mtasts/grammar/utf8.hpp>

namespace mtasts::grammar {

// sts-policy-term = LF / CRLF
inline constexpr auto sts_policy_term = rule<"sts-policy-term">(LF | CRLF);

// sts-policy-field-delim = ":" *WSP
inline constexpr auto sts_policy_field_delim = rule<"sts-policy-field-delim">(lit(':') >> *WSP);

// PEG: what must follow a field, by sts-policy-record.
inline constexpr auto sts_policy_field_end = &(*WSP >> (sts_policy_term | eoi));

// sts-policy-alphanum = ALPHA / DIGIT
inline constexpr auto sts_policy_alphanum = rule<"sts-policy-alphanum">(ALPHA | DIGIT);

// sts-policy-vchar = %x21-7E / UTF8-2 / UTF8-3 / UTF8-4
inline constexpr auto sts_policy_vchar = rule<"sts-policy-vchar">(octets(0x21, 0x7E) | UTF8_2 | UTF8_3 | UTF8_4);

// sts-policy-ext-name = sts-policy-alphanum *31(sta-policy-alphanum / "_" / "-" / ".")
// "sta-" is a typo of the RFC for "sts-".
inline constexpr auto sts_policy_ext_name = rule<"sts-policy-ext-name">(
    sts_policy_alphanum >> repeat(0, 31)[sts_policy_alphanum | lit('_') | lit('-') | lit('.')]);

// sts-policy-ext-value = sts-policy-vchar [*(%x20 / sts-policy-vchar) sts-policy-vchar]
// PEG: spaces are taken only with the vchar that must follow them.
inline constexpr auto sts_policy_ext_value =
    rule<"sts-policy-ext-value">(sts_policy_vchar >> *(*octet(0x20) >> +sts_policy_vchar));

// sts-policy-extension = sts-policy-ext-name sts-policy-field-delim sts-policy-ext-value
inline constexpr auto sts_policy_extension = announce<"sts-policy-extension">(
    sts_policy_ext_name >> sts_policy_field_delim >> sts_policy_ext_value >> sts_policy_field_end);

// sts-policy-max-age-value = 1*10(DIGIT)
inline constexpr auto sts_policy_max_age_value = rule<"sts-policy-max-age-value">(repeat(1, 10)[DIGIT]);

// sts-policy-max-age-field = %s"max_age"
inline constexpr auto sts_policy_max_age_field = rule<"sts-policy-max-age-field">(lit("max_age"));

// sts-policy-max-age = sts-policy-max-age-field sts-policy-field-delim sts-policy-max-age-value
inline constexpr auto sts_policy_max_age = announce<"sts-policy-max-age">(
    sts_policy_max_age_field >> sts_policy_field_delim >> sts_policy_max_age_value >> sts_policy_field_end);

// sts-policy-mx-value = ["*."] Domain
inline constexpr auto sts_policy_mx_value = rule<"sts-policy-mx-value">(-any_case("*.") >> Domain);

// An sts-policy-mx-value and nothing else.
inline constexpr auto sts_policy_mx_value_alone = sts_policy_mx_value >> eoi;

// sts-policy-mx-field = %s"mx"
inline constexpr auto sts_policy_mx_field = rule<"sts-policy-mx-field">(lit("mx"));

// sts-policy-mx = sts-policy-mx-field sts-policy-field-delim sts-policy-mx-value
inline constexpr auto sts_policy_mx = announce<"sts-policy-mx">(sts_policy_mx_field >> sts_policy_field_delim >>
                                                                sts_policy_mx_value >> sts_policy_field_end);

// sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"
inline constexpr auto sts_policy_mode_value =
    rule<"sts-policy-mode-value">(lit("testing") | lit("enforce") | lit("none"));

// sts-policy-mode-field = %s"mode"
inline constexpr auto sts_policy_mode_field = rule<"sts-policy-mode-field">(lit("mode"));

// sts-policy-mode = sts-policy-mode-field sts-policy-field-delim sts-policy-mode-value
inline constexpr auto sts_policy_mode = announce<"sts-policy-mode">(sts_policy_mode_field >> sts_policy_field_delim >>
                                                                    sts_policy_mode_value >> sts_policy_field_end);

// sts-policy-version-value = %s"STSv1"
inline constexpr auto sts_policy_version_value = rule<"sts-policy-version-value">(lit("STSv1"));

// sts-policy-version-field = %s"version"
inline constexpr auto sts_policy_version_field = rule<"sts-policy-version-field">(lit("version"));

// sts-policy-version = sts-policy-version-field sts-policy-field-delim sts-policy-version-value
inline constexpr auto sts_policy_version = announce<"sts-policy-version">(
    sts_policy_version_field >> sts_policy_field_delim >> sts_policy_version_value >> sts_policy_field_end);

// sts-policy-field = sts-policy-version / sts-policy-mode / sts-policy-max-age / sts-policy-mx / sts-policy-extension
inline constexpr auto sts_policy_field = rule<"sts-policy-field">(
    sts_policy_version | sts_policy_mode | sts_policy_max_age | sts_policy_mx | sts_policy_extension);

// One line without its end.
inline constexpr auto sts_policy_line = sts_policy_field >> *WSP >> eoi;

// sts-policy-record = sts-policy-field *WSP *(sts-policy-term sts-policy-field *WSP) [sts-policy-term]
inline constexpr auto sts_policy_record = rule<"sts-policy-record">(
    sts_policy_field >> *WSP >> *(sts_policy_term >> sts_policy_field >> *WSP) >> -sts_policy_term >> eoi);

}  // namespace mtasts::grammar
