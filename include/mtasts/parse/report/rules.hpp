// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4: what must hold between the members of one object of a report, once it has been read.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <mtasts/parse/report/values.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/decoded_strings.hpp>

namespace mtasts::detail {

/// Where an object begins, which members it has (by their index in the schema), and where their values begin.
struct tlsrpt_presence {
    std::size_t begin = 0;
    std::uint32_t seen = 0;
    // Only meaningful for members that were seen.
    std::array<std::size_t, 8> at;

    constexpr bool has(std::size_t index) const { return (seen >> index & 1) != 0; }
};

constexpr bool is_tlsa_result(tlsrpt_result_type type) {
    return type == tlsrpt_result_type::tlsa_invalid || type == tlsrpt_result_type::dnssec_invalid ||
           type == tlsrpt_result_type::dane_required;
}
constexpr bool is_sts_result(tlsrpt_result_type type) {
    return type == tlsrpt_result_type::sts_policy_fetch_error || type == tlsrpt_result_type::sts_policy_invalid ||
           type == tlsrpt_result_type::sts_webpki_invalid;
}
/// RFC 8460 4.3.2: whether a result belongs to the other kind of policy.
constexpr bool contradicts(tlsrpt_result_type result, tlsrpt_policy_type policy) {
    return (policy == tlsrpt_policy_type::sts && is_tlsa_result(result)) ||
           (policy == tlsrpt_policy_type::tlsa && is_sts_result(result));
}

/// Whether the condition of a member holds for the object that it belongs to.
constexpr bool holds(when condition, tlsrpt_applied_policy const& policy) {
    bool const applied =
        policy.type.kind != tlsrpt_policy_type::no_policy_found && policy.type.kind != tlsrpt_policy_type::absent;
    return condition == when::always || (condition == when::policy_applied && applied) ||
           (condition == when::policy_is_sts && policy.type.kind == tlsrpt_policy_type::sts);
}
constexpr bool holds(when condition, tlsrpt_failure const& failure) {
    using type = tlsrpt_result_type;
    auto const result = failure.result.kind;
    // RFC 8460 4.3.1 and 4.3.3: failures of a session; those of 4.3.2 happen before there is one.
    bool const session = type::starttls_not_supported <= result && result <= type::validation_failure;
    bool const vague = result == type::certificate_not_trusted || result == type::validation_failure;
    return condition == when::always || (condition == when::session_failed && session) ||
           (condition == when::result_is_vague && vague);
}
template <class Object>
constexpr bool holds(when condition, Object const&) {
    return condition == when::always;
}

/// Reports the members that are missing.
template <class Object>
constexpr void check_presence(json_reader& json, Object const& object, tlsrpt_presence const& here) {
    auto const check = [&]<std::size_t Index>() {
        constexpr auto& member = std::get<Index>(tlsrpt_members<Object>);
        if constexpr (member.required != when::never || member.expected != when::never) {
            if (here.has(Index)) return;
            auto const what = holds(member.required, object)             ? code::report_member_missing
                              : !holds(member.expected, object)          ? std::optional<code>()
                              : member.expected == when::result_is_vague ? code::report_reason_missing
                                                                         : code::report_member_omitted;
            if (what) json.say(*what, {here.begin, 1}, member.name, member.clause);
        }
    };
    [&]<std::size_t... Index>(std::index_sequence<Index...>) { (check.template operator()<Index>(), ...); }
    (std::make_index_sequence<tlsrpt_member_count<Object>>());
}

/// The span of the value that begins at an offset: of a string without its quotation marks, of others the first octet.
constexpr text_span value_place(json_reader const& json, std::size_t offset) {
    auto const text = json.text().substr(offset);
    if (!text.starts_with('"')) return {offset, std::min<std::size_t>(text.size(), 1)};
    std::size_t stop = 1;
    while (stop < text.size() && text[stop] != '"') stop += text[stop] == '\\' ? 2U : 1U;
    return {offset + 1, (std::min)(stop, text.size()) - 1};
}

/// Whether an empty array begins at an offset.
constexpr bool is_empty_array(json_reader const& json, std::size_t offset) {
    auto const at = json.begin() + offset;
    return json.peek(at) == '[' && json.peek(json.skip_blanks(at + 1)) == ']';
}

/// RFC 8460 4.1: a report covers one day of UTC.
constexpr void check_object(json_reader& json, tlsrpt_date_range& range, tlsrpt_presence const& here) {
    if (!range.start || !range.end) return;
    constexpr auto end = tlsrpt_index_of<&tlsrpt_date_range::end>(&tlsrpt_date_range::end);
    auto const place = [&] { return value_place(json, here.at[end]); };
    auto const midnight = std::chrono::floor<std::chrono::days>(*range.start);
    auto const next = midnight + std::chrono::days(1);
    if (*range.end < *range.start) {
        range = {};
        return json.say(code::report_range_backwards, place());
    }
    if (*range.start != midnight || (*range.end != next && *range.end != next - std::chrono::seconds(1)))
        return json.say(code::report_range_not_day, place());
    // A leap second at the end of the day is the same instant.
    if (*range.end == next && place().of(json.text()).find(":60") == std::string_view::npos)
        json.say(code::report_range_midnight, place());
}

/// RFC 8460 4.5: splits one string that is itself a JSON array of strings; false for any other string.
constexpr bool unwrap_json_strings(std::string_view text, std::vector<std::string_view>& out) {
    findings ignored;
    text::decoded_strings unused;
    json_reader json(text, {.max_findings = 0}, unused, ignored);
    auto at = json.skip_blanks(json.begin());
    if (json.peek(at) != '[' || text.find('\\') != text.npos) return false;
    std::vector<std::string_view> strings;
    do {
        at = json.skip_blanks(at + 1);
        if (json.peek(at) != '"') return false;
        auto const string = json.read_string(at);
        if (string.after == nullptr) return false;
        strings.push_back(string.text.value);
        at = json.skip_blanks(string.after);
    } while (json.peek(at) == ',');
    if (json.peek(at) != ']' || json.skip_blanks(at + 1) != json.end()) return false;
    out = std::move(strings);
    return true;
}

/// RFC 8460 4.5: the data of TLSA records.
constexpr void check_tlsa_strings(json_reader& json, tlsrpt_applied_policy& policy, text_span whole) {
    auto& strings = policy.strings;
    if (strings.size() == 1 && unwrap_json_strings(strings.front(), strings))
        json.say(code::report_policy_string_json, whole);
    for (auto const string : strings) {
        if (read(grammar::plain_tlsa_record, string, ignore_events) ||
            read(grammar::tlsa_record, string, ignore_events))
            continue;
        bool const owner = string.find(" TLSA ") != string.npos;
        bool const in_text =
            json.text().data() <= string.data() && string.data() < json.text().data() + json.text().size();
        finding said{owner ? code::report_tlsa_owner : code::report_tlsa_record, whole};
        if (in_text) {
            said = with_expectation<grammar::tlsa_record>(said, json.text(), string);
            said.where = said.part;
        }
        json.say(said);
    }
}

/// RFC 8460 4: splits records that share one string, which the RFC mentions in passing.
constexpr void split_tlsa_strings(std::vector<std::string_view>& strings) {
    for (auto const text : std::exchange(strings, {}))
        text::for_each_piece(text, ';', [&](std::string_view record) {
            if (!text::trimmed(record).empty()) strings.push_back(text::trimmed(record));
        });
}

/// RFC 8460 4.4, 4.5: policy-string, whose value begins at an offset. `bare`: it was a single string.
constexpr void check_strings(json_reader& json, tlsrpt_applied_policy& policy, std::size_t at, bool bare) {
    auto const place = [&] { return value_place(json, at); };
    auto const type = policy.type.kind;
    if (type == tlsrpt_policy_type::no_policy_found && !policy.strings.empty())
        json.say(code::report_policy_string_without_policy, place());
    if (policy.strings.empty() && holds(when::policy_applied, policy) && is_empty_array(json, at))
        json.say(code::report_member_empty, place());
    if (type != tlsrpt_policy_type::tlsa) return;
    if (bare) split_tlsa_strings(policy.strings);
    check_tlsa_strings(json, policy, place());
}

/// RFC 8460 4.4: mx-host, whose value begins at an offset.
constexpr void check_mx_hosts(json_reader& json, tlsrpt_applied_policy const& policy, std::size_t at) {
    auto const type = policy.type.kind;
    if (type == tlsrpt_policy_type::sts && policy.mx_hosts.empty() && is_empty_array(json, at))
        json.say(code::report_mx_host_empty, value_place(json, at));
    bool const other = type == tlsrpt_policy_type::tlsa || type == tlsrpt_policy_type::no_policy_found;
    if (other && !policy.mx_hosts.empty()) json.say(code::report_mx_host_without_sts, value_place(json, at));
}

/// RFC 8460 4.4, 4.5: what belongs to which type of policy. `bare`: policy-string was a single string.
constexpr void check_object(json_reader& json, tlsrpt_applied_policy& policy, tlsrpt_presence const& here, bool bare) {
    constexpr auto strings = tlsrpt_index_of<&tlsrpt_applied_policy::strings>(&tlsrpt_applied_policy::strings);
    constexpr auto mx_hosts = tlsrpt_index_of<&tlsrpt_applied_policy::mx_hosts>(&tlsrpt_applied_policy::mx_hosts);
    if (here.has(strings)) check_strings(json, policy, here.at[strings], bare);
    if (here.has(mx_hosts)) check_mx_hosts(json, policy, here.at[mx_hosts]);
}

/// RFC 8460 4.3: a failure under a policy of some type; `absent` where the policy is not known yet.
constexpr void check_object(json_reader& json, tlsrpt_failure& failure, tlsrpt_presence const& here,
                            tlsrpt_policy_type policy) {
    constexpr auto result = tlsrpt_index_of<&tlsrpt_failure::result>(&tlsrpt_failure::result);
    constexpr auto count = tlsrpt_index_of<&tlsrpt_failure::failed_sessions>(&tlsrpt_failure::failed_sessions);
    if (contradicts(failure.result.kind, policy))
        json.say(code::report_result_policy, value_place(json, here.at[result]), failure.result.text());
    if (failure.failed_sessions == 0u) json.say(code::report_failure_count_zero, value_place(json, here.at[count]));
}

/// RFC 8460 4: compares a policy's failures with its summary, which may count more sessions but not fewer.
constexpr void check_object(json_reader& json, tlsrpt_policy_result& result, tlsrpt_presence const& here,
                            bool policy_came_first) {
    constexpr auto failures = tlsrpt_index_of<&tlsrpt_policy_result::failures>(&tlsrpt_policy_result::failures);
    if (!here.has(failures)) return;
    text_span const place{here.at[failures], 1};
    std::uint64_t sum = 0;
    std::string_view contradiction;
    for (auto const& failure : result.failures) {
        sum = (std::min)(sum + failure.failed_sessions.value_or(0), greatest_count + 1);
        if (contradicts(failure.result.kind, result.policy.type.kind)) contradiction = failure.result.text();
    }
    if (!contradiction.empty() && !policy_came_first) json.say(code::report_result_policy, place, contradiction);
    if (result.summary.failed && sum > *result.summary.failed) json.say(code::report_count_sum, place);
}

}  // namespace mtasts::detail
