/// RFC 5890, RFC 3492: U-labels and A-labels.
///
/// What is left out on purpose: normalisation. A U-label is in NFC by definition (RFC 5891 4.2.1), so a text that is not
/// composed makes another A-label. Letters with a simple lower case (Latin, Greek, Cyrillic) are lowered.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <mtasts/model/ascii.hpp>

namespace mtasts {

/// RFC 1035 2.3.4: octets of a name as text.
inline constexpr std::size_t longest_name = 253;

/// A name in ASCII with its own storage: at most 253 octets (RFC 1035 2.3.4) and room for a "*." before it.
class ascii_name {
  public:
    constexpr std::string_view view() const { return {octets_.data(), size_}; }
    constexpr bool push(char c) {
        if (size_ == octets_.size()) return false;
        octets_[size_++] = c;
        return true;
    }
    constexpr bool append(std::string_view text) {
        return std::all_of(text.begin(), text.end(), [&](char c) { return push(c); });
    }
    friend constexpr bool operator==(ascii_name const&, ascii_name const&) = default;

  private:
    std::array<char, 256> octets_{};
    std::size_t size_ = 0;
};

namespace punycode {

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
        if (!is_ascii(text[i])) return std::nullopt;
        out.at[out.size++] = static_cast<unsigned char>(lower(text[i]));
    }
    std::uint64_t n = initial_n, i = 0;
    std::uint32_t bias = initial_bias;
    for (auto in = basic == 0 && hyphen == text.npos ? 0 : basic + 1; in < text.size();) {
        auto const old_i = i;
        std::uint64_t w = 1;
        for (std::uint32_t k = base;; k += base) {
            if (in == text.size()) return std::nullopt;
            char const c = lower(text[in++]);
            if (!is_alphanumeric(c)) return std::nullopt;
            auto const value = static_cast<std::uint32_t>(is_digit(c) ? c - '0' + 26 : c - 'a');
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

}  // namespace punycode

/// One code point of well-formed UTF-8 and its length in octets; length 0 where the text is not well-formed.
struct utf8_code_point {
    std::uint32_t value = 0;
    std::size_t length = 0;
};
constexpr utf8_code_point first_code_point(std::string_view text) {
    if (text.empty()) return {};
    auto const octet = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    auto const lead = octet(0);
    if (lead < 0x80) return {lead, 1};
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {};
    std::uint32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i != length; ++i) {
        if ((octet(i) & 0xC0) != 0x80) return {};
        value = value << 6 | (octet(i) & 0x3F);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || (0xD800 <= value && value <= 0xDFFF) || value > 0x10FFFF) return {};
    return {value, length};
}

/// What is a code point, but no character and never will be (RFC 7493 2.1).
constexpr bool is_noncharacter(std::uint32_t c) { return (c & 0xFFFE) == 0xFFFE || (0xFDD0 <= c && c <= 0xFDEF); }

/// Some code points, first and last.
struct code_range {
    std::uint32_t first, last;
};
template <std::size_t N>
constexpr bool in_any(std::uint32_t c, std::array<code_range, N> const& ranges) {
    return std::any_of(ranges.begin(), ranges.end(), [&](code_range r) { return r.first <= c && c <= r.last; });
}

/// The lower case of Latin, Greek, Cyrillic and Armenian letters, as far as it is one code point in the same block.
constexpr std::uint32_t lower(std::uint32_t c) {
    constexpr std::array<code_range, 12> even_upper{{{0x100, 0x12F},
                                                     {0x132, 0x137},
                                                     {0x14A, 0x177},
                                                     {0x1A0, 0x1A1},
                                                     {0x1DE, 0x1EF},
                                                     {0x1F8, 0x21F},
                                                     {0x222, 0x233},
                                                     {0x460, 0x481},
                                                     {0x48A, 0x4BF},
                                                     {0x4D0, 0x52F},
                                                     {0x1E00, 0x1E95},
                                                     {0x1EA0, 0x1EFF}}};
    constexpr std::array<code_range, 5> odd_upper{
        {{0x139, 0x148}, {0x179, 0x17E}, {0x1AF, 0x1B0}, {0x1CD, 0x1DC}, {0x4C1, 0x4CE}}};
    if ('A' <= c && c <= 'Z') return c + 0x20;
    if (0xC0 <= c && c <= 0xDE && c != 0xD7) return c + 0x20;
    if (0x391 <= c && c <= 0x3AB && c != 0x3A2) return c + 0x20;
    if (0x410 <= c && c <= 0x42F) return c + 0x20;
    if (0x400 <= c && c <= 0x40F) return c + 0x50;
    if (0x531 <= c && c <= 0x556) return c + 0x30;
    if (0x388 <= c && c <= 0x38A) return c + 0x25;
    if (c == 0x38E || c == 0x38F) return c + 0x3F;
    if (c == 0x178) return 0xFF;
    if (c == 0x386) return 0x3AC;
    if (c == 0x38C) return 0x3CC;
    if (in_any(c, even_upper)) return c | 1;
    return in_any(c, odd_upper) ? c + (c & 1) : c;
}

/// Whether a code point may stand in a U-label, as far as ranges tell (RFC 5892 knows more).
constexpr bool may_stand_in_u_label(std::uint32_t c) {
    if (c < 0x80) return c == '-' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z');
    bool const refused = c < 0xB7 || c == 0xD7 || c == 0xF7 ||
                         (0x2000 <= c && c <= 0x206F && c != 0x200C && c != 0x200D) || (0x2100 <= c && c <= 0x2BFF) ||
                         (0x2E00 <= c && c <= 0x3004) || (0xD800 <= c && c <= 0xF8FF) || (0xFE00 <= c && c <= 0xFE1F) ||
                         (0xFE30 <= c && c <= 0xFE6F) || c >= 0xFF00;
    bool const beyond = 0x10000 <= c && c < 0xE0000;
    return (!refused || beyond) && lower(c) == c;
}
/// Whether a code point is taken for a letter of a U-label when one is to become an A-label. Rather too little than too
/// much: a label that is refused is shown to somebody, a wrong A-label is another name.
constexpr bool makes_u_label(std::uint32_t c) {
    constexpr std::array<code_range, 40> refused{
        {{0x80, 0xB6},
         {0xB8, 0xBF},
         {0xD7, 0xD7},
         {0xF7, 0xF7},
         {0x130, 0x130},
         {0x132, 0x133},
         {0x13F, 0x140},
         {0x149, 0x149},
         {0x17F, 0x19F},
         {0x1A2, 0x1AE},
         {0x1B1, 0x1CC},
         {0x1F1, 0x1F7},
         {0x220, 0x221},
         {0x234, 0x24F},
         {0x2B0, 0x2B8},
         {0x2D8, 0x2E4},
         // Marks that make one letter with the one before: the text is not composed.
         {0x300, 0x36F},
         {0x370, 0x370},
         {0x372, 0x372},
         {0x374, 0x385},
         {0x387, 0x387},
         {0x3CF, 0x3D6},
         {0x3D8, 0x3FF},
         {0x10A0, 0x10CF},
         {0x13A0, 0x13FF},
         {0x1C80, 0x1CBF},
         {0x1D00, 0x1DFF},
         {0x1E96, 0x1E9F},
         {0x1F00, 0x206F},
         {0x2070, 0x2DFF},
         {0x2E00, 0x3004},
         {0x3008, 0x3029},
         {0x302E, 0x303B},
         {0x303D, 0x3040},
         {0x3099, 0x309C},
         {0x30FF, 0x3104},
         {0x3130, 0x319F},
         {0x3200, 0x33FF},
         {0xA640, 0xABBF},
         {0xD800, 0xFFFF}}};
    if (c < 0x80) return c == '-' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z');
    return lower(c) == c && !in_any(c, refused) && (c < 0x10000 || (0x20000 <= c && c < 0x2F800));
}
constexpr bool is_combining_mark(std::uint32_t c) {
    return (0x300 <= c && c <= 0x36F) || (0x483 <= c && c <= 0x489) || (0x591 <= c && c <= 0x5BD) ||
           (0x1AB0 <= c && c <= 0x1AFF) || (0x20D0 <= c && c <= 0x20FF);
}

/// RFC 5891 4: a label in UTF-8 appended as ASCII, an A-label where need be.
constexpr bool append_a_label(std::string_view label, ascii_name& out) {
    punycode::code_points points;
    bool ascii = true;
    while (!label.empty()) {
        auto const [value, length] = first_code_point(label);
        if (length == 0 || points.size == points.at.size()) return false;
        auto const point = lower(value);
        ascii = ascii && point < 0x80;
        points.at[points.size++] = point;
        label.remove_prefix(length);
    }
    if (ascii) {
        for (std::size_t i = 0; i != points.size; ++i)
            if (!out.push(static_cast<char>(points.at[i]))) return false;
        return true;
    }
    for (std::size_t i = 0; i != points.size; ++i)
        if (!makes_u_label(points.at[i])) return false;
    if (is_combining_mark(points.at[0]) || points.at[0] == '-' || points.at[points.size - 1] == '-') return false;
    auto const begin = out.view().size();
    return out.append("xn--") && punycode::encode(points, out) && out.view().size() - begin <= punycode::longest_label;
}

/// A name in UTF-8 as A-labels, in lower case; nothing where a label cannot be one, or the name becomes too long. A "*"
/// and empty labels pass.
/// Example: `to_a_labels("Bücher.example")->view() == "xn--bcher-kva.example"`
constexpr std::optional<ascii_name> to_a_labels(std::string_view name) {
    ascii_name out;
    bool first = true, fine = true;
    for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && (first || out.push('.')) && append_a_label(label, out);
        first = false;
    });
    return fine && out.view().size() <= longest_name + 2 ? std::optional(out) : std::nullopt;
}

/// RFC 1035 2.3.4: a name that DNS can hold, in ASCII and without final dot. Underscores occur in the DNS.
constexpr bool is_dns_name(std::string_view name) {
    bool fine = !name.empty() && name.size() <= longest_name;
    for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && !label.empty() && label.size() <= 63 &&
               all_octets(label, [](char c) { return is_alphanumeric(c) || c == '-' || c == '_'; });
    });
    return fine;
}

/// RFC 1123 2.1: whether a name's last label is a number, which makes it an address and no name of a host.
constexpr bool ends_with_number(std::string_view name) {
    return all_octets(name.substr(name.rfind('.') + 1), is_digit);
}

/// RFC 5890 2.3.2.1: whether a label begins with "xn--" and yet is no A-label.
constexpr bool is_fake_a_label(std::string_view label) {
    if (!starts_ignoring_case(label, "xn--")) return false;
    auto const points = punycode::decode(label.substr(4));
    if (!points || points->size == 0) return true;
    bool ascii = true;
    for (std::size_t i = 0; i != points->size; ++i) {
        ascii = ascii && points->at[i] < 0x80;
        if (!may_stand_in_u_label(points->at[i])) return true;
    }
    ascii_name again;
    return ascii || is_combining_mark(points->at[0]) || !punycode::encode(*points, again) ||
           !equal_ignoring_case(again.view(), label.substr(4));
}

}  // namespace mtasts
