// SPDX-License-Identifier: BSL-1.0
/// The argument of parsers: a text that outlives its views.
#pragma once
#include <mtasts/requirements.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace mtasts {

namespace detail {

/// A temporary string that owns its octets.
template <class Text>
concept temporary_string =
    !std::is_reference_v<Text> && std::convertible_to<Text const&, std::string_view> && requires(Text const& text) {
    text.c_str();
};

}  // namespace detail

/// The text given to a parser, whose result has views of it: it must live as long as the result. A temporary string does
/// not compile: use `owned<T>`, which keeps the text together with the value.
/// Example: `static_assert(!std::is_convertible_v<std::string, mtasts::kept_text>);`
struct kept_text : std::string_view {
    using std::string_view::string_view;

    template <class Text>
    requires std::convertible_to<Text const&, std::string_view>
    constexpr kept_text(Text const& text) : std::string_view(text) {}

    /// Use `owned<T>`.
    template <detail::temporary_string Text>
    kept_text(Text&& use_owned_for_a_temporary_string) = delete;
};

}  // namespace mtasts
