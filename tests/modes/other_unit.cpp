// SPDX-License-Identifier: BSL-1.0
/// A second translation unit beside consumer.cpp, which includes single headers in another order.
#include <mtasts/render/human.hpp>

#include <mtasts/check.hpp>

std::string diagnosis(std::string_view policy);
std::string diagnosis(std::string_view policy) {
    auto const checked = mtasts::check_sts_policy(policy);
    return mtasts::render_human({"mta-sts.txt", "sts-policy", policy, checked.usable(), "", &checked.findings});
}
