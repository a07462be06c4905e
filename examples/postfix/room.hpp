// SPDX-License-Identifier: BSL-1.0
/// Which stored policies are evicted to make room for a new one.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace socketmap {

/// An amount of stored policies, or its limit.
struct kept_amount {
    std::int64_t policies = 0;
    /// Of their texts.
    std::int64_t octets = 0;
    /// Policies of one registrable domain.
    std::int64_t names = 0;
};

/// A policy that might be evicted.
struct kept_use {
    std::string domain;
    std::int64_t octets = 0;
    /// Seen time when mail last used it.
    std::chrono::seconds used_at{0};
    /// Whether it has not expired, in seen time.
    bool in_force = true;
};

struct room_wanted {
    kept_amount most;
    /// Currently stored; `names` counts the new policy's registrable domain.
    kept_amount kept;
    std::int64_t octets = 0;
    /// A policy in force that mail has used since then is not evicted.
    std::chrono::seconds used_since{0};
    /// Candidates of the same registrable domain, and all candidates; least recently used first.
    std::vector<kept_use> of_owner;
    std::vector<kept_use> of_all;
};

/// The domains to evict, least recently used first; nothing if there is no room even so. A registrable domain at its
/// limit evicts among its own names.
/// Example: `room_for({.most = {1, 9, 1}})->empty()`
std::optional<std::vector<std::string>> room_for(room_wanted const& wanted);

}  // namespace socketmap
