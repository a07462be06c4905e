// SPDX-License-Identifier: BSL-1.0
/// Field names that an unknown name was probably meant to be.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include <mtasts/finding/finding.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// RFC 8461 9.2, 9.3 and RFC 8460 3: the defined names.
inline constexpr auto policy_field_names = std::to_array<std::string_view>({"version", "mode", "mx", "max_age"});
namespace detail {

inline constexpr auto sts_record_field_names = std::to_array<std::string_view>({"id"});
inline constexpr auto tlsrpt_record_field_names = std::to_array<std::string_view>({"rua"});

/// Names seen in the wild and what they were meant to be; in lower case, without "-", "_" and ".".
inline constexpr auto known_typos = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"nmx", "mx"},         {"mxs", "mx"},      {"mxhost", "mx"},      {"mx1", "mx"},      {"mx2", "mx"},
    {"mxx", "mx"},         {"xm", "mx"},       {"maxage", "max_age"}, {"age", "max_age"}, {"max", "max_age"},
    {"maxttl", "max_age"}, {"ttl", "max_age"}, {"ver", "version"},    {"v", "version"},   {"policymode", "mode"},
    {"policy", "mode"},    {"ids", "id"},      {"policyid", "id"},    {"stsid", "id"},    {"ru", "rua"},
    {"ruas", "rua"},       {"rau", "rua"},     {"rua1", "rua"},       {"ruri", "rua"},
});

/// Whether two names differ by one letter that is extra, missing or wrong, or by two letters that are swapped.
constexpr bool differ_by_one_slip(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    std::size_t i = 0;
    while (i != a.size() && text::lower(a[i]) == text::lower(b[i])) ++i;
    auto const rest_a = a.substr(i), rest_b = b.substr(i);
    if (a.size() != b.size()) return text::equal_ignoring_case(rest_a, rest_b.substr(1));
    if (rest_a.empty() || text::equal_ignoring_case(rest_a.substr(1), rest_b.substr(1))) return true;
    return rest_a.size() > 1 && text::lower(rest_a[0]) == text::lower(rest_b[1]) &&
           text::lower(rest_a[1]) == text::lower(rest_b[0]) &&
           text::equal_ignoring_case(rest_a.substr(2), rest_b.substr(2));
}

/// Whether two names are equal except for case and "-", "_" and ".".
constexpr bool same_letters(std::string_view a, std::string_view b) {
    auto const skip = [](std::string_view& text) {
        while (!text.empty() && (text.front() == '-' || text.front() == '_' || text.front() == '.'))
            text.remove_prefix(1);
    };
    for (;; a.remove_prefix(1), b.remove_prefix(1)) {
        skip(a), skip(b);
        if (a.empty() || b.empty()) return a.empty() && b.empty();
        if (text::lower(a.front()) != text::lower(b.front())) return false;
    }
}

}  // namespace detail

/// The known name that an unknown one was probably meant to be, or nothing.
constexpr std::string_view meant_name(std::string_view name, std::span<std::string_view const> known) {
    for (auto const candidate : known)
        if (detail::same_letters(name, candidate)) return candidate;
    for (auto const& [typo, meant] : detail::known_typos)
        if (detail::same_letters(name, typo) && std::find(known.begin(), known.end(), meant) != known.end())
            return meant;
    for (auto const candidate : known)
        if (candidate.size() >= 4 && detail::differ_by_one_slip(name, candidate)) return candidate;
    return {};
}

namespace detail {

/// A field name of another kind of text, and that kind.
struct foreign_name {
    std::string_view name;
    std::string_view home;
};
inline constexpr auto foreign_names = std::to_array<foreign_name>({
    {"version", "the policy"},
    {"mode", "the policy"},
    {"mx", "the policy"},
    {"max_age", "the policy"},
    {"id", "the record at _mta-sts"},
    {"rua", "the record at _smtp._tls"},
    {"ruf", "a DMARC record"},
    {"p", "a DMARC record"},
    {"sp", "a DMARC record"},
    {"pct", "a DMARC record"},
    {"adkim", "a DMARC record"},
    {"aspf", "a DMARC record"},
    {"fo", "a DMARC record"},
    {"ri", "a DMARC record"},
    {"rf", "a DMARC record"},
});

/// Where a foreign name belongs, or nothing.
constexpr std::string_view home_of(std::string_view name) {
    for (auto const& row : foreign_names)
        if (row.name == name) return row.home;
    return {};
}

}  // namespace detail

}  // namespace mtasts
