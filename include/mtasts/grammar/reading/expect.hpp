// SPDX-License-Identifier: BSL-1.0
/// expect: how far a grammar matches a text, and what it would have accepted there.
#pragma once
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/grammar/reading/walk.hpp>

namespace mtasts::grammar {

/// What the grammar would have accepted where the text first leaves it. For a text that does not match.
template <class Grammar>
constexpr expectation expect(Grammar const& grammar, std::string_view text) {
    furthest_failure trace;
    walker(text, &trace)(grammar, ignore_events);
    return trace.result;
}

}  // namespace mtasts::grammar
