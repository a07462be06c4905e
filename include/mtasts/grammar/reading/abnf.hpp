// SPDX-License-Identifier: BSL-1.0
/// abnf: the grammar printed back as RFC 5234 ABNF.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/grammar/reading/nodes.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::grammar {

/// The position of an expression, which decides whether it needs parentheses.
enum class place { alone, in_sequence, repeated };

inline std::string abnf_octet(char c) { return text::hex_octet(static_cast<unsigned char>(c), text::upper_hex); }

inline std::string abnf_count(std::size_t at_least, std::size_t at_most) {
    if (at_least == at_most) return std::to_string(at_least);
    return (at_least == 0 ? "" : std::to_string(at_least)) + "*" +
           (at_most == unbounded ? "" : std::to_string(at_most));
}

/// The expression as ABNF. Lookahead and the end of the text have no ABNF and print as nothing.
template <class Node>
std::string abnf(Node const& node, place where = place::alone) {
    constexpr auto is = kind_of<Node>;
    auto const grouped_from = [&](place least_place, std::string const& text) {
        return where >= least_place ? "(" + text + ")" : text;
    };
    if constexpr (is == kind::production) {
        return std::string(Node::rfc_name);
    } else if constexpr (is == kind::sequence) {
        auto const left = abnf(node.left, place::in_sequence), right = abnf(node.right, place::in_sequence);
        if (left.empty()) return abnf(node.right, where);
        if (right.empty()) return abnf(node.left, where);
        return grouped_from(place::repeated, left + " " + right);
    } else if constexpr (is == kind::choice) {
        return grouped_from(place::in_sequence, abnf(node.left) + " / " + abnf(node.right));
    } else if constexpr (is == kind::repetition) {
        return abnf_count(node.at_least, node.at_most) + abnf(node.subject, place::repeated);
    } else if constexpr (is == kind::option) {
        return "[" + abnf(node.subject) + "]";
    } else if constexpr (is == kind::range) {
        auto const first = "%x" + abnf_octet(node.from);
        return node.from == node.to ? first : first + "-" + abnf_octet(node.to);
    } else if constexpr (is == kind::octet) {
        return {'"', node.octet, '"'};
    } else if constexpr (is == kind::terminal) {
        return (std::is_same_v<Node, literal> ? "%s\"" : "\"") + std::string(node.text) + "\"";
    } else {
        static_assert(is_silent<Node>, "abnf: this X3 node has no meaning yet");
        return {};
    }
}

/// Appends the definitions of all productions below a node that are not in `lines` yet, root first.
template <class Node>
void collect_abnf(Node const& node, std::vector<std::string>& lines) {
    constexpr auto is = kind_of<Node>;
    if constexpr (is == kind::production) {
        auto const line = std::string(Node::rfc_name) + " = " + abnf(node.subject);
        for (auto const& known : lines)
            if (known == line) return;
        lines.push_back(line);
        collect_abnf(node.subject, lines);
    } else if constexpr (is == kind::sequence || is == kind::choice) {
        collect_abnf(node.left, lines);
        collect_abnf(node.right, lines);
    } else if constexpr (is_silent<Node>) {
        return;
    } else if constexpr (requires { node.subject; }) {
        collect_abnf(node.subject, lines);
    }
}

/// The production and everything it depends on, one definition per line.
template <class Production>
std::vector<std::string> abnf_rules(Production const& root) {
    std::vector<std::string> lines;
    collect_abnf(root, lines);
    return lines;
}

}  // namespace mtasts::grammar
