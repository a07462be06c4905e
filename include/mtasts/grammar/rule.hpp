// SPDX-License-Identifier: BSL-1.0
/// A grammar rule is a constexpr Boost.Spirit X3 expression that bears its RFC name.
///
/// Rules carry no attributes and no semantic actions. A rule made by `announce` tells a sink what it matched; every
/// reading (reading/match.hpp, walk.hpp, expect.hpp, generate.hpp, abnf.hpp) visits the same object.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include <mtasts/grammar/octet_class.hpp>
#include <mtasts/grammar/x3.hpp>

namespace mtasts::grammar {

using x3::eoi;
using x3::lit;
using x3::repeat;

/// A production's name, usable as a template argument.
template <std::size_t N>
struct name {
    char text[N]{};
    constexpr name(char const (&literal)[N]) { std::copy_n(literal, N, text); }
    constexpr std::string_view view() const { return {text, N - 1}; }
};

/// What a sink is called with: the type says which production matched, so that sinks are overload sets.
template <name Name>
struct event {
    static constexpr std::string_view production = Name.view();
};

/// The key under which `match` hands its sink down through X3's context.
struct sink_key;

/// An X3 directive that knows its RFC name and may announce what it matched.
template <name Name, bool Announced, class Subject>
struct production : x3::unary_parser<Subject, production<Name, Announced, Subject>> {
    using base = x3::unary_parser<Subject, production>;
    using attribute_type = x3::unused_type;
    using event_type = event<Name>;
    static bool const has_attribute = false;
    static constexpr bool announced = Announced;
    static constexpr std::string_view rfc_name = Name.view();

    constexpr explicit production(Subject const& inner) : base(inner) {}

    template <class Iterator, class Context, class RuleContext, class Attribute>
    bool parse(Iterator& first, Iterator const& last, Context const& context, RuleContext& rule_context,
               Attribute&) const {
        if constexpr (!Announced && is_octet_class<Subject>) {
            if (first == last || !holds(this->subject, *first)) return false;
            ++first;
            return true;
        }
        Iterator const begin = first;
        if (!this->subject.parse(first, last, context, rule_context, x3::unused)) return false;
        if constexpr (Announced)
            x3::get<sink_key>(context)(event_type{}, std::string_view(begin, static_cast<std::size_t>(first - begin)));
        return true;
    }
};

/// A rule of one octet is a class, unless it must be announced.
template <name Name, class Subject>
inline constexpr bool is_octet_class<production<Name, false, Subject>> = is_octet_class<Subject>;

/// `sts-field = sts-id / sts-extension` is written `rule<"sts-field">(sts_id | sts_extension)`.
template <name Name, class Expression>
constexpr auto rule(Expression const& expression) {
    auto subject = x3::as_parser(expression);
    return production<Name, false, decltype(subject)>(subject);
}

/// A rule whose match is told to the sink. Whatever decides the match must stand inside, look-ahead too, so that
/// nothing is announced and then taken back.
template <name Name, class Expression>
constexpr auto announce(Expression const& expression) {
    auto subject = x3::as_parser(expression);
    return production<Name, true, decltype(subject)>(subject);
}

/// A terminal of our own: `scan` gives the count of octets it takes from the front of a text, or `no_match`.
template <class Derived>
struct terminal : x3::parser<Derived> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    static constexpr std::size_t no_match = static_cast<std::size_t>(-1);

    template <class Iterator, class Context, class RuleContext, class Attribute>
    bool parse(Iterator& first, Iterator const& last, Context const&, RuleContext&, Attribute&) const {
        auto const rest = std::string_view(first, static_cast<std::size_t>(last - first));
        auto const taken = this->derived().scan(rest);
        if (taken == no_match) return false;
        first += static_cast<std::ptrdiff_t>(taken);
        return true;
    }
};

/// RFC 5234 2.3: a plain "quoted" literal, which matches its letters in either case.
struct any_case_literal : terminal<any_case_literal> {
    std::string_view text;

    constexpr explicit any_case_literal(std::string_view literal) : text(literal) {}

    static constexpr char folded(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

    constexpr std::size_t scan(std::string_view rest) const {
        if (rest.size() < text.size()) return no_match;
        for (std::size_t i = 0; i != text.size(); ++i)
            if (folded(rest[i]) != folded(text[i])) return no_match;
        return text.size();
    }
};

constexpr any_case_literal any_case(std::string_view literal) { return any_case_literal(literal); }

/// `%xFIRST-LAST`. Ranges never cross 0x7F/0x80, because `char` may be signed.
constexpr auto octets(int first, int last) { return x3::char_(static_cast<char>(first), static_cast<char>(last)); }

/// `%xVALUE`
constexpr auto octet(int value) { return octets(value, value); }

}  // namespace mtasts::grammar
