// SPDX-License-Identifier: BSL-1.0
/// The registrable domain of a name, by the public suffix list.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// The registrable domain of an ASCII name: a public suffix and one more label, or the last two labels if the suffix is
/// not in the list. A public suffix, or a name with one label, is its own registrable domain.
/// Example: `registrable_domain("mta-sts.mail.example.co.uk") == "example.co.uk"`
std::string registrable_domain(std::string_view name);

}  // namespace socketmap
