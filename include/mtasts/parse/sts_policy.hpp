// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: the policy.
///
/// The grammar decides on the whole text. Only a text that it rejects is read again, line by line, to find every fault
/// and whatever can still be used.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/parse/drop_repeated.hpp>
#include <mtasts/parse/fault_table.hpp>
#include <mtasts/parse/policy_faults.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts {

namespace detail {

/// Reads the fields of a policy.
class policy_reader {
  public:
    constexpr policy_reader(std::string_view text, parse_options const& options, findings& found)
        : text_(text), options_(options), found_(found) {}

    /// Calls `take` with every field as the grammar matches it; if the grammar finally rejects the text, calls
    /// `forget`, explains the faults, and starts over with what can still be read.
    template <class Take, class Forget>
    constexpr void for_each_field(Take take, Forget forget) {
        auto const take_event = [&](auto event, std::string_view line) { take(field_of(event, line)); };
        if (read(grammar::sts_policy_record, text_, take_event)) return;
        forget();
        explain_policy();
        if (found_.empty()) found_.push_back(plain_syntax_finding<grammar::sts_policy_record>(text_, text_));
        for (auto const& field : fields_) take(field);
    }

  private:
    static constexpr policy_field field_of(grammar::event<"sts-policy-version">, std::string_view line) {
        return known_field(policy_name::version, "version", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-mode">, std::string_view line) {
        return known_field(policy_name::mode, "mode", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-max-age">, std::string_view line) {
        return known_field(policy_name::max_age, "max_age", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-mx">, std::string_view line) {
        return known_field(policy_name::mx, "mx", line);
    }
    static constexpr policy_field field_of(grammar::event<"sts-policy-extension">, std::string_view line) {
        text::policy_line const parts(line);
        return {policy_name_of(parts.name), parts.name, parts.value};
    }
    static constexpr policy_field known_field(policy_name known, std::string_view name, std::string_view line) {
        return {known, line.substr(0, name.size()), text::without_leading_space(line.substr(name.size() + 1)), true};
    }

    constexpr void say(code what, std::string_view where) { found_.push_back({what, span_of(text_, where)}); }

    constexpr void explain_policy() {
        if (text_.empty()) return say(code::policy_empty, text_);
        if (auto const other = fault_table::first_fault(policy_table::other_texts, {text_}, text_))
            return found_.push_back(*other);
        auto rest = text_;
        if (constexpr std::string_view bom = "\xEF\xBB\xBF"; rest.starts_with(bom)) {
            say(options_.lenient ? code::policy_bom_skipped : code::policy_bom, rest.substr(0, bom.size()));
            rest.remove_prefix(bom.size());
        }
        for (text::policy_lines lines(rest); !lines.done();) {
            auto const line = lines.next();
            if (line.end() == "\r") say(code::policy_bare_cr, line.end());
            if (!text::trimmed(line.text).empty()) read_line(line);
            else if (line.end() != "\r") say_blank(line.whole);
        }
    }

    /// One finding for all blank lines in a row.
    constexpr void say_blank(std::string_view line) {
        auto const what = options_.lenient ? code::policy_blank_line_skipped : code::policy_blank_line;
        auto const where = span_of(text_, line);
        if (!found_.empty() && found_.back().code == what && found_.back().where.end() == where.offset)
            found_.back().where.length += where.length;
        else say(what, line);
    }

    constexpr void read_line(text::policy_line const& line) {
        auto const before = fields_.size();
        auto const keep = [&](auto event, std::string_view part) { fields_.push_back(field_of(event, part)); };
        if (read(grammar::sts_policy_line, line.text, keep)) return;
        fields_.resize(before);
        explain_line(line);
    }

    constexpr void explain_line(text::policy_line const& line) {
        auto const name_of = [](std::string_view name, std::string_view value) {
            return policy_field{policy_name_of(text::trimmed(name)), text::trimmed(name), value, false, true};
        };
        auto field = name_of(line.name, line.value);
        auto said = fault_table::first_fault(policy_table::lines, line, text_);
        if (!said && field.known != policy_name::other) {
            found_.push_back(explain_known_field(text_, field, options_));
            return fields_.push_back(field);
        }
        if (!said) said = fault_table::first_fault(policy_table::extensions, line, text_);
        if (said) found_.push_back(with_expectation<grammar::sts_policy_line>(*said, text_, line.text));
        if (said && said->code == code::policy_leading_space)
            return read_line(text::policy_line(text::without_leading_space(line.text)));
        if (said && said->code == code::policy_equals_sign)
            field = name_of(line.text.substr(0, line.text.find('=')), {});
        // The field that the line was meant to be does not count as missing.
        if (!said || said->code != code::policy_colon_missing) fields_.push_back(field);
    }

    std::string_view text_;
    parse_options const& options_;
    findings& found_;
    std::vector<policy_field> fields_;
};

/// RFC 8461 3.2: a max_age of up to ten digits.
constexpr std::chrono::seconds seconds_of(std::string_view digits) {
    std::int64_t seconds = 0;
    for (char const c : digits) seconds = seconds * 10 + (c - '0');
    return std::chrono::seconds(seconds);
}

/// Builds a policy from its fields, and reports a field that breaks the rule of its name, is repeated, or is missing.
class policy_builder {
  public:
    constexpr policy_builder(std::string_view text, parse_options const& options, parsed<sts_policy>& result)
        : text_(text), options_(options), result_(result) {}

    constexpr void take(policy_field const& field) {
        auto& policy = result_.value;
        switch (field.known) {
            case policy_name::version:
                if (is_first(field)) obeys(field);
                break;
            case policy_name::mode:
                if (!is_first(field) || !obeys(field)) break;
                mode_known_ = true;
                policy.mode = field.value == "enforce"   ? policy_mode::enforce
                              : field.value == "testing" ? policy_mode::testing
                                                         : policy_mode::none;
                break;
            case policy_name::max_age:
                if (!is_first(field) || !obeys(field)) break;
                policy.max_age = (std::min)(seconds_of(field.value), max_age_limit);
                if (seconds_of(field.value) > max_age_limit) say({code::policy_max_age_large, place(field.value)});
                break;
            case policy_name::mx: take_mx(field); break;
            case policy_name::other:
                if (!field.explained) policy.extensions.push_back({field.name, field.value});
        }
    }

    constexpr void forget() {
        result_ = {};
        seen_ = {};
        mode_known_ = false;
    }

    /// If nothing could be read at all, missing fields are not worth reporting.
    constexpr void say_missing() {
        if (std::none_of(seen_.begin(), seen_.end(), [](bool seen) { return seen; }) && !result_.usable()) return;
        constexpr std::pair<policy_name, code> required[] = {{policy_name::version, code::policy_version_missing},
                                                             {policy_name::mode, code::policy_mode_missing},
                                                             {policy_name::max_age, code::policy_max_age_missing}};
        for (auto const& [name, missing] : required)
            if (!seen(name)) say({missing, {text_.size(), 0}});
        if (!seen(policy_name::mx) && mode_known_ && result_.value.mode != policy_mode::none)
            say({code::policy_mx_missing, {text_.size(), 0}});
    }

  private:
    constexpr void say(finding said) { result_.findings.push_back(said); }
    constexpr text_span place(std::string_view part) const { return span_of(text_, part); }
    constexpr bool& seen(policy_name name) { return seen_[static_cast<std::size_t>(name)]; }

    /// Whether this is the first of its name; reports it if not.
    constexpr bool is_first(policy_field const& field) {
        if (seen(field.known) && !field.explained)
            say({code::policy_field_duplicate, span_of(text_, field.name, field.value), field.name});
        return !std::exchange(seen(field.known), true);
    }
    /// Whether the field obeys the rule of its name; reports it if not.
    constexpr bool obeys(policy_field const& field) {
        if (!field.wellformed && !field.explained) say(explain_known_field(text_, field, options_));
        return field.wellformed;
    }
    constexpr void take_mx(policy_field const& field) {
        if (obeys(field)) {
            if (result_.value.mx.empty()) result_.value.mx.reserve(4);
            result_.value.mx.push_back({field.value});
        }
        if (field.wellformed || !options_.skip_malformed_mx) seen(policy_name::mx) = true;
    }

    std::string_view text_;
    parse_options const& options_;
    parsed<sts_policy>& result_;
    /// For the four names in the order of `policy_name`.
    std::array<bool, 4> seen_{};
    bool mode_known_ = false;
};

}  // namespace detail

/// Reads a policy body (RFC 8461 3.2).
///
/// The first version, mode and max_age count; max_age is clamped to `max_age_limit`; any malformed mx makes the policy
/// unusable. Findings: the policy-* and host-* codes; `usable()` means that a sending MTA may apply the policy.
/// Example: `static_assert(mtasts::parse_sts_policy("version: STSv1\nmode: none\nmax_age: 86400\n").usable());`
constexpr parsed<sts_policy> parse_sts_policy(kept_text text, parse_options const& options = {}) {
    parsed<sts_policy> result;
    auto& found = result.findings;
    if (detail::too_large(text, options, found)) return result;

    detail::policy_builder builder(text, options, result);
    detail::policy_reader(text, options, found)
        .for_each_field([&](detail::policy_field const& field) { builder.take(field); }, [&] { builder.forget(); });
    detail::drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        found.push_back(
            {code::policy_field_duplicate, detail::span_of(text, ignored.name, ignored.value), ignored.name});
    });

    builder.say_missing();
    sort_by_place(found);
    return result;
}

}  // namespace mtasts
