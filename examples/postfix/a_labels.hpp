// SPDX-License-Identifier: BSL-1.0
/// Names that are not ASCII, as Postfix looks them up in DNS.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace socketmap {

/// Converts a UTF-8 name to lower-case A-labels, exactly as Postfix (midna_domain(3), valid_hostname(3)) does before a
/// DNS lookup: UTS #46 by ICU, without STD3 rules; `transitional` is `enable_idna2003_compatibility = yes`. Nothing for
/// a name that Postfix does not deliver to. Not for ASCII names, which Postfix leaves as they are.
/// Example: `postfix_a_labels("B\u00FCcher\u3002example", false) == "xn--bcher-kva.example"`
std::optional<std::string> postfix_a_labels(std::string_view name, bool transitional);

}  // namespace socketmap
