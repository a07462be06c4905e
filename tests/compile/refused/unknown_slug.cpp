// SPDX-License-Identifier: BSL-1.0
// expect: no_finding_has_this_slug
#include <mtasts/testing/verdict.hpp>

// A misspelt slug would make a test of its absence pass for ever.
auto const demand = mtasts::testing_support::has_finding("policy-max-age-shrot");
