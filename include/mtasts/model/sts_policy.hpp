// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2: the contents of a policy.
#pragma once
#include <chrono>
#include <string_view>
#include <vector>

#include <mtasts/model/extension.hpp>
#include <mtasts/model/mx_pattern.hpp>

namespace mtasts {

/// RFC 8461 5: what a sending MTA does when an MX host fails validation.
enum class policy_mode { none, testing, enforce };

constexpr std::string_view to_text(policy_mode mode) {
    switch (mode) {
        case policy_mode::testing: return "testing";
        case policy_mode::enforce: return "enforce";
        case policy_mode::none: break;
    }
    return "none";
}

/// RFC 8461 3.2: the greatest max_age, about a year.
/// Example: `static_assert(mtasts::max_age_limit > std::chrono::hours(365 * 24));`
inline constexpr std::chrono::seconds max_age_limit{31557600};

/// RFC 8461 3.2: a policy.
struct sts_policy {
    policy_mode mode = policy_mode::none;
    std::chrono::seconds max_age{0};
    std::vector<mx_pattern> mx;
    std::vector<extension> extensions;

    friend constexpr bool operator==(sts_policy const&, sts_policy const&) = default;
};

}  // namespace mtasts
