// SPDX-License-Identifier: BSL-1.0
/// Records that are legal but unwise.
#pragma once
#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include <mtasts/lint/contradiction.hpp>
#include <mtasts/lint/field_names.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/model/tlsrpt_record.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

inline constexpr std::string_view sts_record_clause = "RFC 8461 3.1", tlsrpt_record_clause = "RFC 8460 3";

/// Unknown fields, and white space before a ";". `known_missing` says whether the record lacks its known field.
constexpr void lint_txt_record(std::string_view text, std::vector<extension> const& extensions,
                               std::span<std::string_view const> known, bool known_missing, std::string_view clause,
                               findings& found) {
    auto const say = [&](code what, text_span where, std::string_view detail) {
        found.push_back({.code = what, .where = where, .detail = detail, .other_clause = clause});
    };
    for (auto const& field : extensions) {
        auto const where = span_of(text, field.name);
        if (auto const meant = meant_name(field.name, known); !meant.empty()) {
            say(text::equal_ignoring_case(field.name, meant) ? code::record_name_case : code::record_name_typo, where,
                meant);
            found.back().correctable = known_missing;
        } else if (auto const home = home_of(field.name); !home.empty()) say(code::record_foreign_field, where, home);
        else say(code::record_extension, where, {});
    }
    bool first = true;
    text::for_each_piece(text, ';', [&](std::string_view piece) {
        auto const kept = text::without_trailing_space(piece);
        bool const last = piece.data() + piece.size() == text.data() + text.size();
        if (!last && !kept.empty() && kept.size() != piece.size())
            say(first ? code::record_space_before_semicolon : code::record_space_before_delimiter,
                span_of(text, piece.substr(kept.size())), kept);
        first = false;
    });
    if (std::none_of(found.begin(), found.end(), [](finding const& f) { return f.makes_unusable(); })) return;
    single_fields const stated(text);
    for (auto& one : found) {
        // An empty id can be removed if another id has a value.
        if (one.code == code::record_id_empty) one.correctable = stated.states("id");
        if (one.code == code::record_semicolon_missing) {
            auto const after = text.substr(one.where.end());
            one.correctable = stated.agrees(after.substr(0, after.find_first_of("; \t")));
        }
        if (!stated.conflict().empty()) one.correctable = false;
    }
}

}  // namespace detail

/// Appends the findings about an `_mta-sts` record beyond its syntax.
/// Example: `mtasts::lint_sts_record("v=STSv1; id=1", record);`
constexpr void lint_sts_record(std::string_view text, parsed<sts_record>& record) {
    detail::lint_txt_record(text, record.value.extensions, detail::sts_record_field_names,
                            record.has(code::record_id_missing), detail::sts_record_clause, record.findings);
    sort_by_place(record.findings);
}

namespace detail {

/// RFC 8460 3: a raw ";" in the query of a URI silently ends the field.
constexpr void lint_cut_rua(std::string_view text, tlsrpt_record const& record, findings& found) {
    for (auto const& uri : record.rua) {
        if (uri.text.find('?') == uri.text.npos) continue;
        auto const after = text.substr(span_of(text, uri.text).end());
        for (auto const& field : record.extensions) {
            auto const offset = span_of(text, field.name).offset;
            if (offset < span_of(text, after).offset) continue;
            auto const between = after.substr(0, offset - span_of(text, after).offset);
            if (between == ";") found.push_back({code::tlsrpt_rua_cut, span_of(text, field.name, field.value)});
            break;
        }
    }
}

}  // namespace detail

/// Appends the findings about an `_smtp._tls` record beyond its syntax.
/// Example: `mtasts::lint_tlsrpt_record("v=TLSRPTv1; rua=mailto:a@example.com", tlsrpt);`
constexpr void lint_tlsrpt_record(std::string_view text, parsed<tlsrpt_record>& record) {
    auto& found = record.findings;
    detail::lint_txt_record(text, record.value.extensions, detail::tlsrpt_record_field_names,
                            record.has(code::tlsrpt_rua_missing), detail::tlsrpt_record_clause, found);
    detail::lint_cut_rua(text, record.value, found);
    if (record.value.rua.size() > 1)
        found.push_back({code::tlsrpt_rua_several, detail::span_of(text, record.value.rua[1].text)});
    sort_by_place(found);
}

}  // namespace mtasts
