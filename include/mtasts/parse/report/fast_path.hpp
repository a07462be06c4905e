// SPDX-License-Identifier: BSL-1.0
/// Fast paths for what nearly every report contains, in the form that nearly every writer gives it. What these refuse
/// is read by reader.hpp and values.hpp, which handle all forms.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mtasts/model/tlsrpt_schema.hpp>
#include <mtasts/name/domain_scan.hpp>
#include <mtasts/parse/report/values.hpp>
#include <mtasts/text/simd.hpp>

namespace mtasts::detail {

/// A member's name with quotation marks and colon, as nearly every writer writes it.
template <class Object, std::size_t Index>
class quoted_name {
  public:
    static constexpr std::size_t size = std::get<Index>(tlsrpt_members<Object>).name.size() + 3;

    /// Whether the octets at a position, of which there are at least as many, are this name: compared eight at a time,
    /// the last ones overlapping.
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

/// Finds the names that eight octets of a quoted name allow, by a perfect hash: the rest has yet to be compared.
template <std::size_t Count>
class usual_names {
  public:
    constexpr explicit usual_names(std::array<std::string_view, Count> const& names) {
        auto const by_size = [](auto a, auto b) { return a.size() < b.size(); };
        auto const [shortest, longest] = std::minmax_element(names.begin(), names.end(), by_size);
        longest_ = longest->size() + marks;
        first_ = shortest->size() + marks - 8;
        for (std::size_t i = 0; i != Count; ++i)
            for (std::size_t k = 0; k != 8; ++k) octets_[i] |= octet(names[i], first_ + k) << 8 * k;
        while (!fits()) factor_ += 2;
    }

    /// The maximum length of a name with its marks.
    constexpr std::size_t longest() const { return longest_; }
    /// The first name with the octets at a position, of which `longest` may be loaded.
    constexpr std::size_t at(char const* place) const { return slots_[slot(text::eight_octets(place + first_))]; }
    /// The next name with the same octets, or the number of names.
    constexpr std::size_t after(std::size_t index) const {
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
    /// Whether names with different octets have different slots.
    constexpr bool fits() {
        slots_.fill(free);
        for (auto i = Count; i-- != 0;) {
            auto& place = slots_[slot(octets_[i])];
            if (place != free && octets_[place] != octets_[i]) return false;
            place = static_cast<std::uint8_t>(i);
        }
        // An empty slot may hold any name: it will not compare equal.
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
inline constexpr auto usual_members = usual_names<tlsrpt_member_count<Object>>(tlsrpt_names_in_order<Object>());

/// Reads a date-time as most are written, "2026-08-31T00:00:00Z", in one pass; absent for any other text.
constexpr std::optional<std::chrono::sys_seconds> plain_date_time(std::string_view text) {
    namespace chrono = std::chrono;
    constexpr std::string_view shape = "0000-00-00T00:00:00Z";
    if (text.size() != shape.size()) return {};
    std::uint64_t bad = 0;
    // SWAR: of eight octets, every two that are digits become one number.
    auto const numbers = [&]<std::size_t At>() {
        constexpr auto form = text::eight_octets(shape.data() + At);
        // A digit may be up to nine above the shape's zero, all else must be the same: more reaches the top bit.
        constexpr auto room = [] {
            std::uint64_t octets = 0;
            for (int i = 0; i != 64; i += 8) octets |= std::uint64_t{(form >> i & 0xFF) == '0' ? 0x76u : 0x7Fu} << i;
            return octets;
        }();
        auto const octets = text::eight_octets(text.data() + At) ^ form;
        bad |= (octets | (octets + room)) & 0x8080'8080'8080'8080;
        return octets * 10 + (octets >> 8);
    };
    auto const first = numbers.template operator()<0>(), second = numbers.template operator()<8>(),
               third = numbers.template operator()<12>();
    if (bad != 0) return {};
    auto const number = [](std::uint64_t octets, int at) { return static_cast<int>(octets >> 8 * at & 0xFF); };
    auto const hour = number(second, 3), minute = number(third, 2), second_of_it = number(third, 5);
    auto const date = chrono::year(number(first, 0) * 100 + number(first, 2)) / number(first, 5) / number(second, 0);
    if (!date.ok() || hour > 23 || minute > 59 || second_of_it > 59) return {};
    return chrono::sys_days(date) + chrono::hours(hour) + chrono::minutes(minute) + chrono::seconds(second_of_it);
}

/// Whether a part of the text is a Domain, by SIMD; all false if that cannot be decided.
constexpr domain_scan scan_domain(json_reader const& json, std::string_view part) {
    if (std::is_constant_evaluated() || !json.has_octets(part, 64)) return {};
    return scan_domain(part);
}

/// Fast path for a string, a view of the text; false if it needs a closer look.
template <value_form Form, class Field>
[[gnu::always_inline]] constexpr bool take_fast(json_reader const& json, std::string_view value, Field& out) {
    if constexpr (Form == value_form::text) {
        out = value;
        return !value.empty();
    } else if constexpr (Form == value_form::mail_address) {
        out = value;
        // If both sides look like domains.
        auto const at = value.rfind('@');
        return at != value.npos && scan_domain(json, value.substr(0, at)).is_domain &&
               scan_domain(json, value.substr(at + 1)).is_domain;
    } else if constexpr (Form == value_form::instant) {
        out = plain_date_time(value);
        return out.has_value();
    } else if constexpr (Form == value_form::domain) {
        out = value;
        auto const look = scan_domain(json, value);
        return look.is_domain && !look.has_upper_case;
    } else if constexpr (Form == value_form::mx_patterns) {
        return scan_domain(json, value.starts_with("*.") ? value.substr(2) : value).is_domain;
    } else if constexpr (Form == value_form::policy_strings) {
        return true;
    } else if constexpr (Form == value_form::address) {
        // clang++ copies no optional that was reset in a constant expression.
        if (ip_address address; std::is_constant_evaluated()) {
            bool const taken = take_plain_address(value, address);
            if (taken) out = address;
            return taken;
        }
        // Parsed in place: a copy of octets stored one by one would stall on store forwarding.
        auto& address = out.emplace();
        bool const taken = json.has_octets(value, ip_octets) ? take_plain_address_fast(value, address)
                                                             : take_plain_address(value, address);
        if (!taken) out.reset();
        return taken;
    } else if constexpr (Form == value_form::uri) {
        out = value;
        return read(grammar::plain_uri, value, ignore_events);
    } else {
        return take_known_word(value, out);
    }
}

}  // namespace mtasts::detail
