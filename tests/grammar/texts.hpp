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

namespace texts {

namespace grammar = mtasts::grammar;

/// Calls `visit` with `prefix` and up to `most` of the pieces behind it, in every order and choice.
template <class Visit>
void for_each_text(std::string const& prefix, std::vector<std::string> const& pieces, std::size_t most, Visit visit) {
    std::vector<std::string> now{prefix}, longer;
    visit(prefix);
    for (std::size_t length = 1; length <= most; ++length) {
        longer.clear();
        for (auto const& begin : now)
            for (auto const& piece : pieces) {
                longer.push_back(begin + piece);
                visit(longer.back());
            }
        now.swap(longer);
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

/// What a reading says of a text: the verdict, and what it announced in order.
struct judgement {
    bool taken = false;
    std::vector<std::pair<std::string_view, std::string_view>> announced{};

    friend bool operator==(judgement const&, judgement const&) = default;
};

template <class Grammar>
judgement walked(Grammar const& by, std::string_view text) {
    judgement said;
    said.taken = grammar::walk(
        by, text, [&](auto event, std::string_view part) { said.announced.emplace_back(event.production, part); });
    return said;
}
template <class Grammar>
judgement matched(Grammar const& by, std::string_view text) {
    judgement said;
    said.taken = grammar::match(
        by, text, [&](auto event, std::string_view part) { said.announced.emplace_back(event.production, part); });
    return said;
}

}  // namespace texts
