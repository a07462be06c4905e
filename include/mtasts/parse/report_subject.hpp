/// RFC 8460 5.3: the subject of a mail that carries a report.
#pragma once
#include <string_view>

#include <mtasts/grammar/report_subject.hpp>
#include <mtasts/model/report_subject.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// What is wrong with a text that is no such subject.
constexpr finding explain_report_subject(std::string_view text) {
    auto said = plain_syntax_finding<grammar::tlsrpt_subject>(text, text);
    auto const stop = said.where.offset;
    // The words are looked for in order; what stands between two of them is to be a domain, and the rest the id.
    auto rest = text;
    auto const take = [&](std::string_view word) {
        if (!rest.starts_with(word)) return false;
        rest.remove_prefix(word.size());
        return true;
    };
    auto const skip = [&] {
        auto const stop_of_space = find_octet(rest, [](char c) { return !is_space(c) && c != '\r' && c != '\n'; });
        auto const run = rest.substr(0, stop_of_space);
        rest.remove_prefix(run.size());
        if (read(grammar::FWS >> grammar::eoi, run, ignore_events)) return true;
        said.code = code::subject_space;
        said.where = span_of(text, run);
        return false;
    };
    auto const here = [&](code what, std::size_t length) {
        said.code = what;
        said.where = {text.size() - rest.size(), length};
        return said;
    };
    auto const word = [&] { return rest.substr(0, rest.find_first_of(" \t\r\n")); };
    auto const domain = [&](std::string_view heading) -> bool {
        if (!take(heading)) return here(code::subject_words, word().size()), false;
        if (!skip()) return false;
        auto const name = word();
        if (read(grammar::sub_domain >> grammar::eoi, name, ignore_events))
            return here(code::subject_one_label, name.size()), false;
        if (!read(grammar::Domain_alone, name, ignore_events)) return said = explain_host(text, name, false), false;
        rest.remove_prefix(name.size());
        if (!skip()) return false;
        return true;
    };
    if (!take("Report")) return here(code::subject_words, word().size());
    if (!skip()) return said;
    if (!domain("Domain:") || !domain("Submitter:")) return said;
    if (!take("Report-ID:")) return here(code::subject_words, word().size());
    if (!skip()) return said;
    said.where = {stop, stop < text.size() ? 1u : 0u};
    auto const id = rest.substr(0, rest.find('>') == rest.npos ? rest.npos : rest.find('>') + 1);
    if (stop < text.size() - rest.size() + id.size() || id.empty() || id.back() != '>')
        return here(code::subject_report_id, id.size());
    said.code = code::text_syntax;
    return said;
}

/// Reads the subject of a report's mail (RFC 8460 5.3), folded or not.
///
/// Findings: the subject-* codes, and host-* for the two domains.
/// Example: `static_assert(mtasts::parse_report_subject("Report Domain: example.net Submitter: a.example Report-ID: "
///                                                    "<1@a.example>").value.submitter == "a.example");`
constexpr parsed<report_subject> parse_report_subject(std::string_view text, parse_options const& options = {}) {
    parsed<report_subject> result;
    auto& value = result.value;
    if (too_large(text, options, result.findings)) return result;
    auto const sink = [&]<grammar::name Name>(grammar::event<Name>, std::string_view part) {
        if constexpr (Name.view() == "policy-domain") value.policy_domain = part;
        if constexpr (Name.view() == "submitter") value.submitter = part;
        if constexpr (Name.view() == "report-id") value.report_id = part;
    };
    if (!read(grammar::tlsrpt_subject, text, sink)) {
        result.findings.push_back(explain_report_subject(text));
        return result;
    }
    return result;
}

}  // namespace mtasts
