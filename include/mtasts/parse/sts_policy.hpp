/// RFC 8461 3.2: the policy.
///
/// The grammar judges the whole text. Only a text that it refuses is gone through again, line by line, to find every
/// fault and whatever can still be read.
#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/parse/drop_repeated.hpp>
#include <mtasts/parse/host.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>
#include <mtasts/text/utf8.hpp>

namespace mtasts {

/// RFC 8461 9.3: the names that the RFC gives a meaning. They are reserved: what stands under one of them and breaks
/// its rule is a fault, although it may look like an extension.
enum class policy_name { version, mode, max_age, mx, other };

constexpr policy_name policy_name_of(std::string_view name) {
    if (name == "version") return policy_name::version;
    if (name == "mode") return policy_name::mode;
    if (name == "max_age") return policy_name::max_age;
    if (name == "mx") return policy_name::mx;
    return policy_name::other;
}

/// One line of a policy. `wellformed` tells whether the name's own rule took it; a line that no rule took has its
/// finding already (`explained`).
struct policy_field {
    policy_name known = policy_name::other;
    std::string_view name;
    std::string_view value;
    bool wellformed = false;
    bool explained = false;
};

/// RFC 8461 3.2: what is wrong with a version, a mode or a max_age.
constexpr code policy_version_fault(std::string_view value) {
    return equal_ignoring_case(value, "STSv1") ? code::policy_version_case : code::policy_version_unknown;
}
constexpr code policy_mode_fault(std::string_view value) {
    auto const is = [&](std::string_view mode) { return equal_ignoring_case(value, mode); };
    if (is("testing") || is("enforce") || is("none")) return code::policy_mode_case;
    return is("report") ? code::policy_mode_report : code::policy_mode_unknown;
}
constexpr code policy_max_age_fault(std::string_view value) {
    if (all_octets(value, is_digit)) return code::policy_max_age_digits;
    if (value.front() == '+' || value.front() == '-') return code::policy_max_age_sign;
    auto const digits = value.find_first_not_of("0123456789");
    auto const unit = trimmed(value.substr(digits));
    bool const has_unit = digits != 0 && !unit.empty() && all_octets(unit, is_alpha);
    return has_unit ? code::policy_max_age_unit : code::policy_max_age_number;
}

/// Whether a known name and its ":" stand behind a ";" or "," of a value: a policy written in one line.
constexpr bool holds_another_field(std::string_view value) {
    bool found = false, first = true;
    for (char const separator : {';', ',', ' '}) {
        first = true;
        for_each_piece(value, separator, [&](std::string_view piece) {
            auto const parts = split_policy_line(trimmed(piece));
            found = found || (!first && parts.colon && policy_name_of(parts.name) != policy_name::other);
            first = false;
        });
    }
    return found;
}

/// What is wrong with a line under one of the reserved names, a view of the whole text.
constexpr finding explain_known_field(std::string_view whole, policy_field const& field, parse_options const& options) {
    auto const line = span_of(whole, field.name, field.value).of(whole);
    auto const value = field.value;
    bool const is_mx = field.known == policy_name::mx;
    auto const say = [&](code what, std::string_view where) {
        finding const said{what, span_of(whole, where)};
        switch (field.known) {
            case policy_name::version: return with_expectation<grammar::sts_policy_version>(said, whole, line);
            case policy_name::mode: return with_expectation<grammar::sts_policy_mode>(said, whole, line);
            case policy_name::max_age: return with_expectation<grammar::sts_policy_max_age>(said, whole, line);
            default: return with_expectation<grammar::sts_policy_mx>(said, whole, line);
        }
    };
    if (is_mx && options.skip_malformed_mx) return {code::policy_mx_skipped, span_of(whole, value)};
    if (holds_another_field(value)) return say(code::policy_one_line, value);
    if (value.ends_with(';')) return say(code::policy_value_semicolon, value.substr(value.size() - 1));
    if (auto const hash = value.find('#'); hash != value.npos && hash != 0 && is_space(value[hash - 1]))
        return say(code::policy_value_comment, value.substr(without_trailing_space(value.substr(0, hash)).size()));
    if (is_mx) return explain_host(whole, value, true);
    if (value.empty()) return say(code::policy_value_empty, field.name);
    if (value.front() == '"' || value.front() == '\'') return say(code::policy_value_quoted, value);
    switch (field.known) {
        case policy_name::version: return say(policy_version_fault(value), value);
        case policy_name::mode: return say(policy_mode_fault(value), value);
        default: return say(policy_max_age_fault(value), value);
    }
}

/// Reads the fields of a policy.
class policy_reader {
  public:
    constexpr policy_reader(std::string_view text, parse_options const& options, findings& found)
        : text_(text), options_(options), found_(found) {}

    /// Calls `take` with every field while the grammar reads on; where the grammar refuses the text in the end, calls
    /// `forget`, explains the faults, and begins again with what can still be read.
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
        auto const parts = split_policy_line(line);
        return {policy_name_of(parts.name), parts.name, parts.value};
    }
    static constexpr policy_field known_field(policy_name known, std::string_view name, std::string_view line) {
        return {known, line.substr(0, name.size()), without_leading_space(line.substr(name.size() + 1)), true};
    }

    constexpr void say(code what, std::string_view where) { found_.push_back({what, span_of(text_, where)}); }

    constexpr void explain_policy() {
        if (text_.empty()) return say(code::policy_empty, text_);
        if (another_kind_of_text()) return;
        auto rest = text_;
        if (constexpr std::string_view bom = "\xEF\xBB\xBF"; rest.starts_with(bom)) {
            say(options_.lenient ? code::policy_bom_skipped : code::policy_bom, rest.substr(0, bom.size()));
            rest.remove_prefix(bom.size());
        }
        for (policy_lines lines(rest); !lines.done();) {
            auto const line = lines.next();
            if (line.end() == "\r") say(code::policy_bare_cr, line.end());
            if (!trimmed(line.text).empty()) read_line(line.text);
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

    /// Faults so plain that nothing else is worth saying.
    constexpr bool another_kind_of_text() {
        auto const begin = text_.substr((std::min)(text_.find_first_not_of(" \t\r\n"), text_.size()));
        if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF")) say(code::policy_utf16, text_);
        else if (begin.starts_with('<')) say(code::policy_is_html, text_);
        else if (begin.starts_with('{')) say(code::policy_is_json, text_);
        else if (starts_ignoring_case(begin, "v=STSv1")) say(code::policy_is_record, text_);
        else return false;
        return true;
    }

    constexpr void read_line(std::string_view line) {
        auto const before = fields_.size();
        auto const keep = [&](auto event, std::string_view part) { fields_.push_back(field_of(event, part)); };
        if (read(grammar::sts_policy_line, line, keep)) return;
        fields_.resize(before);
        explain_line(line);
    }

    constexpr void explain_line(std::string_view line) {
        auto const at = [&](code what, std::string_view where) {
            found_.push_back(with_expectation<grammar::sts_policy_line>({what, span_of(text_, where)}, text_, line));
        };
        auto const parts = split_policy_line(line);
        auto const name = trimmed(parts.name);
        auto const explained = policy_field{policy_name_of(name), name, parts.value, false, true};
        auto const one = [&](std::size_t offset) { return line.substr(offset, 1); };
        auto const give_up = [&](code what, std::string_view where) {
            at(what, where);
            fields_.push_back(explained);
        };
        if (auto const bad = find_octet(line, [](char c) { return is_control(c) && c != '\t'; }); bad != line.npos)
            return give_up(code::policy_control, one(bad));
        for (auto rest = line; !rest.empty();) {
            auto const length = first_code_point(rest).length;
            if (length == 0) return give_up(code::policy_not_utf8, rest.substr(0, 1));
            rest.remove_prefix(length);
        }
        if (auto const first = trimmed(line);
            first.starts_with('#') || first.starts_with("//") || first.starts_with(';'))
            return at(code::policy_comment, line);
        if (is_space(line.front())) {
            at(code::policy_leading_space, line.substr(0, line.size() - without_leading_space(line).size()));
            return read_line(without_leading_space(line));
        }
        if (!parts.colon) {
            auto const equals = line.find('=');
            if (equals != line.npos) {
                auto const meant = trimmed(line.substr(0, equals));
                fields_.push_back({policy_name_of(meant), meant, {}, false, true});
                return at(code::policy_equals_sign, one(equals));
            }
            return at(code::policy_colon_missing, line);
        }
        if (name.size() != parts.name.size())
            return give_up(code::policy_space_before_colon, parts.name.substr(name.size()));
        if (explained.known != policy_name::other) {
            found_.push_back(explain_known_field(text_, explained, options_));
            return fields_.push_back(explained);
        }
        if (!read(grammar::sts_policy_ext_name >> grammar::eoi, name, ignore_events))
            return at(code::policy_name, parts.name.empty() ? line.substr(0, 1) : parts.name);
        if (parts.value.empty()) return at(code::policy_value_empty, name);
        at(code::policy_value_tab, one(span_of(line, parts.value).offset + parts.value.find('\t')));
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

/// Reads a policy body (RFC 8461 3.2).
///
/// The first version, mode and max_age count; max_age is clamped to `max_age_limit`; any malformed mx makes the policy
/// unusable. Findings: the policy-* and host-* codes; `usable()` means that a sending MTA may apply the policy.
/// Example: `static_assert(mtasts::parse_sts_policy("version: STSv1\nmode: none\nmax_age: 86400\n").usable());`
constexpr parsed<sts_policy> parse_sts_policy(std::string_view text, parse_options const& options = {}) {
    parsed<sts_policy> result;
    auto& found = result.findings;
    if (too_large(text, options, found)) return result;

    bool version = false, mode = false, max_age = false, mx = false, mode_known = false;
    // Whether this is the first of its name; says so if it is not.
    auto const first = [&](bool& seen, policy_field const& field) {
        if (seen && !field.explained)
            found.push_back({code::policy_field_duplicate, span_of(text, field.name, field.value), field.name});
        return !std::exchange(seen, true);
    };
    // Whether the field obeys the rule of its name; says so if it does not.
    auto const obeys = [&](policy_field const& field) {
        if (!field.wellformed && !field.explained) found.push_back(explain_known_field(text, field, options));
        return field.wellformed;
    };

    auto const take = [&](policy_field const& field) {
        switch (field.known) {
            case policy_name::version:
                if (first(version, field)) obeys(field);
                break;
            case policy_name::mode:
                if (!first(mode, field) || !obeys(field)) break;
                mode_known = true;
                result.value.mode = field.value == "enforce"   ? policy_mode::enforce
                                    : field.value == "testing" ? policy_mode::testing
                                                               : policy_mode::none;
                break;
            case policy_name::max_age:
                if (!first(max_age, field) || !obeys(field)) break;
                result.value.max_age = (std::min)(seconds_of(field.value), max_age_limit);
                if (seconds_of(field.value) > max_age_limit)
                    found.push_back({code::policy_max_age_large, span_of(text, field.value)});
                break;
            case policy_name::mx:
                if (obeys(field)) {
                    if (result.value.mx.empty()) result.value.mx.reserve(4);
                    result.value.mx.push_back({field.value});
                }
                mx = mx || field.wellformed || !options.skip_malformed_mx;
                break;
            case policy_name::other:
                if (!field.explained) result.value.extensions.push_back({field.name, field.value});
        }
    };
    policy_reader(text, options, found).for_each_field(take, [&] {
        result = {};
        version = mode = max_age = mx = mode_known = false;
    });
    drop_repeated(result.value.extensions, &extension::name, [&](extension const& ignored) {
        found.push_back({code::policy_field_duplicate, span_of(text, ignored.name, ignored.value), ignored.name});
    });

    auto const missing = [&](code what) { found.push_back({what, {text.size(), 0}}); };
    bool const nothing_read = !version && !mode && !max_age && !mx && !result.usable();
    if (!nothing_read) {
        if (!version) missing(code::policy_version_missing);
        if (!mode) missing(code::policy_mode_missing);
        if (!max_age) missing(code::policy_max_age_missing);
        if (!mx && mode_known && result.value.mode != policy_mode::none) missing(code::policy_mx_missing);
    }
    sort_by_place(found);
    return result;
}

}  // namespace mtasts
