// SPDX-License-Identifier: BSL-1.0
/// Promises about sentences of every grammar; the first octet chooses one, the second a place, and the others steer the
/// sentence:
///   1. match and walk take it, and announce the same parts;
///   2. with one octet replaced, or truncated there, match and walk agree on it;
///   3. the grammar prints as ABNF, one definition a line.
#include <string>

#include <mtasts/grammar/reading/abnf.hpp>
#include <mtasts/grammar/reading/generate.hpp>

#include "grammars.hpp"

namespace {

template <class Grammar>
void keep_promise_of_abnf(Grammar const& by) {
    keep_promise(!mtasts::grammar::abnf(by).empty(), "the grammar prints as ABNF");
    if constexpr (mtasts::grammar::kind_of<Grammar> == mtasts::grammar::kind::production)
        for (auto const& line : mtasts::grammar::abnf_rules(by))
            keep_promise(line.find(" = ") != line.npos && line.find('\n') == line.npos, "a definition is a line");
}

template <class Grammar>
void keep_promises(Grammar const& by, std::string_view octets, std::size_t place) {
    static std::string sentence;
    sentence.clear();
    mtasts::grammar::choices choose(octets);
    mtasts::grammar::generate(by, choose, sentence);
    keep_promise(grammars::same_readings(by, exact_copy(sentence).text), "a sentence is taken");
    if (sentence.empty()) return;
    auto const at = place % sentence.size();
    grammars::same_readings(by, exact_copy(std::string_view(sentence).substr(0, at)).text);
    sentence[at] = static_cast<char>(choose.below(256));
    grammars::same_readings(by, exact_copy(sentence).text);
    // The grammar is always the same: it is printed once, for an input that chooses nothing else.
    if (octets.empty()) keep_promise_of_abnf(by);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const number = take_choice(input.text, grammars::count), place = take_choice(input.text, 256);
    grammars::with(number, [&](auto const& by) { keep_promises(by, input.text, place); });
    return 0;
}
