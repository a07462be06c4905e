// SPDX-License-Identifier: BSL-1.0
/// Telling the nodes of a grammar object apart: the one place that knows X3's node types.
#pragma once
#include <cstddef>
#include <type_traits>

#include <mtasts/grammar/rule.hpp>
#include <mtasts/grammar/scan.hpp>

namespace mtasts::grammar {

template <class Node, template <class...> class Template>
inline constexpr bool is = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool is<Template<Arguments...>, Template> = true;

template <class Node>
inline constexpr bool is_production = false;
template <name Name, bool Announced, class Subject>
inline constexpr bool is_production<production<Name, Announced, Subject>> = true;

template <class Node>
concept alternatives = is<Node, x3::alternative> || is<Node, octet_choice>;
template <class Node>
concept octet_runs = is<Node, octet_run> || is<Node, scanned_run>;
template <class Node>
concept octet_range = requires(Node node) {
    node.from;
    node.to;
};
template <class Node>
concept one_octet = requires(Node node) {
    node.ch;
};
template <class Node>
concept literal_text = requires(Node node) {
    node.str;
};
template <class Node>
concept repetition = requires(Node node) {
    node.repeat_limit;
};
template <class Node>
concept own_terminal = requires(Node node) {
    node.scan(std::string_view{});
};

inline constexpr std::size_t unbounded = static_cast<std::size_t>(-1);

/// The least and the greatest count of a repetition.
template <class Limit>
constexpr std::size_t least(Limit const& limit) {
    if constexpr (requires { limit.min_value; }) return static_cast<std::size_t>(limit.min_value);
    else return static_cast<std::size_t>(limit.exact_value);
}
template <class Limit>
constexpr std::size_t most(Limit const& limit) {
    if constexpr (requires { limit.max_value; }) return static_cast<std::size_t>(limit.max_value);
    else if constexpr (requires { limit.exact_value; }) return static_cast<std::size_t>(limit.exact_value);
    else return unbounded;
}

/// A `static_assert` on this names the node that a reading cannot read.
template <class Node>
inline constexpr bool no_meaning_for = false;

}  // namespace mtasts::grammar
