// SPDX-License-Identifier: BSL-1.0
/// Storage for strings that have escapes in their text.
#pragma once
#include <mtasts/requirements.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace mtasts::text {

/// Storage of decoded strings; they never move, even when the storage itself does.
class decoded_strings {
  public:
    constexpr decoded_strings() = default;
    constexpr decoded_strings(decoded_strings&&) = default;
    constexpr decoded_strings& operator=(decoded_strings&&) = default;

    /// Makes room for all that will ever be added.
    constexpr void reserve(std::size_t octets) {
        if (octets_.capacity() == 0) octets_.reserve(octets);
    }
    constexpr void push(char c) { octets_.push_back(c); }
    constexpr std::size_t size() const { return octets_.size(); }
    constexpr std::string_view from(std::size_t begin) const {
        return {octets_.data() + begin, octets_.size() - begin};
    }

    /// Storage is not part of a value.
    friend constexpr bool operator==(decoded_strings const&, decoded_strings const&) { return true; }

  private:
    std::vector<char> octets_;
};

}  // namespace mtasts::text
