// SPDX-License-Identifier: BSL-1.0
#include "address.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

#include <arpa/inet.h>

namespace socketmap {
namespace {

/// Octets and how many bits of them count.
struct prefix {
    std::array<std::uint8_t, 16> octets;
    std::size_t bits;

    bool covers(std::span<std::uint8_t const> address) const {
        for (std::size_t bit = 0; bit != bits; ++bit) {
            auto const mask = static_cast<std::uint8_t>(0x80U >> (bit % 8));
            if (((octets[bit / 8] ^ address[bit / 8]) & mask) != 0) return false;
        }
        return true;
    }
};

// IANA IPv4 Special-Purpose Address Registry (RFC 6890), and multicast.
constexpr prefix not_public_ipv4[] = {
    {{0}, 8},
    {{10}, 8},
    {{100, 64}, 10},
    {{127}, 8},
    {{169, 254}, 16},
    {{172, 16}, 12},
    {{192, 0, 0}, 24},
    {{192, 0, 2}, 24},
    {{192, 88, 99}, 24},
    {{192, 168}, 16},
    {{198, 18}, 15},
    {{198, 51, 100}, 24},
    {{203, 0, 113}, 24},
    {{224}, 3},
};

// RFC 4291 2.4: global unicast; all else is loopback, link-local, unique local, multicast or unassigned.
constexpr prefix global_ipv6 = {{0x20}, 3};
// IANA IPv6 Special-Purpose Address Registry within it.
constexpr prefix not_public_ipv6[] = {
    {{0x20, 0x01, 0x00}, 23},
    {{0x20, 0x01, 0x0d, 0xb8}, 32},
    {{0x3f, 0xff, 0x00}, 20},
};
/// RFC 3056: 2002:<IPv4 address>::/48.
constexpr prefix six_to_four = {{0x20, 0x02}, 16};
/// RFC 6052 2.1: 64:ff9b::<IPv4 address>, outside of global unicast.
constexpr prefix nat64 = {{0x00, 0x64, 0xff, 0x9b}, 96};

bool is_public_ipv4(std::span<std::uint8_t const> address) {
    return std::none_of(std::begin(not_public_ipv4), std::end(not_public_ipv4),
                        [&](prefix const& p) { return p.covers(address); });
}

}  // namespace

bool is_public(std::string_view data) {
    std::array<std::uint8_t, 16> octets{};
    if (data.size() != 4 && data.size() != 16) return false;
    std::copy(data.begin(), data.end(), octets.begin());
    auto const address = std::span<std::uint8_t const>(octets);
    if (data.size() == 4) return is_public_ipv4(address);
    if (nat64.covers(address)) return is_public_ipv4(address.subspan(12));
    if (six_to_four.covers(address)) return is_public_ipv4(address.subspan(2));
    return global_ipv6.covers(address) && std::none_of(std::begin(not_public_ipv6), std::end(not_public_ipv6),
                                                       [&](prefix const& p) { return p.covers(address); });
}

std::string network_of(std::string const& address) {
    std::array<char, 16> octets{};
    constexpr std::size_t subnet_prefix = 8;
    if (inet_pton(AF_INET6, address.c_str(), octets.data()) != 1) return address;
    return {octets.data(), subnet_prefix};
}

std::string address_text(std::string_view data) {
    if (data.size() != 4 && data.size() != 16) return {};
    std::array<char, INET6_ADDRSTRLEN> text{};
    inet_ntop(data.size() == 4 ? AF_INET : AF_INET6, data.data(), text.data(), text.size());
    return text.data();
}

}  // namespace socketmap
