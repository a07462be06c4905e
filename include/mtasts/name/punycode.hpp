// SPDX-License-Identifier: BSL-1.0
/// RFC 3492: Punycode.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/name/dns_name.hpp>
#include <mtasts/text/ascii.hpp>

namespace mtasts::detail::punycode {

// RFC 3492 5
inline constexpr std::uint32_t base = 36, t_min = 1, t_max = 26, skew = 38, damp = 700, initial_bias = 72,
                               initial_n = 128;

inline constexpr std::size_t longest_label = 63;

/// The code points of one label.
struct code_points {
    std::array<std::uint32_t, longest_label> at{};
    std::size_t size = 0;
};

// RFC 3492 6.1
constexpr std::uint32_t adapted_bias(std::uint32_t delta, std::size_t count, bool first) {
    delta = first ? delta / damp : delta / 2;
    delta += delta / static_cast<std::uint32_t>(count);
    std::uint32_t k = 0;
    for (; delta > ((base - t_min) * t_max) / 2; k += base) delta /= base - t_min;
    return k + (base - t_min + 1) * delta / (delta + skew);
}
constexpr std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) {
    return k <= bias ? t_min : k >= bias + t_max ? t_max : k - bias;
}
constexpr char digit(std::uint32_t value) { return static_cast<char>(value < 26 ? 'a' + value : '0' + (value - 26)); }

// RFC 3492 6.3
constexpr bool encode(code_points const& label, ascii_name& out) {
    std::size_t basic = 0;
    for (std::size_t i = 0; i != label.size; ++i)
        if (label.at[i] < 0x80) {
            if (!out.push(static_cast<char>(label.at[i]))) return false;
            ++basic;
        }
    if (basic != 0 && !out.push('-')) return false;
    std::uint32_t n = initial_n, delta = 0, bias = initial_bias;
    for (std::size_t handled = basic; handled < label.size; ++delta, ++n) {
        std::uint32_t next = UINT32_MAX;
        for (std::size_t i = 0; i != label.size; ++i)
            if (label.at[i] >= n) next = (std::min)(next, label.at[i]);
        // At most 63 code points below 2^21: no overflow.
        delta += (next - n) * static_cast<std::uint32_t>(handled + 1);
        n = next;
        for (std::size_t i = 0; i != label.size; ++i) {
            if (label.at[i] < n) ++delta;
            if (label.at[i] != n) continue;
            std::uint32_t q = delta;
            for (std::uint32_t k = base;; k += base) {
                auto const t = threshold(k, bias);
                if (q < t) break;
                if (!out.push(digit(t + (q - t) % (base - t)))) return false;
                q = (q - t) / (base - t);
            }
            if (!out.push(digit(q))) return false;
            bias = adapted_bias(delta, handled + 1, handled == basic);
            delta = 0;
            ++handled;
        }
    }
    return true;
}

// RFC 3492 6.2
constexpr std::optional<code_points> decode(std::string_view text) {
    code_points out;
    auto const hyphen = text.rfind('-');
    auto const basic = hyphen == text.npos ? 0 : hyphen;
    if (text.size() > longest_label) return std::nullopt;
    for (std::size_t i = 0; i != basic; ++i) {
        if (!text::is_ascii(text[i])) return std::nullopt;
        out.at[out.size++] = static_cast<unsigned char>(text::lower(text[i]));
    }
    std::uint64_t n = initial_n, i = 0;
    std::uint32_t bias = initial_bias;
    for (auto in = basic == 0 && hyphen == text.npos ? 0 : basic + 1; in < text.size();) {
        auto const old_i = i;
        std::uint64_t w = 1;
        for (std::uint32_t k = base;; k += base) {
            if (in == text.size()) return std::nullopt;
            char const c = text::lower(text[in++]);
            if (!text::is_alphanumeric(c)) return std::nullopt;
            auto const value = static_cast<std::uint32_t>(text::is_digit(c) ? c - '0' + 26 : c - 'a');
            i += value * w;
            if (i > UINT32_MAX) return std::nullopt;
            auto const t = threshold(k, bias);
            if (value < t) break;
            w *= base - t;
            if (w > UINT32_MAX) return std::nullopt;
        }
        if (out.size == out.at.size()) return std::nullopt;
        auto const count = out.size + 1;
        bias = adapted_bias(static_cast<std::uint32_t>(i - old_i), count, old_i == 0);
        n += i / count;
        i %= count;
        if (n > 0x10FFFF) return std::nullopt;
        auto const place = static_cast<std::uint32_t>(i++);
        for (auto k = out.size; k > place; --k) out.at[k] = out.at[k - 1];
        out.at[place] = static_cast<std::uint32_t>(n);
        ++out.size;
    }
    return out;
}

}  // namespace mtasts::detail::punycode
