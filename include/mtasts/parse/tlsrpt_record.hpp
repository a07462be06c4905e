// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 3: the TXT record at `_smtp._tls.<policy domain>`.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

#include <mtasts/parse/drop_repeated.hpp>
#include <mtasts/parse/tlsrpt_uri.hpp>
#include <mtasts/parse/txt_record.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

/// Calls `visit` with each address of a rua's value, without the white space around its commas.
template <class Visit>
constexpr void for_each_rua(std::string_view value, Visit visit) {
    bool first = true;
    text::for_each_piece(value, ',', [&](std::string_view piece) {
        bool const last = piece.data() + piece.size() == value.data() + value.size();
        // *WSP is allowed only next to a comma.
        if (!first) piece = text::without_leading_space(piece);
        if (!last) piece = text::without_trailing_space(piece);
        visit(piece);
        first = false;
    });
}

struct tlsrpt_dialect {
    static constexpr std::string_view version = "v=TLSRPTv1";
    static constexpr std::string_view prefix = "v=TLSRPTv1;";
    static constexpr std::string_view other_version = "v=STSv1";
    static constexpr std::string_view key = "rua";
    static constexpr std::string_view clause = "RFC 8460 3";
    static constexpr std::string_view wanted_field = "rua= and a mailto: or https: URI";
    static constexpr std::string_view example = "v=TLSRPTv1; rua=mailto:tls-reports@example.com;";
    using key_event = grammar::event<"tlsrpt-rua">;
    using extension_event = grammar::event<"tlsrpt-extension">;
    static constexpr auto const& record = grammar::tlsrpt_record;
    static constexpr auto const& field = grammar::tlsrpt_field_alone;

    /// Explains every malformed address of a rua= field.
    template <class Say>
    static constexpr void explain_key(std::string_view whole, txt_field const& given, Say say) {
        if (given.value.empty()) return say({code::tlsrpt_rua_empty, span_of(whole, given.value)});
        for_each_rua(given.value, [&](std::string_view uri) {
            if (uri.empty()) {
                bool const first = uri.data() == given.value.data();
                auto const offset = span_of(whole, uri).offset;
                return say({code::tlsrpt_rua_comma, {first ? offset : offset - 1, 1}});
            }
            if (!read(field_uri, uri, ignore_events)) say(explain_uri(whole, uri));
        });
    }
    static constexpr auto const& field_uri = grammar::tlsrpt_uri_alone;
};

}  // namespace detail

/// Reads an `_smtp._tls` TXT record, its strings already joined (RFC 8460 3).
///
/// Several rua fields are merged. Findings: the record-*, tlsrpt-* and uri-* codes; `usable()` means that a reporter
/// may use it, to send to those addresses that are `deliverable`.
/// Example: `static_assert(mtasts::parse_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com").usable());`
constexpr parsed<tlsrpt_record> parse_tlsrpt_record(kept_text text, parse_options const& options = {}) {
    parsed<tlsrpt_record> result;
    auto& found = result.findings;
    if (detail::too_large(text, options, found)) return result;
    auto const say = [&](code what, text_span where, std::string_view detail) {
        found.push_back(
            {.code = what, .where = where, .detail = detail, .other_clause = detail::tlsrpt_dialect::clause});
    };
    std::size_t rua_count = 0;
    auto const take = [&](detail::txt_field const& field) {
        if (field.name == detail::tlsrpt_dialect::key) {
            // Well-formed ones are merged. Of the malformed ones only the first counts; the others pass for extensions.
            if (++rua_count > 1 && !field.explained)
                say(code::tlsrpt_rua_repeated, detail::span_of(text, field.text), {});
            if (!field.wellformed) {
                if (!field.explained && rua_count == 1)
                    detail::tlsrpt_dialect::explain_key(text, field, [&](finding said) { found.push_back(said); });
                return;
            }
            detail::for_each_rua(field.value, [&](std::string_view uri) {
                if (result.value.rua.empty()) result.value.rua.reserve(4);
                result.value.rua.push_back(tlsrpt_uri{.text = uri});
                detail::classify_uri(text, result.value.rua.back(), found);
            });
        } else if (field.explained) {
            return;
        } else if (field.name == "v") {
            say(code::record_duplicate_version, detail::span_of(text, field.text), {});
        } else {
            result.value.extensions.push_back({field.name, field.value});
        }
    };
    detail::txt_record_reader<detail::tlsrpt_dialect>(text, found).for_each_field(take, [&] {
        result = {};
        rua_count = 0;
    });
    detail::drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        say(code::record_duplicate_field, detail::span_of(text, ignored.name, ignored.value), ignored.name);
    });
    detail::drop_repeated(result.value.rua, &tlsrpt_uri::text, [&](tlsrpt_uri const& ignored) {
        found.push_back({code::tlsrpt_rua_duplicate, detail::span_of(text, ignored.text)});
    });
    bool const any =
        std::any_of(result.value.rua.begin(), result.value.rua.end(), [](auto const& uri) { return uri.deliverable; });
    if (rua_count == 0 && result.usable()) found.push_back({code::tlsrpt_rua_missing, {text.size(), 0}});
    else if (!any && result.usable()) found.push_back({code::tlsrpt_no_destination, {text.size(), 0}});
    sort_by_place(found);
    return result;
}

/// Reads the TXT records found at `_smtp._tls.<policy domain>` (RFC 8460 3).
///
/// Findings: the rrset-* codes and those of the record, with their place in `records.text()`. Views are into `records`.
/// Example: `static_assert(!mtasts::parse_tlsrpt_rrset({}).usable());`
constexpr parsed<tlsrpt_record> parse_tlsrpt_rrset(txt_rrset const& records, parse_options const& options = {}) {
    return detail::parse_selected<detail::tlsrpt_dialect>(
        records, [&](std::string_view text) { return parse_tlsrpt_record(text, options); });
}

}  // namespace mtasts
