// SPDX-License-Identifier: BSL-1.0
/// Promises of comparing texts with each other. The input has five parts, separated by form feeds: the former policy and
/// record, the present ones, and the domain's MX hosts, one a line:
///   1. findings lie inside the policy's text, and an unchanged policy has none about a change;
///   2. an MX host is reported if, and only if, the mode is not none and no pattern covers the host;
///   3. every sender has an answer to the policy, with a reason if the policy is not usable.
#include <algorithm>
#include <vector>

#include <mtasts/lint/cross.hpp>
#include <mtasts/lint/senders.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>
#include <mtasts/write/id.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

using mtasts::code;
using names = std::vector<std::string_view>;
void keep_promises_of_cover(std::string_view text, mtasts::sts_policy const& policy, names const& hosts) {
    mtasts::findings found;
    mtasts::lint_policy_with_mx(text, policy, hosts, found);
    for (auto host : hosts) {
        if (host == ".") continue;  // RFC 7505 3: no host at all.
        bool const missed = policy.mode != mtasts::policy_mode::none && !mtasts::mx_matches(policy, host);
        if (host.ends_with('.')) host.remove_suffix(1);
        bool const told = std::any_of(found.begin(), found.end(), [&](auto const& f) {
            return code::cover_host_missing <= f.code && f.code <= code::cover_wildcard_depth_testing &&
                   f.detail == host;
        });
        keep_promise(missed == told, "a host that no pattern covers is reported");
    }
    for (auto const& f : found) keep_promise(f.where.end() <= text.size(), "findings lie inside the text");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    auto const take = [&] { return take_part(input.text, '\f'); };
    auto const old_text = take(), old_record_text = take(), text = take(), record_text = take();
    auto const mx = parts_of(input.text, '\n');
    auto const old_policy = mtasts::parse_sts_policy(old_text), policy = mtasts::parse_sts_policy(text);
    auto const old_record = mtasts::parse_sts_record(old_record_text), record = mtasts::parse_sts_record(record_text);
    mtasts::findings found;
    mtasts::lint_change(text, {&old_policy, &old_record}, {&policy, &record}, mx, found);
    auto const digest = mtasts::make_id(policy.value);
    mtasts::lint_record_with_policy(record, policy, digest, found);
    for (auto const& f : found) keep_promise(f.where.end() <= text.size(), "findings lie inside the text");
    found.clear();
    mtasts::lint_change(text, {&policy, &record}, {&policy, &record}, {}, found);
    keep_promise(found.empty() || !policy.usable(), "without a change there is no finding");
    keep_promises_of_cover(text, policy.value, mx);
    auto const answers = mtasts::what_senders_do(text, policy);
    keep_promise(answers.size() == mtasts::detail::sender_table::names.size(), "every sender has an answer");
    for (auto const& answer : answers) keep_promise(policy.usable() || !answer.about.empty(), "an answer has a reason");
    return 0;
}
