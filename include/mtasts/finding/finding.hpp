// SPDX-License-Identifier: BSL-1.0
/// Findings: what is wrong with a text, and where. No Boost, no fmt.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
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
        return text.substr((std::min)(offset, text.size()), length);
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
        return std::none_of(findings.begin(), findings.end(), [](finding const& f) { return f.makes_unusable(); });
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
    return std::any_of(all.begin(), all.end(), [&](finding const& f) { return f.severity() >= least; });
}

/// Orders findings by place; those of one place keep their order.
constexpr void sort_by_place(findings& all) {
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].where.offset < all[i - 1].where.offset) {
            // Already sorted in the usual case; std::stable_sort is not constexpr in C++20.
            std::vector<std::pair<std::size_t, std::size_t>> order;
            for (std::size_t k = 0; k != all.size(); ++k) order.emplace_back(all[k].where.offset, k);
            std::sort(order.begin(), order.end());
            findings sorted;
            for (auto const& [offset, k] : order) sorted.push_back(all[k]);
            all = std::move(sorted);
            return;
        }
}

}  // namespace mtasts
