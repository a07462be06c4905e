// SPDX-License-Identifier: BSL-1.0
/// Tables of faults. A text that its grammar rejects is tested against one row after the other; the first row that
/// finds what it looks for says what is wrong, and where.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::detail::fault_table {

/// The result of a row: some octets, which may be empty, or nothing.
using octets = std::optional<std::string_view>;

/// The octets that the finding is about: those that were found, or the whole text.
enum class about { found, whole };
using enum about;

/// What to look for, the code that reports it, and which octets it is about. The subject is what was rejected: its
/// `text`, and whatever else tells one fault from another.
template <class Subject>
struct row {
    octets (*look)(Subject const&);
    code what;
    about place;
};

/// A subject that is only a text.
struct plain {
    std::string_view text;
};

/// The finding of the first row that finds something; `whole` is the text that the subject's is a view of.
template <class Subject, std::size_t N>
constexpr std::optional<finding> first_fault(std::array<row<Subject>, N> const& rows, Subject const& subject,
                                             std::string_view whole) {
    for (auto const& each : rows)
        if (auto const found = each.look(subject))
            return finding{each.what, span_of(whole, each.place == about::whole ? subject.text : *found)};
    return {};
}

constexpr octets only_if(bool condition, octets found) { return condition ? found : octets{}; }
/// The octets at an offset; nothing for npos.
constexpr octets at(std::string_view text, std::size_t offset, std::size_t length = 1) {
    return offset == text.npos ? octets{} : text.substr(offset, length);
}

template <char... Octets>
constexpr bool is(char c) {
    return ((c == Octets) || ...);
}
template <bool (*Accepts)(char)>
constexpr bool no(char c) {
    return !Accepts(c);
}
/// RFC 5234 B.1: CTL, except HTAB.
constexpr bool is_control_but_tab(char c) { return text::is_control(c) && c != '\t'; }

/// The first octet that a predicate accepts.
template <bool (*Accepts)(char), class Subject>
constexpr octets first(Subject const& subject) {
    return at(subject.text, text::find_octet(subject.text, Accepts));
}
/// The first octet of the text, if the predicate accepts it.
template <bool (*Accepts)(char), class Subject>
constexpr octets front(Subject const& subject) {
    return only_if(!subject.text.empty() && Accepts(subject.text.front()), subject.text.substr(0, 1));
}
/// The last octet of the text, if the predicate accepts it.
template <bool (*Accepts)(char), class Subject>
constexpr octets back(Subject const& subject) {
    return only_if(!subject.text.empty() && Accepts(subject.text.back()), at(subject.text, subject.text.size() - 1));
}
template <class Subject>
constexpr octets empty(Subject const& subject) {
    return only_if(subject.text.empty(), subject.text);
}
/// The row for when all others found nothing.
template <class Subject>
constexpr octets anything(Subject const& subject) {
    return subject.text;
}

}  // namespace mtasts::detail::fault_table
