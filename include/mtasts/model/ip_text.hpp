/// RFC 5952: addresses as text.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <mtasts/model/ascii.hpp>
#include <mtasts/model/ip_address.hpp>

namespace mtasts {

/// The octets of a well-formed IPv4 address.
constexpr void read_ipv4(std::string_view text, std::uint8_t* out) {
    for_each_piece(text, '.', [&](std::string_view number) {
        int value = 0;
        for (char const c : number) value = value * 10 + (c - '0');
        *out++ = static_cast<std::uint8_t>(value);
    });
}
/// The octets of a well-formed IPv6 address.
constexpr void read_ipv6(std::string_view text, ip_address& address) {
    auto const gap = text.find("::");
    // Fills 16-bit groups from `at` on; gives the index behind the last one.
    auto const fill = [&](std::string_view groups, std::size_t at) {
        if (groups.empty()) return at;
        for_each_piece(groups, ':', [&](std::string_view group) {
            if (group.find('.') != group.npos) {
                read_ipv4(group, address.octets.data() + at);
                at += 4;
                return;
            }
            unsigned value = 0;
            for (char const c : group) value = value * 16 + static_cast<unsigned>(hex_value(c));
            address.octets[at++] = static_cast<std::uint8_t>(value >> 8);
            address.octets[at++] = static_cast<std::uint8_t>(value);
        });
        return at;
    };
    auto const head = fill(text.substr(0, gap), 0);
    if (gap == text.npos) return;
    // The groups behind "::" stand at the end: read them, then move them there.
    auto const tail = fill(text.substr(gap + 2), head) - head;
    for (std::size_t i = 1; i <= tail; ++i) {
        auto const octet = address.octets[head + tail - i];
        address.octets[head + tail - i] = 0;
        address.octets[16 - i] = octet;
    }
}

/// The address that a well-formed text is, by the grammar of RFC 8460 4.4.
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

/// RFC 5952 5: whether the prefix alone tells that the last four octets are an IPv4 address: IPv4-mapped (RFC 4291
/// 2.5.5.2) and the translation prefix of RFC 6052 2.1.
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

/// RFC 5952 4: lower case, no leading zeros, the longest run of two or more zero groups as "::", the first of equals.
constexpr ip_text to_text(ip_address const& address, bool mixed) {
    ip_text out;
    if (address.version == 4) {
        push_ipv4(out, address.octets.data());
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
        push_number(out, group(i), 16);
    }
    if (mixed) {
        if (best + best_length != groups || best == groups) out.push(':');
        push_ipv4(out, address.octets.data() + 12);
    }
    return out;
}

/// RFC 5952: the canonical text; in mixed notation where the prefix tells of an IPv4 address.
/// Example: `to_text(parse_ip_address("2001:0db8:0:0::1").value).view() == "2001:db8::1"`
constexpr ip_text to_text(ip_address const& address) {
    return to_text(address, address.version == 6 && embeds_ipv4(address));
}

/// Whether a text is a canonical one of its address. RFC 5952 5 only recommends the mixed notation, so both are.
constexpr bool is_canonical(std::string_view text, ip_address const& address) {
    bool const may_be_mixed = address.version == 6 && (embeds_ipv4(address) || is_ipv4_compatible(address));
    return text == to_text(address, false).view() || (may_be_mixed && text == to_text(address, true).view());
}

}  // namespace mtasts
