/// Corrections that a machine can make.
#pragma once
#include <algorithm>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/diagnostic.hpp>
#include <mtasts/lint/repair.hpp>
#include <mtasts/model/idna.hpp>
#include <mtasts/model/ip_text.hpp>

namespace mtasts {

/// What to write instead, where a machine can know it without guessing at what was meant.
///
/// `text` is the text the finding is about.
/// Example: `mtasts::fix_of(f, text).has_value()`
inline std::optional<edit> fix_of(finding const& f, std::string_view text) {
    auto const found = f.where.of(text);
    auto const write = [&](std::string_view replacement) { return edit{f.where, std::string(replacement)}; };
    auto const write_if = [&](std::optional<std::string> replacement) {
        return replacement ? std::optional(edit{f.where, std::move(*replacement)}) : std::nullopt;
    };
    auto const remove = [](span where) { return edit{where, {}}; };
    if (!f.mendable) return std::nullopt;
    switch (f.code) {
        case code::record_leading_space:
        case code::record_field_empty:
        case code::record_trailing_space:
        case code::record_backslash:
        case code::record_space_before_semicolon:
        case code::record_space_before_delimiter:
        case code::tlsrpt_rua_comma:
        case code::uri_mailto_fields:
        case code::host_trailing_dot:
        case code::host_port:
        case code::policy_bom:
        case code::policy_bom_skipped:
        case code::policy_blank_line:
        case code::policy_blank_line_skipped:
        case code::policy_leading_space:
        case code::policy_space_before_colon:
        case code::policy_trailing_space:
        case code::policy_value_semicolon:
        case code::policy_value_comment:
        case code::ip_port:
        case code::ip_zone: return remove(f.where);

        case code::policy_comment:
        case code::policy_mx_duplicate:
        case code::policy_field_duplicate: return remove(line_around(text, f.where));

        case code::record_duplicate_version:
        case code::record_duplicate_field:
        case code::record_id_duplicate: return remove(field_and_delimiter(text, f.where));

        case code::record_version_case: return write(f.detail);
        case code::record_quoted:
        case code::record_zone_line: return write_if(without_quotation_marks(found));
        case code::record_semicolon_missing: return write("; ");
        case code::record_equals_spaced: return write(without(found, is_space));
        case code::record_id_characters: return fixed_id(text, f.where);
        case code::record_control:
            if (text.find_first_not_of("\r\n", f.where.offset) != text.npos) return std::nullopt;
            return remove({f.where.offset, text.size() - f.where.offset});
        case code::record_version_missing:
            if (!text.starts_with("id=") && !text.starts_with("rua=")) return std::nullopt;
            return edit{{0, 0}, std::string(f.detail) + "; "};

        case code::record_name_case:
        case code::record_name_typo:
        case code::policy_name_case:
        case code::policy_name_typo: return write(f.detail);

        case code::uri_scheme_missing:
            if (!looks_like_mail_address(found)) return std::nullopt;
            return edit{{f.where.offset, 0}, "mailto:"};
        case code::uri_bang: {
            auto const size = found.substr(1);
            bool const is_size =
                !size.empty() && is_digit(size.front()) && all_octets(size.substr(0, size.size() - 1), is_digit);
            return is_size ? remove(f.where) : write(replaced_all(found, "!", "%21"));
        }
        case code::uri_percent: return edit{{f.where.offset, 1}, "%25"};
        case code::uri_space: {
            bool const stray =
                f.where.offset == 0 || text[f.where.offset - 1] == '=' || text[f.where.offset - 1] == ':';
            if (stray) return remove(f.where);
            // All the white space of the URI at once.
            auto const rest = span{f.where.offset, f.part.end() - f.where.offset};
            return edit{rest, replaced_all(replaced_all(rest.of(text), " ", "%20"), "\t", "%09")};
        }
        case code::tlsrpt_rua_separator: {
            auto const before = text.substr(0, f.where.offset).find_last_not_of("; \t");
            if (before == text.npos) return std::nullopt;
            return edit{{before + 1, f.where.offset - before - 1}, ","};
        }

        case code::host_u_label: {
            auto const ascii = to_a_labels(found);
            return ascii ? std::optional(write(ascii->view())) : std::nullopt;
        }
        case code::host_leading_dot: return edit{{f.where.offset, 0}, "*"};
        case code::host_empty_label: return write(f.where.length > 1 ? "." : "");

        case code::host_priority: return remove({f.where.offset, f.where.length + 1});
        case code::host_comma_list: return write_if(one_mx_a_line(text, f.where));
        case code::host_url:
            return looks_like_host(host_of_uri(found)) ? std::optional(write(host_of_uri(found))) : std::nullopt;

        case code::policy_bare_cr: return write("\r\n");
        case code::policy_equals_sign: return write(":");
        case code::policy_value_tab: return write(" ");
        case code::record_colon: return write("=");
        case code::policy_one_line: return write(one_field_a_line(text, found));
        case code::policy_version_missing: return edit{{0, 0}, "version: STSv1" + std::string(line_end_of(text))};
        case code::policy_version_case: return write("STSv1");
        case code::policy_mode_case: return write(lowered(found));
        case code::policy_mode_report: return write("testing");
        case code::host_quoted:
        case code::uri_quoted:
        case code::policy_value_quoted: return write(without(found, [](char c) { return c == '"' || c == '\''; }));
        case code::policy_max_age_large: return write("31557600");
        case code::policy_max_age_unit: return write_if(seconds_with_unit(found));
        case code::policy_max_age_sign:
            if (!found.starts_with('+') || !all_octets(found.substr(1), is_digit)) return std::nullopt;
            return write(found.substr(1));
        case code::policy_max_age_digits:
        case code::policy_max_age_zeros: {
            auto const number = found.substr((std::min)(found.find_first_not_of('0'), found.size() - 1));
            return write(number.size() > 10 ? "31557600" : number);
        }
        case code::policy_max_age_number: return write_if(ungrouped(found));

        case code::ip_not_canonical: return write(to_text(ip_address_of(found)).view());
        case code::ip_brackets: return write(without(found, [](char c) { return c == '[' || c == ']'; }));
        case code::filename_extension_case: return write(lowered(found));
        case code::time_lower_case: {
            auto upper = std::string(found);
            for (char& c : upper) c = c == 't' ? 'T' : c == 'z' ? 'Z' : c;
            return write(upper);
        }
        default: return std::nullopt;
    }
}

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

/// How bad findings are altogether; less is better, the graver ones first.
struct badness {
    std::size_t spoiling = 0, errors = 0, warnings = 0, all = 0;

    explicit badness(findings const& found) : all(found.size()) {
        for (auto const& f : found) {
            if (f.spoils()) ++spoiling;
            if (f.severity() == severity::error) ++errors;
            if (f.severity() == severity::warning) ++warnings;
        }
    }
    auto operator<=>(badness const&) const = default;

    /// Whether findings have become better. A text that becomes usable may well have notes that nobody took before; one
    /// that was usable must have fewer findings, too.
    bool better_than(badness const& before) const {
        return *this < before && (before.spoiling != 0 || all < before.all);
    }
};

/// The text with corrections made, as far as findings become better. `check` gives the findings of a text; the result is
/// stable: correcting it again changes nothing.
/// Example: `mtasts::fixed_text(text, [](std::string_view t) { return mtasts::check_sts_policy(t).findings; })`
template <class Check>
std::string fixed_text(std::string_view text, Check check) {
    constexpr int patience = 4, most_rounds = 64;
    auto const edits_of = [](findings const& found, std::string_view of) {
        std::vector<edit> edits;
        for (auto const& f : found)
            if (auto fix = fix_of(f, of)) edits.push_back(std::move(*fix));
        return edits;
    };
    std::string best(text);
    // One fault may hide another in the same place: some rounds are granted before things must have become better.
    auto tried = best;
    findings found = check(std::string_view(tried));
    badness least(found);
    for (int round = 0, in_vain = 0; round != most_rounds && in_vain != patience; ++round) {
        auto next = with_edits(tried, edits_of(found, tried));
        if (next == tried) break;
        tried = std::move(next);
        found = check(std::string_view(tried));
        badness const now(found);
        ++in_vain;
        if (now.better_than(least)) {
            best = tried;
            least = now;
            in_vain = 0;
        }
    }
    return best;
}

}  // namespace mtasts
