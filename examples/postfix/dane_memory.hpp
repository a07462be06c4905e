// SPDX-License-Identifier: BSL-1.0
/// Proofs by DNSSEC about domains, on disk beside the policies: they count while DNS fails, even after a restart.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/decide/dane_knowledge.hpp>

#include "sqlite.hpp"

namespace socketmap {

/// Limit of domains that are remembered. Those known to have no DANE are removed first, oldest proof first.
inline constexpr std::int64_t most_remembered = 100'000;

/// All throw store_error.
std::optional<mtasts::dane_memory> find_dane_memory(connection& database, std::string_view domain);
void put_dane_memory(connection& database, std::string_view domain, mtasts::dane_memory const& proof);
void bound_dane_memory(connection& database, std::int64_t most = most_remembered);
/// Removes one domain, or all if `domain` is empty.
void forget_dane_memory(connection& database, std::string_view domain);

}  // namespace socketmap
