// SPDX-License-Identifier: BSL-1.0
/// How the parts of a text are repaired, each without guessing what was meant.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/finding/finding.hpp>
#include <mtasts/lint/field_names.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/name/dns_name.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// A replacement for some octets of a text.
struct edit {
    text_span where;
    std::string text;
};

namespace detail {

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
    for (char& c : out) c = text::lower(c);
    return out;
}

/// The line of a policy that contains a place, with its end.
constexpr text_span line_around(std::string_view text, text_span where) {
    auto const before = text.substr(0, where.offset).find_last_of("\r\n");
    auto const begin = before == text.npos ? 0 : before + 1;
    auto end = (std::min)(text.find_first_of("\r\n", where.offset), text.size());
    if (text.substr(end, 2) == "\r\n") ++end;
    return {begin, (std::min)(end + 1, text.size()) - begin};
}

/// The field of a record that contains a place, with the ";" before it.
constexpr text_span field_and_delimiter(std::string_view text, text_span where) {
    auto const semicolon = text.substr(0, where.offset).rfind(';');
    auto const begin = semicolon == text.npos ? where.offset : semicolon;
    return {begin, where.end() - begin};
}

/// RFC 1035 5.1: the contents of the quoted strings of a zone file. Nothing if there is anything else beside them, or
/// if a value is split between two strings or contains an escaped letter or digit, so that it is nowhere written in
/// full.
inline std::optional<std::string> unquoted(std::string_view zone) {
    std::string text;
    bool inside = false, joint = false;
    auto const limits = [](char c) { return c == ';' || text::is_space(c); };
    for (std::size_t i = 0; i != zone.size(); ++i) {
        char c = zone[i];
        if (c == '"') {
            inside = !inside;
            joint = inside && !text.empty();
            continue;
        }
        if (!inside && text::is_space(c)) continue;
        if (!inside) return std::nullopt;
        if (c == '\\') {
            if (++i == zone.size() || text::is_alphanumeric(zone[i])) return std::nullopt;
            c = zone[i];
        }
        if (std::exchange(joint, false) && !limits(text.back()) && !limits(c)) return std::nullopt;
        text += c;
    }
    return inside ? std::nullopt : std::optional(text);
}

/// A record between quotation marks of any sort, as found in a zone file or a word processor.
inline std::optional<std::string> without_quotation_marks(std::string_view text) {
    if (auto const first = text.find('"'); first != text.npos) {
        // The name, class and type of a zone file line may come before it, but no part of a record.
        bool const alone = text.substr(0, first).find_first_of(";=") == text.npos;
        return alone ? unquoted(text.substr(first)) : std::nullopt;
    }
    for (std::string_view const quote : {"'", "\u2018", "\u2019", "\u201C", "\u201D", "\u201E"}) {
        if (text.starts_with(quote)) text.remove_prefix(quote.size());
        if (text.ends_with(quote)) text.remove_suffix(quote.size());
    }
    return std::string(text);
}

/// A number with a unit of time, in seconds. Nothing if the unit is ambiguous, as "m" (minutes or months) and "y" (365
/// or 365.25 days) are, or if the result is above the limit.
inline std::optional<std::string> seconds_with_unit(std::string_view text) {
    auto const digits = text.substr(0, text.find_first_not_of("0123456789"));
    auto const unit = lowered(text::trimmed(text.substr(digits.size())));
    constexpr auto units = std::to_array<std::pair<std::string_view, std::int64_t>>({{"s", 1},
                                                                                     {"sec", 1},
                                                                                     {"secs", 1},
                                                                                     {"second", 1},
                                                                                     {"seconds", 1},
                                                                                     {"min", 60},
                                                                                     {"mins", 60},
                                                                                     {"minute", 60},
                                                                                     {"minutes", 60},
                                                                                     {"h", 3600},
                                                                                     {"hour", 3600},
                                                                                     {"hours", 3600},
                                                                                     {"d", 86400},
                                                                                     {"day", 86400},
                                                                                     {"days", 86400},
                                                                                     {"w", 604800},
                                                                                     {"week", 604800},
                                                                                     {"weeks", 604800}});
    if (digits.size() > 9) return std::nullopt;
    for (auto const& [name, seconds] : units)
        if (unit == name) {
            std::int64_t count = 0;
            for (char const c : digits) count = count * 10 + (c - '0');
            return count * seconds <= max_age_limit.count() ? std::optional(std::to_string(count * seconds))
                                                            : std::nullopt;
        }
    return std::nullopt;
}

/// The line end that a text uses.
constexpr std::string_view line_end_of(std::string_view text) {
    return text.find("\r\n") == text.npos && text.find('\n') != text.npos ? "\n" : "\r\n";
}

/// What is between a pair of quotation marks; nothing if they do not match or there are others inside.
inline std::optional<std::string> between_quotes(std::string_view text) {
    constexpr std::string_view quotes = "\"'";
    if (text.size() < 2 || quotes.find(text.front()) == quotes.npos || text.back() != text.front()) return std::nullopt;
    auto const inner = text.substr(1, text.size() - 2);
    return inner.find_first_of(quotes) == inner.npos ? std::optional(std::string(text::trimmed(inner))) : std::nullopt;
}

/// An id without its quotation marks. Any other forbidden octet may be a typo for an allowed one, and is left alone.
inline std::optional<edit> unquoted_id(std::string_view text, text_span where) {
    auto const begin = text.substr(0, where.offset).rfind('=') + 1;
    auto const id = text::without_trailing_space(text.substr(begin, text.substr(begin).find(';')));
    auto kept = between_quotes(id);
    if (!kept || kept->empty() || kept->size() > 32 || !text::all_octets(*kept, text::is_alphanumeric))
        return std::nullopt;
    return edit{{begin, id.size()}, std::move(*kept)};
}

/// The name of the policy field in the line around `where`.
constexpr std::string_view policy_name_around(std::string_view text, text_span where) {
    auto const line = line_around(text, where).of(text);
    return text::trimmed(line.substr(0, line.find_first_of(":=")));
}

/// Whether a name is a policy field's, apart from case and "-", "_" and ".". Only mx has to be spelt exactly, as the
/// correction would trust one more host.
constexpr bool names_policy_field(std::string_view name) {
    return name == "mx" || same_letters(name, "version") || same_letters(name, "mode") || same_letters(name, "max_age");
}

/// A number without the separators between its groups of three digits; nothing if they are elsewhere, or if a single
/// one may be a decimal point.
inline std::optional<std::string> ungrouped(std::string_view number) {
    auto const first = number.find_first_not_of("0123456789");
    if (first == number.npos || first == 0 || first > 3) return std::nullopt;
    char const separator = number[first];
    if (std::string_view("_,.' ").find(separator) == std::string_view::npos) return std::nullopt;
    std::string digits;
    bool fine = (separator != '.' && separator != ',') || std::count(number.begin(), number.end(), separator) > 1;
    text::for_each_piece(number, separator, [&](std::string_view group) {
        fine = fine && text::all_octets(group, text::is_digit) && (digits.empty() ? !group.empty() : group.size() == 3);
        digits += group;
    });
    return fine && digits.size() <= 10 ? std::optional(digits) : std::nullopt;
}

/// Whether a text is a plain mail address, to which "mailto:" may be added.
constexpr bool looks_like_mail_address(std::string_view text) {
    auto const at = text.find('@');
    auto const domain = text.substr(at + 1);
    return at != text.npos && at != 0 && domain.find('.') != domain.npos && is_dns_name(domain) &&
           text::all_octets(text.substr(0, at), [](char c) {
               return text::is_alphanumeric(c) || c == '.' || c == '_' || c == '+' || c == '-';
           });
}

}  // namespace detail

}  // namespace mtasts
