/// Which policies have to leave so that a new one can be kept.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace socketmap {

/// What is kept, or may be at most.
struct kept_amount {
    std::int64_t policies = 0;
    /// Of their texts.
    std::int64_t octets = 0;
    /// Policies of one registrable domain.
    std::int64_t names = 0;
};

/// A policy that might leave.
struct kept_use {
    std::string domain;
    std::int64_t octets = 0;
    /// When mail last asked for it, of the time seen to pass.
    std::chrono::seconds used_at{0};
    /// It has not ended by the time seen to pass.
    bool in_force = true;
};

struct room_wanted {
    kept_amount most;
    /// At present; the names are those of the new policy's registrable domain.
    kept_amount kept;
    std::int64_t octets = 0;
    /// What mail asked for since then does not leave while it is in force.
    std::chrono::seconds used_since{0};
    /// Of the same registrable domain, and of all; the least used first.
    std::vector<kept_use> of_owner;
    std::vector<kept_use> of_all;
};

/// The domains whose policies leave, of which each is the least used that may; nothing where there is no room. A
/// registrable domain that has all the names it may have makes room among its own.
/// Example: `room_for({.most = {1, 9, 1}})->empty()`
std::optional<std::vector<std::string>> room_for(room_wanted const& wanted);

}  // namespace socketmap
