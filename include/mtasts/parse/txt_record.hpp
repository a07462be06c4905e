/// RFC 8461 3.1 and RFC 8460 3: what the two TXT records have in common, a version and fields between semicolons.
///
/// The grammar judges the whole text. Only a text that it refuses is gone through again, field by field, to find every
/// fault and whatever can still be read.
#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/grammar/sts_record.hpp>
#include <mtasts/model/txt_rrset.hpp>
#include <mtasts/parse/read.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// One field of a record. `wellformed` tells whether the record's own rule for its key took it; a field that no rule
/// took has its finding already (`explained`).
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

/// Reads the fields of a record. `Dialect` names the two grammars and the words of one of the records.
template <class Dialect>
class txt_record_reader {
  public:
    constexpr txt_record_reader(std::string_view text, findings& found) : text_(text), found_(found) {}

    /// Calls `take` with every field while the grammar reads on; where the grammar refuses the text in the end, calls
    /// `forget`, explains the faults, and begins again with what can still be read.
    template <class Take, class Forget>
    constexpr void for_each_field(Take take, Forget forget) {
        if (read(Dialect::record, text_, [&](auto event, std::string_view part) { take(field_of(event, part)); }))
            return;
        forget();
        explain_record();
        if (std::none_of(found_.begin(), found_.end(), [](finding const& f) { return f.spoils(); }))
            say(plain_syntax_finding<Dialect::record>(text_, text_));
        for (auto const& field : fields_) take(field);
    }

  private:
    static constexpr txt_field field_of(typename Dialect::key_event, std::string_view text) {
        auto field = split_txt_field(text);
        field.wellformed = true;
        return field;
    }
    static constexpr txt_field field_of(typename Dialect::extension_event, std::string_view text) {
        return split_txt_field(text);
    }

    /// sts-ext-name and tlsrpt-ext-name
    static constexpr bool is_field_name(std::string_view name) {
        return read(grammar::sts_ext_name >> grammar::eoi, name, ignore_events);
    }

    constexpr void say(finding said) {
        if (said.detail.empty()) said.detail = Dialect::version;
        said.other_clause = Dialect::clause;
        found_.push_back(said);
    }
    constexpr void say(code what, span where, std::string_view detail = Dialect::version) {
        say({what, where, detail});
    }
    constexpr span place(std::string_view part) const { return span_of(text_, part); }

    constexpr void explain_record() {
        if (text_.empty()) return say(code::record_empty, {}, Dialect::example);
        if (another_kind_of_text()) return;
        auto rest = text_;
        if (is_space(rest.front())) {
            rest = without_leading_space(rest);
            say(code::record_leading_space, {0, text_.size() - rest.size()});
        }
        auto const version = rest.substr(0, rest.find(';'));
        bool const more = version.size() != rest.size();
        explain_version(version, !more);
        if (more) explain_fields(rest.substr(version.size() + 1));
        bool const any_field = !trimmed(more ? rest.substr(version.size() + 1) : "").empty() || !fields_.empty();
        if (!any_field && found_.empty()) say(code::record_no_field, {text_.size(), 0}, Dialect::wanted_field);
    }

    /// Faults so plain that nothing else is worth saying.
    constexpr bool another_kind_of_text() {
        auto const begin = without_leading_space(text_);
        auto const is = [&](std::string_view prefix) { return starts_ignoring_case(begin, prefix); };
        auto const all = span{0, text_.size()};
        constexpr std::string_view opening_quotes[] = {"\"", "'", "\u201C", "\u201E", "\u2018"};
        auto const zone_text = text_.find("TXT");
        if (std::any_of(std::begin(opening_quotes), std::end(opening_quotes), is)) say(code::record_quoted, all);
        else if (zone_text != text_.npos && text_.find('"', zone_text) != text_.npos && !is("v="))
            say(code::record_zone_line, all);
        else if (is("v=DKIM1")) say(code::record_is_dkim, all);
        else if (is("v=spf1")) say(code::record_is_spf, all);
        else if (is("v=DMARC1")) say(code::record_is_dmarc, all);
        else if (is(Dialect::other_version))
            say(code::record_is_other, {place(begin).offset, Dialect::other_version.size()});
        else if (is("version:") || is("mode:")) say(code::record_is_policy, all);
        else return false;
        return true;
    }

    /// The text up to the first ";", which ought to be the version.
    constexpr void explain_version(std::string_view piece, bool last) {
        auto const version = without_trailing_space(piece);
        if (version == Dialect::version) {
            if (last && version.size() != piece.size())
                say(code::record_trailing_space, place(piece.substr(version.size())));
            return;
        }
        if (auto const after = version.substr((std::min)(Dialect::version.size(), version.size()));
            version.starts_with(Dialect::version) &&
            (is_space(after.front()) || after.front() == ',' || after.front() == ':')) {
            auto const field = without_leading_space(is_space(after.front()) ? after : after.substr(1));
            say(code::record_semicolon_missing, span{place(after).offset, after.size() - field.size()});
            if (!field.empty()) read_field(field);
            return;
        }
        if (version == "v=STSv1\\" || version == "v=TLSRPTv1\\")
            return say(code::record_backslash, place(version.substr(version.size() - 1)));
        if (equal_ignoring_case(version, Dialect::version)) return say(code::record_version_case, place(version));
        auto const equals = version.find('=');
        auto const name = trimmed(version.substr(0, equals));
        if (equals != version.npos && equal_ignoring_case(name, "v")) {
            auto const value = trimmed(version.substr(equals + 1));
            bool const spaced =
                is_space(version[equals - 1]) || (equals + 1 < version.size() && is_space(version[equals + 1]));
            if (spaced && value == Dialect::version.substr(2)) return say(code::record_equals_spaced, place(version));
            return say(code::record_version_unknown, place(version));
        }
        bool later = false;
        for_each_piece(text_, ';',
                       [&](std::string_view other) { later = later || trimmed(other) == Dialect::version; });
        version_comes_later_ = later;
        say(later ? code::record_version_not_first : code::record_version_missing, {place(piece).offset, 0});
        if (!version.empty()) read_field(version);
    }

    constexpr void explain_fields(std::string_view rest) {
        for_each_piece(rest, ';', [&](std::string_view piece) {
            bool const last = piece.data() + piece.size() == text_.data() + text_.size();
            auto const field = trimmed(piece);
            if (field.empty()) {
                if (!last) say(code::record_field_empty, {place(piece).offset, piece.size() + 1});
                return;
            }
            read_field(field);
            if (last && is_space(piece.back())) {
                auto const kept = without_trailing_space(piece);
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
        constexpr auto npos = std::string_view::npos;
        auto const text = field.text;
        auto const at = [&](code what, std::size_t offset, std::size_t length) {
            auto const where = span{place(text).offset + offset, length};
            say(with_expectation<Dialect::field>({what, where}, text_, text));
        };
        if (auto const bad = find_octet(text, [](char c) { return is_control(c) && c != '\t'; }); bad != npos)
            return at(code::record_control, bad, 1);
        if (auto const bad = find_octet(text, [](char c) { return !is_ascii(c); }); bad != npos)
            return at(code::record_non_ascii, bad, 1);
        if (text.back() == '\\') return at(code::record_backslash, text.size() - 1, 1);
        auto const equals = field.name.size();
        if (equals == text.size()) {
            if (starts_ignoring_case(text, "mailto:") || starts_ignoring_case(text, "https:"))
                return at(code::tlsrpt_rua_separator, 0, text.size());
            if (text.starts_with(Dialect::key) && text.substr(Dialect::key.size()).starts_with(':'))
                return at(code::record_colon, Dialect::key.size(), 1);
            return at(code::record_equals_missing, 0, text.size());
        }
        auto const name = trimmed(field.name), value = trimmed(field.value);
        if (name.size() != field.name.size())
            return at(code::record_equals_spaced, name.size(), equals - name.size() + 1);
        if (field.name == Dialect::key) return Dialect::explain_key(text_, field, [&](finding said) { say(said); });
        if (!field.value.empty() && is_space(field.value.front()))
            return at(code::record_equals_spaced, equals,
                      1 + field.value.size() - without_leading_space(field.value).size());
        if (!is_field_name(field.name)) return at(code::record_name, 0, field.name.size());
        if (value.empty()) return at(code::record_value_empty, 0, equals);
        auto const space = find_octet(value, is_space);
        if (space != npos && value.find('=', space) != npos)
            return at(code::record_semicolon_missing, span_of(text, value).offset + space, 1);
        auto const bad = find_octet(value, [](char c) { return c == '=' || is_space(c); });
        at(code::record_value, span_of(text, value).offset + bad, 1);
    }

    std::string_view text_;
    findings& found_;
    std::vector<txt_field> fields_;
    bool version_comes_later_ = false;
};

/// RFC 8461 3.1, RFC 8460 3: the record of an RRset that counts. With several records, those that do not begin with the
/// literal version and ";" are discarded before anything else is looked at, and just one may be left.
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

}  // namespace mtasts
