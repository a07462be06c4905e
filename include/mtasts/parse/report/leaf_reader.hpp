// SPDX-License-Identifier: BSL-1.0
/// Reading the values of a report that hold no objects: strings, counts and arrays of strings.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <mtasts/parse/options.hpp>
#include <mtasts/parse/report/fast_path.hpp>
#include <mtasts/parse/report/values.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::detail {

/// Reads the leaves of a report. Functions take the position of a value and return that of the one after it, or nullptr:
/// then they have reported why, and nothing more is read.
class leaf_reader {
  protected:
    constexpr leaf_reader(std::string_view text, report_options const& options, tlsrpt_report& report, findings& found)
        : json_(text, {options.max_depth, options.max_string, options.max_members, options.max_findings},
                report.decoded, found),
          options_(options) {}

    /// Reads a string. The usual ones stay in registers: g++ passes larger results through memory, where a load of what
    /// was stored in two parts stalls on store forwarding.
    template <value_form Form, class Field, class Member>
    [[gnu::always_inline]] constexpr cursor text(cursor at, Field& field, Member const& member) {
        auto const end = *at == '"' ? json_.plain_end(at) : nullptr;
        if (end == nullptr || !take_fast<Form>(json_, json_.between_marks(at, end), field))
            return unusual_text<Form>(at, field, member);
        return end + 1;
    }
    template <value_form Form, class Field, class Member>
    [[gnu::noinline]] constexpr cursor unusual_text(cursor at, Field& field, Member const& member) {
        if (*at != '"') {
            if constexpr (Form == value_form::text)
                if (text::is_digit(*at) || *at == '-') return number_as_text(at, field, member);
            return wrong_type(at, member, "a string");
        }
        auto const [after, string] = json_.read_string(at);
        if (after == nullptr) return after;
        if constexpr (Form == value_form::text) {
            field = string.value;
            if (string.value.empty()) json_.say(code::report_member_empty, json_.place_of(string), {}, member.clause);
        }
        if constexpr (Form == value_form::mail_address) take_mail_address(json_, string, field);
        if constexpr (Form == value_form::instant) take_instant(json_, string, field);
        if constexpr (Form == value_form::domain) take_domain(json_, string, field);
        if constexpr (Form == value_form::address) take_address(json_, string, field);
        if constexpr (Form == value_form::uri) take_uri(json_, string, field);
        if constexpr (Form == value_form::policy_type)
            take_word(json_, string, field, code::report_policy_type_unknown, code::report_policy_type_case);
        if constexpr (Form == value_form::result_type)
            take_word(json_, string, field, code::report_result_unknown, code::report_result_case);
        return after;
    }

    template <class Member>
    [[gnu::noinline]] constexpr cursor number_as_text(cursor at, std::string_view& field, Member const& member) {
        json_number number;
        at = json_.read_number(at, number);
        // A number at the very end may have been cut off.
        if (at == nullptr || at == json_.end()) return at;
        field = number.text;
        json_.say(code::report_string_bare_number, span_of(json_.text(), number.text), {}, member.clause);
        return at;
    }

    template <class Member>
    [[gnu::always_inline]] constexpr cursor count(cursor at, std::optional<std::uint64_t>& field,
                                                  Member const& member) {
        auto const [value, digits] = json_.read_digits(at);
        auto const after = at + digits;
        // No integer of fifteen digits is above the greatest count.
        auto const next = json_.peek(after);
        if (0 < digits && digits < 16 && (*at != '0' || digits == 1) &&
            (next == ',' || next == '}' || grammar::is_blank(next))) {
            field = value;
            return after;
        }
        if (*at == '"') return quoted_count(at, field);
        if (digits == 0 && *at != '-') return wrong_type(at, member, "an integer");
        json_number number;
        at = json_.read_number(at, number);
        // A number at the very end may have been cut off.
        if (at != nullptr && at != json_.end()) take_unusual_count(json_, number, field);
        return at;
    }

    /// A count in quotation marks, which is accepted nevertheless.
    [[gnu::noinline]] constexpr cursor quoted_count(cursor at, std::optional<std::uint64_t>& field) {
        auto const [after, string] = json_.read_string(at);
        if (after == nullptr) return after;
        json_.say(code::report_count_quoted, json_.place_of(string));
        auto const digits = string.value;
        std::uint64_t value = 0;
        for (char const c : digits.substr(0, 17)) value = value * 10 + static_cast<std::uint64_t>(c - '0');
        if (!digits.empty() && digits.size() < 17 && text::all_octets(digits, text::is_digit) &&
            value <= greatest_count)
            field = value;
        return after;
    }

    /// Reads an array of strings; a single string that should be in an array is taken as one.
    template <value_form Form, class Item, class Member>
    constexpr cursor strings(cursor at, std::vector<Item>& out, Member const& member) {
        strings_.clear();
        if (strings_.capacity() == 0) strings_.reserve(8);
        cursor after = nullptr;
        if (*at == '[') {
            after = elements(at, [&](cursor element) { return array_string<Form>(element, member); });
        } else if (*at == '"') {
            after = array_string<Form>(at, member);
            if (after != nullptr) json_.say(code::report_member_bare, json_.between(at, after), {}, member.clause);
            if constexpr (Form == value_form::policy_strings) bare_strings_ = true;
        } else {
            after = wrong_type(at, member, "an array");
        }
        out.resize(strings_.size());
        for (std::size_t i = 0; i != strings_.size(); ++i) out[i] = {strings_[i]};
        return after;
    }
    template <value_form Form, class Member>
    [[gnu::always_inline]] constexpr cursor array_string(cursor at, Member const& member) {
        auto const end = *at == '"' ? json_.plain_end(at) : nullptr;
        if (end == nullptr || strings_read_ >= options_.max_strings) return unusual_string<Form>(at, member);
        auto const value = json_.between_marks(at, end);
        if (!take_fast<Form>(json_, value, strings_)) return unusual_string<Form>(at, member);
        ++strings_read_;
        strings_.push_back(value);
        return end + 1;
    }
    template <value_form Form, class Member>
    [[gnu::noinline]] constexpr cursor unusual_string(cursor at, Member const& member) {
        if (*at != '"') return wrong_element(at, member, "a string");
        if (strings_read_++ >= options_.max_strings) return json_.limit_exceeded(code::report_many_strings, at);
        auto const [after, string] = json_.read_string(at);
        if (after == nullptr) return after;
        auto const before = strings_.size();
        if constexpr (Form == value_form::mx_patterns) strings_.push_back(take_mx_pattern(json_, string).text);
        else take_policy_lines(json_, string, strings_);
        // One string may hold many lines.
        return count_strings(strings_.size() - before - 1) ? after
                                                           : json_.limit_exceeded(code::report_many_strings, at);
    }

    /// Reads an array, at its bracket, an element at a time.
    template <class Element>
    constexpr cursor elements(cursor at, Element element) {
        if (!json_.enter(at)) return nullptr;
        at = json_.skip_blanks(at + 1);
        if (json_.peek(at) != ']')
            for (;;) {
                if (at == json_.end()) return json_.fault<json_place::value>(at);
                at = element(at);
                if (at == nullptr) return at;
                at = json_.skip_blanks(at);
                if (json_.peek(at) != ',') break;
                at = json_.skip_blanks(at + 1);
                if (json_.peek(at) == ']') return json_.fault<json_place::value>(at);
            }
        if (json_.peek(at) != ']') return json_.fault<json_place::after_element>(at);
        json_.leave();
        return at + 1;
    }

    /// Skips a value of the wrong type.
    template <class Member>
    [[gnu::noinline]] constexpr cursor wrong_type(cursor at, Member const& member, std::string_view wanted) {
        auto const after = json_.skip_value(at);
        if (after == nullptr) return after;
        auto const null =
            member.of_null == cost::refusal ? code::report_member_null : code::report_member_null_optional;
        if (*at == 'n') json_.say(null, json_.between(at, after), {}, member.clause);
        else json_.say(code::report_member_type, json_.between(at, after), wanted, member.clause);
        return after;
    }
    /// The same in an array, where null cannot stand for an omitted value.
    template <class Member>
    [[gnu::noinline]] constexpr cursor wrong_element(cursor at, Member const& member, std::string_view wanted) {
        auto const after = json_.skip_value(at);
        if (after != nullptr) json_.say(code::report_member_type, json_.between(at, after), wanted, member.clause);
        return after;
    }

    /// Whether so many more strings are within the limit.
    constexpr bool count_strings(std::size_t more) {
        strings_read_ += more;
        return strings_read_ <= options_.max_strings;
    }

    json_reader json_;
    report_options const& options_;
    // Filled again for every array, so that each vector of the report is allocated once.
    std::vector<std::string_view> strings_;
    std::size_t strings_read_ = 0;
    /// Whether a single string was read in place of an array of strings.
    bool bare_strings_ = false;
};

}  // namespace mtasts::detail
