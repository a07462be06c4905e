// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 5.3: the subject of a mail that carries a report.
#pragma once
#include <string_view>

#include <mtasts/grammar/report_subject.hpp>
#include <mtasts/model/report_subject.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

/// Explains why a text is not such a subject.
constexpr finding explain_report_subject(std::string_view text) {
    // The words are searched in order; what is between two of them should be a domain, and the rest the id.
    struct heading {
        std::string_view words;
        bool domain_follows;
    };
    constexpr heading headings[] = {{"Report", false}, {"Domain:", true}, {"Submitter:", true}, {"Report-ID:", false}};
    auto rest = text;
    auto const at = [&](code what, std::string_view where) {
        return with_expectation<grammar::tlsrpt_subject>({what, span_of(text, where)}, text, text);
    };
    auto const take = [&](std::size_t length) {
        auto const taken = rest.substr(0, length);
        rest.remove_prefix(taken.size());
        return taken;
    };
    auto const is_blank = fault_table::is<' ', '\t', '\r', '\n'>;
    auto const take_blanks = [&] { return take(text::find_octet(rest, [&](char c) { return !is_blank(c); })); };
    auto const is_space = [](std::string_view blanks) {
        return read(grammar::FWS >> grammar::eoi, blanks, ignore_events);
    };
    for (auto const& [words, domain_follows] : headings) {
        if (!rest.starts_with(words)) return at(code::subject_words, rest.substr(0, text::find_octet(rest, is_blank)));
        take(words.size());
        if (auto const blanks = take_blanks(); !is_space(blanks)) return at(code::subject_space, blanks);
        if (!domain_follows) continue;
        auto const name = take(text::find_octet(rest, is_blank));
        if (read(grammar::sub_domain >> grammar::eoi, name, ignore_events)) return at(code::subject_one_label, name);
        if (!read(grammar::Domain_alone, name, ignore_events)) return explain_host(text, name, false);
        if (auto const blanks = take_blanks(); !is_space(blanks)) return at(code::subject_space, blanks);
    }
    auto const said = plain_syntax_finding<grammar::tlsrpt_subject>(text, text);
    auto const id = rest.substr(0, rest.find('>') == rest.npos ? rest.npos : rest.find('>') + 1);
    if (said.where.offset < span_of(text, id).end() || !id.ends_with('>')) return at(code::subject_report_id, id);
    return said;
}

}  // namespace detail

/// Reads the subject of a report's mail (RFC 8460 5.3), folded or not.
///
/// Findings: the subject-* codes, and host-* for the two domains.
/// Example: `static_assert(mtasts::parse_report_subject("Report Domain: example.net Submitter: a.example Report-ID: "
///                                                    "<1@a.example>").value.submitter == "a.example");`
constexpr parsed<report_subject> parse_report_subject(kept_text text, parse_options const& options = {}) {
    parsed<report_subject> result;
    auto& value = result.value;
    if (detail::too_large(text, options, result.findings)) return result;
    auto const sink = [&]<text::fixed_text Name>(grammar::event<Name>, std::string_view part) {
        if constexpr (Name.view() == "policy-domain") value.policy_domain = part;
        if constexpr (Name.view() == "submitter") value.submitter = part;
        if constexpr (Name.view() == "report-id") value.report_id = part;
    };
    if (!detail::read(grammar::tlsrpt_subject, text, sink)) {
        result.findings.push_back(detail::explain_report_subject(text));
        return result;
    }
    return result;
}

}  // namespace mtasts
