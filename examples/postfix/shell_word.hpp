// SPDX-License-Identifier: BSL-1.0
/// Commands for the user to copy.
#pragma once
#include <string>
#include <string_view>

namespace socketmap {

/// A word quoted for a shell if needed.
/// Example: `shell_word("a b") == "'a b'"`
std::string shell_word(std::string_view text);

}  // namespace socketmap
