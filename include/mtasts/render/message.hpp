// SPDX-License-Identifier: BSL-1.0
/// A finding in words.
#pragma once
#include <string>
#include <string_view>

#include <mtasts/finding/finding.hpp>
#include <mtasts/name/a_labels.hpp>
#include <mtasts/name/ip_text.hpp>
#include <mtasts/render/escape.hpp>

namespace mtasts {

namespace detail {

/// The text for "{detail}" in a finding's words.
inline std::string detail_text(finding const& f, std::string_view text) {
    auto const found = f.where.of(text);
    switch (f.means().detail) {
        case detail_source::offset: return std::to_string(f.where.offset);
        case detail_source::length: return std::to_string(f.where.length);
        case detail_source::a_labels: {
            auto const ascii = to_a_labels(found);
            return ascii ? std::string(ascii->view()) : "";
        }
        case detail_source::canonical_address: return std::string(to_text(ip_address_of(found)).view());
        case detail_source::given: break;
    }
    return visible_excerpt(f.detail);
}

/// Words from the table of meanings with "{text}" and "{detail}" filled in; safe for a terminal.
inline std::string filled_in(std::string_view words, finding const& f, std::string_view text) {
    std::string out;
    while (!words.empty()) {
        auto const brace = words.find('{');
        out += words.substr(0, brace);
        if (brace == words.npos) break;
        words.remove_prefix(brace);
        bool const is_text = words.starts_with("{text}");
        if (is_text) out += '"' + visible_excerpt(f.where.of(text)) + '"';
        else out += detail::detail_text(f, text);
        words.remove_prefix(is_text ? std::string_view("{text}").size() : std::string_view("{detail}").size());
    }
    return out;
}

}  // namespace detail

/// Words from the table of meanings with "..." for what a finding would fill in.
inline std::string without_placeholders(std::string_view words) {
    std::string out;
    for (bool inside = false; char const c : words) {
        if (c == '{') out += "...";
        else if (!inside && c != '}') out += c;
        inside = c == '{' || (inside && c != '}');
    }
    return out;
}

/// The message of a finding, in one sentence.
/// Example: `mtasts::message_of(f, text)`
inline std::string message_of(finding const& f, std::string_view text) {
    return detail::filled_in(f.means().message, f, text);
}

/// The advice of a finding.
/// Example: `!mtasts::advice_of(f, text).empty()`
inline std::string advice_of(finding const& f, std::string_view text) {
    return detail::filled_in(f.means().advice, f, text);
}

namespace detail {

/// Both, as one paragraph.
/// Example: `mtasts::detail::message_and_advice(f, text).starts_with(mtasts::message_of(f, text))`
inline std::string message_and_advice(finding const& f, std::string_view text) {
    auto message = message_of(f, text);
    if (!message.ends_with('?')) message += '.';
    return message + ' ' + advice_of(f, text);
}

}  // namespace detail

/// What the grammar would have accepted, as a list for people; empty if nothing is known.
/// Example: `mtasts::expected_text(f, text).empty()`
inline std::string expected_text(finding const& f, std::string_view text) {
    auto const [offset, wanted] = f.expected_in(text);
    // Expectations for another place than the caret's would only confuse.
    if (offset < f.where.offset || offset > f.where.end()) return {};
    std::string out;
    for (std::size_t i = 0; i != wanted.size(); ++i) {
        if (i != 0) out += i + 1 == wanted.size() ? " or " : ", ";
        out += wanted[i].literal ? '"' + visible(wanted[i].text) + '"' : std::string(wanted[i].text);
    }
    return out;
}

}  // namespace mtasts
