// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.1 and RFC 8460 3: what the two TXT records have in common, a version and fields between semicolons.
///
/// The grammar decides on the whole text. Only a text that it rejects is read again, field by field, to find every
/// fault and whatever can still be used.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/grammar/sts_record.hpp>
#include <mtasts/model/txt_rrset.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::detail {

/// One field of a record. `wellformed` says whether the record's own rule for its key matched; a field that no rule
/// matched already has its finding (`explained`).
struct txt_field {
    std::string_view text;
    std::string_view name;
    std::string_view value;
    bool wellformed = false;
    bool explained = false;
};

constexpr txt_field split_txt_field(std::string_view text) {
    auto const equals = text.find('=');
    if (equals == text.npos) return {text, text, {}};
    return {text, text.substr(0, equals), text.substr(equals + 1)};
}

namespace txt_table {

using namespace fault_table;
using enum code;

/// A text that may not be meant as this record at all.
struct record {
    std::string_view text;
    std::string_view other_version;

    constexpr octets begins(std::string_view word) const {
        auto const begin = text::without_leading_space(text);
        return only_if(text::starts_ignoring_case(begin, word), begin.substr(0, word.size()));
    }
};

constexpr octets opening_quote(record const& given) {
    for (std::string_view const quote : {"\"", "'", "\u201C", "\u201E", "\u2018"})
        if (auto const found = given.begins(quote)) return found;
    return {};
}
constexpr octets zone_line(record const& given) {
    auto const type = given.text.find("TXT");
    return only_if(type != given.text.npos && given.text.find('"', type) != given.text.npos && !given.begins("v="),
                   given.text);
}
constexpr octets policy_line(record const& given) {
    auto const version = given.begins("version:");
    return version ? version : given.begins("mode:");
}

/// Texts that are obviously something else: no other fault is worth reporting.
inline constexpr auto other_texts = std::to_array<row<record>>({
    {opening_quote, record_quoted, whole},
    {zone_line, record_zone_line, whole},
    {[](record const& given) { return given.begins("v=DKIM1"); }, record_is_dkim, whole},
    {[](record const& given) { return given.begins("v=spf1"); }, record_is_spf, whole},
    {[](record const& given) { return given.begins("v=DMARC1"); }, record_is_dmarc, whole},
    {[](record const& given) { return given.begins(given.other_version); }, record_is_other, found},
    {policy_line, record_is_policy, whole},
});

/// The text up to the first ";", without trailing white space, if it is not the version that is wanted.
struct version {
    std::string_view text;
    std::string_view wanted;
    std::string_view record;

    constexpr std::size_t equals() const { return text.find('='); }
    constexpr bool named_v() const {
        return equals() != text.npos && text::equal_ignoring_case(text::trimmed(text.substr(0, equals())), "v");
    }
};

/// What is between the version and a field.
constexpr octets other_separator(version const& given) {
    if (!given.text.starts_with(given.wanted)) return {};
    auto const after = given.text.substr(given.wanted.size());
    auto const field = text::without_leading_space(after.substr(1));
    return only_if(is<' ', '\t', ',', ':'>(after.front()), after.substr(0, after.size() - field.size()));
}
constexpr octets zone_backslash(version const& given) {
    return only_if(given.text == "v=STSv1\\" || given.text == "v=TLSRPTv1\\", back<is<'\\'>>(given));
}
constexpr octets other_case(version const& given) {
    return only_if(text::equal_ignoring_case(given.text, given.wanted), given.text);
}
constexpr octets spaced_equals(version const& given) {
    return only_if(given.named_v() && text::trimmed(given.text.substr(given.equals() + 1)) == given.wanted.substr(2),
                   given.text);
}
constexpr octets other_version(version const& given) { return only_if(given.named_v(), given.text); }
constexpr octets place(version const& given) { return given.text.substr(0, 0); }
constexpr octets place_before_version(version const& given) {
    bool later = false;
    text::for_each_piece(given.record, ';',
                         [&](std::string_view other) { later = later || text::trimmed(other) == given.wanted; });
    return only_if(later, place(given));
}

inline constexpr auto versions = std::to_array<row<version>>({
    {other_separator, record_semicolon_missing, found},
    {zone_backslash, record_backslash, found},
    {other_case, record_version_case, whole},
    {spaced_equals, record_equals_spaced, whole},
    {other_version, record_version_unknown, whole},
    {place_before_version, record_version_not_first, found},
    {place, record_version_missing, found},
});

/// A field that no rule matched, and the key that the record defines.
struct field : txt_field {
    std::string_view key;

    constexpr bool has_equals() const { return name.size() != text.size(); }
};

constexpr octets bare_uri(field const& given) {
    return only_if(!given.has_equals() && (text::starts_ignoring_case(given.text, "mailto:") ||
                                           text::starts_ignoring_case(given.text, "https:")),
                   given.text);
}
constexpr octets colon_after_key(field const& given) {
    if (given.has_equals() || !given.text.starts_with(given.key)) return {};
    return front<is<':'>>(plain{given.text.substr(given.key.size())});
}
constexpr octets no_equals(field const& given) { return only_if(!given.has_equals(), given.text); }
/// And the "=" itself.
constexpr octets space_before_equals(field const& given) {
    auto const name = text::trimmed(given.name).size();
    return only_if(name != given.name.size(), given.text.substr(name, given.name.size() - name + 1));
}

inline constexpr auto fields = std::to_array<row<field>>({
    {first<is_control_but_tab>, record_control, found},
    {first<no<text::is_ascii>>, record_non_ascii, found},
    {back<is<'\\'>>, record_backslash, found},
    {bare_uri, tlsrpt_rua_separator, whole},
    {colon_after_key, record_colon, found},
    {no_equals, record_equals_missing, whole},
    {space_before_equals, record_equals_spaced, found},
});

/// And the "=" itself.
constexpr octets space_after_equals(field const& given) {
    auto const spaces = given.value.size() - text::without_leading_space(given.value).size();
    return only_if(spaces != 0, given.text.substr(given.name.size(), 1 + spaces));
}
/// sts-ext-name and tlsrpt-ext-name
constexpr octets odd_name(field const& given) {
    return only_if(!read(grammar::sts_ext_name >> grammar::eoi, given.name, ignore_events), given.name);
}
constexpr octets name_without_value(field const& given) {
    return only_if(text::trimmed(given.value).empty(), given.name);
}
constexpr octets space_before_field(field const& given) {
    auto const value = text::trimmed(given.value);
    auto const space = text::find_octet(value, text::is_space);
    return only_if(space != value.npos && value.find('=', space) != value.npos, at(value, space));
}
constexpr octets odd_octet(field const& given) { return first<is<'=', ' ', '\t'>>(plain{text::trimmed(given.value)}); }

inline constexpr auto extensions = std::to_array<row<field>>({
    {space_after_equals, record_equals_spaced, found},
    {odd_name, record_name, found},
    {name_without_value, record_value_empty, found},
    {space_before_field, record_semicolon_missing, found},
    {odd_octet, record_value, found},
});

}  // namespace txt_table

/// Reads the fields of a record. `Dialect` names the two grammars and the words of one of the records.
template <class Dialect>
class txt_record_reader {
  public:
    constexpr txt_record_reader(std::string_view text, findings& found) : text_(text), found_(found) {}

    /// Calls `take` with every field as the grammar matches it; if the grammar finally rejects the text, calls
    /// `forget`, explains the faults, and starts over with what can still be read.
    template <class Take, class Forget>
    constexpr void for_each_field(Take take, Forget forget) {
        if (read(Dialect::record, text_, [&](auto event, std::string_view part) { take(field_of(event, part)); }))
            return;
        forget();
        explain_record();
        if (std::none_of(found_.begin(), found_.end(), [](finding const& f) { return f.makes_unusable(); }))
            say(plain_syntax_finding<Dialect::record>(text_, text_));
        for (auto const& field : fields_) take(field);
    }

  private:
    static constexpr txt_field field_of(typename Dialect::key_event, std::string_view text) {
        constexpr auto equals = Dialect::key.size();
        return {text, text.substr(0, equals), text.substr(equals + 1), true};
    }
    static constexpr txt_field field_of(typename Dialect::extension_event, std::string_view text) {
        return split_txt_field(text);
    }

    constexpr void say(finding said) {
        if (said.detail.empty()) said.detail = Dialect::version;
        said.other_clause = Dialect::clause;
        found_.push_back(said);
    }
    constexpr void say(code what, text_span where, std::string_view detail = Dialect::version) {
        say({what, where, detail});
    }
    constexpr text_span place(std::string_view part) const { return span_of(text_, part); }

    constexpr void explain_record() {
        if (text_.empty()) return say(code::record_empty, {}, Dialect::example);
        if (auto const other = fault_table::first_fault(txt_table::other_texts, {text_, Dialect::other_version}, text_))
            return say(*other);
        auto rest = text_;
        if (text::is_space(rest.front())) {
            rest = text::without_leading_space(rest);
            say(code::record_leading_space, {0, text_.size() - rest.size()});
        }
        auto const version = rest.substr(0, rest.find(';'));
        bool const more = version.size() != rest.size();
        explain_version(version, !more);
        if (more) explain_fields(rest.substr(version.size() + 1));
        bool const any_field = !text::trimmed(more ? rest.substr(version.size() + 1) : "").empty() || !fields_.empty();
        if (!any_field && found_.empty()) say(code::record_no_field, {text_.size(), 0}, Dialect::wanted_field);
    }

    /// The text up to the first ";", which should be the version.
    constexpr void explain_version(std::string_view piece, bool last) {
        auto const version = text::without_trailing_space(piece);
        if (version == Dialect::version) {
            if (last && version.size() != piece.size())
                say(code::record_trailing_space, place(piece.substr(version.size())));
            return;
        }
        auto const said = *fault_table::first_fault(txt_table::versions, {version, Dialect::version, text_}, text_);
        say(said);
        version_comes_later_ = said.code == code::record_version_not_first;
        // A field is in its place, or after it.
        if (version_comes_later_ || said.code == code::record_version_missing ||
            said.code == code::record_semicolon_missing)
            if (auto const field = version.substr(said.where.end() - place(version).offset); !field.empty())
                read_field(field);
    }

    constexpr void explain_fields(std::string_view rest) {
        text::for_each_piece(rest, ';', [&](std::string_view piece) {
            bool const last = piece.data() + piece.size() == text_.data() + text_.size();
            auto const field = text::trimmed(piece);
            if (field.empty()) {
                if (!last) say(code::record_field_empty, {place(piece).offset, piece.size() + 1});
                return;
            }
            read_field(field);
            if (last && text::is_space(piece.back())) {
                auto const kept = text::without_trailing_space(piece);
                say(code::record_trailing_space, place(piece.substr(kept.size())));
            }
        });
    }

    constexpr void read_field(std::string_view text) {
        auto const before = fields_.size();
        auto const keep = [&](auto event, std::string_view part) { fields_.push_back(field_of(event, part)); };
        if (read(Dialect::field, text, keep)) {
            fields_.back().explained = version_comes_later_ && fields_.back().text == Dialect::version;
            return;
        }
        fields_.resize(before);
        auto field = split_txt_field(text);
        field.explained = true;
        explain_field(field);
        fields_.push_back(field);
    }

    constexpr void explain_field(txt_field const& field) {
        txt_table::field const given{field, Dialect::key};
        auto said = fault_table::first_fault(txt_table::fields, given, text_);
        if (!said && field.name == Dialect::key)
            return Dialect::explain_key(text_, field, [&](finding fault) { say(fault); });
        if (!said) said = fault_table::first_fault(txt_table::extensions, given, text_);
        if (said) say(with_expectation<Dialect::field>(*said, text_, field.text));
    }

    std::string_view text_;
    findings& found_;
    std::vector<txt_field> fields_;
    bool version_comes_later_ = false;
};

/// RFC 8461 3.1, RFC 8460 3: the record of an RRset that counts. With several records, those that do not begin with the
/// literal version and ";" are discarded before anything else is checked, and exactly one must be left.
/// Returns its index, or `records.size()` with a finding.
template <class Dialect>
constexpr std::size_t select_record(txt_rrset const& records, findings& found) {
    auto const say = [&](code what, std::string_view where, std::string_view detail = Dialect::prefix) {
        found.push_back(
            {.code = what, .where = span_of(records.text(), where), .detail = detail, .other_clause = Dialect::clause});
    };
    if (records.empty()) {
        say(code::rrset_absent, records.text(), Dialect::example);
        return 0;
    }
    if (records.size() == 1) return 0;
    auto chosen = records.size();
    bool several = false;
    for (std::size_t i = 0; i != records.size(); ++i) {
        if (!records[i].starts_with(Dialect::prefix)) {
            say(code::rrset_unrelated, records[i]);
        } else if (chosen != records.size()) {
            say(code::rrset_several, records[i]);
            several = true;
        } else {
            chosen = i;
        }
    }
    if (chosen == records.size()) say(code::rrset_none, records.text().substr(0, 0));
    return several ? records.size() : chosen;
}

/// Parses the one record of an RRset that counts; findings have their place in `records.text()`.
template <class Dialect, class Parse>
constexpr auto parse_selected(txt_rrset const& records, Parse parse_one) {
    decltype(parse_one(std::string_view{})) result;
    auto const chosen = select_record<Dialect>(records, result.findings);
    if (chosen == records.size()) return result;
    auto one = parse_one(records[chosen]);
    for (auto& said : one.findings) {
        auto const offset = span_of(records.text(), records[chosen]).offset;
        said.where.offset += offset;
        said.part.offset += offset;
        result.findings.push_back(said);
    }
    result.value = std::move(one.value);
    return result;
}

}  // namespace mtasts::detail
