// SPDX-License-Identifier: BSL-1.0
// expect: not_usable_because<mtasts::code::policy_mode_case, 2, 7>
#include <mtasts/literals.hpp>

using namespace mtasts::literals;

// RFC 8461 3.2: sts-policy-mode-value is case-sensitive.
constexpr auto policy = "version: STSv1\nmode: Enforce\nmx: mail.example.com\nmax_age: 86400\n"_sts_policy;
