// SPDX-License-Identifier: BSL-1.0
/// What every parser of a text promises, for any octets:
///   1. every finding lies inside the text, and findings are in the order of their offsets;
///   2. what the grammar refuses is not usable;
///   3. what is usable, written and read again, has the same value, and writing that changes nothing.
#pragma once
#include <mtasts/parse/read.hpp>

#include "promises.hpp"

template <class Grammar, class Check, class Parse, class Write>
void keep_promises_of_text(Grammar const& grammar, std::string_view text, Check check, Parse parse, Write write) {
    auto const result = check(text, mtasts::parse_options{});
    keep_promises_of_places(result.findings, text.size());
    if (text.size() == 1)
        keep_promise(!parse(text, mtasts::parse_options{0}).usable(), "a text above the limit is not usable");
    keep_promise(mtasts::detail::read(grammar, text, mtasts::detail::ignore_events) || !result.usable(),
                 "what the grammar refuses is not usable");
    if (!result.usable()) return;
    auto const written = write(result.value);
    auto const again = parse(written, mtasts::parse_options{});
    keep_promise(again.usable() && again.value == result.value, "what is written reads as the same value");
    keep_promise(write(again.value) == written, "writing again changes nothing");
}
