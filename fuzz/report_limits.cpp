// SPDX-License-Identifier: BSL-1.0
/// Promises of the limits of a report (RFC 8460 4.4), chosen by the first octets; the rest is the report:
///   1. there are no more policies and failures than the limits allow, and at most two more findings;
///   2. what is within the limits reads as it does without them.
#include <mtasts/parse/tlsrpt_report.hpp>

#include "custom_mutator.hpp"
#include "promises.hpp"

namespace {

bool passes_a_limit(mtasts::parsed<mtasts::tlsrpt_report> const& result) {
    using mtasts::code;
    for (auto const passed :
         {code::text_too_large, code::json_deep, code::report_many_policies, code::report_many_failures,
          code::report_many_strings, code::report_many_members, code::report_long_string, code::report_many_findings})
        if (result.has(passed)) return true;
    return false;
}

void keep_promise_of_limits(mtasts::parsed<mtasts::tlsrpt_report> const& result, mtasts::report_options const& limits) {
    std::size_t failures = 0;
    for (auto const& policy : result.value.policies) failures += policy.failures.size();
    keep_promise(result.value.policies.size() <= limits.max_policies && failures <= limits.max_failures,
                 "policies and failures are limited");
    // One says that there are more, and one is the first that makes the report unusable.
    keep_promise(result.findings.size() <= limits.max_findings + 2, "findings are limited");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    exact_copy input(data, size);
    mtasts::report_options limits;
    auto const choose = [&](std::size_t usual) {
        auto const chosen = take_choice(input.text, 256);
        return chosen == 0 ? usual : chosen - 1;
    };
    limits.max_size = choose(limits.max_size);
    limits.max_depth = choose(limits.max_depth);
    limits.max_policies = choose(limits.max_policies);
    limits.max_failures = choose(limits.max_failures);
    limits.max_strings = choose(limits.max_strings);
    limits.max_members = choose(limits.max_members);
    limits.max_string = choose(limits.max_string);
    limits.max_findings = choose(limits.max_findings);
    exact_copy const text(input.text);
    auto const result = mtasts::parse_tlsrpt_report(text.text, limits);
    keep_promise_of_limits(result, limits);
    if (passes_a_limit(result)) return 0;
    auto const unlimited = mtasts::parse_tlsrpt_report(text.text);
    keep_promise(unlimited.value == result.value && unlimited.findings.size() == result.findings.size(),
                 "what is within the limits reads as it does without them");
    return 0;
}
