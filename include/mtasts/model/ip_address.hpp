// SPDX-License-Identifier: BSL-1.0
/// RFC 8460 4.4: an address of a sending or receiving MTA.
#pragma once
#include <mtasts/requirements.hpp>

#include <array>
#include <compare>
#include <cstdint>

namespace mtasts {

/// The octets in network order; an IPv4 address has them in the first four.
struct ip_address {
    int version = 4;
    std::array<std::uint8_t, 16> octets{};

    friend constexpr auto operator<=>(ip_address const&, ip_address const&) = default;
};

}  // namespace mtasts
