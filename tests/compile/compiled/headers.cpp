// SPDX-License-Identifier: BSL-1.0
/// The unit that compiles the headers.
#include "headers.hpp"

#include <mtasts/check.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/json.hpp>

std::string diagnosis_by_headers(std::string_view policy) {
    auto const checked = mtasts::check_sts_policy(policy);
    return mtasts::render_human({"mta-sts.txt", "sts-policy", policy, checked.usable(), "", &checked.findings});
}

std::string value_by_headers(std::string_view policy) {
    return mtasts::json_value(mtasts::check_sts_policy(policy).value);
}
