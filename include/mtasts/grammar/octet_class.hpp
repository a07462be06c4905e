// SPDX-License-Identifier: BSL-1.0
/// Nodes for classes of octets, which X3's own alternatives and repetitions would try member by member.
#pragma once
#include <cstddef>
#include <cstdint>

#include <mtasts/grammar/x3.hpp>

namespace mtasts::grammar {

/// A set of octets.
class octet_set {
  public:
    constexpr bool has(char c) const {
        auto const octet = static_cast<unsigned char>(c);
        return (bits_[octet >> 6] >> (octet & 63) & 1) != 0;
    }
    /// From one octet to another, none of which lies on the other side of 0x80.
    constexpr void add(char from, char to) {
        auto const first = static_cast<unsigned char>(from), last = static_cast<unsigned char>(to);
        for (unsigned word = 0; word != 4; ++word) {
            auto bits = ~std::uint64_t{0};
            if (first >> 6 == word) bits &= ~std::uint64_t{0} << (first & 63);
            if (last >> 6 == word) bits &= ~std::uint64_t{0} >> (63 - (last & 63));
            if (first >> 6 <= word && word <= last >> 6) bits_[word] |= bits;
        }
    }
    constexpr void add(octet_set const& other) {
        for (unsigned word = 0; word != 4; ++word) bits_[word] |= other.bits_[word];
    }

  private:
    std::uint64_t bits_[4]{};
};

/// Whether a node takes exactly one octet of a class: a range, a literal octet, a choice of such, or a rule of one.
template <class Node>
inline constexpr bool is_octet_class = requires(Node node) {
    node.from;
}
|| requires(Node node) { node.ch; }
|| requires(Node node) { node.set; };
template <class Node>
concept octet_class = is_octet_class<Node>;

/// Whether the class holds an octet.
template <class Node>
constexpr bool holds(Node const& node, char c) {
    if constexpr (requires { node.set; }) return node.set.has(c);
    else if constexpr (requires { node.from; }) return node.from <= c && c <= node.to;
    else if constexpr (requires { node.ch; }) return node.ch == c;
    else return holds(node.subject, c);
}

/// The octets of a class.
template <class Node>
constexpr octet_set set_of(Node const& node) {
    octet_set set;
    if constexpr (requires { node.set; }) set = node.set;
    else if constexpr (requires { node.from; }) set.add(node.from, node.to);
    else if constexpr (requires { node.ch; }) set.add(node.ch, node.ch);
    else set = set_of(node.subject);
    return set;
}

/// Of classes of octets, `/` makes a class again: one look into a set instead of a try of each.
template <class Left, class Right>
struct octet_choice : x3::binary_parser<Left, Right, octet_choice<Left, Right>> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    octet_set set;

    constexpr octet_choice(Left const& one, Right const& other)
        : x3::binary_parser<Left, Right, octet_choice>(one, other), set(set_of(one)) {
        set.add(set_of(other));
    }

    template <class Iterator, class Context, class RuleContext, class Attribute>
    bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext&, Attribute&) const {
        if (first == last || !set.has(*first)) return false;
        ++first;
        return true;
    }
};

/// `*class` and `1*class`: one loop.
template <class Subject>
struct octet_run : x3::unary_parser<Subject, octet_run<Subject>> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    std::size_t at_least;

    constexpr octet_run(Subject const& one, std::size_t count)
        : x3::unary_parser<Subject, octet_run>(one), at_least(count) {}

    template <class Iterator, class Context, class RuleContext, class Attribute>
    bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext&, Attribute&) const {
        auto stop = first;
        while (stop != last && holds(this->subject, *stop)) ++stop;
        if (static_cast<std::size_t>(stop - first) < at_least) return false;
        first = stop;
        return true;
    }
};

template <octet_class Left, octet_class Right>
constexpr octet_choice<Left, Right> operator|(Left const& left, Right const& right) {
    return {left, right};
}
template <octet_class Subject>
constexpr octet_run<Subject> operator*(Subject const& subject) {
    return {subject, 0};
}
template <octet_class Subject>
constexpr octet_run<Subject> operator+(Subject const& subject) {
    return {subject, 1};
}

}  // namespace mtasts::grammar
