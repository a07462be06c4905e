/// The names of members in reports: told by a few octets, then compared with constants.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mtasts/model/octet_block.hpp>
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
        return [&]<std::size_t... Eight>(std::index_sequence<Eight...>) {
            return ((difference<8 * Eight>(at) | ...) | difference<size - 8>(at)) == 0;
        }
        (std::make_index_sequence<(size - 1) / 8>());
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

    template <std::size_t Offset>
    [[gnu::always_inline]] static std::uint64_t difference(char const* at) {
        std::uint64_t one, other;
        std::memcpy(&one, at + Offset, 8);
        std::memcpy(&other, octets.data() + Offset, 8);
        return one ^ other;
    }
};

/// The names that eight octets of a quoted one can be of: all of it has yet to be compared.
template <std::size_t Count>
class likely_names {
  public:
    constexpr explicit likely_names(std::array<std::string_view, Count> const& names) {
        auto const by_size = [](auto a, auto b) { return a.size() < b.size(); };
        auto const [shortest, longest] = std::minmax_element(names.begin(), names.end(), by_size);
        longest_ = longest->size() + marks;
        first_ = shortest->size() + marks - 8;
        for (std::size_t i = 0; i != Count; ++i)
            for (std::size_t k = 0; k != 8; ++k) octets_[i] |= octet(names[i], first_ + k) << 8 * k;
        while (!fits()) factor_ += 2;
    }

    /// How many octets a name with its marks has at most.
    constexpr std::size_t longest() const { return longest_; }
    /// The first name with the octets of a place, of which `longest` can be read.
    constexpr std::size_t at(char const* place) const { return slots_[slot(eight_octets(place + first_))]; }
    /// The next name with the same octets, or the count of names.
    constexpr std::size_t behind(std::size_t index) const {
        auto next = index + 1;
        while (next < Count && octets_[next] != octets_[index]) ++next;
        return next;
    }

  private:
    static constexpr int slot_bits = 4;
    static constexpr std::uint8_t free = 0xFF;
    // Quotation marks and colon.
    static constexpr std::size_t marks = 3;

    static constexpr std::uint64_t octet(std::string_view name, std::size_t at) {
        auto const end = name.size() + 1;
        return static_cast<unsigned char>(at == 0 || at == end ? '"' : at < end ? name[at - 1] : ':');
    }
    constexpr std::size_t slot(std::uint64_t octets) const {
        return static_cast<std::uint32_t>(octets * factor_ >> (64 - slot_bits));
    }
    /// Whether names with other octets have other slots.
    constexpr bool fits() {
        slots_.fill(free);
        for (auto i = Count; i-- != 0;) {
            auto& place = slots_[slot(octets_[i])];
            if (place != free && octets_[place] != octets_[i]) return false;
            place = static_cast<std::uint8_t>(i);
        }
        // Any name will do for what is none.
        for (auto& place : slots_)
            if (place == free) place = 0;
        return true;
    }

    std::size_t longest_ = 0, first_ = 0;
    std::array<std::uint64_t, Count> octets_{};
    std::uint64_t factor_ = 0x9E3779B97F4A7C15;
    std::array<std::uint8_t, std::size_t{1} << slot_bits> slots_{};
};

template <class Object>
inline constexpr auto likely_members =
    std::apply([](auto const&... member) { return likely_names<sizeof...(member)>(std::array{member.name...}); },
               tlsrpt_members<Object>);

}  // namespace mtasts
