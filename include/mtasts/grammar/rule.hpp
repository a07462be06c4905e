// SPDX-License-Identifier: BSL-1.0
/// A grammar rule is a constexpr Boost.Spirit X3 expression with its name from the RFC.
///
/// Rules carry no attributes and no semantic actions. A rule made by `announce` passes what it matched to a sink; every
/// reading (reading/match.hpp, walk.hpp, expect.hpp, generate.hpp, abnf.hpp) visits the same object.
#pragma once
#include <cstddef>
#include <string_view>

#include <mtasts/grammar/octet_class.hpp>
#include <mtasts/grammar/x3.hpp>
#include <mtasts/text/fixed_text.hpp>

namespace mtasts::grammar {

/// What a sink is called with: the type says which production matched, so that sinks are overload sets.
template <text::fixed_text Name>
struct event {
    static constexpr std::string_view production = Name.view();
};

/// The key under which `match` passes its sink through X3's context.
struct sink_key;

/// Whether anything below a node is announced. Nodes that announce nothing, which are most of a grammar, are read
/// without a sink, by the same code for all sinks.
template <class Node>
inline constexpr bool announces = false;
template <template <class...> class Node, class... Parts>
inline constexpr bool announces<Node<Parts...>> = (announces<Parts> || ...);

/// An X3 directive that knows its RFC name and may announce what it matched.
template <text::fixed_text Name, bool Announced, class Subject>
struct production : x3::unary_parser<Subject, production<Name, Announced, Subject>> {
    using base = x3::unary_parser<Subject, production>;
    using attribute_type = x3::unused_type;
    using event_type = event<Name>;
    static bool const has_attribute = false;
    static constexpr bool announced = Announced;
    static constexpr std::string_view rfc_name = Name.view();

    constexpr explicit production(Subject const& inner) : base(inner) {}

    /// For a rule of one octet.
    constexpr bool holds(char c) const { return this->subject.holds(c); }
    constexpr octet_set set() const { return this->subject.set(); }

    bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type, x3::unused_type) const
        requires(!Announced && !announces<Subject>) {
        return this->subject.parse(first, last, x3::unused, x3::unused, x3::unused);
    }

    template <class Context>
    bool parse(char const*& first, char const* last, Context const& context, x3::unused_type, x3::unused_type) const
        requires(Announced || announces<Subject>) {
        auto const begin = first;
        if constexpr (announces<Subject>) {
            if (!this->subject.parse(first, last, context, x3::unused, x3::unused)) return false;
        } else {
            if (!this->subject.parse(first, last, x3::unused, x3::unused, x3::unused)) return false;
        }
        if constexpr (Announced)
            x3::get<sink_key>(context)(event_type{}, std::string_view(begin, static_cast<std::size_t>(first - begin)));
        return true;
    }
};

template <text::fixed_text Name, bool Announced, class Subject>
inline constexpr bool announces<production<Name, Announced, Subject>> = Announced || announces<Subject>;

/// A rule of one octet is a class, unless it must be announced.
template <text::fixed_text Name, class Subject>
inline constexpr bool is_octet_class<production<Name, false, Subject>> = is_octet_class<Subject>;

/// `sts-field = sts-id / sts-extension` is written `rule<"sts-field">(sts_id | sts_extension)`.
template <text::fixed_text Name, class Expression>
constexpr auto rule(Expression const& expression) {
    return production<Name, false, Expression>(expression);
}

/// A rule whose match is passed to the sink. Everything that decides the match must be inside, lookahead too, so that
/// nothing is announced and then taken back.
template <text::fixed_text Name, class Expression>
constexpr auto announce(Expression const& expression) {
    return production<Name, true, Expression>(expression);
}

/// A terminal of more than one octet: `scan` returns how many octets it takes from the front of a text, or `no_match`.
template <class Derived>
struct terminal : x3::parser<Derived> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;
    static constexpr std::size_t no_match = static_cast<std::size_t>(-1);

    [[gnu::always_inline]] bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type,
                                      x3::unused_type) const {
        auto const taken = this->derived().scan({first, static_cast<std::size_t>(last - first)});
        if (taken == no_match) return false;
        first += taken;
        return true;
    }
};

/// RFC 7405: a %s"quoted" literal, which is case-sensitive.
struct literal : terminal<literal> {
    std::string_view text;

    constexpr explicit literal(std::string_view octets) : text(octets) {}
    constexpr std::size_t scan(std::string_view rest) const {
        if (rest.size() < text.size()) return no_match;
        // Usually the first octet differs, which is not worth a call of memcmp.
        for (std::size_t i = 0; i != text.size(); ++i)
            if (rest[i] != text[i]) return no_match;
        return text.size();
    }
};

constexpr literal lit(std::string_view text) { return literal(text); }
constexpr octet_literal lit(char octet) { return octet_literal(octet); }

/// RFC 5234 2.3: a plain "quoted" literal, which is case-insensitive.
struct any_case_literal : terminal<any_case_literal> {
    std::string_view text;

    constexpr explicit any_case_literal(std::string_view octets) : text(octets) {}

    static constexpr char folded(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

    constexpr std::size_t scan(std::string_view rest) const {
        if (rest.size() < text.size()) return no_match;
        for (std::size_t i = 0; i != text.size(); ++i)
            if (rest[i] != text[i] && folded(rest[i]) != folded(text[i])) return no_match;
        return text.size();
    }
};

constexpr any_case_literal any_case(std::string_view text) { return any_case_literal(text); }

/// The end of the text.
struct end_of_text : x3::parser<end_of_text> {
    using attribute_type = x3::unused_type;
    static bool const has_attribute = false;

    bool parse(char const*& first, char const* last, x3::unused_type, x3::unused_type, x3::unused_type) const {
        return first == last;
    }
};
inline constexpr end_of_text eoi{};

/// `%xFIRST-LAST`. Ranges never cross 0x7F/0x80, because `char` may be signed.
constexpr octet_range octets(int first, int last) { return {static_cast<char>(first), static_cast<char>(last)}; }

/// `%xVALUE`
constexpr octet_range octet(int value) { return octets(value, value); }

}  // namespace mtasts::grammar
