/// Who holds a name: the domain that was registered, by the public suffix list.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// The registrable domain of a name in ASCII: a public suffix and one label more; the last two labels where the list does
/// not know the suffix. A name that is a public suffix itself, or has one label, is its own.
/// Example: `registrable_domain("mta-sts.mail.example.co.uk") == "example.co.uk"`
std::string registrable_domain(std::string_view name);

}  // namespace socketmap
