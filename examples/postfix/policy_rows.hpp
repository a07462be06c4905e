// SPDX-License-Identifier: BSL-1.0
/// Policies as rows of the database.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sqlite.hpp"
#include "store.hpp"

namespace socketmap {

inline constexpr std::string_view policy_columns =
    "domain, id, mode, max_age, fetched_wall, fetched_seen, future_since, past_since, text, refresh_seen, used_seen";

/// A `SELECT` of these columns, followed by `rest`.
std::string select_policies(std::string_view rest);
stored_policy read_policy(statement const& row);

/// A time in the database; a damaged one must not overflow.
std::chrono::seconds seconds_of(std::int64_t number);
std::optional<std::int64_t> number_of(std::optional<std::chrono::seconds> time);

}  // namespace socketmap
