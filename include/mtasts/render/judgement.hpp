// SPDX-License-Identifier: BSL-1.0
/// The input of the renderers: one text with all findings about it, and the style.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/finding/finding.hpp>
#include <mtasts/lint/quirks.hpp>
#include <mtasts/model/document.hpp>

namespace mtasts {

/// One text, and all findings about it.
struct judgement {
    /// The name of the input, such as a file's.
    std::string input;
    /// The kind of the text, such as "sts-policy".
    std::string kind;
    /// The text in which the findings have their place.
    std::string_view text;
    bool usable = false;
    /// The value as JSON; empty if the text is not usable.
    std::string value_json;
    mtasts::findings const* findings = nullptr;
    /// For JSON: the JSON pointer (RFC 6901) of each finding's place, in their order; else empty.
    std::vector<std::string> pointers = {};

    /// The reporters' quirk that a finding is a sign of, or nullptr. Only for reports: times and addresses occur
    /// elsewhere too.
    detail::quirk const* quirk_in(finding const& f) const {
        return !pointers.empty() || f.means().slug.starts_with("report-") ? detail::quirk_of(f.code) : nullptr;
    }
};

/// A parsed or checked text, ready to be rendered; it has to outlive the judgement. `input` names it in the output:
/// without one, a checked text goes by its kind.
/// Example: `mtasts::judgement_of(record).usable`
template <class T>
judgement judgement_of(parsed<T> const& result, std::string_view text, std::string input = "<text>") {
    return {std::move(input), "", text, result.usable(), "", &result.findings, {}};
}
template <class T>
judgement judgement_of(checked<T> const& result, std::string input = {}) {
    std::string kind(to_text(result.kind));
    auto one = judgement_of(result, result.text, input.empty() ? kind : std::move(input));
    one.kind = std::move(kind);
    if (result.pointers != nullptr) one.pointers = result.pointers(result.text, result.findings);
    return one;
}

/// A finding together with the text it is about, which its words and its place need.
/// Example: `auto const line = fmt::format("{}", mtasts::finding_in{f, text});`
struct finding_in {
    finding const& said;
    std::string_view text;
};

/// Whether to colour; the caller knows whether a terminal is there and NO_COLOR is not set.
/// Example: `mtasts::human_style{}.off().empty() == true`
struct human_style {
    bool colour = false;

    std::string_view on(severity level) const {
        if (!colour) return "";
        return level == severity::error ? "\x1B[1;31m" : level == severity::warning ? "\x1B[1;33m" : "\x1B[1;36m";
    }
    std::string_view off() const { return colour ? "\x1B[0m" : ""; }
};

}  // namespace mtasts
