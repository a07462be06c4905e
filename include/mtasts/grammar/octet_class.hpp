// SPDX-License-Identifier: BSL-1.0
/// Nodes for classes of octets, and repetitions. X3's own try a class member by member, and take longer to compile
/// because they can read into containers.
#pragma once
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <mtasts/grammar/x3.hpp>

namespace mtasts::grammar {

/// A set of octets.
class octet_set {
  public:
    constexpr bool has(char c) const {
        // Not of one octet's width, for which g++ masks the index again.
        std::size_t const octet = static_cast<unsigned char>(c);
        return (bits_[octet / 64] >> octet % 64 & 1) != 0;
    }
    /// A range of octets, which must not cross 0x7F/0x80.
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

/// A node that takes one octet: `holds` says whether an octet is in its class, `set` gives the whole class.
/// Like those of all terminals, its `parse` ignores context and attribute, so that one instance serves every sink.
template <class Derived>
struct one_octet : x3::parser<Derived> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    [[gnu::always_inline]] bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type,
                                      x3::unused_type) const {
        if (first == last || !this->derived().holds(*first)) return false;
        ++first;
        return true;
    }
};

/// `%xFROM-TO`
struct octet_range : one_octet<octet_range> {
    char from, to;

    constexpr octet_range(char first, char last) : from(first), to(last) {}
    constexpr bool holds(char c) const { return from <= c && c <= to; }
    constexpr octet_set set() const {
        octet_set octets;
        octets.add(from, to);
        return octets;
    }
};

/// A quoted octet.
struct octet_literal : one_octet<octet_literal> {
    char octet;

    constexpr explicit octet_literal(char c) : octet(c) {}
    constexpr bool holds(char c) const { return octet == c; }
    constexpr octet_set set() const { return octet_range(octet, octet).set(); }
};

/// An alternative of octet classes is a class again: one lookup in a set instead of one try after another.
template <class Left, class Right>
struct octet_choice : one_octet<octet_choice<Left, Right>> {
    Left left;
    Right right;
    octet_set octets;

    constexpr octet_choice(Left const& one, Right const& other) : left(one), right(other), octets(one.set()) {
        octets.add(other.set());
    }
    constexpr bool holds(char c) const { return octets.has(c); }
    constexpr octet_set set() const { return octets; }
};

/// Whether a node takes one octet of a class.
template <class Node>
inline constexpr bool is_octet_class = std::is_base_of_v<one_octet<Node>, Node>;
template <class Node>
concept octet_class = is_octet_class<Node>;

inline constexpr std::size_t unbounded = static_cast<std::size_t>(-1);

/// How often a repetition may match. "No upper bound" is a constant, which saves a test.
struct from_count {
    std::size_t at_least;
    static constexpr std::size_t at_most = unbounded;
};
struct count_range {
    std::size_t at_least, at_most;
};

/// `<at_least>*<at_most>subject`
template <class Subject, class Counts>
struct repetition : x3::unary_parser<Subject, repetition<Subject, Counts>>, Counts {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    constexpr repetition(Subject const& one, Counts counts)
        : x3::unary_parser<Subject, repetition>(one), Counts(counts) {}

    template <class Context>
    bool parse(char const*& first, char const* last, Context const& context, x3::unused_type, x3::unused_type) const {
        auto stop = first;
        std::size_t count = 0;
        if constexpr (is_octet_class<Subject>) {
            if (static_cast<std::size_t>(last - first) > this->at_most) last = first + this->at_most;
            while (stop != last && this->subject.holds(*stop)) ++stop;
            count = static_cast<std::size_t>(stop - first);
        } else {
            constexpr bool bounded = !std::is_same_v<Counts, from_count>;
            while (!(bounded && count == this->at_most) &&
                   this->subject.parse(stop, last, context, x3::unused, x3::unused))
                ++count;
        }
        if (count < this->at_least) return false;
        first = stop;
        return true;
    }
};

/// Operands of our own operators, rather than X3's.
template <class Node>
concept grammar_node = std::is_base_of_v<x3::parser_base, Node>;

template <octet_class Left, octet_class Right>
constexpr octet_choice<Left, Right> operator|(Left const& left, Right const& right) {
    return {left, right};
}
template <grammar_node Subject>
constexpr repetition<Subject, from_count> operator*(Subject const& subject) {
    return {subject, {0}};
}
template <grammar_node Subject>
constexpr repetition<Subject, from_count> operator+(Subject const& subject) {
    return {subject, {1}};
}

/// `repeat(2)[x]` is 2x, `repeat(0, 31)[x]` is *31x.
struct repeat {
    count_range counts;

    constexpr explicit repeat(std::size_t count) : counts{count, count} {}
    constexpr repeat(std::size_t least, std::size_t most) : counts{least, most} {}
    template <class Subject>
    constexpr repetition<Subject, count_range> operator[](Subject const& subject) const {
        return {subject, counts};
    }
};

}  // namespace mtasts::grammar
