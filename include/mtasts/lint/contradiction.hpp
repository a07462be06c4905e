// SPDX-License-Identifier: BSL-1.0
/// Texts with conflicting values for a field that may occur once: a machine cannot know which is meant.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <mtasts/lint/field_names.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>

namespace mtasts {

namespace detail {

/// The fields of which only the first occurrence counts (RFC 8461 3.2), as this library also reads the TLS-RPT record.
inline constexpr auto single_field_names =
    std::to_array<std::string_view>({"version", "mode", "max_age", "v", "id", "rua"});

/// The values a policy or record gives for these fields, however the names and values are spelt.
class single_fields {
  public:
    constexpr explicit single_fields(std::string_view text) {
        if (constexpr std::string_view bom = "\xEF\xBB\xBF"; text.starts_with(bom)) text.remove_prefix(bom.size());
        for (text::policy_lines lines(text); !lines.done();) {
            auto const line = text::trimmed(lines.next().text);
            if (line.starts_with('#') || line.starts_with("//") || line.starts_with(';')) continue;
            auto const comment = (std::min)(line.find(" #"), line.find("\t#"));
            text::for_each_piece(line.substr(0, comment), ';',
                                 [&](std::string_view field) { take(text::trimmed(field)); });
        }
    }

    /// The first field that conflicts with an earlier one, and its intended name; empty if there is none.
    constexpr std::string_view conflict() const { return conflict_; }
    constexpr std::string_view conflict_name() const { return conflict_name_; }

    /// Whether a field of this name has a value.
    constexpr bool states(std::string_view name) const {
        auto const index = index_of(name);
        return index != values_.size() && !values_[index].empty();
    }

    /// Whether one more field would not conflict with these.
    constexpr bool agrees(std::string_view field) const {
        auto with_field = *this;
        with_field.conflict_ = {};
        with_field.take(text::trimmed(field));
        return with_field.conflict_.empty();
    }

  private:
    static constexpr std::size_t index_of(std::string_view name) {
        return static_cast<std::size_t>(std::find(single_field_names.begin(), single_field_names.end(), name) -
                                        single_field_names.begin());
    }
    /// Without blanks and quotation marks around the value.
    static constexpr std::string_view bare(std::string_view value) {
        constexpr std::string_view around = " \t\"'\\";
        value.remove_prefix((std::min)(value.find_first_not_of(around), value.size()));
        return value.substr(0, value.find_last_not_of(around) + 1);
    }

    constexpr void take(std::string_view field) {
        auto const delimiter = field.find_first_of(":=");
        if (delimiter == field.npos) return;
        auto const meant = meant_name(bare(field.substr(0, delimiter)), single_field_names);
        auto const value = bare(field.substr(delimiter + 1));
        if (meant.empty() || value.empty()) return;
        auto& said = values_[index_of(meant)];
        if (said.empty()) said = value;
        // RFC 8461 3.1: ids are compared as they are; so are addresses.
        bool const exact = meant == "id" || meant == "rua";
        bool const same = exact ? value == said : text::equal_ignoring_case(value, said);
        if (!same && conflict_.empty()) conflict_ = field, conflict_name_ = meant;
    }

    std::array<std::string_view, single_field_names.size()> values_{};
    std::string_view conflict_, conflict_name_;
};

}  // namespace detail

/// Whether a text has conflicting values for a field; then nothing in it is corrected.
/// Example: `static_assert(mtasts::contradicts_itself("mode : none\nmode: enforce\n"));`
constexpr bool contradicts_itself(std::string_view text) { return !detail::single_fields(text).conflict().empty(); }

}  // namespace mtasts
