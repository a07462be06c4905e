// SPDX-License-Identifier: BSL-1.0
/// match: X3 runs the grammar over a text, at run time.
#pragma once
#include <string_view>

#include <mtasts/grammar/rule.hpp>

namespace mtasts::grammar {

/// Whether the grammar matches from the first octet of the text; announced matches go to the sink.
/// The grammar ends with `eoi` if the whole text must match.
template <class Grammar, class Sink>
bool match(Grammar const& grammar, std::string_view text, Sink&& sink) {
    auto first = text.data();
    auto const last = first + text.size();
    // Not x3::with, which would copy the grammar and hide its constants from the optimizer.
    return grammar.parse(first, last, x3::make_context<sink_key>(sink), x3::unused, x3::unused);
}

}  // namespace mtasts::grammar
