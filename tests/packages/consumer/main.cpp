// SPDX-License-Identifier: BSL-1.0
#include <cstdio>
#include <string_view>

// One header that needs Boost, and one that needs fmt.
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/render/message.hpp>

int main() {
    constexpr std::string_view text = "version: STSv1\nmode: none\nmax_age: 7d\n";
    auto const policy = mtasts::parse_sts_policy(text);
    for (auto const& finding : policy.findings) std::puts(mtasts::message_of(finding, text).c_str());
    return policy.findings.size() == 1 && policy.has(mtasts::code::policy_max_age_unit) ? 0 : 1;
}
