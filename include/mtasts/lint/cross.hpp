// SPDX-License-Identifier: BSL-1.0
/// Compares two things: record and policy, policy and MX hosts, the states before and after a change.
#pragma once
#include <algorithm>
#include <chrono>
#include <span>
#include <string_view>

#include <mtasts/decide/mx_match.hpp>
#include <mtasts/finding/finding.hpp>
#include <mtasts/model/kept_text.hpp>
#include <mtasts/model/sts_policy.hpp>
#include <mtasts/model/sts_record.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/lines.hpp>

namespace mtasts {

/// RFC 8461 3.1, 3.3: compares the record with the policy it announces. Findings, about the policy's text: pair-*.
/// `digest_id` is the id that `make_id` gives the policy; a finding may have a view of it.
constexpr void lint_record_with_policy(parsed<sts_record> const& record, parsed<sts_policy> const& policy,
                                       kept_text digest_id, findings& found) {
    if (record.usable() && !policy.usable()) found.push_back({code::pair_policy_unusable, {}});
    if (!record.usable() && policy.usable()) found.push_back({code::pair_record_unusable, {}});
    auto const id = record.value.id;
    bool const looks_like_digest = id.size() == digest_id.size() && text::all_octets(id, [](char c) {
                                       return text::is_hex_digit(c) && c == text::lower(c);
                                   });
    if (record.usable() && policy.usable() && looks_like_digest && id != digest_id)
        found.push_back({code::pair_id_digest, {}, digest_id});
}

namespace detail {

/// Whether the host is below the wildcard's domain, at any depth.
constexpr bool is_wildcard_above(mx_pattern pattern, std::string_view host) {
    if (!pattern.wildcard()) return false;
    auto const suffix = pattern.text.substr(1);
    return host.size() > suffix.size() && text::equal_ignoring_case(host.substr(host.size() - suffix.size()), suffix);
}

}  // namespace detail

/// RFC 8461 4.1, 8.4: compares the policy with the names in the domain's MX records, in both directions: a host that no
/// pattern covers, and a pattern that covers no host. The policy has to be usable. Findings, about the policy's text, with
/// views of the hosts: cover-*.
/// Example: `mtasts::lint_policy_with_mx(text, policy.value, hosts, found);`
constexpr void lint_policy_with_mx(std::string_view text, sts_policy const& policy,
                                   std::span<std::string_view const> hosts, findings& found) {
    if (hosts.empty() || policy.mode == policy_mode::none) return;
    auto const place = detail::span_of(text, text::first_policy_value(text, "mx"));
    if (std::all_of(hosts.begin(), hosts.end(), [](std::string_view host) { return host == "."; })) {
        found.push_back({code::cover_null_mx, place});
        return;
    }
    for (auto host : hosts) {
        if (host == "." || mx_matches(policy, host)) continue;
        if (host.ends_with('.')) host.remove_suffix(1);
        auto const deep = std::find_if(policy.mx.begin(), policy.mx.end(),
                                       [&](mx_pattern pattern) { return detail::is_wildcard_above(pattern, host); });
        bool const enforce = policy.mode == policy_mode::enforce;
        if (deep != policy.mx.end())
            found.push_back({enforce ? code::cover_wildcard_depth : code::cover_wildcard_depth_testing,
                             detail::span_of(text, deep->text), host});
        else found.push_back({enforce ? code::cover_host_missing : code::cover_host_missing_testing, place, host});
    }
    for (auto const pattern : policy.mx)
        if (std::none_of(hosts.begin(), hosts.end(), [&](std::string_view host) { return mx_matches(pattern, host); }))
            found.push_back({code::cover_pattern_unused, detail::span_of(text, pattern.text)});
}

namespace detail {

/// An order of patterns that ignores case.
constexpr bool mx_less(mx_pattern a, mx_pattern b) { return text::less_ignoring_case(a.text, b.text); }

/// Whether two policies ask the same of a sending MTA, ignoring the order and the case of their patterns.
constexpr bool same_policy(sts_policy const& one, sts_policy const& other) {
    auto a = one.mx, b = other.mx;
    std::sort(a.begin(), a.end(), mx_less);
    std::sort(b.begin(), b.end(), mx_less);
    return one.mode == other.mode && one.max_age == other.max_age && a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [](mx_pattern x, mx_pattern y) { return text::equal_ignoring_case(x.text, y.text); });
}

}  // namespace detail

/// What was published before, as far as it is known; empty pointers mean that nothing is known.
/// Example: `static_assert(mtasts::publication{}.policy == nullptr);`
struct publication {
    parsed<sts_policy> const* policy = nullptr;
    parsed<sts_record> const* record = nullptr;
};

namespace detail {

/// RFC 8461 3.1: the id changes when, and only when, the policy does.
constexpr void lint_change_of_id(publication before, publication after, bool same_policy, findings& found) {
    if (before.record == nullptr || after.record == nullptr) return;
    if (!before.record->usable() || !after.record->usable()) return;
    bool const same_id = before.record->value.id == after.record->value.id;
    if (same_id && !same_policy) found.push_back({code::change_id_same, {}, after.record->value.id});
    if (!same_id && same_policy) found.push_back({code::change_id_only, {}});
}

/// RFC 8461 8.1: how the new hosts and patterns fare with senders that hold the old policy, if it was enforced; `mx` is
/// where the new policy's patterns begin.
constexpr void lint_change_of_mx(sts_policy const& old_policy, sts_policy const& new_policy, text_span mx,
                                 std::span<std::string_view const> hosts, findings& found) {
    for (auto const host : hosts)
        if (host != "." && !mx_matches(old_policy, host)) found.push_back({code::change_mx_not_held, mx, host});
    if (new_policy.mode == policy_mode::none) return;
    auto kept = new_policy.mx;
    std::sort(kept.begin(), kept.end(), mx_less);
    for (auto const pattern : old_policy.mx)
        if (!std::binary_search(kept.begin(), kept.end(), pattern, mx_less) &&
            (pattern.wildcard() || !mx_matches(new_policy, pattern.text)))
            found.push_back({code::change_mx_dropped, mx, pattern.text});
}

}  // namespace detail

/// RFC 8461 8.1, 8.3: the effect of a change of policy on senders that still hold the old one. `hosts` are the names in
/// the domain's MX records now. Findings, about the new policy's text: change-*.
/// Example: `mtasts::lint_change(text, {&policy, &record}, {&policy, &record}, hosts, found);`
constexpr void lint_change(std::string_view text, publication before, publication after,
                           std::span<std::string_view const> hosts, findings& found) {
    auto const at = [&](std::string_view name) { return detail::span_of(text, text::first_policy_value(text, name)); };
    if (before.policy == nullptr || after.policy == nullptr || !before.policy->usable()) return;
    auto const& old_policy = before.policy->value;
    bool const enforced = old_policy.mode == policy_mode::enforce;
    if (!after.policy->usable()) {
        if (enforced) found.push_back({code::change_enforce_unusable, {}});
        return;
    }
    auto const& new_policy = after.policy->value;
    bool const same = detail::same_policy(old_policy, new_policy);
    detail::lint_change_of_id(before, after, same, found);
    if (same) return;
    if (enforced && new_policy.mode == policy_mode::testing)
        found.push_back({code::change_enforce_dropped, at("mode")});
    if (new_policy.max_age > old_policy.max_age) found.push_back({code::change_max_age_raised, at("max_age")});
    if (new_policy.max_age < old_policy.max_age) found.push_back({code::change_max_age_lowered, at("max_age")});
    if (enforced) detail::lint_change_of_mx(old_policy, new_policy, at("mx"), hosts, found);
}

}  // namespace mtasts
