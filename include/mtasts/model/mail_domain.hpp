/// RFC 5322 3.4.1: the domain of a mail address.
#pragma once
#include <string_view>

namespace mtasts {

/// What follows the last "@"; empty where there is none.
/// Example: `static_assert(mtasts::mail_domain("a@example.com") == "example.com");`
constexpr std::string_view mail_domain(std::string_view address) {
    auto const at = address.rfind('@');
    return at == address.npos ? std::string_view() : address.substr(at + 1);
}

}  // namespace mtasts
