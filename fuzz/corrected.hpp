// SPDX-License-Identifier: BSL-1.0
/// The corrections of a text, and the options that a first octet chooses.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/lint/fix.hpp>
#include <mtasts/parse/options.hpp>

#include "promises.hpp"

inline mtasts::parse_options options_of(std::size_t choice) {
    return {.lenient = choice % 2 != 0, .skip_malformed_mx = choice / 2 != 0};
}

/// A text after each of its corrections alone, as findings offer them.
inline std::vector<std::string> shown_corrections(std::string_view text, mtasts::findings const& found) {
    std::vector<std::string> texts;
    for (auto const& f : found)
        if (auto const fix = mtasts::fix_of(f, text)) texts.push_back(mtasts::with_edits(text, {*fix}));
    return texts;
}

/// The same, and the text after all corrections; without the text itself.
template <class FindingsOf>
std::vector<std::string> corrected_texts(std::string_view text, FindingsOf findings_of) {
    auto texts = shown_corrections(text, findings_of(text));
    texts.push_back(mtasts::fixed_text(text, findings_of));
    std::erase(texts, text);
    return texts;
}
