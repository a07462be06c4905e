// SPDX-License-Identifier: BSL-1.0
/// RFC 1035 2.3.4: names that DNS can hold.
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include <mtasts/text/ascii.hpp>

namespace mtasts {

namespace detail {

/// RFC 1035 2.3.4: the maximum length of a name as text.
inline constexpr std::size_t longest_name = 253;

}  // namespace detail

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
    friend constexpr bool operator==(ascii_name const& name, std::string_view text) { return name.view() == text; }

  private:
    std::array<char, 256> octets_{};
    std::size_t size_ = 0;
};

/// RFC 1035 2.3.4: a name that DNS can hold, in ASCII and without final dot. Underscores are allowed.
constexpr bool is_dns_name(std::string_view name) {
    bool fine = !name.empty() && name.size() <= detail::longest_name;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && !label.empty() && label.size() <= 63 &&
               text::all_octets(label, [](char c) { return text::is_alphanumeric(c) || c == '-' || c == '_'; });
    });
    return fine;
}

/// RFC 5321 4.1.2: whether a text is a Domain: labels of letters, digits and inner hyphens, without final dot.
/// Example: `static_assert(mtasts::is_domain("mail.example.com") && !mtasts::is_domain("_mta-sts.example.com"));`
constexpr bool is_domain(std::string_view name) {
    bool fine = true;
    text::for_each_piece(name, '.', [&](std::string_view label) {
        fine = fine && !label.empty() && label.front() != '-' && label.back() != '-' &&
               text::all_octets(label, [](char c) { return text::is_alphanumeric(c) || c == '-'; });
    });
    return fine;
}

/// RFC 1123 2.1: whether a name's last label is a number, which makes it an address rather than a host name.
constexpr bool ends_with_number(std::string_view name) {
    return text::all_octets(name.substr(name.rfind('.') + 1), text::is_digit);
}

}  // namespace mtasts
