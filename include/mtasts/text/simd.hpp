// SPDX-License-Identifier: BSL-1.0
/// Sixteen octets at a time: SSE2 or NEON, where the compiler has them.
#pragma once
#include <mtasts/requirements.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#elif defined(__ARM_NEON) && defined(__aarch64__)
#include <arm_neon.h>

#endif

namespace mtasts::text {

/// The lowest bit of a mask that has one.
constexpr std::size_t lowest_bit(std::uint64_t mask) {
#if defined(__GNUC__)
    if (mask == 0) __builtin_unreachable();
#endif
    return static_cast<std::size_t>(std::countr_zero(mask));
}

/// Eight octets as one number, the first one lowest.
[[gnu::always_inline]] constexpr std::uint64_t eight_octets(char const* at) {
    std::uint64_t octets = 0;
    if (!std::is_constant_evaluated() && std::endian::native == std::endian::little) {
        std::memcpy(&octets, at, 8);
        return octets;
    }
    for (int i = 0; i != 8; ++i) octets |= std::uint64_t{static_cast<unsigned char>(at[i])} << 8 * i;
    return octets;
}

/// Sixteen octets, compared all at once; a mask has `bits_each` bits for each octet.
#if defined(__SSE2__) || defined(_M_X64)
class octet_block {
  public:
    static constexpr bool available = true;
    static constexpr int bits_each = 1;
    explicit octet_block(char const* at) : octets_(_mm_loadu_si128(reinterpret_cast<__m128i const*>(at))) {}

    /// The octets that are not plain in a JSON string. As signed numbers, controls and non-ASCII octets are below a
    /// space.
    [[gnu::always_inline]] std::uint64_t not_plain() const {
        auto const special = either(equal('"'), equal('\\'));
        return mask(_mm_andnot_si128(special, _mm_cmpgt_epi8(octets_, _mm_set1_epi8(' ' - 1)))) ^ 0xFFFF;
    }
    /// The octets that are not white space in JSON.
    [[gnu::always_inline]] std::uint64_t not_blank() const {
        return mask(either(either(equal(' '), equal('\n')), either(equal('\r'), equal('\t')))) ^ 0xFFFF;
    }
    [[gnu::always_inline]] std::uint64_t not_space() const { return mask(equal(' ')) ^ 0xFFFF; }
    /// The octets that are not plain in a URI.
    [[gnu::always_inline]] std::uint64_t not_uri_plain() const {
        auto const lower = _mm_or_si128(octets_, _mm_set1_epi8(0x20));
        auto const letter =
            _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
        auto const mark = _mm_andnot_si128(equal(':'), _mm_and_si128(_mm_cmpgt_epi8(octets_, _mm_set1_epi8('&' - 1)),
                                                                     _mm_cmplt_epi8(octets_, _mm_set1_epi8(';' + 1))));
        auto const others = either(either(either(equal('!'), equal('$')), either(equal('='), equal('?'))),
                                   either(equal('_'), equal('~')));
        return mask(either(either(letter, mark), others)) ^ 0xFFFF;
    }
    [[gnu::always_inline]] std::uint64_t upper_case() const { return mask(between('A', 'Z')); }
    [[gnu::always_inline]] std::uint64_t letters_and_digits() const {
        auto const lower = _mm_or_si128(octets_, _mm_set1_epi8(0x20));
        auto const letter =
            _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)), _mm_cmplt_epi8(lower, _mm_set1_epi8('z' + 1)));
        return mask(either(letter, between('0', '9')));
    }
    [[gnu::always_inline]] std::uint64_t all_of(char c) const { return mask(equal(c)); }
    [[gnu::always_inline]] std::uint64_t digits() const { return mask(between('0', '9')); }
    [[gnu::always_inline]] std::uint64_t hex_letters() const { return mask(between('a', 'f')); }
    [[gnu::always_inline]] std::uint64_t not_hex() const {
        return mask(either(between('0', '9'), either(between('a', 'f'), between('A', 'F')))) ^ 0xFFFF;
    }
    /// The octet that the first bit of a mask stands for.
    static std::size_t first(std::uint64_t mask) { return lowest_bit(mask); }

  private:
    __m128i equal(char c) const { return _mm_cmpeq_epi8(octets_, _mm_set1_epi8(c)); }
    __m128i between(char least, char most) const {
        return _mm_and_si128(_mm_cmpgt_epi8(octets_, _mm_set1_epi8(static_cast<char>(least - 1))),
                             _mm_cmplt_epi8(octets_, _mm_set1_epi8(static_cast<char>(most + 1))));
    }
    static __m128i either(__m128i one, __m128i other) { return _mm_or_si128(one, other); }
    static std::uint64_t mask(__m128i found) { return static_cast<unsigned>(_mm_movemask_epi8(found)); }

    __m128i octets_;
};
#elif defined(__ARM_NEON) && defined(__aarch64__)
class octet_block {
  public:
    static constexpr bool available = true;
    static constexpr int bits_each = 4;
    explicit octet_block(char const* at) : octets_(vld1q_u8(reinterpret_cast<std::uint8_t const*>(at))) {}

    [[gnu::always_inline]] std::uint64_t not_plain() const {
        auto const odd = vorrq_u8(vcltq_u8(octets_, vdupq_n_u8(' ')), vcgeq_u8(octets_, vdupq_n_u8(0x80)));
        return mask(vorrq_u8(vorrq_u8(equal('"'), equal('\\')), odd));
    }
    [[gnu::always_inline]] std::uint64_t not_blank() const {
        return ~mask(vorrq_u8(vorrq_u8(equal(' '), equal('\n')), vorrq_u8(equal('\r'), equal('\t'))));
    }
    [[gnu::always_inline]] std::uint64_t not_space() const { return ~mask(equal(' ')); }
    [[gnu::always_inline]] std::uint64_t not_uri_plain() const {
        auto const letter = between(vorrq_u8(octets_, vdupq_n_u8(0x20)), 'a', 'z');
        auto const mark = vbicq_u8(between(octets_, '&', ';'), equal(':'));
        auto const others = vorrq_u8(vorrq_u8(vorrq_u8(equal('!'), equal('$')), vorrq_u8(equal('='), equal('?'))),
                                     vorrq_u8(equal('_'), equal('~')));
        return ~mask(vorrq_u8(vorrq_u8(letter, mark), others));
    }
    [[gnu::always_inline]] std::uint64_t not_hex() const {
        auto const letters = vorrq_u8(between(octets_, 'a', 'f'), between(octets_, 'A', 'F'));
        return ~mask(vorrq_u8(between(octets_, '0', '9'), letters));
    }
    static std::size_t first(std::uint64_t mask) { return lowest_bit(mask) / 4; }

  private:
    uint8x16_t equal(char c) const { return vceqq_u8(octets_, vdupq_n_u8(static_cast<std::uint8_t>(c))); }
    static uint8x16_t between(uint8x16_t octets, char least, char most) {
        return vandq_u8(vcgeq_u8(octets, vdupq_n_u8(static_cast<std::uint8_t>(least))),
                        vcleq_u8(octets, vdupq_n_u8(static_cast<std::uint8_t>(most))));
    }
    static std::uint64_t mask(uint8x16_t found) {
        return vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(found), 4)), 0);
    }

    uint8x16_t octets_;
};
#else
class octet_block {
  public:
    static constexpr bool available = false;
    static constexpr int bits_each = 1;
    explicit octet_block(char const*) {}
    [[gnu::always_inline]] std::uint64_t not_plain() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_blank() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_space() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_uri_plain() const { return 1; }
    [[gnu::always_inline]] std::uint64_t not_hex() const { return 1; }
    static std::size_t first(std::uint64_t) { return 0; }
};
#endif

}  // namespace mtasts::text
