// SPDX-License-Identifier: BSL-1.0
/// Policies that are legal but unwise.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <vector>

#include <mtasts/decide/mx_match.hpp>
#include <mtasts/lint/contradiction.hpp>
#include <mtasts/lint/field_names.hpp>
#include <mtasts/lint/host.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>

namespace mtasts {

namespace detail {

/// RFC 8461 3.2, 10.2: a max_age below a week gets a warning, below two weeks a note.
inline constexpr std::chrono::seconds short_max_age{604800}, modest_max_age{1209600};

/// mx patterns that occur twice, or that a wildcard of the same policy already covers.
constexpr void lint_repeated_mx(std::string_view text, sts_policy const& policy, findings& found) {
    auto sorted = policy.mx;
    std::sort(sorted.begin(), sorted.end(), [&](mx_pattern a, mx_pattern b) {
        return text::less_ignoring_case(a.text, b.text) ||
               (!text::less_ignoring_case(b.text, a.text) && a.text.data() < b.text.data());
    });
    for (std::size_t i = 1; i < sorted.size(); ++i)
        if (text::equal_ignoring_case(sorted[i].text, sorted[i - 1].text))
            found.push_back({code::policy_mx_duplicate, span_of(text, sorted[i].text)});
    std::vector<mx_pattern> wildcards;
    for (auto const pattern : sorted)
        if (pattern.wildcard()) wildcards.push_back(pattern);
    std::sort(wildcards.begin(), wildcards.end(),
              [&](mx_pattern a, mx_pattern b) { return text::less_ignoring_case(a.domain(), b.domain()); });
    for (auto const pattern : policy.mx) {
        auto const dot = pattern.text.find('.');
        if (pattern.wildcard() || dot == pattern.text.npos) continue;
        auto const parent = pattern.text.substr(dot + 1);
        auto const cover =
            std::lower_bound(wildcards.begin(), wildcards.end(), parent, [&](mx_pattern a, std::string_view domain) {
                return text::less_ignoring_case(a.domain(), domain);
            });
        if (cover != wildcards.end() && mx_matches(*cover, pattern.text))
            found.push_back({code::policy_mx_redundant, span_of(text, pattern.text), cover->text});
    }
}

/// RFC 8461 3.2, 10.2: lints the max_age of a usable policy.
constexpr void lint_max_age(std::string_view text, sts_policy const& policy, findings& found) {
    auto const digits = text::first_policy_value(text, "max_age");
    if (digits.empty()) return;
    auto const say = [&](code what) { found.push_back({what, span_of(text, digits)}); };
    if (digits.size() > 1 && digits.front() == '0') say(code::policy_max_age_zeros);
    if (policy.mode == policy_mode::none) return;
    if (policy.max_age == std::chrono::seconds(0)) say(code::policy_max_age_zero);
    else if (policy.max_age < short_max_age) say(code::policy_max_age_short);
    else if (policy.max_age < modest_max_age) say(code::policy_max_age_modest);
}

/// Lints the mode of a usable policy.
constexpr void lint_mode(std::string_view text, sts_policy const& policy, findings& found) {
    if (policy.mode == policy_mode::enforce) return;
    bool const testing = policy.mode == policy_mode::testing;
    if (auto const value = text::first_policy_value(text, "mode"); !value.empty())
        found.push_back({testing ? code::policy_mode_testing : code::policy_mode_none, span_of(text, value)});
    if (!testing && !policy.mx.empty())
        found.push_back({code::policy_none_with_mx, span_of(text, policy.mx.front().text)});
}

/// Lints the form of lines that the grammar allows.
constexpr void lint_policy_lines(std::string_view text, findings& found) {
    auto const say = [&](code what, std::string_view where) { found.push_back({what, span_of(text, where)}); };
    std::string_view first_lf;
    bool crlf = false, first = true;
    for (text::policy_lines lines(text); !lines.done(); first = false) {
        auto const line = lines.next();
        if (line.end() == "\n" && first_lf.empty()) first_lf = line.end();
        crlf = crlf || line.end() == "\r\n";
        auto const kept = text::without_trailing_space(line.text);
        if (kept.size() != line.text.size()) say(code::policy_trailing_space, line.text.substr(kept.size()));
        if (!first && line.name == "version" && text.substr(0, 8) != "version:")
            say(code::policy_version_not_first, line.text);
    }
    if (!first_lf.empty()) say(crlf ? code::policy_line_ends_mixed : code::policy_line_feed, first_lf);
}

/// Which findings about an unusable policy can be corrected; shows contradictions, which rule out any correction.
constexpr void lint_corrections(std::string_view text, findings& found) {
    single_fields const stated(text);
    bool reported = false;
    for (auto& said : found) {
        // An empty field can be removed if the name has a value elsewhere.
        if (said.code == code::policy_value_empty) said.correctable = stated.states(said.where.of(text));
        if (stated.conflict().empty()) continue;
        said.correctable = false;
        reported = reported || said.where.offset == span_of(text, stated.conflict()).offset;
    }
    if (!reported && !stated.conflict().empty())
        found.push_back({code::policy_field_duplicate, span_of(text, stated.conflict()), stated.conflict_name()});
}

/// Unknown fields, and the known ones they were probably meant to be.
constexpr void lint_policy_extensions(std::string_view text, parsed<sts_policy>& policy) {
    auto& found = policy.findings;
    bool const version = policy.has(code::policy_version_missing), mode = policy.has(code::policy_mode_missing),
               max_age = policy.has(code::policy_max_age_missing);
    auto const missing = [&](std::string_view name) {
        return name == "version" ? version : name == "mode" ? mode : name == "max_age" && max_age;
    };
    bool version_misspelt = false;
    for (auto const& field : policy.value.extensions) {
        auto const where = span_of(text, field.name);
        if (auto const meant = meant_name(field.name, policy_field_names); !meant.empty()) {
            // A misspelt mx is a host that is missing, or one that must not be trusted: a machine cannot know. Any
            // other known field is reported as missing anyway, or present already.
            bool const case_only = text::equal_ignoring_case(field.name, meant) && meant != "mx";
            found.push_back({case_only ? code::policy_name_case : code::policy_name_typo, where, meant});
            found.back().correctable = missing(meant);
            version_misspelt = version_misspelt || meant == "version";
        } else if (field.name == "id") {
            found.push_back({code::policy_record_field, where});
        } else {
            found.push_back({code::policy_extension, where});
        }
    }
    // The misspelt line is corrected; no other is added.
    for (auto& said : found)
        if (version_misspelt && said.code == code::policy_version_missing) said.correctable = false;
}

}  // namespace detail

/// Appends the findings about a policy beyond its syntax.
///
/// `policy` is what `parse_sts_policy` made of the text. Findings: policy-*, mx-* and host-* notes and warnings.
/// Example: `mtasts::lint_sts_policy(text, policy);`
constexpr void lint_sts_policy(std::string_view text, parsed<sts_policy>& policy) {
    auto& found = policy.findings;
    auto const& value = policy.value;
    bool const usable = policy.usable();
    detail::lint_policy_extensions(text, policy);
    for (auto const pattern : value.mx) lint_mx_pattern(text, pattern, found);
    detail::lint_repeated_mx(text, value, found);
    if (usable) {
        detail::lint_max_age(text, value, found);
        detail::lint_mode(text, value, found);
        detail::lint_policy_lines(text, found);
    } else {
        detail::lint_corrections(text, found);
    }
    sort_by_place(found);
}

}  // namespace mtasts
