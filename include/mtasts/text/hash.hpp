// SPDX-License-Identifier: BSL-1.0
/// FNV-1a, 64 bits: against accidents, not against attacks.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstdint>
#include <string_view>

namespace mtasts::text {

/// Example: `static_assert(mtasts::text::octet_hash().add("").value == 0xCBF29CE484222325);`
struct octet_hash {
    std::uint64_t value = 0xCBF29CE484222325;

    constexpr octet_hash& add(unsigned char octet) {
        value = (value ^ octet) * 0x100000001B3;
        return *this;
    }
    constexpr octet_hash& add(std::string_view octets) {
        for (char const c : octets) add(static_cast<unsigned char>(c));
        return *this;
    }
};

}  // namespace mtasts::text
