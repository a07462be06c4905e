// SPDX-License-Identifier: BSL-1.0
/// Findings as SARIF 2.1.0, for code scanning.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <mtasts/render/checked.hpp>
#include <mtasts/render/json.hpp>
#include <mtasts/text/joined.hpp>

namespace mtasts {

namespace detail {

inline std::string sarif_text(std::string_view text) { return json_object({{"text", json_string(text)}}); }

/// A rule: the meaning of a code, with dots for the placeholders of its words.
inline std::string sarif_rule(meaning const& row) {
    return json_object({{"id", json_string(row.slug)},
                        {"shortDescription", sarif_text(without_placeholders(row.message))},
                        {"help", sarif_text(without_placeholders(row.advice))},
                        {"defaultConfiguration", json_object({{"level", json_string(to_text(row.weight.severity))}})},
                        {"properties", json_object({{"clause", json_string(row.clause)}})}});
}

/// A region by lines and columns in code points; the end column is the one after the last character.
inline std::string sarif_region(text_span where, line_index const& lines) {
    auto const begin = lines.locate(where.offset), end = lines.locate(where.end());
    return json_object({{"startLine", std::to_string(begin.line)},
                        {"startColumn", std::to_string(begin.column)},
                        {"endLine", std::to_string(end.line)},
                        {"endColumn", std::to_string(end.column)}});
}

/// An array of one item; nothing without it.
inline std::string sarif_array(std::string_view item) { return item.empty() ? "" : text::joined({"[", item, "]"}); }

inline std::string sarif_fix(edit const& made, std::string_view advice, std::string_view file,
                             line_index const& lines) {
    auto const replacement =
        json_object({{"deletedRegion", sarif_region(made.where, lines)}, {"insertedContent", sarif_text(made.text)}});
    auto const change = json_object({{"artifactLocation", file}, {"replacements", sarif_array(replacement)}});
    return json_object({{"description", sarif_text(advice)}, {"artifactChanges", sarif_array(change)}});
}

/// For a report: the JSON pointer as a logical location, and the reporters' quirk as a property.
inline std::string sarif_result(judgement const& j, finding const& f, line_index const& lines,
                                std::string const* pointer) {
    auto const file = json_object({{"uri", json_string(uri_path(j.input))}});
    std::string fix, logical, properties;
    if (auto const made = fix_of(f, j.text)) fix = sarif_fix(*made, advice_of(f, j.text), file, lines);
    if (pointer != nullptr) logical = json_object({{"fullyQualifiedName", json_string(*pointer)}});
    if (auto const* const known = j.quirk_in(f))
        properties = json_object({{"quirk", json_string(known->name)}, {"seenFrom", json_string(known->seen_from)}});
    auto const physical = json_object({{"artifactLocation", file}, {"region", sarif_region(f.where, lines)}});
    auto const location = json_object({{"physicalLocation", physical}, {"logicalLocations", sarif_array(logical)}});
    return json_object({{"ruleId", json_string(f.means().slug)},
                        {"level", json_string(to_text(f.severity()))},
                        {"message", sarif_text(message_and_advice(f, j.text))},
                        {"locations", sarif_array(location)},
                        {"properties", properties},
                        {"fixes", sarif_array(fix)}});
}

}  // namespace detail

/// Renders one SARIF log with one run.
inline std::string render_sarif(std::span<judgement const> judged) {
    std::array<bool, meanings.size()> used{};
    std::string results;
    for (auto const& j : judged) {
        line_index const lines(j.text);
        for (auto pointer = j.pointers.begin(); auto const& f : *j.findings) {
            used[static_cast<std::size_t>(f.code)] = true;
            if (!results.empty()) results += ',';
            results += detail::sarif_result(j, f, lines, pointer == j.pointers.end() ? nullptr : &*pointer++);
        }
    }
    std::string rules;
    for (auto const& row : meanings)
        if (used[static_cast<std::size_t>(row.code)]) rules += (rules.empty() ? "" : ",") + detail::sarif_rule(row);
    using detail::json_object;
    auto const driver = json_object({{"name", json_string("mtasts")}, {"rules", text::joined({"[", rules, "]"})}});
    auto const run = json_object({{"tool", json_object({{"driver", driver}})},
                                  {"columnKind", json_string("unicodeCodePoints")},
                                  {"results", text::joined({"[", results, "]"})}});
    return json_object({{"$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json")},
                        {"version", json_string("2.1.0")},
                        {"runs", text::joined({"[", run, "]"})}}) +
           '\n';
}

}  // namespace mtasts
