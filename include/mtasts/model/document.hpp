// SPDX-License-Identifier: BSL-1.0
/// The kinds of document in MTA-STS and TLS-RPT, and the result of checking one.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mtasts/finding/finding.hpp>

namespace mtasts {

/// The kind of a text: a row of documents.def.
enum class document : std::uint8_t {
#define DOCUMENT(kind, ...) kind,
#include <mtasts/model/documents.def>
};

/// The names of all kinds, in their order; `to_text` gives the one of a kind.
inline constexpr auto document_names = std::to_array<std::string_view>({
#define DOCUMENT(kind, name, ...) name,
#include <mtasts/model/documents.def>
});

/// The name of a kind, a mode or another enumerator.
/// Example: `static_assert(to_text(mtasts::document::sts_policy) == "sts-policy");`
constexpr std::string_view to_text(document kind) { return document_names[static_cast<std::size_t>(kind)]; }

/// The kind with a name; nothing for any other text.
/// Example: `static_assert(mtasts::document_named("sts-policy") == mtasts::document::sts_policy);`
constexpr std::optional<document> document_named(std::string_view name) {
    for (std::size_t i = 0; i != document_names.size(); ++i)
        if (document_names[i] == name) return static_cast<document>(i);
    return std::nullopt;
}

/// The result of a `check_x`: besides the value and the findings, the text that they are views of, and the kind it was
/// checked as. That is all that render/ needs.
/// Example: `static_assert(mtasts::check_sts_record("v=STSv1; id=1").kind == mtasts::document::sts_record);`
template <class T>
struct checked : parsed<T> {
    /// The text in which the findings have their place.
    std::string_view text = {};
    document kind = document::sts_policy;
    /// For JSON: gives the JSON pointer (RFC 6901) of each finding's place, in their order.
    std::vector<std::string> (*pointers)(std::string_view text, findings const& found) = nullptr;
};

}  // namespace mtasts
