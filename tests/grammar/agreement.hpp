// SPDX-License-Identifier: BSL-1.0
/// Checks that all readings of a grammar agree on a text, and that the parser agrees with them.
#pragma once
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstdio>
#include <string>
#include <string_view>

#include "texts.hpp"

namespace agreement {

namespace grammar = mtasts::grammar;

inline constexpr auto json_string_alone = grammar::json_string >> grammar::eoi;
inline constexpr auto json_number_alone = grammar::json_number >> grammar::eoi;

struct tally {
    std::size_t tried = 0, taken = 0;
};

/// Octets as a failure message can show them.
inline std::string shown(std::string_view text) {
    std::string out;
    char buffer[8];
    for (char const c : text) {
        bool const plain = ' ' <= c && c <= '~' && c != '\\';
        std::snprintf(buffer, sizeof buffer, "\\x%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += plain ? std::string(1, c) : std::string(buffer);
    }
    return out;
}

/// Tries one text; Catch's own macros are too slow for millions of them, so that only a failure gets there.
template <class Grammar>
bool agreed(Grammar const& by, std::string_view text, tally& count) {
    static texts::judgement walk, match;
    texts::walk(by, text, walk);
    texts::match(by, text, match);
    ++count.tried;
    count.taken += walk.taken ? 1 : 0;
    if (walk != match) FAIL_CHECK("match and walk differ on: " << shown(text));
    return walk.taken;
}

/// Where both readings refuse a text, expect has an answer.
template <class Grammar>
void check_expect(Grammar const& by, std::string_view text) {
    auto const answer = grammar::expect(by, text);
    if (answer.offset > text.size() || answer.wanted.empty()) FAIL_CHECK("expect has no answer to: " << shown(text));
}

/// The promise of a parser: a text that the grammar refuses is not usable, and one that it takes has no syntax error.
template <class Parse>
auto judged_by(Parse parse) {
    return [parse](std::string_view text, bool taken) {
        auto const read = parse(text);
        if (taken ? read.has(mtasts::code::text_syntax) : read.usable())
            FAIL_CHECK("grammar and parser differ on: " << shown(text));
    };
}
inline constexpr auto not_parsed = [](std::string_view, bool) {};

}  // namespace agreement
