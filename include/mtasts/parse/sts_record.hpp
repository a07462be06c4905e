// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1: the TXT record at `_mta-sts.<policy domain>`.
#pragma once
#include <array>
#include <string_view>

#include <mtasts/grammar/sts_record.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/parse/drop_repeated.hpp>
#include <mtasts/parse/txt_record.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

namespace id_table {

using namespace fault_table;
using enum code;

constexpr octets too_long(plain const& id) {
    return only_if(text::all_octets(id.text, text::is_alphanumeric), id.text);
}
constexpr octets space_before_field(plain const& id) {
    auto const odd = text::find_octet(id.text, no<text::is_alphanumeric>);
    return only_if(text::is_space(id.text[odd]) && id.text.find('=', odd) != id.text.npos, at(id.text, odd));
}
constexpr octets final_backslash(plain const& id) {
    auto const odd = text::find_octet(id.text, no<text::is_alphanumeric>);
    return only_if(id.text[odd] == '\\' && odd + 1 == id.text.size(), at(id.text, odd));
}

inline constexpr auto rows = std::to_array<row<plain>>({
    {empty, record_id_empty, whole},
    {too_long, record_id_long, whole},
    {front<text::is_space>, record_equals_spaced, found},
    {space_before_field, record_semicolon_missing, found},
    {final_backslash, record_backslash, found},
    {first<no<text::is_alphanumeric>>, record_id_characters, found},
});

}  // namespace id_table

struct sts_dialect {
    static constexpr std::string_view version = "v=STSv1";
    static constexpr std::string_view prefix = "v=STSv1;";
    static constexpr std::string_view other_version = "v=TLSRPTv1";
    static constexpr std::string_view key = "id";
    static constexpr std::string_view clause = "RFC 8461 3.1";
    static constexpr std::string_view wanted_field = "id= and 1 to 32 letters and digits";
    static constexpr std::string_view example = "v=STSv1; id=20160831085700Z;";
    using key_event = grammar::event<"sts-id">;
    using extension_event = grammar::event<"sts-extension">;
    static constexpr auto const& record = grammar::sts_text_record;
    static constexpr auto const& field = grammar::sts_field_alone;

    /// Explains the fault of an id= field.
    template <class Say>
    static constexpr void explain_key(std::string_view whole, txt_field const& given, Say say) {
        auto const said = *fault_table::first_fault(id_table::rows, {given.value}, whole);
        say(with_expectation<grammar::sts_id>(said, whole, given.text));
    }
};

}  // namespace detail

/// Reads an `_mta-sts` TXT record, its strings already joined (RFC 8461 3.1).
///
/// The first `id` counts. Findings: the record-* codes; `usable()` means that a sending MTA may use the id.
/// Example: `static_assert(mtasts::parse_sts_record("v=STSv1; id=20160831085700Z;").value.id == "20160831085700Z");`
constexpr parsed<sts_record> parse_sts_record(kept_text text, parse_options const& options = {}) {
    parsed<sts_record> result;
    auto& found = result.findings;
    if (detail::too_large(text, options, found)) return result;
    bool id_seen = false;
    auto const say = [&](code what, std::string_view where) { found.push_back({what, detail::span_of(text, where)}); };
    auto const take = [&](detail::txt_field const& field) {
        if (field.name == detail::sts_dialect::key) {
            if (id_seen) say(code::record_id_duplicate, field.text);
            else if (field.wellformed) result.value.id = field.value;
            else if (!field.explained)
                detail::sts_dialect::explain_key(text, field, [&](finding said) { found.push_back(said); });
            id_seen = true;
        } else if (field.explained) {
            return;
        } else if (field.name == "v") {
            say(code::record_duplicate_version, field.text);
        } else {
            result.value.extensions.push_back({field.name, field.value});
        }
    };
    detail::txt_record_reader<detail::sts_dialect>(text, found).for_each_field(take, [&] {
        result = {};
        id_seen = false;
    });
    detail::drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        found.push_back(
            {code::record_duplicate_field, detail::span_of(text, ignored.name, ignored.value), ignored.name});
    });
    if (!id_seen && result.usable()) found.push_back({code::record_id_missing, {text.size(), 0}});
    sort_by_place(found);
    return result;
}

/// Reads the TXT records found at `_mta-sts.<policy domain>` (RFC 8461 3.1): first filters them by the literal prefix,
/// then counts them, then parses the only one.
///
/// Findings: the rrset-* and record-* codes, with their place in `records.text()`. Views are into `records`.
/// Example: `static_assert(mtasts::parse_sts_rrset({{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}}).usable());`
constexpr parsed<sts_record> parse_sts_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return detail::parse_selected<detail::sts_dialect>(
        records, [&](std::string_view text) { return parse_sts_record(text, options); });
}

}  // namespace mtasts
