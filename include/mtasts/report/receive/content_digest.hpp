// SPDX-License-Identifier: BSL-1.0
/// A short digest of what reports say.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <mtasts/model/tlsrpt_schema.hpp>
#include <mtasts/text/hash.hpp>

namespace mtasts::detail {

/// Example: `mtasts::detail::content_digest sum; sum.put_octets("a");`
class content_digest {
  public:
    constexpr std::uint64_t value() const { return hash_.value; }

    constexpr void put_octets(std::string_view octets) { hash_.add(octets); }
    constexpr void put(std::uint64_t number) {
        for (int shift = 0; shift != 64; shift += 8) hash_.add(static_cast<unsigned char>(number >> shift));
    }
    constexpr void put(std::string_view text) {
        put(std::uint64_t{text.size()});
        put_octets(text);
    }
    constexpr void put(std::chrono::sys_seconds instant) {
        put(static_cast<std::uint64_t>(instant.time_since_epoch().count()));
    }
    constexpr void put(mx_pattern const& pattern) { put(pattern.text); }
    constexpr void put(ip_address const& address) {
        put(static_cast<std::uint64_t>(address.version));
        for (auto const octet : address.octets) hash_.add(octet);
    }
    template <class Kind>
    constexpr void put(coded<Kind> const& word) {
        put(word.text());
    }
    template <class T>
    constexpr void put(std::optional<T> const& value) {
        put(std::uint64_t{value.has_value()});
        if (value) put(*value);
    }
    template <class T>
    constexpr void put(std::vector<T> const& values) {
        put(std::uint64_t{values.size()});
        for (auto const& value : values) put(value);
    }
    /// A report, or an object of one: every member in its schema.
    template <class Object>
    requires(tlsrpt_member_count<Object> != 0) constexpr void put(Object const& object) {
        for_each_tlsrpt_member<Object>([&](auto const& member) { put(object.*member.field); });
    }

  private:
    text::octet_hash hash_;
};

}  // namespace mtasts::detail
