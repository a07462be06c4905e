// SPDX-License-Identifier: BSL-1.0
/// Every combination of the facts that decide an answer.
#include <array>

#include <catch2/catch.hpp>

#include "answer_choice.hpp"

namespace {

using namespace socketmap;
using mtasts::dane_hosts;
using mtasts::discovery_reason;
using mtasts::policy_mode;
using mtasts::policy_source;

struct beside_dane {
    dane_answer wanted;
    dane_hosts hosts;
    tls_answer answer;
};
constexpr auto with_dane = std::to_array<beside_dane>({
    {dane_answer::leave, dane_hosts::none, tls_answer::secure},
    {dane_answer::leave, dane_hosts::unknown, tls_answer::dane_only},
    {dane_answer::leave, dane_hosts::some, tls_answer::dane_only},
    {dane_answer::leave, dane_hosts::all, tls_answer::left_to_dane},
    {dane_answer::only, dane_hosts::none, tls_answer::secure},
    {dane_answer::only, dane_hosts::unknown, tls_answer::dane_only},
    {dane_answer::only, dane_hosts::some, tls_answer::dane_only},
    {dane_answer::only, dane_hosts::all, tls_answer::dane_only},
    {dane_answer::ignore, dane_hosts::none, tls_answer::secure},
    {dane_answer::ignore, dane_hosts::unknown, tls_answer::secure},
    {dane_answer::ignore, dane_hosts::some, tls_answer::secure},
    {dane_answer::ignore, dane_hosts::all, tls_answer::secure},
});
constexpr bool all_beside_dane() {
    for (auto const& row : with_dane)
        if (answer_beside_dane(row.wanted, row.hosts) != row.answer) return false;
    return true;
}
static_assert(all_beside_dane());

struct without_policy {
    fruitless_lookup lookup;
    dns_failure_answer wanted;
    no_policy_answer answer;
};
constexpr auto fruitless = std::to_array<without_policy>({
    {{false, policy_source::none, discovery_reason::record_absent},
     dns_failure_answer::temporary,
     no_policy_answer::none_found},
    {{false, policy_source::none, discovery_reason::fetch_failed},
     dns_failure_answer::temporary,
     no_policy_answer::none_found},
    {{false, policy_source::not_applicable, discovery_reason::nothing_asked},
     dns_failure_answer::temporary,
     no_policy_answer::none_found},
    {{false, policy_source::none, discovery_reason::lookup_failed},
     dns_failure_answer::not_found,
     no_policy_answer::none_found},
    {{false, policy_source::none, discovery_reason::lookup_failed},
     dns_failure_answer::temporary,
     no_policy_answer::dns_failed},
    {{false, policy_source::none, discovery_reason::lookup_failed, true},
     dns_failure_answer::temporary,
     no_policy_answer::none_found},
    {{false, policy_source::not_understood, discovery_reason::not_understood},
     dns_failure_answer::not_found,
     no_policy_answer::not_understood},
    // A kept policy that holds comes first, whatever the lookup ended with.
    {{true, policy_source::none, discovery_reason::record_absent},
     dns_failure_answer::not_found,
     no_policy_answer::kept_damaged},
    {{true, policy_source::none, discovery_reason::lookup_failed, true},
     dns_failure_answer::not_found,
     no_policy_answer::kept_damaged},
    {{true, policy_source::not_understood, discovery_reason::not_understood},
     dns_failure_answer::temporary,
     no_policy_answer::kept_damaged},
});
constexpr bool all_fruitless() {
    for (auto const& row : fruitless)
        if (answer_without_policy(row.lookup, row.wanted) != row.answer) return false;
    return true;
}
static_assert(all_fruitless());

struct explained {
    discovery_reason why;
    std::string_view words;
};
constexpr explained without_policy[] = {
    {discovery_reason::no_domain, "not a policy domain"},
    {discovery_reason::not_understood, "not understood"},
    {discovery_reason::record_absent, "there is no MTA-STS record"},
    {discovery_reason::record_several, "several MTA-STS records"},
    {discovery_reason::record_invalid, "record is invalid"},
    {discovery_reason::lookup_failed, "DNS does not say"},
    {discovery_reason::fetch_failed, "could not be fetched"},
    {discovery_reason::host_untrusted, "certificate"},
    {discovery_reason::policy_invalid, "the policy is invalid"},
    {discovery_reason::nothing_asked, "there is no policy"},
};
constexpr bool all_explained() {
    for (auto const& row : without_policy)
        if (socketmap::why_no_policy(row.why).find(row.words) == std::string_view::npos) return false;
    return true;
}
static_assert(all_explained());

static_assert(asks_for_tls(policy_mode::enforce, false) && asks_for_tls(policy_mode::enforce, true));
static_assert(!asks_for_tls(policy_mode::testing, false) && asks_for_tls(policy_mode::testing, true));
static_assert(!asks_for_tls(policy_mode::none, false) && !asks_for_tls(policy_mode::none, true));

}  // namespace

TEST_CASE(
    "RFC 8461 2: an answer overrides DANE only if the operator ignores DANE, or no host is known or suspected to have "
    "it") {
    for (auto const& row : with_dane) {
        INFO("setting " << static_cast<int>(row.wanted) << ", hosts " << static_cast<int>(row.hosts));
        CHECK(answer_beside_dane(row.wanted, row.hosts) == row.answer);
    }
}

TEST_CASE("The reason why a lookup found no policy is put in words") {
    for (auto const& row : without_policy) CHECK(socketmap::why_no_policy(row.why).find(row.words) != row.words.npos);
}

TEST_CASE("RFC 8461 3.3: a lookup without a policy ends with NOTFOUND only if no failure may have hidden a policy") {
    for (auto const& row : fruitless) {
        INFO("kept " << row.lookup.kept_holds << ", source " << static_cast<int>(row.lookup.source) << ", why "
                     << static_cast<int>(row.lookup.why) << ", setting " << static_cast<int>(row.wanted));
        CHECK(answer_without_policy(row.lookup, row.wanted) == row.answer);
    }
}
