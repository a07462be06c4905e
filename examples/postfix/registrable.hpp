/// Whose a name is, as far as the public suffix list tells.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// The registrable domain that a name is, or is below. What has none by the list has its last two labels.
/// Example: `registrable_domain("a.b.example.co.uk") == "example.co.uk"`
std::string registrable_domain(std::string_view name);

}  // namespace socketmap
