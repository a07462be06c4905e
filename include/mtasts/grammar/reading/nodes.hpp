// SPDX-License-Identifier: BSL-1.0
/// Tells the nodes of a grammar object apart: the one place that knows X3's node types.
#pragma once
#include <type_traits>

#include <mtasts/grammar/rule.hpp>
#include <mtasts/grammar/scan.hpp>

namespace mtasts::grammar {

enum class kind {
    unknown,
    production,
    sequence,
    choice,
    repetition,
    option,
    ahead,
    not_ahead,
    end,
    range,
    octet,
    terminal
};

template <class Node>
inline constexpr kind kind_of = std::is_base_of_v<terminal<Node>, Node> ? kind::terminal : kind::unknown;
template <text::fixed_text Name, bool Announced, class Subject>
inline constexpr kind kind_of<production<Name, Announced, Subject>> = kind::production;
template <class Left, class Right>
inline constexpr kind kind_of<x3::sequence<Left, Right>> = kind::sequence;
template <class Left, class Right>
inline constexpr kind kind_of<x3::alternative<Left, Right>> = kind::choice;
template <class Left, class Right>
inline constexpr kind kind_of<octet_choice<Left, Right>> = kind::choice;
template <class Subject, class Counts>
inline constexpr kind kind_of<repetition<Subject, Counts>> = kind::repetition;
template <class Run, class Subject>
inline constexpr kind kind_of<scanned_run<Run, Subject>> = kind::repetition;
template <class Subject>
inline constexpr kind kind_of<x3::optional<Subject>> = kind::option;
template <class Subject>
inline constexpr kind kind_of<x3::and_predicate<Subject>> = kind::ahead;
template <class Subject>
inline constexpr kind kind_of<x3::not_predicate<Subject>> = kind::not_ahead;
template <>
inline constexpr kind kind_of<end_of_text> = kind::end;
template <>
inline constexpr kind kind_of<octet_range> = kind::range;
template <>
inline constexpr kind kind_of<octet_literal> = kind::octet;

/// A node that adds nothing to a sentence.
template <class Node>
inline constexpr bool is_silent =
    kind_of<Node> == kind::ahead || kind_of<Node> == kind::not_ahead || kind_of<Node> == kind::end;

/// A `static_assert` on this names the node that a reading cannot read.
template <class Node>
inline constexpr bool no_meaning_for = false;

}  // namespace mtasts::grammar
