// SPDX-License-Identifier: BSL-1.0
/// Findings for people: message, line, caret, clause, what was expected, advice.
#pragma once
#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

#include <mtasts/lint/fix.hpp>
#include <mtasts/render/checked.hpp>
#include <mtasts/render/judgement.hpp>
#include <mtasts/render/message.hpp>
#include <mtasts/render/place.hpp>
#include <mtasts/text/joined.hpp>

namespace mtasts {

namespace detail {

/// The part of a long line around a place, escaped, and the caret under the place.
struct shown_line {
    std::string text;
    std::string carets;
};
inline shown_line show_line(std::string_view line, std::size_t begin, std::size_t length) {
    constexpr std::size_t before = 50, after = 50;
    begin = (std::min)(begin, line.size());
    auto first = begin > before ? begin - before : 0;
    auto last = (std::min)(line.size(), (std::max)(begin + (std::min)(length, after), begin + after));
    first = code_point_start(line, first);
    last = code_point_start(line, last);

    shown_line shown;
    if (first != 0) shown.text = "...";
    std::size_t column = shown.text.size(), caret = column, width = 0;
    for (auto at = first; at < last;) {
        auto const unit = first_unit(line.substr(at, last - at));
        if (at < begin) caret += unit.width;
        else if (at < begin + length) width += unit.width;
        shown.text += unit.text;
        at += unit.octets;
    }
    if (last != line.size()) shown.text += "...";
    shown.carets = std::string(caret, ' ') + std::string(std::max<std::size_t>(width, 1), '^');
    return shown;
}

}  // namespace detail

/// Renders findings for people, grouped by place, with the control characters of the text escaped.
inline std::string render_human(judgement const& judged, human_style style = {}) {
    std::string out;
    line_index const lines(judged.text);
    for (auto pointer = judged.pointers.begin(); auto const& f : *judged.findings) {
        auto const [line, column] = lines.locate(f.where.offset);
        auto const line_text = lines.line_of(f.where.offset);
        auto const shown = detail::show_line(
            line_text, (std::min)(f.where.offset, judged.text.size()) - detail::span_of(judged.text, line_text).offset,
            f.where.length);
        auto const number = std::to_string(line);
        auto const margin = std::string(number.size(), ' ');
        auto const add = [&](std::initializer_list<std::string_view> parts) { out += text::joined(parts); };
        // A line below the text, about one thing.
        auto const note = [&](std::string_view said) { add({" ", margin, " = ", said, "\n"}); };
        add({visible(judged.input), ":", number, ":", std::to_string(column), ": ", style.on(f.severity()),
             to_text(f.severity()), ":", style.off(), " ", message_of(f, judged.text), " [", f.means().slug, "]\n"});
        add({" ", number, " | ", shown.text, "\n"});
        add({" ", margin, " | ", style.on(f.severity()), shown.carets, style.off(), "\n"});
        // The pointer to the whole text says nothing.
        if (pointer != judged.pointers.end() && !(pointer++)->empty()) note("at " + visible(*std::prev(pointer)));
        note(text::joined({f.clause(), ": ", advice_of(f, judged.text)}));
        if (auto const* const known = judged.quirk_in(f))
            note(text::joined({"seen from ", known->seen_from, " (", known->name, ")"}));
        if (auto const wanted = expected_text(f, judged.text); !wanted.empty()) note("expected " + wanted);
        if (auto const fix = fix_of(f, judged.text)) {
            auto const from = visible_excerpt(fix->where.of(judged.text)), to = visible_excerpt(fix->text);
            if (to.empty()) note(text::joined({"fix: remove \"", from, "\""}));
            else if (from.empty()) note(text::joined({"fix: insert \"", to, "\""}));
            else note(text::joined({"fix: write \"", to, "\" for \"", from, "\""}));
        }
    }
    return out;
}

}  // namespace mtasts
