/// Corrections that a machine can make.
#pragma once
#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/diagnostic.hpp>
#include <mtasts/lint/field_names.hpp>
#include <mtasts/model/idna.hpp>
#include <mtasts/model/ip_text.hpp>
#include <mtasts/model/policy_lines.hpp>
#include <mtasts/model/sts_policy.hpp>

namespace mtasts {

/// Other octets for some of a text.
struct edit {
    span where;
    std::string text;
};

/// A text without the octets that a predicate accepts.
template <class Predicate>
std::string without(std::string_view text, Predicate unwanted) {
    std::string kept;
    for (char const c : text)
        if (!unwanted(c)) kept += c;
    return kept;
}

inline std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = lower(c);
    return out;
}

/// The line of a policy in which a place lies, with its end.
constexpr span line_around(std::string_view text, span where) {
    auto const before = text.substr(0, where.offset).find_last_of("\r\n");
    auto const begin = before == text.npos ? 0 : before + 1;
    auto end = std::min(text.find_first_of("\r\n", where.offset), text.size());
    if (text.substr(end, 2) == "\r\n") ++end;
    return {begin, std::min(end + 1, text.size()) - begin};
}

/// The field of a record in which a place lies, with the ";" before it.
constexpr span field_and_delimiter(std::string_view text, span where) {
    auto const semicolon = text.substr(0, where.offset).rfind(';');
    auto const begin = semicolon == text.npos ? where.offset : semicolon;
    return {begin, where.end() - begin};
}

/// Whether the text, a policy or a record, has a field of this name already.
constexpr bool has_field(std::string_view text, std::string_view name) {
    bool found = false;
    for_each_piece(text, '\n', [&](std::string_view line) {
        found = found || split_policy_line(line).name == name;
        for_each_piece(line, ';', [&](std::string_view field) {
            found = found || trimmed(field.substr(0, field.find('='))) == name;
        });
    });
    return found;
}

/// RFC 1035 5.1: what the quoted strings of a zone file hold.
inline std::string unquoted(std::string_view zone) {
    std::string text;
    bool inside = false;
    for (std::size_t i = 0; i != zone.size(); ++i) {
        if (zone[i] == '"') inside = !inside;
        else if (zone[i] == '\\' && i + 1 != zone.size()) text += zone[++i];
        else if (inside || !is_space(zone[i])) text += zone[i];
    }
    return text;
}

/// A number with a unit of time as seconds, at most the limit; nothing where the unit is not known.
inline std::optional<std::string> seconds_with_unit(std::string_view text) {
    auto const digits = text.substr(0, text.find_first_not_of("0123456789"));
    auto const unit = lowered(trimmed(text.substr(digits.size())));
    constexpr auto units = std::to_array<std::pair<std::string_view, std::int64_t>>({{"s", 1},
                                                                                     {"sec", 1},
                                                                                     {"secs", 1},
                                                                                     {"second", 1},
                                                                                     {"seconds", 1},
                                                                                     {"m", 60},
                                                                                     {"min", 60},
                                                                                     {"minutes", 60},
                                                                                     {"h", 3600},
                                                                                     {"hour", 3600},
                                                                                     {"hours", 3600},
                                                                                     {"d", 86400},
                                                                                     {"day", 86400},
                                                                                     {"days", 86400},
                                                                                     {"w", 604800},
                                                                                     {"week", 604800},
                                                                                     {"weeks", 604800},
                                                                                     {"y", 31557600},
                                                                                     {"year", 31557600}});
    if (digits.size() > 9) return std::nullopt;
    for (auto const& [name, seconds] : units)
        if (unit == name) {
            std::int64_t count = 0;
            for (char const c : digits) count = count * 10 + (c - '0');
            return std::to_string(std::min(count * seconds, static_cast<std::int64_t>(max_age_limit.count())));
        }
    return std::nullopt;
}

/// Several names in one mx line, one line each.
inline std::optional<std::string> one_mx_a_line(std::string_view text, span where) {
    if (where.offset < 3 || line_around(text, where).of(text).substr(0, 3) != "mx:") return std::nullopt;
    auto const line = line_around(text, where).of(text);
    std::string_view const end = line.ends_with("\r\n") ? "\r\n" : "\n";
    std::string lines, name;
    auto const finish = [&] {
        if (name.empty()) return;
        if (!lines.empty()) lines.append(end).append("mx: ");
        lines += std::exchange(name, {});
    };
    for (char const c : where.of(text)) {
        if (c == ',' || c == ';' || is_space(c)) finish();
        else name += c;
    }
    finish();
    return lines;
}

/// The correction of an id with characters that are not allowed: the same without them.
inline std::optional<edit> fixed_id(std::string_view text, span where) {
    auto const begin = text.substr(0, where.offset).rfind('=') + 1;
    auto const id = text.substr(begin, text.substr(begin).find_first_of("; \t"));
    auto kept = without(id, [](char c) { return !is_alphanumeric(c); });
    if (kept.empty() || kept.size() > 32) return std::nullopt;
    return edit{{begin, id.size()}, std::move(kept)};
}

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
    auto const rename = [&]() -> std::optional<edit> {
        if (f.detail != "mx" && has_field(text, f.detail)) return std::nullopt;
        return write(f.detail);
    };
    switch (f.code) {
        case code::record_leading_space:
        case code::record_field_empty:
        case code::record_trailing_space:
        case code::record_backslash:
        case code::record_space_before_semicolon:
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
        case code::ip_port:
        case code::ip_zone: return remove(f.where);

        case code::policy_comment:
        case code::policy_value_empty:
        case code::policy_mx_duplicate:
        case code::policy_field_duplicate: return remove(line_around(text, f.where));

        case code::record_duplicate_version:
        case code::record_duplicate_field:
        case code::record_id_duplicate: return remove(field_and_delimiter(text, f.where));

        case code::record_version_case: return write(f.detail);
        case code::record_quoted: return write(unquoted(found));
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
        case code::policy_name_typo: return rename();

        case code::uri_scheme_missing:
            if (found.starts_with("//")) return edit{{f.where.offset, 0}, "https:"};
            if (found.find('@') == found.npos) return std::nullopt;
            return edit{{f.where.offset, 0}, "mailto:"};
        case code::uri_bang: {
            auto const size = found.substr(1);
            bool const is_size =
                !size.empty() && is_digit(size.front()) && all_octets(size.substr(0, size.size() - 1), is_digit);
            return is_size ? remove(f.where) : edit{{f.where.offset, 1}, "%21"};
        }
        case code::uri_percent: return edit{{f.where.offset, 1}, "%25"};
        case code::uri_space:
            if (f.where.offset == 0 || text[f.where.offset - 1] == '=') return remove(f.where);
            return write("%20");

        case code::host_u_label: {
            auto const ascii = to_a_labels(found);
            return ascii ? std::optional(write(ascii->view())) : std::nullopt;
        }
        case code::host_leading_dot: return edit{{f.where.offset, 0}, "*"};
        case code::host_empty_label: return write(".");
        case code::host_quoted: return write(without(found, [](char c) { return c == '"' || c == '\''; }));
        case code::host_priority: return remove({f.where.offset, f.where.length + 1});
        case code::host_comma_list: return write_if(one_mx_a_line(text, f.where));
        case code::host_url: {
            auto const rest = found.substr(found.find("://") + 3);
            return write(rest.substr(0, rest.find_first_of(":/")));
        }

        case code::policy_bare_cr: return write("\r\n");
        case code::policy_equals_sign: return write(":");
        case code::policy_value_tab: return write(" ");
        case code::policy_version_missing: return edit{{0, 0}, "version: STSv1\r\n"};
        case code::policy_version_case: return write("STSv1");
        case code::policy_mode_case: return write(lowered(found));
        case code::policy_mode_report: return write("testing");
        case code::policy_mode_quoted: return write(lowered(without(found, [](char c) { return !is_alpha(c); })));
        case code::policy_max_age_large: return write("31557600");
        case code::policy_max_age_unit: return write_if(seconds_with_unit(found));
        case code::policy_max_age_sign:
            if (!found.starts_with('+') || !all_octets(found.substr(1), is_digit)) return std::nullopt;
            return write(found.substr(1));
        case code::policy_max_age_digits:
        case code::policy_max_age_zeros: {
            auto const number = found.substr(std::min(found.find_first_not_of('0'), found.size() - 1));
            return write(number.size() > 10 ? "31557600" : number);
        }
        case code::policy_max_age_number: {
            auto digits =
                without(found, [](char c) { return c == '_' || c == ',' || c == '.' || c == '\'' || is_space(c); });
            if (digits.empty() || digits.size() > 10 || !all_octets(digits, is_digit)) return std::nullopt;
            return write(digits);
        }

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
inline std::string with_edits(std::string_view text, std::vector<edit> edits) {
    std::stable_sort(edits.begin(), edits.end(),
                     [](edit const& a, edit const& b) { return a.where.offset < b.where.offset; });
    std::string out;
    std::size_t copied = 0;
    for (auto const& [where, replacement] : edits) {
        if (where.offset < copied) continue;
        out += text.substr(copied, where.offset - copied);
        out += replacement;
        copied = where.end();
    }
    return out += text.substr(std::min(copied, text.size()));
}

/// How bad findings are altogether; less is better, the graver ones first.
struct badness {
    std::size_t spoiling = 0, errors = 0, warnings = 0, all = 0;

    explicit badness(findings const& found) : all(found.size()) {
        for (auto const& f : found) {
            spoiling += f.spoils() ? 1 : 0;
            errors += f.severity() == severity::error ? 1 : 0;
            warnings += f.severity() == severity::warning ? 1 : 0;
        }
    }
    auto operator<=>(badness const&) const = default;
};

/// The text with corrections made, as far as they leave no more findings than before and less grave ones. `check` gives
/// the findings of a text; the result is stable: correcting it again changes nothing.
/// Example: `mtasts::fixed_text(text, [](std::string_view t) { return mtasts::check_sts_policy(t).findings; })`
template <class Check>
std::string fixed_text(std::string_view text, Check check) {
    constexpr int patience = 4, most_rounds = 64;
    auto const edits_of = [&](std::string_view of) {
        std::vector<edit> edits;
        for (auto const& f : check(of))
            if (auto fix = fix_of(f, of)) edits.push_back(std::move(*fix));
        return edits;
    };
    std::string best(text);
    badness least(check(std::string_view(best)));
    // One fault may hide another in the same place: some rounds are granted before things must have become better.
    auto tried = best;
    for (int round = 0, in_vain = 0; round != most_rounds && in_vain != patience; ++round, ++in_vain) {
        auto const edits = edits_of(tried);
        if (edits.empty()) break;
        auto next = with_edits(tried, edits);
        if (next == tried) break;
        tried = std::move(next);
        badness const now(check(std::string_view(tried)));
        if (now < least && now.all <= least.all) {
            best = tried;
            least = now;
            in_vain = 0;
        }
    }
    return best;
}

}  // namespace mtasts
