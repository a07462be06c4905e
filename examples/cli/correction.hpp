// SPDX-License-Identifier: BSL-1.0
/// Which corrected texts may be written. Guessing the kind of a text is good enough to lint it, but not to change it.
#pragma once
#include <algorithm>
#include <string_view>
#include <utility>

#include <mtasts/lint/field_names.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>

#include "kinds.hpp"

/// Without a leading byte order mark, blanks and quotation marks.
constexpr std::string_view without_wrapping(std::string_view text) {
    constexpr std::string_view wrapping[] = {"\xEF\xBB\xBF", " ", "\t", "\"", "'", "\u2018", "\u201C", "\u201E"};
    for (bool more = true; std::exchange(more, false);)
        for (auto const piece : wrapping)
            if (text.starts_with(piece)) {
                text.remove_prefix(piece.size());
                more = true;
            }
    return text;
}

/// Whether a value begins with the version as a whole word, in any letter case.
constexpr bool has_version(std::string_view value, std::string_view version) {
    value = without_wrapping(value);
    if (!mtasts::text::starts_ignoring_case(value, version)) return false;
    value.remove_prefix(version.size());
    return value.empty() || !mtasts::text::is_alphanumeric(value.front());
}

/// A field split at its first ":" or "=", as people write either; without a value if there is neither.
struct loose_field {
    std::string_view name, value;

    constexpr explicit loose_field(std::string_view text) {
        text = without_wrapping(text);
        auto const delimiter = std::min(text.find_first_of(":="), text.size());
        name = mtasts::text::trimmed(text.substr(0, delimiter));
        value = text.substr(std::min(delimiter + 1, text.size()));
    }
};

/// RFC 8461 3.1, RFC 8460 3: whether a text identifies itself as a record: it begins with the version.
constexpr bool shows_record(std::string_view text, std::string_view version) {
    loose_field const field(text);
    return mtasts::text::equal_ignoring_case(field.name, "v") && has_version(field.value, version);
}

/// RFC 8461 3.2: whether a text identifies itself as a policy. It begins with a policy field, apart from comments, and
/// has the version line or the file name of RFC 8461 3.2.
constexpr bool shows_policy(std::string_view file_name, std::string_view text) {
    bool const named = file_name.substr(file_name.rfind('/') + 1) == "mta-sts.txt";
    bool has_field = false, version = named;
    // Not a script, and not a record: "v" is also taken for a misspelt "version".
    if (text.starts_with("#!") || shows_record(text, "STSv1")) return false;
    for (mtasts::text::policy_lines lines(text); !lines.done();) {
        auto const line = without_wrapping(lines.next().text);
        if (line.empty() || line.starts_with('#') || line.starts_with("//") || line.starts_with(';')) continue;
        loose_field const field(line);
        auto const meant = mtasts::meant_name(field.name, mtasts::policy_field_names);
        if (!has_field && (meant.empty() || field.value.empty())) return false;
        has_field = true;
        version = version || (meant == "version" && has_version(field.value, "STSv1"));
    }
    return has_field && version;
}

/// Whether a text identifies itself as being of a kind; for most kinds that is impossible.
constexpr bool shows_kind(mtasts::document kind, std::string_view file_name, std::string_view text) {
    switch (kind) {
        case mtasts::document::sts_policy: return shows_policy(file_name, text);
        case mtasts::document::sts_record: return shows_record(text, "STSv1");
        case mtasts::document::tlsrpt_record: return shows_record(text, "TLSRPTv1");
        default: return false;
    }
}

/// Whether there is more than one line, not counting blank lines at either end.
constexpr bool has_several_lines(std::string_view text) {
    constexpr std::string_view ends = "\r\n";
    auto const begin = text.find_first_not_of(ends);
    if (begin == text.npos) return false;
    return text.substr(begin, text.find_last_not_of(ends) - begin).find_first_of(ends) != text.npos;
}

/// The facts about a text and its correction.
struct correction_facts {
    /// Whether the kind was given, by --kind and the like, and whether the text identifies itself.
    bool named = false, shown = false;
    /// Whether there are several lines but the kind has one: there is more in the file than such a text.
    bool too_many_lines = false;
    bool changed = false, usable_before = false, usable_after = false;
};

enum class correction { none_needed, write, unknown_kind, too_many_lines, not_usable };

/// What to do with a correction: it is written only if the kind of the text is certain and the result is usable.
constexpr correction decide_correction(correction_facts const& facts) {
    if (!facts.changed && facts.usable_before) return correction::none_needed;
    if (!facts.named && !facts.shown) return correction::unknown_kind;
    if (facts.too_many_lines) return correction::too_many_lines;
    if (!facts.changed || !facts.usable_after) return correction::not_usable;
    return correction::write;
}
