// SPDX-License-Identifier: BSL-1.0
/// A table of texts, read twice: by the walk in constant expressions and by X3 at run time.
#pragma once
#include <catch2/catch.hpp>
#include <mtasts.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace mtasts {

// For Catch's messages.
inline std::ostream& operator<<(std::ostream& out, code what) { return out << meaning_of(what).slug; }
inline std::ostream& operator<<(std::ostream& out, text_span where) {
    return out << where.offset << '+' << where.length;
}

}  // namespace mtasts

namespace rows {

using namespace std::string_literals;
using namespace std::string_view_literals;
using mtasts::code;
using mtasts::text_span;

/// A text, whether a strict consumer may use it, and what its first finding is, if it has any.
struct row {
    std::string_view text;
    bool usable = false;
    std::optional<mtasts::code> first{};
    std::optional<mtasts::text_span> where{};
};

inline constexpr bool usable = true, refused = false;

template <auto Parse>
constexpr bool holds(row const& expected) {
    auto const read = Parse(expected.text, {});
    if (read.usable() != expected.usable) return false;
    if (!expected.first) return read.findings.empty();
    if (read.findings.empty() || read.findings.front().code != *expected.first) return false;
    return !expected.where || read.findings.front().where == *expected.where;
}

/// A row is a constant expression of its own, so that no table is too long for a compiler's limit on steps.
template <auto Parse, auto const& Rows, std::size_t Index>
constexpr bool walked_row() {
    static_assert(holds<Parse>(Rows[Index]), "see Index for the row");
    return true;
}
template <auto Parse, auto const& Rows>
constexpr bool walked() {
    return []<std::size_t... Index>(std::index_sequence<Index...>) { return (walked_row<Parse, Rows, Index>() && ...); }
    (std::make_index_sequence<std::size(Rows)>{});
}

/// The same at run time, with a message for what does not hold.
template <auto Parse, std::size_t Count>
void match(row const (&table)[Count]) {
    for (auto const& expected : table) {
        auto const read = Parse(expected.text, {});
        INFO("text: " << expected.text);
        CHECK(read.usable() == expected.usable);
        if (!expected.first) {
            INFO("first finding: " << (read.findings.empty() ? std::string_view("none")
                                                             : read.findings.front().means().slug));
            CHECK(read.findings.empty());
            continue;
        }
        REQUIRE(!read.findings.empty());
        CHECK(read.findings.front().code == *expected.first);
        if (expected.where) CHECK(read.findings.front().where == *expected.where);
        for (auto const& said : read.findings) CHECK(said.where.end() <= expected.text.size());
    }
}

}  // namespace rows
