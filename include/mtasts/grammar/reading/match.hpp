/// match: X3 runs the grammar over a text, at run time.
#pragma once
#include <functional>
#include <string_view>

#include <mtasts/grammar/rule.hpp>

namespace mtasts::grammar {

/// Whether the grammar takes the text from its first octet; announced matches go to the sink.
/// The grammar ends with `eoi` where the whole text must be taken.
template <class Grammar, class Sink>
bool match(Grammar const& grammar, std::string_view text, Sink&& sink) {
    auto first = text.data();
    auto const last = first + text.size();
    return x3::parse(first, last, x3::with<sink_key>(std::ref(sink))[grammar]);
}

}  // namespace mtasts::grammar
