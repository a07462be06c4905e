/// What every harness for a text promises, for any octets:
///   1. X3 and the constexpr walk give one verdict and announce the same parts;
///   2. every finding lies inside the text;
///   3. what is usable, written and read again, has the same value, and writing that changes nothing;
///   4. what the grammar refuses is not usable;
///   5. the human rendering holds no control character but line feeds.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts.hpp>

inline void keep_promise(bool kept, char const* promise) {
    if (kept) return;
    std::fprintf(stderr, "broken: %s\n", promise);
    std::abort();
}

/// A copy with no octet behind it, so that reading one too many is noticed.
struct exact_copy {
    std::unique_ptr<char[]> octets;
    std::string_view text;

    exact_copy(std::uint8_t const* data, std::size_t size) : octets(new char[size]), text(octets.get(), size) {
        std::copy(data, data + size, octets.get());
    }
};

struct announced {
    std::string_view production, text;
    friend bool operator==(announced const&, announced const&) = default;
};

template <class Grammar>
bool same_readings(Grammar const& grammar, std::string_view text) {
    std::vector<announced> by_match, by_walk;
    auto const into = [](auto& list) {
        return [&](auto event, std::string_view part) { list.push_back({decltype(event)::production, part}); };
    };
    bool const matched = mtasts::grammar::match(grammar, text, into(by_match));
    bool const walked = mtasts::grammar::walk(grammar, text, into(by_walk));
    keep_promise(matched == walked && by_match == by_walk, "match and walk agree");
    return walked;
}

template <class Grammar, class Check, class Parse, class Write>
void keep_promises(Grammar const& grammar, std::string_view text, Check check, Parse parse, Write write) {
    bool const taken = same_readings(grammar, text);
    auto const result = check(text, mtasts::parse_options{});
    for (auto const& f : result.findings) keep_promise(f.where.end() <= text.size(), "findings lie inside the text");
    keep_promise(taken || !result.usable(), "what the grammar refuses is not usable");
    if (result.usable()) {
        auto const written = write(result.value);
        auto const again = parse(written, mtasts::parse_options{});
        keep_promise(again.usable() && again.value == result.value, "what is written reads as the same value");
        keep_promise(write(again.value) == written, "writing again changes nothing");
    }
    auto rest = std::string_view();
    auto const shown = mtasts::render_human({"text", "", text, result.usable(), "", &result.findings});
    for (rest = shown; !rest.empty();) {
        auto const [value, length] = mtasts::first_code_point(rest);
        keep_promise(length != 0 && (value == '\n' || !mtasts::is_hidden(value)), "no control characters are shown");
        rest.remove_prefix(length);
    }
}
