// SPDX-License-Identifier: BSL-1.0
/// Texts to try grammars with: all short ones over an alphabet, generated sentences, and sentences one octet off.
#pragma once
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts.hpp>
#include <mtasts/grammar/reading/generate.hpp>

namespace texts {

namespace grammar = mtasts::grammar;

/// Calls `visit` with `text` and up to `room` of the pieces after it, in every order and choice; `visit` is told how
/// many more pieces there is room for.
template <class Visit>
void for_each_text(std::string text, std::vector<std::string> const& pieces, std::size_t room, Visit& visit) {
    visit(text, room);
    if (room == 0) return;
    auto const size = text.size();
    for (auto const& piece : pieces) {
        text.resize(size);
        text += piece;
        for_each_text(text, pieces, room - 1, visit);
    }
}

/// The octets of a text as pieces of their own.
inline std::vector<std::string> each_octet_of(std::string_view alphabet) {
    std::vector<std::string> pieces;
    for (char const c : alphabet) pieces.emplace_back(1, c);
    return pieces;
}

/// The same numbers on every machine: std::mt19937 is defined to the bit, the distributions are not.
class dice {
  public:
    explicit dice(std::uint32_t seed) : engine_(seed) {}

    std::size_t below(std::size_t count) { return engine_() % count; }
    char octet() { return static_cast<char>(engine_() & 0xFF); }

    /// A sentence of the grammar; now and then one with few choices, hence short.
    template <class Grammar>
    std::string sentence(Grammar const& of) {
        std::string octets(below(2) == 0 ? below(24) : below(400), '\0'), text;
        for (char& c : octets) c = octet();
        grammar::choices choose(octets);
        grammar::generate(of, choose, text);
        return text;
    }

    /// The text with one octet replaced, inserted or deleted. New octets are often those that the text has already.
    std::string one_octet_off(std::string text) {
        auto const fresh = [&] { return !text.empty() && below(2) == 0 ? text[below(text.size())] : octet(); };
        char const c = fresh();
        auto const kind = below(3);
        if (text.empty() || kind == 0) text.insert(below(text.size() + 1), 1, c);
        else if (kind == 1) text[below(text.size())] = c;
        else text.erase(below(text.size()), 1);
        return text;
    }

  private:
    std::mt19937 engine_;
};

/// What a reading makes of a text: whether it takes it, and what it announced, in order.
struct judgement {
    bool taken = false;
    std::vector<std::pair<std::string_view, std::string_view>> announced{};

    friend bool operator==(judgement const&, judgement const&) = default;
};

/// Overwrites a judgement, so that millions of texts need no new memory.
template <class Grammar>
void walk(Grammar const& by, std::string_view text, judgement& said) {
    said.announced.clear();
    said.taken = grammar::walk(
        by, text, [&](auto event, std::string_view part) { said.announced.emplace_back(event.production, part); });
}
template <class Grammar>
void match(Grammar const& by, std::string_view text, judgement& said) {
    said.announced.clear();
    said.taken = grammar::match(
        by, text, [&](auto event, std::string_view part) { said.announced.emplace_back(event.production, part); });
}

template <class Grammar>
bool walked(Grammar const& by, std::string_view text) {
    return grammar::walk(by, text, [](auto, std::string_view) {});
}
template <class Grammar>
bool matched(Grammar const& by, std::string_view text) {
    return grammar::match(by, text, [](auto, std::string_view) {});
}

}  // namespace texts
