// SPDX-License-Identifier: BSL-1.0
/// RFC 8461, RFC 8460: every row of model/documents.def has its functions, under its name.
#include "rows.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>

using namespace rows;

namespace {

/// "sts_policy" as "sts-policy".
std::string dashed(std::string_view kind) {
    std::string name(kind);
    std::replace(name.begin(), name.end(), '_', '-');
    return name;
}

/// The parser and the check of a kind read `text` as a `Value`, and the check says what it was read as.
template <class Value, class Parsed, class Checked>
void read_as(mtasts::document kind, Parsed const&, Checked const& checked) {
    static_assert(std::is_same_v<Parsed, mtasts::parsed<Value>>);
    static_assert(std::is_same_v<Checked, mtasts::checked<Value>>);
    CHECK(checked.kind == kind);
    CHECK_FALSE(checked.usable());
}

}  // namespace

TEST_CASE("RFC 8461, RFC 8460: the name of a kind of document is that of its functions, with dashes") {
    auto const same = [](mtasts::document kind, std::string_view identifier) {
        CHECK(to_text(kind) == dashed(identifier));
        CHECK(mtasts::document_named(dashed(identifier)) == kind);
    };
#define DOCUMENT(kind, ...) same(mtasts::document::kind, #kind);
#include <mtasts/model/documents.def>
    CHECK_FALSE(mtasts::document_named("sts_policy"));
    CHECK_FALSE(mtasts::document_named(""));
}

TEST_CASE("RFC 8461, RFC 8460: every kind of document is parsed and checked as its value") {
    mtasts::txt_rrset const records{{"!"}};
#define DOCUMENT(kind, ...) \
    read_as<mtasts::kind>(mtasts::document::kind, mtasts::parse_##kind("!"), mtasts::check_##kind("!"));
#define DOCUMENT_RRSET(kind, name, value) \
    read_as<mtasts::value>(mtasts::document::kind, mtasts::parse_##kind(records), mtasts::check_##kind(records));
#define DOCUMENT_JSON(kind, ...) DOCUMENT(kind)
#include <mtasts/model/documents.def>
}
