// SPDX-License-Identifier: BSL-1.0
/// FIPS 180-4: a digest of a text.
#pragma once
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <mtasts/text/ascii.hpp>

namespace mtasts::text {

/// FIPS 180-4 6.2: SHA-256. The constants are the fractional parts of roots of primes (4.2.2, 5.3.3).
class sha256 {
  public:
    static constexpr std::array<std::uint8_t, 32> of(std::string_view text) {
        sha256 hash;
        std::array<std::uint8_t, 64> block{};
        std::size_t used = 0;
        auto const put = [&](std::uint8_t octet) {
            block[used++] = octet;
            if (used == block.size()) {
                hash.mix(block);
                used = 0;
            }
        };
        for (char const c : text) put(static_cast<std::uint8_t>(c));
        put(0x80);
        while (used != 56) put(0);
        for (int shift = 56; shift >= 0; shift -= 8)
            put(static_cast<std::uint8_t>(std::uint64_t{text.size()} * 8 >> shift));
        std::array<std::uint8_t, 32> digest{};
        for (std::size_t i = 0; i != digest.size(); ++i)
            digest[i] = static_cast<std::uint8_t>(hash.state_[i / 4] >> (24 - 8 * (i % 4)));
        return digest;
    }

  private:
    constexpr void mix(std::array<std::uint8_t, 64> const& block) {
        std::array<std::uint32_t, 64> w{};
        for (std::size_t i = 0; i != 16; ++i)
            for (std::size_t k = 0; k != 4; ++k) w[i] = w[i] << 8 | block[4 * i + k];
        for (std::size_t i = 16; i != 64; ++i)
            w[i] = (std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ w[i - 2] >> 10) + w[i - 7] +
                   (std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ w[i - 15] >> 3) + w[i - 16];
        auto [a, b, c, d, e, f, g, h] = state_;
        for (std::size_t i = 0; i != 64; ++i) {
            auto const t1 =
                h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) + k_[i] + w[i];
            auto const t2 = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
        }
        std::array<std::uint32_t, 8> const turned{a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i != state_.size(); ++i) state_[i] += turned[i];
    }

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    static constexpr std::array<std::uint32_t, 64> k_{
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
};

/// The first half of a SHA-256, as 32 hexadecimal digits in lower case: an id for a text that cannot serve as one
/// itself.
/// Example: `mtasts::text::half_digest("").size() == 32`
inline std::string half_digest(std::string_view text) {
    std::string digits;
    auto const digest = sha256::of(text);
    for (std::size_t i = 0; i != digest.size() / 2; ++i) digits += hex_octet(digest[i]);
    return digits;
}

}  // namespace mtasts::text
