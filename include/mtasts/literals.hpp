// SPDX-License-Identifier: BSL-1.0
/// Policies and records checked by the compiler.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/text/fixed_text.hpp>

namespace mtasts {

namespace detail {

/// The place of a finding in a literal.
struct literal_place {
    std::size_t line;
    std::size_t column;
};

constexpr literal_place place_in(std::string_view text, std::size_t offset) {
    auto const before = text.substr(0, offset);
    return {static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1,
            offset - (before.rfind('\n') + 1) + 1};
}

}  // namespace detail

/// The compiler's message shows this type's arguments: the code of the first error and its place.
/// Example: `static_assert(!mtasts::not_usable_because<mtasts::code::policy_mode_case, 2, 7>::value);`
template <code Reason, std::size_t Line, std::size_t Column>
struct not_usable_because {
    static constexpr bool value = false;
};

namespace detail {

/// A literal's text with static storage, for views of it.
template <text::fixed_text Text>
inline constexpr auto text_of = Text;

/// A usable policy as a constant: the same members as `sts_policy`, and a conversion to it.
/// Example: `constexpr mtasts::detail::constant_sts_policy<0, 0> p = "version: STSv1\nmode: none\nmax_age: 1\n"_sts_policy;`
template <std::size_t MxCount, std::size_t ExtensionCount>
struct constant_sts_policy {
    std::string_view text;
    policy_mode mode;
    std::chrono::seconds max_age;
    std::array<mx_pattern, MxCount> mx;
    std::array<extension, ExtensionCount> extensions;

    constexpr operator sts_policy() const {
        return {mode, max_age, {mx.begin(), mx.end()}, {extensions.begin(), extensions.end()}};
    }
};

/// A usable record as a constant: the same members as `sts_record`, and a conversion to it.
/// Example: `mtasts::detail::constant_sts_record<0> constexpr one = "v=STSv1; id=1"_sts_record;`
template <std::size_t ExtensionCount>
struct constant_sts_record {
    std::string_view text;
    std::string_view id;
    std::array<extension, ExtensionCount> extensions;

    constexpr operator sts_record() const { return {id, {extensions.begin(), extensions.end()}}; }
};

}  // namespace detail

namespace detail {

/// Fails to compile if the text of a literal is not usable.
template <text::fixed_text Text, auto Parse>
consteval void require_usable() {
    constexpr auto first_error = [] {
        auto const result = Parse(Text.view(), parse_options{});
        for (auto const& f : result.findings)
            if (f.makes_unusable()) return std::pair(f.code, f.where.offset);
        return std::pair(code::text_syntax, std::string_view::npos);
    }();
    if constexpr (first_error.second != std::string_view::npos) {
        constexpr auto place = place_in(Text.view(), first_error.second);
        static_assert(not_usable_because<first_error.first, place.line, place.column>::value,
                      "this literal is not usable: see mtasts::not_usable_because<code, line, column>");
    }
}

/// The items of one of a value's lists as an array. `Items` parses again: a constant expression must free what it
/// allocates.
template <class Item, auto Items>
consteval auto fixed_list() {
    constexpr auto count = [] {
        auto const items = Items();
        return items.size();
    }();
    std::array<Item, count> fixed{};
    auto const items = Items();
    std::copy(items.begin(), items.end(), fixed.begin());
    return fixed;
}

}  // namespace detail

namespace literals {

/// A policy (RFC 8461 3.2) that the compiler has found usable.
/// Example: `constexpr auto withdrawn = "version: STSv1\nmode: none\nmax_age: 86400\n"_sts_policy;`
template <text::fixed_text Text>
consteval auto operator""_sts_policy() {
    detail::require_usable<Text, parse_sts_policy>();
    constexpr auto text = detail::text_of<Text>.view();
    constexpr auto mx =
        detail::fixed_list<mx_pattern, [] { return parse_sts_policy(detail::text_of<Text>.view()).value.mx; }>();
    constexpr auto extensions =
        detail::fixed_list<extension, [] { return parse_sts_policy(detail::text_of<Text>.view()).value.extensions; }>();
    auto const policy = parse_sts_policy(text);
    return detail::constant_sts_policy<mx.size(), extensions.size()>{text, policy.value.mode, policy.value.max_age, mx,
                                                                     extensions};
}

/// An `_mta-sts` record (RFC 8461 3.1) that the compiler has found usable.
/// Example: `constexpr auto announced = "v=STSv1; id=20160831085700Z;"_sts_record;`
template <text::fixed_text Text>
consteval auto operator""_sts_record() {
    detail::require_usable<Text, parse_sts_record>();
    constexpr auto text = detail::text_of<Text>.view();
    constexpr auto extensions =
        detail::fixed_list<extension, [] { return parse_sts_record(detail::text_of<Text>.view()).value.extensions; }>();
    auto const record = parse_sts_record(text);
    return detail::constant_sts_record<extensions.size()>{text, record.value.id, extensions};
}

}  // namespace literals
}  // namespace mtasts
