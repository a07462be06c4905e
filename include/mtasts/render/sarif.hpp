// SPDX-License-Identifier: BSL-1.0
/// Findings as SARIF 2.1.0, for code scanning.
#pragma once
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <mtasts/write/fmt.hpp>

#include <mtasts/render/checked.hpp>
#include <mtasts/render/json.hpp>

namespace mtasts {

namespace detail {

/// A rule: the meaning of a code, with dots for the placeholders of its words.
inline std::string sarif_rule(meaning const& row) {
    auto const plain = [](std::string_view words) { return json_string(without_placeholders(words)); };
    return fmt::format(
        R"({{"id":"{}","shortDescription":{{"text":{}}},"help":{{"text":{}}},"defaultConfiguration":{{"level":"{}"}},"properties":{{"clause":"{}"}}}})",
        row.slug, plain(row.message), plain(row.advice), to_text(row.weight.severity), row.clause);
}

/// A region by lines and columns in code points; the end column is the one after the last character.
inline std::string sarif_region(text_span where, line_index const& lines) {
    auto const begin = lines.locate(where.offset), end = lines.locate(where.end());
    return fmt::format(R"({{"startLine":{},"startColumn":{},"endLine":{},"endColumn":{}}})", begin.line, begin.column,
                       end.line, end.column);
}

/// For a report: the JSON pointer as a logical location, and the reporters' quirk as a property.
inline std::string sarif_result(judgement const& j, finding const& f, line_index const& lines,
                                std::string const* pointer) {
    auto const uri = json_string(uri_path(j.input));
    std::string replacements;
    if (auto const fix = fix_of(f, j.text))
        replacements = fmt::format(
            R"(,"fixes":[{{"description":{{"text":{}}},"artifactChanges":[{{"artifactLocation":{{"uri":{}}},"replacements":[{{"deletedRegion":{},"insertedContent":{{"text":{}}}}}]}}]}}])",
            json_string(advice_of(f, j.text)), uri, sarif_region(fix->where, lines), json_string(fix->text));
    std::string logical, properties;
    if (pointer != nullptr)
        logical = fmt::format(R"(,"logicalLocations":[{{"fullyQualifiedName":{}}}])", json_string(*pointer));
    if (auto const* const known = j.quirk_in(f))
        properties = fmt::format(R"(,"properties":{{"quirk":{},"seenFrom":{}}})", json_string(known->name),
                                 json_string(known->seen_from));
    return fmt::format(
        R"({{"ruleId":"{}","level":"{}","message":{{"text":{}}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":{}}},"region":{}}}{}}}]{}{}}})",
        f.means().slug, to_text(f.severity()), json_string(detail::message_and_advice(f, j.text)), uri,
        sarif_region(f.where, lines), logical, properties, replacements);
}

}  // namespace detail

/// Renders one SARIF log with one run.
inline std::string render_sarif(std::span<judgement const> judged) {
    std::set<code> used;
    std::string results;
    for (auto const& j : judged) {
        line_index const lines(j.text);
        for (auto pointer = j.pointers.begin(); auto const& f : *j.findings) {
            used.insert(f.code);
            if (!results.empty()) results += ',';
            results += detail::sarif_result(j, f, lines, pointer == j.pointers.end() ? nullptr : &*pointer++);
        }
    }
    return fmt::format(
               R"({{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"mtasts","rules":{}}}}},"columnKind":"unicodeCodePoints","results":[{}]}}]}})",
               json_array(used, [](code what) { return detail::sarif_rule(meaning_of(what)); }), results) +
           "\n";
}

}  // namespace mtasts
