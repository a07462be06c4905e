/// Names that are not ASCII, as Postfix asks DNS for them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace socketmap {

/// A name in UTF-8 as A-labels in lower case, exactly as Postfix (midna_domain(3), valid_hostname(3)) maps it before it
/// asks DNS: UTS #46 by ICU, without STD3 rules; with `transitional` as by `enable_idna2003_compatibility = yes`. None
/// for what Postfix does not deliver to. Not for names in ASCII, which Postfix leaves as they are.
/// Example: `postfix_a_labels("B\u00FCcher\u3002example", false) == "xn--bcher-kva.example"`
std::optional<std::string> postfix_a_labels(std::string_view name, bool transitional);

}  // namespace socketmap
