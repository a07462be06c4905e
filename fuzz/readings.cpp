// SPDX-License-Identifier: BSL-1.0
/// Promises about any octets, by every grammar; the first octet chooses one:
///   1. X3 and the constexpr walk agree, and announce the same parts;
///   2. the parser of the grammar's texts, run over X3 and run over the walk, has the same value and the same findings;
///   3. if the grammar refuses the text, expect has an answer, at an offset inside the text.
#include <mtasts/grammar/reading/expect.hpp>

#include "grammars.hpp"
#include "said.hpp"
#include "support/by_walk.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const number = take_choice(input.text, grammars::count);
    grammars::with(number, [text = input.text](auto const& by) {
        if (grammars::same_readings(by, text)) return;
        auto const answer = mtasts::grammar::expect(by, text);
        keep_promise(answer.offset <= text.size() && !answer.wanted.empty(), "expect has an answer");
    });
    static std::string by_match, by_walk;
    by_match.clear(), by_walk.clear();
    mtasts::append_said(number, input.text, by_match);
    append_said_by_walk(number, input.text, by_walk);
    keep_promise(by_match == by_walk, "parsers say the same over X3 and over the walk");
    return 0;
}
