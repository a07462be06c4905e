// SPDX-License-Identifier: BSL-1.0
/// Reads the lines of a policy and the fields of a record leniently, as a person would. It shares no code with the
/// library that it checks.
#pragma once
#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "promises.hpp"

struct stated {
    /// The whole line; `letters` is the name in lower case, without blanks, "-", "_" and ".".
    std::string_view line;
    std::string name, letters, value;

    bool means(std::string_view field) const { return letters == field; }
};

inline bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
inline bool is_one_of(char c, std::string_view octets) { return octets.find(c) != octets.npos; }

inline std::string less(std::string_view text, std::string_view unwanted) {
    std::string kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept), [&](char c) { return !is_one_of(c, unwanted); });
    return kept;
}
inline std::string lower_case(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}
/// The text without characters at either end that cannot belong to a value.
inline std::string bare(std::string_view text, std::string_view unwanted = " \t\"';") {
    while (!text.empty() && is_one_of(text.front(), unwanted)) text.remove_prefix(1);
    while (!text.empty() && is_one_of(text.back(), unwanted)) text.remove_suffix(1);
    return std::string(text);
}

/// Every line of a policy, or field of a record, that has a name and is not a comment.
inline std::vector<stated> all_stated(std::string_view text, std::string_view ends) {
    std::vector<stated> all;
    for (std::size_t at = 0; at < text.size();) {
        auto const stop = std::min(text.find_first_of(ends, at), text.size());
        auto line = text.substr(at, stop - at);
        at = stop + 1;
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto const begin = bare(line, " \t\xEF\xBB\xBF");
        auto const delimiter = line.find_first_of(":=");
        if (delimiter == line.npos || begin.starts_with('#') || begin.starts_with("//") || begin.starts_with(';'))
            continue;
        auto const name = bare(line.substr(0, delimiter), " \t\xEF\xBB\xBF");
        auto value = line.substr(delimiter + 1);
        value = value.substr(0, std::min(value.find(" #"), value.find("\t#")));
        all.push_back({line, name, lower_case(less(name, "-_.")), bare(value)});
    }
    return all;
}

/// Whether a name is what a well-formed mx line may have as its pattern.
inline bool is_host(std::string_view name) {
    if (name.starts_with("*.")) name.remove_prefix(2);
    if (name.empty() || name.back() == '.') return false;
    for (auto const label : parts_of(name, '.'))
        if (label.empty() || label.front() == '-' || label.back() == '-' ||
            !std::all_of(label.begin(), label.end(), [](char c) { return c == '-' || is_letter_or_digit(c); }))
            return false;
    return true;
}

/// Seconds, if there is only one way to read the number.
inline std::optional<long long> seconds_of(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    if (std::count(text.begin(), text.end(), '.') == 1 || std::count(text.begin(), text.end(), ',') == 1) return {};
    auto const plain = lower_case(less(text, "_,.' \t"));
    long long number = 0;
    auto const [stop, fault] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
    std::string_view const unit(stop, static_cast<std::size_t>(plain.data() + plain.size() - stop));
    if (fault != std::errc{} || number > 9'999'999'999 || number < 0) return {};
    if (unit.empty() || unit == "s" || unit.starts_with("sec")) return number;
    if (unit.starts_with("min")) return number * 60;
    if (unit == "h" || unit.starts_with("hour")) return number * 3600;
    if (unit == "d" || unit.starts_with("day")) return number * 86400;
    if (unit == "w" || unit.starts_with("week")) return number * 604800;
    return {};
}

/// Whether a text is an address of a rua beyond doubt.
inline bool is_plain_address(std::string_view text) {
    return (text.starts_with("mailto:") || text.starts_with("https://")) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_one_of(c, ":/@.") || is_letter_or_digit(c); });
}

/// Whether a part occurs in a text with nothing adjacent that could belong to it.
inline bool stands_alone(std::string_view text, std::string_view part, std::string_view limits) {
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) {
        auto const end = at + part.size();
        if ((at == 0 || is_one_of(text[at - 1], limits)) && (end == text.size() || is_one_of(text[end], limits)))
            return true;
    }
    return false;
}

/// The letters and digits that a value begins with, in lower case.
inline std::string first_word(std::string_view value) {
    return lower_case(std::string(value.begin(), std::find_if_not(value.begin(), value.end(), is_letter_or_digit)));
}
