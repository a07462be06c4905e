/// How the parts of a text are repaired, each without guessing at what was meant.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/diagnostic.hpp>
#include <mtasts/lint/field_names.hpp>
#include <mtasts/model/idna.hpp>
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
    auto end = (std::min)(text.find_first_of("\r\n", where.offset), text.size());
    if (text.substr(end, 2) == "\r\n") ++end;
    return {begin, (std::min)(end + 1, text.size()) - begin};
}

/// The field of a record in which a place lies, with the ";" before it.
constexpr span field_and_delimiter(std::string_view text, span where) {
    auto const semicolon = text.substr(0, where.offset).rfind(';');
    auto const begin = semicolon == text.npos ? where.offset : semicolon;
    return {begin, where.end() - begin};
}

/// RFC 1035 5.1: what the quoted strings of a zone file hold; nothing where they hold more than one line could.
inline std::optional<std::string> unquoted(std::string_view zone) {
    std::string text;
    bool inside = false;
    for (std::size_t i = 0; i != zone.size(); ++i) {
        auto const escaped = zone.substr(i, 4);
        if (zone[i] == '"') {
            inside = !inside;
        } else if (zone[i] != '\\') {
            if (inside || !is_space(zone[i])) text += zone[i];
        } else if (escaped.size() == 4 && all_octets(escaped.substr(1), is_digit)) {
            int const value = (escaped[1] - '0') * 100 + (escaped[2] - '0') * 10 + (escaped[3] - '0');
            if (value > 255) return std::nullopt;
            text += static_cast<char>(value);
            i += 3;
        } else if (i + 1 != zone.size()) {
            text += zone[++i];
        }
    }
    return text;
}

/// A record between quotation marks of any sort, as it stands in a zone file or a word processor.
inline std::optional<std::string> without_quotation_marks(std::string_view text) {
    if (auto const first = text.find('"'); first != text.npos) return unquoted(text.substr(first));
    for (std::string_view const quote : {"'", "\u2018", "\u2019", "\u201C", "\u201D", "\u201E"}) {
        if (text.starts_with(quote)) text.remove_prefix(quote.size());
        if (text.ends_with(quote)) text.remove_suffix(quote.size());
    }
    return std::string(text);
}

/// Whether a text can pass for the name of a host or an mx pattern, as far as a machine should trust it.
constexpr bool looks_like_host(std::string_view text) {
    if (text.starts_with("*.")) text.remove_prefix(2);
    if (text.ends_with('.')) text.remove_suffix(1);
    return text.find('.') != text.npos && is_dns_name(text);
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
            return std::to_string(std::min<std::int64_t>(count * seconds, max_age_limit.count()));
        }
    return std::nullopt;
}

/// The line end that a text uses.
constexpr std::string_view line_end_of(std::string_view text) {
    return text.find("\r\n") == text.npos && text.find('\n') != text.npos ? "\n" : "\r\n";
}

/// Several names in one mx line, one line each; nothing where one of them is none.
inline std::optional<std::string> one_mx_a_line(std::string_view text, span where) {
    if (!line_around(text, where).of(text).starts_with("mx:")) return std::nullopt;
    std::string lines, name;
    bool all_are_hosts = true;
    auto const finish = [&] {
        if (name.empty()) return;
        all_are_hosts = all_are_hosts && looks_like_host(name);
        if (!lines.empty()) lines.append(line_end_of(text)).append("mx: ");
        lines += std::exchange(name, {});
    };
    for (char const c : where.of(text)) {
        if (c == ',' || c == ';' || is_space(c)) finish();
        else name += c;
    }
    finish();
    return all_are_hosts && !lines.empty() ? std::optional(lines) : std::nullopt;
}

/// The fields that stand in one line of a policy, one line each.
inline std::string one_field_a_line(std::string_view text, std::string_view value) {
    std::string lines;
    for (std::size_t i = 0; i != value.size(); ++i) {
        auto const rest = value.substr(i);
        auto const next = without_leading_space(rest.substr(rest.front() == ';' || rest.front() == ',' ? 1 : 0));
        auto const name = next.substr(0, next.find(':'));
        bool const boundary =
            next.size() != rest.size() && name.size() != next.size() &&
            std::find(policy_field_names.begin(), policy_field_names.end(), name) != policy_field_names.end();
        if (boundary) {
            lines += line_end_of(text);
            i += rest.size() - next.size() - 1;
        } else {
            lines += value[i];
        }
    }
    return lines;
}

/// The correction of an id with characters that are not allowed: the same without the separators of a date or name.
inline std::optional<edit> fixed_id(std::string_view text, span where) {
    auto const begin = text.substr(0, where.offset).rfind('=') + 1;
    auto const id = without_trailing_space(text.substr(begin, text.substr(begin).find(';')));
    auto kept = without(id, [](char c) { return std::string_view("-_.: \"'").find(c) != std::string_view::npos; });
    if (kept.empty() || kept.size() > 32 || !all_octets(kept, is_alphanumeric)) return std::nullopt;
    return edit{{begin, id.size()}, std::move(kept)};
}

/// A number without the separators between its groups of three digits; nothing where they stand elsewhere.
inline std::optional<std::string> ungrouped(std::string_view number) {
    auto const first = number.find_first_not_of("0123456789");
    if (first == number.npos || first == 0 || first > 3) return std::nullopt;
    char const separator = number[first];
    if (std::string_view("_,.' ").find(separator) == std::string_view::npos) return std::nullopt;
    std::string digits;
    bool fine = true;
    for_each_piece(number, separator, [&](std::string_view group) {
        fine = fine && all_octets(group, is_digit) && (digits.empty() ? !group.empty() : group.size() == 3);
        digits += group;
    });
    return fine && digits.size() <= 10 ? std::optional(digits) : std::nullopt;
}

/// The host of a URI.
constexpr std::string_view host_of_uri(std::string_view uri) {
    auto host = uri.substr(uri.find("://") + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (auto const at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
    return host.substr(0, host.find(':'));
}

/// Whether a text is a plain mail address, to which "mailto:" may be added.
constexpr bool looks_like_mail_address(std::string_view text) {
    auto const at = text.find('@');
    return at != text.npos && at != 0 && looks_like_host(text.substr(at + 1)) &&
           all_octets(text.substr(0, at),
                      [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '+' || c == '-'; });
}

/// Every match of some octets in a text replaced.
inline std::string replaced_all(std::string_view text, std::string_view from, std::string_view to) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (text.substr(i, from.size()) == from) {
            out += to;
            i += from.size();
        } else {
            out += text[i++];
        }
    }
    return out;
}

}  // namespace mtasts
