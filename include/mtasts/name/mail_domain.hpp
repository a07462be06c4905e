// SPDX-License-Identifier: BSL-1.0
/// RFC 5322 3.4.1: the domain of a mail address.
#pragma once
#include <string_view>

#include <mtasts/text/ascii.hpp>

namespace mtasts {

/// The part after the last "@"; empty if there is none.
/// Example: `static_assert(mtasts::mail_domain("a@example.com") == "example.com");`
constexpr std::string_view mail_domain(std::string_view address) {
    auto const at = address.rfind('@');
    return at == address.npos ? std::string_view() : address.substr(at + 1);
}

/// The domain of a report's contact-info. Some reporters send a display name, with a ">" after the address, or a URI,
/// with a "?". The reporter's name and the check of its signature both use this function, so that they agree.
/// Example: `static_assert(mtasts::contact_domain("Reporter <tls@example.com>") == "example.com");`
constexpr std::string_view contact_domain(std::string_view contact_info) {
    auto const domain = mail_domain(contact_info);
    return domain.substr(0, text::find_octet(domain, [](char c) {
                             return text::is_ascii(c) && !text::is_alphanumeric(c) && c != '-' && c != '.' && c != '_';
                         }));
}

}  // namespace mtasts
