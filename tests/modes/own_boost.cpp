// SPDX-License-Identifier: BSL-1.0
/// A project whose own namespace has names that the library and its dependencies use too, and that puts its own Boost
/// before the compiler's.
#include <boost/version.hpp>

namespace acme {
namespace boost::spirit::x3 {
struct parser {};
}  // namespace boost::spirit::x3
namespace fmt {
struct formatter {};
}  // namespace fmt
namespace grammar {
struct rule {};
}  // namespace grammar
namespace x3 = boost::spirit::x3;
struct code {};
struct finding {};
}  // namespace acme

#include <mtasts/check.hpp>
#include <mtasts/render/human.hpp>

#include <boost/optional.hpp>

static_assert(BOOST_VERSION == OWN_BOOST_VERSION, "the project's own Boost is the one that is used");

namespace acme {

using namespace ::mtasts;

::boost::optional<std::string> trouble_with(std::string_view policy) {
    auto const checked = check_sts_policy(policy);
    if (checked.usable()) return {};
    return render_human({"mta-sts.txt", "sts-policy", policy, false, "", &checked.findings});
}

}  // namespace acme

int main() {
    auto const trouble = acme::trouble_with("version: STSv1\nmode: Enforce\nmax_age: 604800\n");
    return trouble && trouble->find("policy-mode-case") != std::string::npos ? 0 : 1;
}
