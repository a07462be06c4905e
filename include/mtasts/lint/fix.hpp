/// Corrections that a machine can make.
#pragma once
#include <algorithm>
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

/// The text with edits made; of two that overlap the first in the text counts.
inline std::string with_edits(std::string_view text, std::vector<edit> const& edits) {
    // Of one place, in the order given; std::stable_sort of libstdc++ 12 is no longer free of warnings.
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

/// What to write instead, where a machine can know it without guessing at what was meant.
///
/// `text` is the text the finding is about. Only what has no meaning where it stands is removed, and only a value with
/// a single reading is rewritten. A correction that would trust, drop, or choose between values is left to a person.
/// Example: `mtasts::fix_of(f, text).has_value()`
inline std::optional<edit> fix_of(finding const& f, std::string_view text) {
    auto const found = f.where.of(text);
    auto const write = [&](std::string_view replacement) { return edit{f.where, std::string(replacement)}; };
    auto const write_if = [&](std::optional<std::string> replacement) {
        return replacement ? std::optional(edit{f.where, std::move(*replacement)}) : std::nullopt;
    };
    // What is put in must not be stated otherwise elsewhere, however it is spelt there.
    auto const insert = [&](span where, std::string added) {
        edit made{where, std::move(added)};
        return contradicts_itself(with_edits(text, {made})) ? std::nullopt : std::optional(std::move(made));
    };
    auto const remove = [](span where) { return edit{where, {}}; };
    auto const remove_if = [&](bool certain) { return certain ? std::optional(remove(f.where)) : std::nullopt; };
    if (!f.mendable) return std::nullopt;
    switch (f.code) {
        case code::record_leading_space:
        case code::record_field_empty:
        case code::record_trailing_space:
        case code::record_backslash:
        case code::record_space_before_semicolon:
        case code::record_space_before_delimiter:
        case code::tlsrpt_rua_comma:
        case code::host_trailing_dot:
        case code::policy_bom:
        case code::policy_bom_skipped:
        case code::policy_blank_line:
        case code::policy_blank_line_skipped:
        case code::policy_leading_space:
        case code::policy_space_before_colon:
        case code::policy_trailing_space:
        case code::policy_value_semicolon: return remove(f.where);

        case code::policy_comment: return remove(line_around(text, f.where));
        case code::policy_value_empty:
            if (found == "mx" || !names_policy_field(found)) return std::nullopt;
            return remove(line_around(text, f.where));
        case code::record_id_empty: return remove(field_and_delimiter(text, f.where));

        case code::record_version_case: return write(f.detail);
        case code::record_quoted:
        case code::record_zone_line: return write_if(without_quotation_marks(found));
        case code::record_semicolon_missing: return write("; ");
        case code::record_equals_spaced: return write(without(found, is_space));
        case code::record_id_characters: return unquoted_id(text, f.where);
        case code::record_control:
            if (text.find_first_not_of("\r\n", f.where.offset) != text.npos) return std::nullopt;
            return remove({f.where.offset, text.size() - f.where.offset});
        case code::record_version_missing:
            if (!text.starts_with(f.detail == "v=STSv1" ? "id=" : "rua=")) return std::nullopt;
            return insert({0, 0}, std::string(f.detail) + "; ");
        case code::record_colon: return write("=");
        case code::record_name_case:
        case code::policy_name_case: return write(f.detail);

        case code::uri_scheme_missing:
            if (!looks_like_mail_address(found)) return std::nullopt;
            return edit{{f.where.offset, 0}, "mailto:"};
        // The size limit of a DMARC record; no domain contains a "!".
        case code::uri_bang: {
            auto const uri = f.part.of(text), size = found.substr(1);
            auto const address = uri.substr(0, uri.size() - found.size());
            return remove_if(starts_ignoring_case(address, "mailto:") && looks_like_mail_address(address.substr(7)) &&
                             !size.empty() && is_digit(size.front()) &&
                             all_octets(size.substr(0, size.size() - 1), is_digit));
        }
        case code::uri_space: {
            auto const before = span{f.part.offset, f.where.offset - f.part.offset}.of(text);
            return remove_if(before.empty() || equal_ignoring_case(before, "mailto:") ||
                             equal_ignoring_case(before, "https:"));
        }
        case code::tlsrpt_rua_separator: {
            auto const end = text.substr(0, f.where.offset).find_last_not_of("; \t") + 1;
            auto const field = text.substr(0, end).substr(text.substr(0, end).rfind(';') + 1);
            if (!trimmed(field).starts_with("rua=")) return std::nullopt;
            return edit{{end, f.where.offset - end}, ","};
        }

        // Where lines end with LF, a CR inside one may be anything, and would begin a line that was not there.
        case code::policy_bare_cr: return text.find('\n') == text.npos ? std::optional(write("\r\n")) : std::nullopt;
        case code::policy_equals_sign:
            return names_policy_field(policy_name_around(text, f.where)) ? std::optional(write(":")) : std::nullopt;
        case code::policy_value_comment: return remove_if(policy_name_around(text, f.where) != "mx");
        case code::policy_value_tab: return write(" ");
        case code::policy_name_typo:
            return f.detail != "mx" && same_letters(found, f.detail) ? std::optional(write(f.detail)) : std::nullopt;
        case code::policy_version_missing: return insert({0, 0}, "version: STSv1" + std::string(line_end_of(text)));
        case code::policy_version_case: return write("STSv1");
        case code::policy_mode_case: return write(lowered(found));
        case code::policy_mode_report: return write("testing");
        case code::host_quoted:
        case code::uri_quoted:
        case code::policy_value_quoted: return write_if(between_quotes(found));
        case code::policy_max_age_unit: return write_if(seconds_with_unit(found));
        case code::policy_max_age_sign:
            if (!found.starts_with('+') || !all_octets(found.substr(1), is_digit)) return std::nullopt;
            return write(found.substr(1));
        case code::policy_max_age_digits: {
            auto const number = found.substr((std::min)(found.find_first_not_of('0'), found.size() - 1));
            return number.size() > 10 ? std::nullopt : std::optional(write(number));
        }
        case code::policy_max_age_number: return write_if(ungrouped(found));
        default: return std::nullopt;
    }
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
        return std::none_of(found.begin(), found.end(), [](finding const& f) { return f.spoils(); });
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
