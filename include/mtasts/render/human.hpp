// SPDX-License-Identifier: BSL-1.0
/// Findings for people: message, line, caret, clause, what was expected, advice.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include <mtasts/write/fmt.hpp>

#include <mtasts/lint/fix.hpp>
#include <mtasts/render/checked.hpp>
#include <mtasts/render/judgement.hpp>
#include <mtasts/render/message.hpp>
#include <mtasts/render/place.hpp>

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
        auto const text = lines.line_of(f.where.offset);
        auto const shown = detail::show_line(
            text, (std::min)(f.where.offset, judged.text.size()) - detail::span_of(judged.text, text).offset,
            f.where.length);
        auto const number = std::to_string(line);
        auto const margin = std::string(number.size(), ' ');
        out += fmt::format("{}:{}:{}: {}{}:{} {} [{}]\n", visible(judged.input), line, column, style.on(f.severity()),
                           to_text(f.severity()), style.off(), message_of(f, judged.text), f.means().slug);
        out += fmt::format(" {} | {}\n {} | {}{}{}\n", number, shown.text, margin, style.on(f.severity()), shown.carets,
                           style.off());
        // The pointer to the whole text says nothing.
        if (pointer != judged.pointers.end() && !(pointer++)->empty())
            out += fmt::format(" {} = at {}\n", margin, visible(*std::prev(pointer)));
        out += fmt::format(" {} = {}: {}\n", margin, f.clause(), advice_of(f, judged.text));
        if (auto const* const known = judged.quirk_in(f))
            out += fmt::format(" {} = seen from {} ({})\n", margin, known->seen_from, known->name);
        if (auto const wanted = expected_text(f, judged.text); !wanted.empty())
            out += fmt::format(" {} = expected {}\n", margin, wanted);
        if (auto const fix = fix_of(f, judged.text)) {
            auto const from = visible_excerpt(fix->where.of(judged.text)), to = visible_excerpt(fix->text);
            if (to.empty()) out += fmt::format(" {} = fix: remove \"{}\"\n", margin, from);
            else if (from.empty()) out += fmt::format(" {} = fix: insert \"{}\"\n", margin, to);
            else out += fmt::format(" {} = fix: write \"{}\" for \"{}\"\n", margin, to, from);
        }
    }
    return out;
}

}  // namespace mtasts
