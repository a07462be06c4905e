/// RFC 8461 3.1: the TXT record at `_mta-sts.<policy domain>`.
#pragma once
#include <string_view>

#include <mtasts/grammar/sts_record.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/parse/drop_repeated.hpp>
#include <mtasts/parse/txt_record.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

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

    /// What is wrong with an id= field.
    template <class Say>
    static constexpr void explain_key(std::string_view whole, txt_field const& given, Say say) {
        auto const id = given.value;
        auto const at = [&](code what, std::size_t offset, std::size_t length) {
            auto const where = span{span_of(whole, id).offset + offset, length};
            say(with_expectation<grammar::sts_id>({what, where}, whole, given.text));
        };
        if (id.empty()) return at(code::record_id_empty, 0, 0);
        auto const bad = find_octet(id, [](char c) { return !is_alphanumeric(c); });
        if (bad == id.npos) return at(code::record_id_long, 0, id.size());
        auto const space = find_octet(id, is_space);
        if (space == 0) return at(code::record_equals_spaced, 0, 1);
        if (bad == space && id.find('=', space) != id.npos) return at(code::record_semicolon_missing, space, 1);
        if (id[bad] == '\\' && bad + 1 == id.size()) return at(code::record_backslash, bad, 1);
        at(code::record_id_characters, bad, 1);
    }
};

/// Reads an `_mta-sts` TXT record, its strings already joined (RFC 8461 3.1).
///
/// The first `id` counts. Findings: the record-* codes; `usable()` means that a sending MTA may use the id.
/// Example: `static_assert(mtasts::parse_sts_record("v=STSv1; id=20160831085700Z;").value.id == "20160831085700Z");`
constexpr parsed<sts_record> parse_sts_record(std::string_view text, parse_options const& options = {}) {
    parsed<sts_record> result;
    auto& found = result.findings;
    if (too_large(text, options, found)) return result;
    bool id_seen = false;
    auto const take = [&](txt_field const& field) {
        auto const where = span_of(text, field.text);
        if (field.name == sts_dialect::key) {
            if (id_seen) found.push_back({code::record_id_duplicate, where});
            else if (field.wellformed) result.value.id = field.value;
            else if (!field.explained)
                sts_dialect::explain_key(text, field, [&](finding said) { found.push_back(said); });
            id_seen = true;
        } else if (field.explained) {
            return;
        } else if (field.name == "v") {
            found.push_back({code::record_duplicate_version, where});
        } else {
            result.value.extensions.push_back({field.name, field.value});
        }
    };
    txt_record_reader<sts_dialect>(text, found).for_each_field(take, [&] {
        result = {};
        id_seen = false;
    });
    drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        found.push_back({code::record_duplicate_field, span_of(text, ignored.name, ignored.value), ignored.name});
    });
    if (!id_seen && result.usable()) found.push_back({code::record_id_missing, {text.size(), 0}});
    sort_by_place(found);
    return result;
}

/// Reads the TXT records found at `_mta-sts.<policy domain>` (RFC 8461 3.1): the literal prefix filter first, then the
/// count, then the parse.
///
/// Findings: the rrset-* and record-* codes, with their place in `records.text()`. Views are into `records`.
/// Example: `static_assert(mtasts::parse_sts_rrset({{"v=STSv1; i", "d=1"}, {"v=spf1 -all"}}).usable());`
constexpr parsed<sts_record> parse_sts_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return parse_selected<sts_dialect>(records, [&](std::string_view text) { return parse_sts_record(text, options); });
}

}  // namespace mtasts
