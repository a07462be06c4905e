// SPDX-License-Identifier: BSL-1.0
/// Formatters: every model and every finding as one line, for {fmt} and, where the standard library has it, std::format.
///
/// A model is shown as it is written in DNS, in mail or in JSON; the lines of a policy are joined. Control characters
/// are escaped, so that any value may go to a terminal or a log. The format specification is that of strings.
#pragma once
#include <concepts>
#include <string>
#include <string_view>
#include <version>
#ifdef __cpp_lib_format
#include <format>
#endif

#include <mtasts/write/fmt.hpp>

#include <mtasts/render/one_line.hpp>

namespace mtasts::detail {

/// The types that have formatters.
template <class T>
concept has_one_line = requires(T const& value) {
    { one_line(value) } -> std::same_as<std::string>;
};

/// The one implementation of both formatters: `Base` is a library's formatter of strings.
template <class T, class Base>
struct one_line_formatter : Base {
    template <class Context>
    auto format(T const& value, Context& context) const {
        return Base::format(one_line(value), context);
    }
};

}  // namespace mtasts::detail

namespace fmt {
template <mtasts::detail::has_one_line T>
struct formatter<T, char> : mtasts::detail::one_line_formatter<T, formatter<string_view>> {};
}  // namespace fmt

#ifdef __cpp_lib_format
namespace std {
template <mtasts::detail::has_one_line T>
struct formatter<T, char> : mtasts::detail::one_line_formatter<T, formatter<string_view>> {};
}  // namespace std
#endif
