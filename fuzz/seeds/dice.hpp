// SPDX-License-Identifier: BSL-1.0
/// Random numbers that are the same on every machine and in every run.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace seeds {

/// SplitMix64, without the distributions of <random>, which differ between standard libraries.
class dice {
  public:
    explicit dice(std::uint64_t seed) : state_(seed) {}

    /// A number below `count`, which is not 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    char octet() { return static_cast<char>(below(256)); }
    std::string octets(std::size_t size) {
        std::string made(size, '\0');
        for (char& c : made) c = octet();
        return made;
    }
    std::string const& one_of(std::vector<std::string> const& all) { return all[below(all.size())]; }

  private:
    std::uint64_t next() {
        auto bits = state_ += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    std::uint64_t state_;
};

}  // namespace seeds
