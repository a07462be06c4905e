// SPDX-License-Identifier: BSL-1.0
/// Findings as annotations of a GitHub workflow.
#pragma once
#include <iterator>
#include <string>
#include <string_view>

#include <mtasts/render/checked.hpp>
#include <mtasts/render/judgement.hpp>
#include <mtasts/render/message.hpp>
#include <mtasts/render/place.hpp>
#include <mtasts/text/joined.hpp>
#include <mtasts/text/percent.hpp>

namespace mtasts {

namespace detail {

/// A workflow command's text, or one of its properties, in which ":" and "," are escaped too.
inline std::string github_escaped(std::string_view text, bool property) {
    std::string out;
    for (char const c : visible(text)) {
        if (c == '%' || (property && (c == ':' || c == ','))) out += text::percent_encoded(c);
        else out += c;
    }
    return out;
}

}  // namespace detail

/// Renders one annotation per line: `::error file=...,line=...,col=...,title=...::message`.
inline std::string render_github(judgement const& judged) {
    std::string out;
    line_index const lines(judged.text);
    for (auto pointer = judged.pointers.begin(); auto const& f : *judged.findings) {
        auto const [line, column] = lines.locate(f.where.offset);
        auto where = std::string(f.clause());
        if (pointer != judged.pointers.end() && !(pointer++)->empty()) where += " at " + *std::prev(pointer);
        out += text::joined({"::", f.severity() == severity::note ? "notice" : to_text(f.severity()),
                             " file=", detail::github_escaped(judged.input, true), ",line=", std::to_string(line),
                             ",col=", std::to_string(column), ",title=", f.means().slug,
                             "::", detail::github_escaped(detail::message_and_advice(f, judged.text), false), " (",
                             detail::github_escaped(where, false), ")\n"});
    }
    return out;
}

}  // namespace mtasts
