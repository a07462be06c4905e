// SPDX-License-Identifier: BSL-1.0
/// walk: an interpreter of the same grammar objects that works in constant expressions.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include <mtasts/grammar/reading/furthest_failure.hpp>
#include <mtasts/grammar/reading/nodes.hpp>

namespace mtasts::grammar {

/// A sink that ignores what is announced.
struct ignoring {
    template <class Event>
    constexpr void operator()(Event, std::string_view) const {}
};
inline constexpr ignoring ignore_events;

/// One quoted octet as text with static storage, for the names of one-octet literals.
inline constexpr auto octet_texts = [] {
    std::array<char, 256> all{};
    for (std::size_t c = 0; c != all.size(); ++c) all[c] = static_cast<char>(c);
    return all;
}();

/// A position in a text. The trace, if there is one, records where the text does not match the grammar.
class walker {
  public:
    constexpr explicit walker(std::string_view text, furthest_failure* trace = nullptr) : text_(text), trace_(trace) {}

    template <class Node, class Sink>
    constexpr bool operator()(Node const& node, Sink& sink) {
        constexpr auto is = kind_of<Node>;
        auto const begin = position_;
        if constexpr (!announces<Node> && !std::is_same_v<Sink, ignoring const>) {
            return (*this)(node, ignore_events);
        } else if constexpr (is == kind::production) {
            if (trace_ != nullptr) trace_->enter(Node::rfc_name, begin);
            bool const taken = (*this)(node.subject, sink);
            if (trace_ != nullptr) trace_->leave();
            if constexpr (Node::announced)
                if (taken) sink(typename Node::event_type{}, text_.substr(begin, position_ - begin));
            return taken;
        } else if constexpr (is == kind::sequence) {
            if ((*this)(node.left, sink) && (*this)(node.right, sink)) return true;
            position_ = begin;
            return false;
        } else if constexpr (is == kind::choice) {
            return (*this)(node.left, sink) || (*this)(node.right, sink);
        } else if constexpr (is == kind::repetition) {
            std::size_t count = 0;
            while (count != node.at_most && (*this)(node.subject, sink)) ++count;
            if (count >= node.at_least) return true;
            position_ = begin;
            return false;
        } else if constexpr (is == kind::option) {
            (*this)(node.subject, sink);
            return true;
        } else if constexpr (is == kind::ahead) {
            bool const taken = (*this)(node.subject, sink);
            position_ = begin;
            return taken;
        } else if constexpr (is == kind::not_ahead) {
            if (trace_ != nullptr) trace_->suppress(true);
            bool const taken = (*this)(node.subject, sink);
            if (trace_ != nullptr) trace_->suppress(false);
            position_ = begin;
            return !taken;
        } else if constexpr (is == kind::end) {
            return position_ == text_.size() || missed("end of text", false);
        } else if constexpr (is == kind::range) {
            return took_one(node.from, node.to) || missed({}, false);
        } else if constexpr (is == kind::octet) {
            return took_one(node.octet, node.octet) ||
                   missed({octet_texts.data() + static_cast<unsigned char>(node.octet), 1}, true);
        } else if constexpr (is == kind::terminal) {
            auto const taken = node.scan(text_.substr(position_));
            if (taken == Node::no_match) return missed(node.text, true);
            position_ += taken;
            return true;
        } else {
            static_assert(no_meaning_for<Node>, "walk: this X3 node has no meaning yet");
        }
    }

  private:
    constexpr bool took_one(char from, char to) {
        if (position_ == text_.size() || text_[position_] < from || to < text_[position_]) return false;
        ++position_;
        return true;
    }
    constexpr bool missed(std::string_view wanted, bool is_literal) {
        if (trace_ != nullptr) trace_->missed(position_, wanted, is_literal);
        return false;
    }

    std::string_view text_;
    std::size_t position_ = 0;
    furthest_failure* trace_;
};

/// `match` for constant expressions: whether the grammar matches from the first octet of the text.
template <class Grammar, class Sink>
constexpr bool walk(Grammar const& grammar, std::string_view text, Sink&& sink) {
    return walker(text)(grammar, sink);
}

}  // namespace mtasts::grammar
