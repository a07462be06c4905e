// SPDX-License-Identifier: BSL-1.0
/// RFC 5952: addresses as text.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include <mtasts/model/ip_address.hpp>
#include <mtasts/text/ascii.hpp>
#include <mtasts/text/simd.hpp>

namespace mtasts {

namespace detail {

/// The octets of a well-formed IPv4 address.
constexpr void read_ipv4(std::string_view text, std::uint8_t* out) {
    text::for_each_piece(text, '.', [&](std::string_view number) {
        int value = 0;
        for (char const c : number) value = value * 10 + (c - '0');
        *out++ = static_cast<std::uint8_t>(value);
    });
}
/// Reads an IPv4 address, octet by octet: four numbers up to 255 without leading zeros. False for any other text.
constexpr bool take_ipv4(std::string_view text, ip_address& out) {
    auto const* at = text.data();
    auto const* const end = at + text.size();
    auto const digit = [&](std::ptrdiff_t i) { return end - at > i ? static_cast<unsigned>(at[i]) - '0' : 10u; };
    out.version = 4;
    for (std::size_t i = 0; i != 4; ++i) {
        auto value = digit(0);
        if (value > 9) return false;
        ++at;
        for (int more = 0; more != 2 && digit(0) <= 9; ++more) {
            if (value == 0) return false;
            value = value * 10 + digit(0);
            ++at;
        }
        if (value > 255 || (i != 3 && (at == end || *at++ != '.'))) return false;
        out.octets[i] = static_cast<std::uint8_t>(value);
    }
    return at == end;
}

/// Whether there is SIMD to compare all octets at once, so that the time hardly depends on the length of each part.
template <class Block>
inline constexpr bool has_fast_path =
    Block::available&& Block::bits_each == 1 && std::endian::native == std::endian::little;

/// The same for a text of which `ip_octets` octets may be read, including those after its end.
inline constexpr std::size_t ip_octets = 48;
template <class Block = text::octet_block>
bool take_ipv4_fast(std::string_view text, ip_address& out) {
    if constexpr (has_fast_path<Block>) {
        constexpr std::size_t shortest = 7, longest = 15;
        auto const size = text.size();
        if (size < shortest || size > longest) return false;
        Block const block(text.data());
        auto const all = (std::uint64_t{1} << size) - 1;
        auto const digits = block.digits() & all, dots = block.all_of('.') & all, zeros = block.all_of('0');
        auto const starts = dots << 1 | 1;
        auto const pairs = digits & digits >> 1, second = dots & (dots - 1), third = second & (second - 1);
        // Three dots; one to three digits on both sides of each, without leading zeros.
        bool const good = (digits | dots) == all && third != 0 && (third & (third - 1)) == 0 &&
                          (starts & ~digits) == 0 && (pairs & pairs >> 2) == 0 && (starts & zeros & pairs) == 0;
        if (!good) return false;
        std::size_t begin = 0;
        auto ends = dots | (all + 1);
        // The next number's digits, in the upper three of four octets.
        auto const next = [&] {
            auto const end = text::lowest_bit(ends);
            std::uint32_t number;
            std::memcpy(&number, text.data() + begin, 4);
            number <<= 8 * (4 - (end - begin));
            begin = end + 1;
            ends &= ends - 1;
            return std::uint64_t{number};
        };
        // Two numbers at a time.
        auto const two = [&] {
            auto const first = next(), both = first | next() << 32;
            auto const outer = (both >> 8 & 0x000F'000F'000F'000F) * (100 << 16 | 1) >> 16 & 0x0000'03FF'0000'03FF;
            return outer + (both >> 16 & 0x0000'000F'0000'000F) * 10;
        };
        auto const front = two(), back = two();
        out.version = 4;
        out.octets[0] = static_cast<std::uint8_t>(front);
        out.octets[1] = static_cast<std::uint8_t>(front >> 32);
        out.octets[2] = static_cast<std::uint8_t>(back);
        out.octets[3] = static_cast<std::uint8_t>(back >> 32);
        return ((front | back) & 0xFFFF'FF00'FFFF'FF00) == 0;
    }
    return take_ipv4(text, out);
}

/// The groups of an IPv6 address as they are written.
struct ipv6_groups {
    std::array<std::uint16_t, 8> value{};
    std::size_t count = 0;
    /// How many are before "::"; `none` if there is no such gap.
    static constexpr std::size_t none = 9;
    std::size_t gap = none;
};

/// Splits text into groups of one to four digits and lower-case letters, without leading zeros; false for any other
/// text.
constexpr bool take_groups(std::string_view text, ipv6_groups& out) {
    auto const* at = text.data();
    auto const* const end = at + text.size();
    if (text.starts_with("::")) {
        out.gap = 0;
        at += 2;
    }
    while (at != end) {
        auto const* const first = at;
        unsigned value = 0;
        for (; at != end && at - first < 4; ++at) {
            auto const decimal = static_cast<unsigned>(*at) - '0', letter = static_cast<unsigned>(*at) - 'a';
            if (decimal > 9 && letter > 5) break;
            value = value << 4 | (decimal <= 9 ? decimal : letter + 10);
        }
        if (at == first || out.count == out.value.size() || (*first == '0' && at - first > 1)) return false;
        out.value[out.count++] = static_cast<std::uint16_t>(value);
        if (at == end) break;
        if (*at++ != ':' || at == end) return false;
        if (*at != ':') continue;
        if (out.gap != out.none) return false;
        out.gap = out.count;
        ++at;
    }
    return true;
}

/// The same for a text of which `ip_octets` octets may be read, including those after its end.
template <class Block = text::octet_block>
bool take_groups_fast(std::string_view text, ipv6_groups& out) {
    if constexpr (has_fast_path<Block>) {
        constexpr std::size_t longest = 39;
        auto const size = text.size();
        if (size < 2 || size > longest) return false;
        std::uint64_t colons = 0, others = 0;
        for (std::size_t at = 0; at < size; at += 16) {
            Block const block(text.data() + at);
            colons |= block.all_of(':') << at;
            others |= (block.digits() | block.hex_letters()) << at;
        }
        auto const all = (std::uint64_t{1} << size) - 1;
        colons &= all;
        if ((colons | (others & all)) != all) return false;
        std::size_t begin = 0;
        bool good = true;
        // The end counts as one more colon.
        for (colons |= all + 1; colons != 0; colons &= colons - 1) {
            auto const end = text::lowest_bit(colons);
            auto const length = end - begin;
            if (length == 0) {
                // A "::" inside, or a colon at one end of the text, which needs another next to it.
                bool const at_front = end == 0, at_back = end == size;
                if (at_front) good &= size >= 2 && text[1] == ':';
                else if (at_back) good &= out.gap == out.count;
                else {
                    good &= out.gap == out.none;
                    out.gap = out.count;
                }
                begin = end + 1;
                continue;
            }
            if (length > 4 || out.count == out.value.size()) return false;
            std::uint32_t digits;
            std::memcpy(&digits, text.data() + begin, 4);
            digits <<= 8 * (4 - length);
            // A letter's low four bits are one to six.
            auto const nibbles = (digits & 0x0F0F0F0F) + (digits >> 6 & 0x01010101) * 9;
            auto const pairs = (nibbles << 4 | nibbles >> 8) & 0x00FF00FF;
            out.value[out.count++] = static_cast<std::uint16_t>((pairs & 0xFF) << 8 | pairs >> 16);
            good &= (length == 1) | (text[begin] != '0');
            begin = end + 1;
        }
        return good;
    }
    return take_groups(text, out);
}

/// The address of groups; false if RFC 5952 4 requires another way of writing it.
constexpr bool take_address(ipv6_groups const& groups, ip_address& out) {
    auto const [value, count, gap] = groups;
    bool const has_gap = gap != ipv6_groups::none;
    if (has_gap ? count > value.size() - 2 : count != value.size()) return false;
    auto const hidden = value.size() - count;
    // One bit for each group that is zero.
    unsigned zeros = 0;
    for (std::size_t i = 0; i != count; ++i) {
        auto const at = 2 * (i < gap ? i : i + hidden);
        out.octets[at] = static_cast<std::uint8_t>(value[i] >> 8);
        out.octets[at + 1] = static_cast<std::uint8_t>(value[i]);
        zeros |= static_cast<unsigned>(value[i] == 0) << i;
    }
    for (std::size_t i = 0; i != 2 * hidden; ++i) out.octets[2 * gap + i] = 0;
    out.version = 6;
    // RFC 5952 4.2: "::" stands for the first of the longest runs of zeros, and for all of it.
    if (!has_gap) return (zeros & zeros >> 1) == 0;
    if (zeros == 0) return true;
    auto const low = zeros & ((1u << gap) - 1), high = zeros >> gap;
    if ((gap != 0 && (low >> (gap - 1) & 1) != 0) || (high & 1) != 0) return false;
    for (auto runs = high, length = 1u; runs != 0; runs &= runs >> 1, ++length)
        if (length > hidden) return false;
    for (auto runs = low, length = 1u; runs != 0; runs &= runs >> 1, ++length)
        if (length >= hidden) return false;
    return true;
}

/// Reads an address from a text of which `ip_octets` octets may be read, including those after its end. Not for
/// constant expressions. False for anything but an address, and for an IPv6 address that RFC 5952 4 requires to be
/// written in another way or that has IPv4 notation.
inline bool take_plain_address_fast(std::string_view text, ip_address& out) {
    ipv6_groups groups;
    return take_ipv4_fast(text, out) || (take_groups_fast(text, groups) && take_address(groups, out));
}
/// The same for any text.
constexpr bool take_plain_address(std::string_view text, ip_address& out) {
    if (!std::is_constant_evaluated() && text.size() <= ip_octets) {
        std::array<char, ip_octets> octets{};
        std::copy(text.begin(), text.end(), octets.begin());
        return take_plain_address_fast({octets.data(), text.size()}, out);
    }
    ipv6_groups groups;
    return take_ipv4(text, out) || (take_groups(text, groups) && take_address(groups, out));
}

/// The octets of a well-formed IPv6 address.
constexpr void read_ipv6(std::string_view text, ip_address& address) {
    auto const gap = text.find("::");
    // Fills 16-bit groups from `at` on; gives the index after the last one.
    auto const fill = [&](std::string_view groups, std::size_t at) {
        if (groups.empty()) return at;
        text::for_each_piece(groups, ':', [&](std::string_view group) {
            if (group.find('.') != group.npos) {
                read_ipv4(group, address.octets.data() + at);
                at += 4;
                return;
            }
            unsigned value = 0;
            for (char const c : group) value = value * 16 + static_cast<unsigned>(text::hex_value(c));
            address.octets[at++] = static_cast<std::uint8_t>(value >> 8);
            address.octets[at++] = static_cast<std::uint8_t>(value);
        });
        return at;
    };
    auto const head = fill(text.substr(0, gap), 0);
    if (gap == text.npos) return;
    // The groups after "::" belong at the end: read them, then move them there.
    auto const tail = fill(text.substr(gap + 2), head) - head;
    for (std::size_t i = 1; i <= tail; ++i) {
        auto const octet = address.octets[head + tail - i];
        address.octets[head + tail - i] = 0;
        address.octets[16 - i] = octet;
    }
}

/// The address of a well-formed text, by the grammar of RFC 8460 4.4.
constexpr ip_address ip_address_of(std::string_view text) {
    ip_address address;
    if (text.find(':') == text.npos) {
        read_ipv4(text, address.octets.data());
    } else {
        address.version = 6;
        read_ipv6(text, address);
    }
    return address;
}

/// The text of an address, with its own storage.
class ip_text {
  public:
    constexpr std::string_view view() const { return {octets_.data(), size_}; }
    constexpr void push(char c) { octets_[size_++] = c; }
    constexpr void push(std::string_view text) {
        for (char const c : text) push(c);
    }

  private:
    std::array<char, 48> octets_{};
    std::size_t size_ = 0;
};

constexpr void push_number(ip_text& out, unsigned value, unsigned base) {
    if (value >= base) push_number(out, value / base, base);
    out.push("0123456789abcdef"[value % base]);
}
constexpr void push_ipv4(ip_text& out, std::uint8_t const* octets) {
    for (int i = 0; i != 4; ++i) {
        if (i != 0) out.push('.');
        push_number(out, octets[i], 10);
    }
}

/// RFC 5952 5: whether the prefix alone shows that the last four octets are an IPv4 address: IPv4-mapped
/// (RFC 4291 2.5.5.2) and the translation prefix of RFC 6052 2.1.
constexpr bool embeds_ipv4(ip_address const& address) {
    constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF},
        translated{0, 0x64, 0xFF, 0x9B};
    auto const prefix = [&](std::array<std::uint8_t, 12> const& octets) {
        return std::equal(octets.begin(), octets.end(), address.octets.begin());
    };
    return prefix(mapped) || prefix(translated);
}

/// RFC 4291 2.5.5.1: the deprecated IPv4-compatible form, which many programs write in mixed notation.
constexpr bool is_ipv4_compatible(ip_address const& address) {
    auto const first =
        std::find_if(address.octets.begin(), address.octets.end(), [](std::uint8_t octet) { return octet != 0; });
    return first == address.octets.begin() + 12 || first == address.octets.begin() + 13;
}

}  // namespace detail

/// RFC 5952 4: lower case, no leading zeros, the longest run of two or more zero groups as "::", the first of equals.
constexpr detail::ip_text to_text(ip_address const& address, bool mixed) {
    detail::ip_text out;
    if (address.version == 4) {
        detail::push_ipv4(out, address.octets.data());
        return out;
    }
    std::size_t const groups = mixed ? 6 : 8;
    auto const group = [&](std::size_t i) {
        return static_cast<unsigned>(address.octets[2 * i] << 8 | address.octets[2 * i + 1]);
    };
    std::size_t best = groups, best_length = 1;
    for (std::size_t i = 0; i != groups; ++i) {
        std::size_t length = 0;
        while (i + length != groups && group(i + length) == 0) ++length;
        if (length > best_length) {
            best = i;
            best_length = length;
        }
    }
    for (std::size_t i = 0; i < groups; ++i) {
        if (i == best) {
            out.push("::");
            i += best_length - 1;
            continue;
        }
        if (i != 0 && i != best + best_length) out.push(':');
        detail::push_number(out, group(i), 16);
    }
    if (mixed) {
        if (best + best_length != groups || best == groups) out.push(':');
        detail::push_ipv4(out, address.octets.data() + 12);
    }
    return out;
}

/// RFC 5952: the canonical text; in mixed notation if the prefix shows an IPv4 address.
/// Example: `to_text(parse_ip_address("2001:0db8:0:0::1").value).view() == "2001:db8::1"`
constexpr detail::ip_text to_text(ip_address const& address) {
    return to_text(address, address.version == 6 && detail::embeds_ipv4(address));
}

namespace detail {

/// Whether a text is in canonical form. RFC 5952 5 only recommends the mixed notation, so either is.
constexpr bool is_canonical(std::string_view text, ip_address const& address) {
    bool const may_be_mixed = address.version == 6 && (embeds_ipv4(address) || is_ipv4_compatible(address));
    return text == to_text(address, false).view() || (may_be_mixed && text == to_text(address, true).view());
}

}  // namespace detail

}  // namespace mtasts
