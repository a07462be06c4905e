// SPDX-License-Identifier: BSL-1.0
/// Discovery that reads the answers of DNS and HTTPS, and keeps the policy itself.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <mtasts/decide/discovery.hpp>
#include <mtasts/decide/policy_fetch.hpp>
#include <mtasts/model/txt_rrset.hpp>
#include <mtasts/owned.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/parse/sts_record.hpp>

namespace mtasts {

namespace detail {

/// The answer for discovery from TXT records at `_mta-sts.<policy domain>` (RFC 8461 3.1); none mean no such name.
/// Example: `static_assert(mtasts::detail::answer_of(mtasts::parse_sts_rrset({{"v=STSv1; id=1"}})).id == mtasts::policy_id("1"));`
constexpr record_answer answer_of(parsed<sts_record> const& record) {
    using kind = record_answer::kind;
    if (record.usable()) return {kind::found, record.value.id};
    if (record.has(code::rrset_several)) return {kind::several};
    return {record.has(code::rrset_absent) || record.has(code::rrset_none) ? kind::absent : kind::invalid};
}

/// The answer for discovery from a policy (RFC 8461 3.2); one that is not usable counts as a failed fetch.
constexpr fetch_answer answer_of(parsed<sts_policy> const& policy) {
    if (!policy.usable()) return {fetch_answer::kind::invalid};
    return {fetch_answer::kind::fetched, policy.value.mode, policy.value.max_age};
}

}  // namespace detail

/// The state of a policy to be stored between runs of a program.
struct kept_policy {
    /// The body as it was fetched (RFC 8460 4.5 wants its lines as they are).
    std::string text;
    std::string id;
    moment fetched_at;
    /// As in `policy_life`. A caller with two clocks sets `time_missed` for a policy that was fetched before
    /// `seen_time::unbroken_since`.
    bool time_missed = false;
    std::optional<std::chrono::seconds> future_since = {};
    std::optional<std::chrono::seconds> past_since = {};
};

/// Why there is no response from the policy host: a certificate that is not valid for it, or anything else.
enum class no_response { unreachable, untrusted };

/// Finds the policy of one domain and keeps it: discovery.hpp decides, this reads the answers.
///
///     auto asked = finder.begin(trigger::mail, now);
///     while (asked != lookup::none)
///         asked = asked == lookup::record ? finder.receive(look_up(finder.record_name()), now)
///                                         : finder.receive(get(finder.fetch()), now);
///
/// Then `in_force(now)` applies, and if `verdict().source` is `live`, `kept()` should be stored. `now` is a `moment` of
/// two clocks; a wall clock time will do if there is no other.
/// Example: `mtasts::policy_finder finder("example.com");`
class policy_finder {
  public:
    explicit policy_finder(std::string_view domain, std::optional<kept_policy> const& kept = {},
                           discovery_options const& options = {}, response_options const& responses = {})
        : policy_(restored(kept)), discovery_(domain, known(kept), options), responses_(responses) {}

    lookup begin(trigger why, moment now) { return discovery_.begin(why, now); }

    /// The TXT records found, none if there is no such name; or the failure to look them up.
    lookup receive(txt_rrset const& records, moment now) {
        return receive(detail::answer_of(parse_sts_rrset(records)), now);
    }
    lookup receive(record_answer const& answer, moment now) { return discovery_.receive(answer, now); }

    /// The response of the policy host, whose certificate was valid for `fetch().host`; or why there is none.
    lookup receive(policy_response const& response, moment now) {
        if (!holds_policy(response, responses_)) return receive(no_response::unreachable, now);
        owned<sts_policy> policy(std::string(response.body), parse_sts_policy);
        auto const answer = detail::answer_of(policy.result());
        if (pending() == lookup::policy && policy.usable()) policy_ = std::move(policy);
        return discovery_.receive(answer, now);
    }
    lookup receive(no_response why, moment now) {
        using kind = fetch_answer::kind;
        return discovery_.receive(fetch_answer{why == no_response::untrusted ? kind::untrusted : kind::failed}, now);
    }

    lookup pending() const { return discovery_.pending(); }
    std::string_view record_name() const { return discovery_.record_name(); }
    policy_fetch const& fetch() const { return discovery_.fetch(); }
    discovery_verdict const& verdict() const { return discovery_.verdict(); }

    /// The policy that applies at this time, or nullptr. Valid until the next answer.
    owned<sts_policy> const* in_force(moment now) const { return discovery_.in_force(now) ? &*policy_ : nullptr; }
    /// For the constructor in the next run of the program; nothing if no policy was ever fetched.
    std::optional<kept_policy> kept() const {
        auto const& known = discovery_.known();
        if (!known) return std::nullopt;
        return kept_policy{std::string(policy_->text()), std::string(known->id.view()), known->fetched_at,
                           known->time_missed,           known->future_since,           known->past_since};
    }

  private:
    static std::optional<owned<sts_policy>> restored(std::optional<kept_policy> const& kept) {
        if (!kept) return std::nullopt;
        owned<sts_policy> policy(kept->text, parse_sts_policy);
        return policy.usable() ? std::optional(std::move(policy)) : std::nullopt;
    }
    std::optional<known_policy> known(std::optional<kept_policy> const& kept) const {
        if (!policy_) return std::nullopt;
        auto const& policy = policy_->value();
        return known_policy{policy_id(kept->id), policy.mode,        policy.max_age,  kept->fetched_at,
                            kept->time_missed,   kept->future_since, kept->past_since};
    }

    std::optional<owned<sts_policy>> policy_;
    discovery discovery_;
    response_options responses_;
};

}  // namespace mtasts
