// SPDX-License-Identifier: BSL-1.0
/// The meaning of each finding, from the rows of findings.def.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include <mtasts/finding/code.hpp>

namespace mtasts {

/// How much a finding matters to whoever publishes the text.
enum class severity { note, warning, error };

constexpr std::string_view to_text(severity level) {
    constexpr std::array<std::string_view, 3> names{"note", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

/// The severity, and whether a strict consumer must not use the text.
struct weight {
    mtasts::severity severity;
    bool makes_unusable;
};
namespace detail {

inline constexpr weight unusable{severity::error, true};
inline constexpr weight faulty{severity::error, false};
inline constexpr weight doubtful{severity::warning, false};
inline constexpr weight remark{severity::note, false};

}  // namespace detail

/// The correction that a machine can make, by lint/fix.hpp.
enum class fix : std::uint8_t {
    /// Only a person can know.
    none,
    /// Removes the octets.
    remove,
    /// Removes the whole line.
    remove_line,
    /// Removes the line of a policy field without value, but not of an mx.
    remove_empty_line,
    /// Removes the field with the ";" before it.
    remove_field,
    /// Removes line ends from the end of the text.
    remove_line_ends,
    /// Removes the white space inside.
    remove_spaces,
    /// Removes the comment after a value, but not of an mx.
    remove_comment,
    /// Removes the size limit of a DMARC record after a mail address.
    remove_size_limit,
    /// Removes white space before a URI's address.
    remove_uri_space,
    /// Removes a plus sign.
    remove_sign,
    /// Removes zeros from the front.
    remove_zeros,
    /// Removes the separators between groups of digits.
    remove_separators,
    /// Writes the detail instead.
    write_detail,
    /// Writes the detail instead, if only "-", "_", "." or case differ.
    write_name,
    write_equals,
    write_colon,
    write_space,
    /// Writes CRLF, if no line ends with LF.
    write_line_end,
    write_policy_version,
    write_testing,
    /// Writes a number with a unit in seconds.
    write_seconds,
    lower_case,
    /// Writes "," between two addresses.
    join_rua,
    insert_semicolon,
    insert_mailto,
    insert_record_version,
    insert_policy_version,
    unquote,
    unquote_id,
    unquote_record,
};

namespace detail {

/// The source of the text for "{detail}" in a finding's words (render/message.hpp).
enum class detail_source : std::uint8_t {
    /// `finding::detail`
    given,
    /// The offset of the span, and its length.
    offset,
    length,
    /// The name in the span with A-labels; the address in the span as RFC 5952 writes it.
    a_labels,
    canonical_address,
};

}  // namespace detail

/// One row of findings.def.
/// Example: `mtasts::meaning const& row = mtasts::meaning_of(mtasts::code::policy_mode_case); (void)row;`
struct meaning {
    mtasts::code code;
    std::string_view slug;
    mtasts::weight weight;
    std::string_view clause;
    std::string_view message;
    std::string_view advice;
    mtasts::fix fix = fix::none;
    mtasts::detail::detail_source detail = detail::detail_source::given;
};

namespace detail {

using namespace std::string_view_literals;

/// The rows, with names for slugs. The lengths of `sv` literals are known; the compiler would have to count others.
inline constexpr meaning named_rows[] = {
#define FINDING(name, weight, clause, message, advice, ...) \
    {code::name, {#name, sizeof #name - 1}, weight, clause##sv, message##sv, advice##sv __VA_OPT__(, ) __VA_ARGS__},
#include <mtasts/finding/findings.def>
#undef FINDING
};

inline constexpr auto slug_octets = [] {
    constexpr auto size = [] {
        std::size_t sum = 0;
        for (auto const& row : named_rows) sum += row.slug.size();
        return sum;
    }();
    std::array<char, size> octets{};
    std::size_t i = 0;
    for (auto const& row : named_rows)
        for (char const c : row.slug) octets[i++] = c == '_' ? '-' : c;
    return octets;
}();

}  // namespace detail

/// The rows of all codes, in their order.
inline constexpr auto meanings = [] {
    std::array<meaning, std::size(detail::named_rows)> rows{};
    auto const* next = detail::slug_octets.data();
    for (std::size_t i = 0; i != rows.size(); ++i) {
        rows[i] = detail::named_rows[i];
        rows[i].slug = {next, rows[i].slug.size()};
        next += rows[i].slug.size();
    }
    return rows;
}();

/// The row of a code.
/// Example: `static_assert(mtasts::meaning_of(mtasts::code::policy_mode_case).slug == "policy-mode-case");`
constexpr meaning const& meaning_of(code what) { return meanings[static_cast<std::size_t>(what)]; }

/// The row with this slug, or nullptr.
constexpr meaning const* find_meaning(std::string_view slug) {
    for (auto const& row : meanings)
        if (row.slug == slug) return &row;
    return nullptr;
}

}  // namespace mtasts
