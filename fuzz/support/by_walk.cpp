// SPDX-License-Identifier: BSL-1.0
// The library once more, in another namespace, in which `match` is the walk. Headers that must keep the name `mtasts` are
// included first.
#include <chrono>
#include <list>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <boost/spirit/home/x3.hpp>

#include "by_walk.hpp"

#define mtasts mtasts_by_walk
#include <mtasts/grammar/rule.hpp>
#define match match_by_x3
#include <mtasts/grammar/reading/match.hpp>
#undef match
#include <mtasts/grammar/reading/walk.hpp>

namespace mtasts::grammar {

template <class Grammar, class Sink>
bool match(Grammar const& grammar, std::string_view text, Sink&& sink) {
    return walk(grammar, text, sink);
}

}  // namespace mtasts::grammar

#include "../said.hpp"

void append_said_by_walk(std::size_t number, std::string_view text, std::string& out) {
    mtasts::append_said(number, text, out);
}
