// SPDX-License-Identifier: BSL-1.0
/// Reading a text with a grammar: by X3 at run time, by the walk in a constant expression.
#pragma once
#include <string_view>
#include <type_traits>

#include <mtasts/finding/finding.hpp>
#include <mtasts/grammar/reading/expect.hpp>
#include <mtasts/grammar/reading/match.hpp>
#include <mtasts/parse/options.hpp>

namespace mtasts::detail {

/// Whether the grammar matches the text; announced matches go to the sink.
template <class Grammar, class Sink>
constexpr bool read(Grammar const& grammar, std::string_view text, Sink&& sink) {
    if (std::is_constant_evaluated()) return grammar::walk(grammar, text, sink);
    return grammar::match(grammar, text, sink);
}

using grammar::ignore_events;

/// The `expect` of findings: what `Grammar` would have accepted where a part leaves it.
template <auto const& Grammar>
constexpr expectation expectation_of(std::string_view part) {
    return grammar::expect(Grammar, part);
}

/// The finding, which can give what `Grammar` expected in `part`, a view of the whole text.
template <auto const& Grammar>
constexpr finding with_expectation(finding said, std::string_view whole, std::string_view part) {
    said.expect = expectation_of<Grammar>;
    said.part = span_of(whole, part);
    return said;
}

/// The generic "leaves its grammar here", for a fault without a better description.
template <auto const& Grammar>
constexpr finding plain_syntax_finding(std::string_view whole, std::string_view part) {
    auto said = with_expectation<Grammar>({code::text_syntax, {}}, whole, part);
    auto const stop = said.expected_in(whole).offset;
    said.where = {stop, stop < said.part.end() ? 1u : 0u};
    return said;
}

/// RFC 8461 3.3: reports a text above the limit; such a text is not read.
constexpr bool too_large(std::string_view text, parse_options const& options, findings& found) {
    if (text.size() <= options.max_size) return false;
    found.push_back({code::text_too_large, {options.max_size, 0}});
    return true;
}

}  // namespace mtasts::detail
