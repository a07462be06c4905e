// SPDX-License-Identifier: BSL-1.0
// expect: no_finding_has_this_slug
#include <mtasts/testing/verdict.hpp>

// With a misspelt slug, a test for its absence would always pass.
auto const demand = mtasts::testing_support::has_finding("policy-max-age-shrot");
