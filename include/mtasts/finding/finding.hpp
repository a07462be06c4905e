// SPDX-License-Identifier: BSL-1.0
/// Findings: what is wrong with a text, and where. No Boost, no fmt.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include <mtasts/finding/meaning.hpp>

namespace mtasts {

/// Some octets of a text, counted from 0.
/// Example: `static_assert(mtasts::text_span{8, 4}.of("v=STSv1; id=1") == " id=");`
struct text_span {
    std::size_t offset = 0;
    std::size_t length = 0;

    constexpr std::size_t end() const { return offset + length; }
    constexpr std::string_view of(std::string_view text) const {
        return text.substr(offset < text.size() ? offset : text.size(), length);
    }
    friend constexpr bool operator==(text_span, text_span) = default;
};

namespace detail {

/// The span of a part, which is a view of the whole.
constexpr text_span span_of(std::string_view whole, std::string_view part) {
    return {static_cast<std::size_t>(part.data() - whole.data()), part.size()};
}

/// From the beginning of one part to the end of another.
constexpr text_span span_of(std::string_view whole, std::string_view first, std::string_view last) {
    auto const begin = span_of(whole, first).offset;
    return {begin, span_of(whole, last).end() - begin};
}

}  // namespace detail

/// How far a grammar matched a text, and what it would have accepted there.
/// Example: `static_assert(mtasts::expectation{}.wanted.empty());`
struct expectation {
    /// What a grammar would have accepted: a production's name, or a literal.
    struct item {
        std::string_view text;
        bool literal = false;

        friend constexpr bool operator==(item const&, item const&) = default;
    };

    std::size_t offset = 0;
    std::vector<item> wanted;
};

/// One thing to say about a text. Its words, severity and advice follow from the code (meaning.hpp).
struct finding {
    mtasts::code code;
    text_span where;
    /// What the message names besides the octets of the span: static text, or a view of the caller's data.
    std::string_view detail = {};
    /// For a syntax error: what the grammar would have accepted in a part of the text.
    expectation (*expect)(std::string_view part) = nullptr;
    text_span part = {};
    /// False if the usual correction would not help, for instance because the field that was meant is already there.
    bool correctable = true;
    /// Set if another clause applies than the one in findings.def.
    std::string_view other_clause = {};

    constexpr meaning const& means() const { return meaning_of(code); }
    constexpr mtasts::severity severity() const { return means().weight.severity; }
    constexpr bool makes_unusable() const { return means().weight.makes_unusable; }
    /// What the grammar would have accepted where the text leaves it; `text` is the text the finding is about.
    constexpr expectation expected_in(std::string_view text) const {
        if (expect == nullptr) return {};
        auto answer = expect(part.of(text));
        answer.offset += part.offset;
        return answer;
    }
    constexpr std::string_view clause() const { return other_clause.empty() ? means().clause : other_clause; }
};

/// All findings about a text, by place.
using findings = std::vector<finding>;

/// A value, and all findings about the text it was read from.
///
/// The value holds whatever could be read, even from a text with errors, and its strings are views of that text.
/// `usable()` is exactly what a strict consumer may use.
/// Example: `static_assert(mtasts::parse_sts_record("v=STSv1; id=1").usable());`
template <class T>
struct parsed {
    T value{};
    mtasts::findings findings{};

    constexpr bool usable() const {
        for (auto const& f : findings)
            if (f.makes_unusable()) return false;
        return true;
    }
    /// The first finding with this code, or nullptr.
    constexpr finding const* find(code what) const {
        for (auto const& f : findings)
            if (f.code == what) return &f;
        return nullptr;
    }
    constexpr bool has(code what) const { return find(what) != nullptr; }
};

/// Whether a finding is at or above a severity.
constexpr bool any_at_least(findings const& all, severity least) {
    for (auto const& f : all)
        if (f.severity() >= least) return true;
    return false;
}

/// Orders findings by place; those of one place keep their order.
constexpr void sort_by_place(findings& all) {
    auto const place = [&](std::size_t i) { return all[i].where.offset; };
    auto const stop = [&](std::size_t i) { return i < all.size() ? i : all.size(); };
    std::size_t sorted = 1;
    while (sorted < all.size() && place(sorted - 1) <= place(sorted)) ++sorted;
    if (sorted >= all.size()) return;
    // Runs that are in order, merged in pairs; std::stable_sort is not constexpr in C++20.
    for (std::size_t run = 1; run < all.size(); run *= 2) {
        findings merged;
        merged.reserve(all.size());
        for (std::size_t begin = 0; begin < all.size(); begin += 2 * run) {
            auto left = begin, right = stop(begin + run);
            auto const middle = right, end = stop(begin + 2 * run);
            while (left != middle || right != end) {
                bool const from_left = right == end || (left != middle && place(left) <= place(right));
                merged.push_back(all[from_left ? left++ : right++]);
            }
        }
        all.swap(merged);
    }
}

}  // namespace mtasts
