// SPDX-License-Identifier: BSL-1.0
/// walk: an interpreter of the same grammar objects that works in constant expressions.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <mtasts/grammar/reading/nodes.hpp>

namespace mtasts::grammar {

/// What a walk does with a place where the text did not go on as the grammar asks: nothing.
struct no_trace {
    constexpr void enter(std::string_view, std::size_t) {}
    constexpr void leave() {}
    constexpr void missed(std::size_t, std::string_view, bool) {}
    constexpr void suppress(bool) {}
};

/// A sink for whom only the verdict counts. One for all, so that the walks of one grammar share what they have in common
/// with those of another, which the compiler then needs to see but once.
inline constexpr auto ignore_events = [](auto, std::string_view) {};

/// One quoted octet as text with static storage, for the names of one-octet literals.
inline constexpr auto octet_texts = [] {
    std::array<char, 256> all{};
    for (std::size_t c = 0; c != all.size(); ++c) all[c] = static_cast<char>(c);
    return all;
}();

template <class Sink, class Trace>
class walker {
  public:
    constexpr walker(std::string_view text, Sink& sink, Trace& trace) : text_(text), sink_(sink), trace_(trace) {}

    template <class Node>
    constexpr bool operator()(Node const& node) {
        auto const begin = position_;
        if constexpr (is_production<Node>) {
            trace_.enter(Node::rfc_name, begin);
            bool const taken = (*this)(node.subject);
            trace_.leave();
            if constexpr (Node::announced)
                if (taken) sink_(typename Node::event_type{}, text_.substr(begin, position_ - begin));
            return taken;
        } else if constexpr (is<Node, x3::sequence>) {
            if ((*this)(node.left) && (*this)(node.right)) return true;
            position_ = begin;
            return false;
        } else if constexpr (alternatives<Node>) {
            return (*this)(node.left) || (*this)(node.right);
        } else if constexpr (octet_runs<Node>) {
            return repeated(node.subject, node.at_least, unbounded);
        } else if constexpr (is<Node, x3::kleene>) {
            return repeated(node.subject, 0, unbounded);
        } else if constexpr (is<Node, x3::plus>) {
            return repeated(node.subject, 1, unbounded);
        } else if constexpr (is<Node, x3::optional>) {
            (*this)(node.subject);
            return true;
        } else if constexpr (repetition<Node>) {
            return repeated(node.subject, least(node.repeat_limit), most(node.repeat_limit));
        } else if constexpr (is<Node, x3::and_predicate>) {
            bool const taken = (*this)(node.subject);
            position_ = begin;
            return taken;
        } else if constexpr (is<Node, x3::not_predicate>) {
            trace_.suppress(true);
            bool const taken = (*this)(node.subject);
            trace_.suppress(false);
            position_ = begin;
            return !taken;
        } else if constexpr (std::is_same_v<Node, x3::eoi_parser>) {
            if (position_ == text_.size()) return true;
            trace_.missed(position_, "end of text", false);
            return false;
        } else {
            return terminal(node);
        }
    }

  private:
    template <class Subject>
    constexpr bool repeated(Subject const& subject, std::size_t at_least, std::size_t at_most) {
        auto const begin = position_;
        std::size_t count = 0;
        while (count != at_most && (*this)(subject)) ++count;
        if (count >= at_least) return true;
        position_ = begin;
        return false;
    }

    template <class Node>
    constexpr bool terminal(Node const& node) {
        if constexpr (octet_range<Node>) {
            return one([&](char c) { return node.from <= c && c <= node.to; }, {}, false);
        } else if constexpr (one_octet<Node>) {
            return one([&](char c) { return c == node.ch; },
                       {octet_texts.data() + static_cast<unsigned char>(node.ch), 1}, true);
        } else if constexpr (literal_text<Node>) {
            std::string_view const literal = node.str;
            if (text_.substr(position_, literal.size()) == literal) {
                position_ += literal.size();
                return true;
            }
            trace_.missed(position_, literal, true);
            return false;
        } else if constexpr (own_terminal<Node>) {
            auto const taken = node.scan(text_.substr(position_));
            if (taken != Node::no_match) {
                position_ += taken;
                return true;
            }
            trace_.missed(position_, node.text, true);
            return false;
        } else {
            static_assert(no_meaning_for<Node>, "walk: this X3 node has no meaning yet");
        }
    }

    template <class Predicate>
    constexpr bool one(Predicate accepts, std::string_view literal, bool is_literal) {
        if (position_ != text_.size() && accepts(text_[position_])) {
            ++position_;
            return true;
        }
        trace_.missed(position_, literal, is_literal);
        return false;
    }

    std::string_view text_;
    std::size_t position_ = 0;
    Sink& sink_;
    Trace& trace_;
};

/// Whether the grammar takes the text from its first octet; what `match` says, in a constant expression.
template <class Grammar, class Sink>
constexpr bool walk(Grammar const& grammar, std::string_view text, Sink&& sink) {
    no_trace trace;
    return walker<std::remove_reference_t<Sink>, no_trace>(text, sink, trace)(grammar);
}

}  // namespace mtasts::grammar
