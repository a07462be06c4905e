// SPDX-License-Identifier: BSL-1.0
/// Corrections that a machine can make.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/finding/finding.hpp>
#include <mtasts/lint/contradiction.hpp>
#include <mtasts/lint/field_names.hpp>
#include <mtasts/lint/repair.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// The text with edits made; of two that overlap, the first in the text counts.
/// Example: `mtasts::with_edits("id=1", {mtasts::edit{{3, 1}, "2"}}) == "id=2"`
inline std::string with_edits(std::string_view text, std::vector<edit> const& edits) {
    // Edits at one place keep their order. Not std::stable_sort, for which libstdc++ 12 gives a warning.
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i != edits.size(); ++i) order.emplace_back(edits[i].where.offset, i);
    std::sort(order.begin(), order.end());
    std::string out;
    std::size_t copied = 0;
    for (auto const& [offset, index] : order) {
        auto const& [where, replacement] = edits[index];
        if (where.offset < copied) continue;
        out += text.substr(copied, where.offset - copied);
        out += replacement;
        copied = where.end();
    }
    return out += text.substr((std::min)(copied, text.size()));
}

namespace detail {

/// A finding, its text, and the octets of its span.
struct fix_subject {
    finding const& f;
    std::string_view text;
    std::string_view found = f.where.of(text);
};
using made_fix = std::optional<edit>;

inline made_fix write(fix_subject of, std::string_view instead) { return edit{of.f.where, std::string(instead)}; }
inline made_fix write_if(fix_subject of, bool certain, std::string_view instead) {
    return certain ? write(of, instead) : std::nullopt;
}
inline made_fix write_if(fix_subject of, std::optional<std::string> instead) {
    return instead ? made_fix(edit{of.f.where, std::move(*instead)}) : std::nullopt;
}
/// An insertion in front; nothing if the text states another value elsewhere, however it is spelt.
inline made_fix insert_in_front(fix_subject of, std::string added) {
    edit made{{0, 0}, std::move(added)};
    return contradicts_itself(with_edits(of.text, {made})) ? std::nullopt : made_fix(std::move(made));
}

/// The size limit of a DMARC record; no domain contains a "!".
inline made_fix without_size_limit(fix_subject of) {
    auto const uri = of.f.part.of(of.text), size = of.found.substr(1);
    auto const address = uri.substr(0, uri.size() - of.found.size());
    return write_if(of,
                    text::starts_ignoring_case(address, "mailto:") && looks_like_mail_address(address.substr(7)) &&
                        !size.empty() && text::is_digit(size.front()) &&
                        text::all_octets(size.substr(0, size.size() - 1), text::is_digit),
                    "");
}
inline made_fix without_uri_space(fix_subject of) {
    auto const before = text_span{of.f.part.offset, of.f.where.offset - of.f.part.offset}.of(of.text);
    bool const around_address =
        before.empty() || text::equal_ignoring_case(before, "mailto:") || text::equal_ignoring_case(before, "https:");
    return write_if(of, around_address, "");
}
inline made_fix with_rua_joined(fix_subject of) {
    auto const before = of.text.substr(0, of.f.where.offset);
    auto const end = before.find_last_not_of("; \t") + 1;
    auto const field = before.substr(0, end).substr(before.substr(0, end).rfind(';') + 1);
    if (!text::trimmed(field).starts_with("rua=")) return std::nullopt;
    return edit{{end, of.f.where.offset - end}, ","};
}
inline made_fix without_line_ends(fix_subject of) {
    auto const begin = of.f.where.offset;
    if (of.text.find_first_not_of("\r\n", begin) != of.text.npos) return std::nullopt;
    return edit{{begin, of.text.size() - begin}, {}};
}
inline made_fix with_record_version(fix_subject of) {
    if (!of.text.starts_with(of.f.detail == "v=STSv1" ? "id=" : "rua=")) return std::nullopt;
    return insert_in_front(of, std::string(of.f.detail) + "; ");
}
inline made_fix without_zeros(fix_subject of) {
    auto const number = of.found.substr((std::min)(of.found.find_first_not_of('0'), of.found.size() - 1));
    return write_if(of, number.size() <= 10, number);
}

/// Makes the corrections of one kind.
struct fix_row {
    fix kind;
    made_fix (*make)(fix_subject);
};
inline constexpr auto fixes = std::to_array<fix_row>({
    {fix::none, [](fix_subject) { return made_fix(); }},
    {fix::remove, [](fix_subject of) { return write(of, ""); }},
    {fix::remove_line,
     [](fix_subject of) {
         return made_fix(edit{line_around(of.text, of.f.where), {}});
     }},
    {fix::remove_empty_line,
     [](fix_subject of) {
         if (of.found == "mx" || !names_policy_field(of.found)) return made_fix();
         return made_fix(edit{line_around(of.text, of.f.where), {}});
     }},
    {fix::remove_field,
     [](fix_subject of) {
         return made_fix(edit{field_and_delimiter(of.text, of.f.where), {}});
     }},
    {fix::remove_line_ends, without_line_ends},
    {fix::remove_spaces, [](fix_subject of) { return write(of, without(of.found, text::is_space)); }},
    {fix::remove_comment,
     [](fix_subject of) { return write_if(of, policy_name_around(of.text, of.f.where) != "mx", ""); }},
    {fix::remove_size_limit, without_size_limit},
    {fix::remove_uri_space, without_uri_space},
    {fix::remove_sign,
     [](fix_subject of) {
         auto const number = of.found.substr(1);
         return write_if(of, of.found.starts_with('+') && text::all_octets(number, text::is_digit), number);
     }},
    {fix::remove_zeros, without_zeros},
    {fix::remove_separators, [](fix_subject of) { return write_if(of, ungrouped(of.found)); }},
    {fix::write_detail, [](fix_subject of) { return write(of, of.f.detail); }},
    {fix::write_name,
     [](fix_subject of) {
         return write_if(of, of.f.detail != "mx" && same_letters(of.found, of.f.detail), of.f.detail);
     }},
    {fix::write_equals, [](fix_subject of) { return write(of, "="); }},
    {fix::write_colon,
     [](fix_subject of) { return write_if(of, names_policy_field(policy_name_around(of.text, of.f.where)), ":"); }},
    {fix::write_space, [](fix_subject of) { return write(of, " "); }},
    // In a text whose lines end with LF, a stray CR may be anything; to make it a line end would add a line.
    {fix::write_line_end, [](fix_subject of) { return write_if(of, of.text.find('\n') == of.text.npos, "\r\n"); }},
    {fix::write_policy_version, [](fix_subject of) { return write(of, "STSv1"); }},
    {fix::write_testing, [](fix_subject of) { return write(of, "testing"); }},
    {fix::write_seconds, [](fix_subject of) { return write_if(of, seconds_with_unit(of.found)); }},
    {fix::lower_case, [](fix_subject of) { return write(of, lowered(of.found)); }},
    {fix::join_rua, with_rua_joined},
    {fix::insert_semicolon, [](fix_subject of) { return write(of, "; "); }},
    {fix::insert_mailto,
     [](fix_subject of) {
         if (!looks_like_mail_address(of.found)) return made_fix();
         return made_fix(edit{{of.f.where.offset, 0}, "mailto:"});
     }},
    {fix::insert_record_version, with_record_version},
    {fix::insert_policy_version,
     [](fix_subject of) { return insert_in_front(of, "version: STSv1" + std::string(line_end_of(of.text))); }},
    {fix::unquote, [](fix_subject of) { return write_if(of, between_quotes(of.found)); }},
    {fix::unquote_id, [](fix_subject of) { return unquoted_id(of.text, of.f.where); }},
    {fix::unquote_record, [](fix_subject of) { return write_if(of, without_quotation_marks(of.found)); }},
});
static_assert(
    [] {
        for (std::size_t i = 0; i != fixes.size(); ++i)
            if (fixes[i].kind != static_cast<fix>(i)) return false;
        return fixes.size() == static_cast<std::size_t>(fix::unquote_record) + 1;
    }(),
    "there is a row for each fix, in order");

}  // namespace detail

/// The correction of a finding, if a machine can know it without guessing what was meant.
///
/// `text` is the text the finding is about. Only what has no meaning in its place is removed, and only a value with a
/// single possible meaning is rewritten. A correction that would trust, drop, or choose between values is left to a
/// person.
/// Example: `mtasts::fix_of(f, text).has_value()`
inline std::optional<edit> fix_of(finding const& f, std::string_view text) {
    if (!f.correctable) return std::nullopt;
    return detail::fixes[static_cast<std::size_t>(f.means().fix)].make({f, text});
}

/// The text with corrections made, or unchanged: if it would not be usable afterwards (RFC 8461 3.2), or if it is
/// unusable and contradicts itself.
///
/// `check` gives the findings of a text. In a usable text only blanks, line ends and a byte order mark are changed, and
/// its value stays the same. Every well-formed mx line is kept as it is, and no host, id or address is added that is not
/// in the text in full. Correcting the result again changes nothing.
/// Example: `mtasts::fixed_text(text, [](std::string_view t) { return mtasts::check_sts_policy(t).findings; })`
template <class Check>
std::string fixed_text(std::string_view text, Check check) {
    constexpr int most_rounds = 64;
    auto const usable = [](findings const& found) {
        return std::none_of(found.begin(), found.end(), [](finding const& f) { return f.makes_unusable(); });
    };
    findings found = check(text);
    bool const was_usable = usable(found);
    auto const count_before = found.size();
    if (!was_usable && contradicts_itself(text)) return std::string(text);
    std::string fixed(text);
    // One fault may hide another in the same place.
    for (int round = 0;; ++round) {
        std::vector<edit> edits;
        for (auto const& f : found)
            if (auto fix = fix_of(f, fixed)) edits.push_back(std::move(*fix));
        auto next = with_edits(fixed, edits);
        if (next == fixed) break;
        if (round == most_rounds) return std::string(text);
        fixed = std::move(next);
        found = check(std::string_view(fixed));
    }
    bool const better = was_usable ? found.size() < count_before : !contradicts_itself(fixed);
    return better && usable(found) ? fixed : std::string(text);
}

}  // namespace mtasts
