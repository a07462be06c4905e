// SPDX-License-Identifier: BSL-1.0
#include "room.hpp"

#include <algorithm>

namespace socketmap {

std::optional<std::vector<std::string>> room_for(room_wanted const& wanted) {
    auto [policies, octets, names] = wanted.kept;
    if (wanted.octets > wanted.most.octets) return std::nullopt;
    std::vector<std::string> evicted;
    auto const may_evict = [&](kept_use const& use) {
        return (!use.in_force || use.used_at < wanted.used_since) &&
               std::ranges::find(evicted, use.domain) == evicted.end();
    };
    auto const evict = [&](kept_use const& use) {
        evicted.push_back(use.domain);
        --policies;
        octets -= use.octets;
    };
    for (auto const& use : wanted.of_owner) {
        if (names < wanted.most.names) break;
        if (!may_evict(use)) continue;
        evict(use);
        --names;
    }
    auto const too_much = [&] {
        return policies >= wanted.most.policies || octets > wanted.most.octets - wanted.octets;
    };
    for (auto const& use : wanted.of_all) {
        if (!too_much()) break;
        if (may_evict(use)) evict(use);
    }
    if (names >= wanted.most.names || too_much()) return std::nullopt;
    return evicted;
}

}  // namespace socketmap
