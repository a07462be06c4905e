// SPDX-License-Identifier: BSL-1.0
#include "fetch_queue.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "address.hpp"

namespace socketmap {
namespace {

using counts = std::unordered_map<std::string_view, std::size_t>;

std::size_t count_of(counts const& all, std::string_view name) {
    auto const found = all.find(name);
    return found == all.end() ? 0 : found->second;
}

}  // namespace

fetch_claim claim_of(std::string registered, std::vector<std::string> const& addresses) {
    std::set<std::string> networks;
    for (auto const& address : addresses) networks.insert(network_of(address));
    return {std::move(registered), {networks.begin(), networks.end()}};
}

std::optional<std::size_t> next_fetch(std::vector<fetch_claim const*> const& running,
                                      std::vector<fetch_claim const*> const& waiting, fetch_shares shares) {
    if (running.size() >= shares.at_once) return std::nullopt;
    counts of_domain, of_network;
    std::size_t not_awaited = 0;
    for (auto const* const each : running) {
        ++of_domain[each->registered];
        for (auto const& network : each->networks) ++of_network[network];
        not_awaited += each->awaited ? 0U : 1U;
    }
    auto const may_begin = [&](fetch_claim const& claim) {
        return (claim.awaited || not_awaited < shares.not_awaited()) &&
               count_of(of_domain, claim.registered) < shares.of_domain() &&
               std::all_of(claim.networks.begin(), claim.networks.end(), [&](std::string const& network) {
                   return count_of(of_network, network) < shares.of_network();
               });
    };
    auto const rank = [&](fetch_claim const& claim) {
        return std::pair(!claim.awaited, count_of(of_domain, claim.registered));
    };
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i != waiting.size(); ++i)
        if (may_begin(*waiting[i]) && (!best || rank(*waiting[i]) < rank(*waiting[*best]))) best = i;
    return best;
}

}  // namespace socketmap
