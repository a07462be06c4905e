// SPDX-License-Identifier: BSL-1.0
/// A perfect hash of names known at compile time.
#pragma once
#include <mtasts/requirements.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mtasts::text {

/// The indices of `Count` names, found by length, first, middle and last octet.
/// Example: `static_assert(mtasts::text::name_table<2>({"a", "bc"}).find("bc") == 1);`
template <std::size_t Count>
class name_table {
  public:
    static constexpr std::size_t none = Count;

    /// Does not compile if the names cannot be told apart by `key`.
    constexpr explicit name_table(std::array<std::string_view, Count> const& names) : names_(names) {
        while (!fits()) ++factor_;
    }

    /// The index of a name, or `none`.
    constexpr std::size_t find(std::string_view name) const {
        if (name.empty()) return none;
        auto const index = slots_[slot(name)];
        return index != none && names_[index] == name ? index : none;
    }
    constexpr std::string_view operator[](std::size_t index) const { return names_[index]; }

  private:
    static constexpr std::size_t slot_count = 64;
    static_assert(Count < slot_count / 2);

    static constexpr std::uint32_t key(std::string_view name) {
        auto const octet = [&](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(name[at])}; };
        return static_cast<std::uint32_t>(name.size()) | octet(0) << 8 | octet(name.size() / 2) << 16 |
               octet(name.size() - 1) << 24;
    }
    constexpr std::size_t slot(std::string_view name) const { return key(name) * factor_ >> 26; }

    constexpr bool fits() {
        slots_.fill(none);
        for (std::size_t i = 0; i != Count; ++i) {
            auto& place = slots_[slot(names_[i])];
            if (place != none) return false;
            place = static_cast<std::uint8_t>(i);
        }
        return true;
    }

    std::array<std::string_view, Count> names_;
    std::array<std::uint8_t, slot_count> slots_{};
    std::uint32_t factor_ = 0x9E3779B1;
};

}  // namespace mtasts::text
