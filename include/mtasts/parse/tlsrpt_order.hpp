/// The order of members in reports: finding a member's name without looking it up.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <tuple>
#include <type_traits>

#include <mtasts/model/tlsrpt_schema.hpp>

namespace mtasts {

/// A member's name with quotation marks and colon, as nearly every writer puts it.
template <class Object, std::size_t Index>
class quoted_name {
  public:
    static constexpr std::size_t size = std::get<Index>(tlsrpt_members<Object>).name.size() + 3;

    /// Whether it stands at a place with as many octets: compared eight at a time, the last ones overlapping.
    [[gnu::always_inline]] static constexpr bool stands_at(char const* at) {
        if (std::is_constant_evaluated()) return std::equal(octets.begin(), octets.end(), at);
        std::uint64_t different = 0;
        for (std::size_t offset = 0; offset + 8 < size; offset += 8) different |= difference(at, offset);
        return (different | difference(at, size - 8)) == 0;
    }

  private:
    static_assert(size >= 8);
    static constexpr std::array<char, size> octets = [] {
        constexpr auto name = std::get<Index>(tlsrpt_members<Object>).name;
        std::array<char, size> all{};
        std::copy(name.begin(), name.end(), all.begin() + 1);
        all[0] = all[size - 2] = '"';
        all[size - 1] = ':';
        return all;
    }();

    [[gnu::always_inline]] static std::uint64_t difference(char const* at, std::size_t offset) {
        std::uint64_t one, other;
        std::memcpy(&one, at + offset, 8);
        std::memcpy(&other, octets.data() + offset, 8);
        return one ^ other;
    }
};

/// For each member of an object, and last for its beginning, the member that is likely to come next: the schema's next
/// one at first, then another that came instead twice running. Reports repeat their order.
template <class Object>
struct learned_order {
    std::array<std::uint8_t, tlsrpt_member_count<Object> + 1> likely{};
    std::array<std::uint8_t, tlsrpt_member_count<Object> + 1> instead{};

    constexpr learned_order() {
        for (std::size_t i = 0; i + 1 < likely.size(); ++i)
            likely[i] = static_cast<std::uint8_t>((i + 1) % tlsrpt_member_count<Object>);
        instead = likely;
    }
    constexpr void came(std::size_t last, std::size_t index) {
        auto const next = static_cast<std::uint8_t>(index);
        if (instead[last] == next) likely[last] = next;
        instead[last] = next;
    }
};

}  // namespace mtasts
