// SPDX-License-Identifier: BSL-1.0
/// Any octets as the policy (RFC 8461 3.2) keep the promises of texts.hpp.
#include <mtasts/grammar/sts_policy.hpp>
#include <mtasts/lint/sts_policy.hpp>
#include <mtasts/parse/sts_policy.hpp>
#include <mtasts/write/text.hpp>

#include "custom_mutator.hpp"
#include "texts.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy const input(data, size);
    auto const check = [](std::string_view text, mtasts::parse_options const& options) {
        auto result = mtasts::parse_sts_policy(text, options);
        mtasts::lint_sts_policy(text, result);
        return result;
    };
    keep_promises_of_text(mtasts::grammar::sts_policy_record, input.text, check, mtasts::parse_sts_policy,
                          mtasts::write_sts_policy);
    return 0;
}
