// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3: the subject of a mail that carries a report.
#pragma once
#include <mtasts/grammar/addr_spec.hpp>
#include <mtasts/grammar/domain.hpp>

namespace mtasts::grammar {

/// RFC 5322 3.2.2: a comment, nested to any depth. A loop and a count, because rules must not recurse on hostile text.
struct nested_comment : terminal<nested_comment> {
    static constexpr std::string_view text = "()";

    static constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
    static constexpr bool is_text(char c) { return ('!' <= c && c <= '~') || is_blank(c); }

    constexpr std::size_t scan(std::string_view rest) const {
        std::size_t depth = 0;
        for (std::size_t i = 0; i != rest.size(); ++i) {
            char const c = rest[i];
            if (c == '(') ++depth;
            else if (depth == 0) return no_match;
            else if (c == ')') {
                if (--depth == 0) return i + 1;
            } else if (c == '\\') {
                if (++i == rest.size() || !is_text(rest[i])) return no_match;
            } else if (c == '\r') {
                if (rest.substr(i, 2) != "\r\n" || i + 2 >= rest.size() || !is_blank(rest[i + 2])) return no_match;
                ++i;
            } else if (!is_text(c)) {
                return no_match;
            }
        }
        return no_match;
    }
};

// FWS = ([*WSP CRLF] 1*WSP)
// PEG: the white space before a CRLF is also the beginning of the other form.
inline constexpr auto FWS = rule<"FWS">(-(*WSP >> CRLF) >> +WSP);

// comment = "(" *([FWS] ccontent) [FWS] ")"
inline constexpr auto comment = rule<"comment">(nested_comment{});

// CFWS = (1*([FWS] comment) [FWS]) / FWS
inline constexpr auto CFWS = rule<"CFWS">(+(-FWS >> comment) >> -FWS | FWS);

// domain-name = sub-domain 1*("." sub-domain)
inline constexpr auto domain_name = rule<"domain-name">(sub_domain >> +(lit('.') >> sub_domain));

// id-left = dot-atom-text
inline constexpr auto id_left = rule<"id-left">(dot_atom_text);

// id-right = dot-atom-text / no-fold-literal
inline constexpr auto id_right = rule<"id-right">(dot_atom_text | no_fold_literal);

// tlsrpt-subject = %s"Report" FWS %s"Domain:" FWS domain-name FWS %s"Submitter:" FWS domain-name FWS
//                  %s"Report-ID:" FWS "<" id-left "@" id-right ">" [CFWS]
inline constexpr auto tlsrpt_subject = rule<"tlsrpt-subject">(
    lit("Report") >> FWS >> lit("Domain:") >> FWS >> announce<"policy-domain">(domain_name >> &FWS) >> FWS >>
    lit("Submitter:") >> FWS >> announce<"submitter">(domain_name >> &FWS) >> FWS >> lit("Report-ID:") >> FWS >>
    lit('<') >> announce<"report-id">(id_left >> lit('@') >> id_right) >> lit('>') >> -CFWS >> eoi);

}  // namespace mtasts::grammar
