// SPDX-License-Identifier: BSL-1.0
/// generate: makes a sentence of the grammar from a stream of octets that steers the choices.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <mtasts/grammar/reading/nodes.hpp>

namespace mtasts::grammar {

/// The choices, one octet each; always the first choice once they are used up.
class choices {
  public:
    constexpr explicit choices(std::string_view octets) : octets_(octets) {}

    /// A number below `count`.
    constexpr std::size_t below(std::size_t count) {
        if (next_ == octets_.size()) return 0;
        return static_cast<unsigned char>(octets_[next_++]) % count;
    }

  private:
    std::string_view octets_;
    std::size_t next_ = 0;
};

template <class Node>
void generate(Node const& node, choices& choose, std::string& out);

template <class Subject>
void generate_repeated(Subject const& subject, std::size_t at_least, std::size_t at_most, choices& choose,
                       std::string& out) {
    constexpr std::size_t spread = 40;
    auto const top = at_most - at_least > spread ? at_least + spread : at_most;
    for (auto count = at_least + choose.below(top - at_least + 1); count != 0; --count) generate(subject, choose, out);
}

/// Appends to `out` the sentence that the choices lead to.
template <class Node>
void generate(Node const& node, choices& choose, std::string& out) {
    constexpr auto is = kind_of<Node>;
    if constexpr (is == kind::production) {
        generate(node.subject, choose, out);
    } else if constexpr (is == kind::sequence) {
        generate(node.left, choose, out);
        generate(node.right, choose, out);
    } else if constexpr (is == kind::choice) {
        if (choose.below(2) == 0) generate(node.left, choose, out);
        else generate(node.right, choose, out);
    } else if constexpr (is == kind::repetition) {
        generate_repeated(node.subject, node.at_least, node.at_most == unbounded ? node.at_least + 3 : node.at_most,
                          choose, out);
    } else if constexpr (is == kind::option) {
        if (choose.below(2) != 0) generate(node.subject, choose, out);
    } else if constexpr (is == kind::range) {
        auto const width = static_cast<std::size_t>(node.to - node.from) + 1;
        out += static_cast<char>(node.from + static_cast<int>(choose.below(width)));
    } else if constexpr (is == kind::octet) {
        out += node.octet;
    } else if constexpr (is == kind::terminal) {
        out += node.text;
    } else {
        static_assert(is_silent<Node>, "generate: this X3 node has no meaning yet");
    }
}

}  // namespace mtasts::grammar
