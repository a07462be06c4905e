// SPDX-License-Identifier: BSL-1.0
// expect: use_owned_for_a_temporary_string
#include <mtasts/parse/sts_policy.hpp>

#include <string>

std::string read_file();

bool usable() {
    auto const policy = mtasts::parse_sts_policy(read_file());
    return policy.usable();
}
