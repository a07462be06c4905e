// SPDX-License-Identifier: BSL-1.0
/// A unit that links mtasts::compiled, beside one that compiles the headers: both give the same results.
#include <mtasts/build.hpp>
#include <mtasts/check.hpp>
#include <mtasts/decide/policy_finder.hpp>
#include <mtasts/parse/tlsrpt_report.hpp>
#include <mtasts/render/human.hpp>
#include <mtasts/render/json.hpp>
#include <mtasts/report/send/delivery.hpp>
#include <mtasts/report/send/tally.hpp>
#include <mtasts/testing/verdict.hpp>
#include <mtasts/write/id.hpp>

#include <string>
#include <string_view>

#include "headers.hpp"

#ifdef BOOST_VERSION
#error "the declarations need no Boost"
#endif
#ifdef FMT_VERSION
#error "the declarations need no fmt"
#endif

int main() {
    using namespace mtasts;
    auto const same = [](std::string_view policy) {
        auto const checked = check_sts_policy(policy);
        return render_human(checked, "mta-sts.txt") == diagnosis_by_headers(policy) &&
               json_value(checked.value) == value_by_headers(policy);
    };
    constexpr std::string_view usable = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 604800\n";
    bool const policies = same(usable) && same("version: STSv1\nmode: Enforce\nmx: a.example.\nmax_age: 7d\n");
    auto const built = build_sts_policy(parse_sts_policy(usable).value);
    bool const others =
        built.publishable() && make_id(built.value()).size() == 32 && !mtasts::parse_tlsrpt_report("{").usable() &&
        testing_support::is_usable_policy().judge(usable).holds && parse_sts_rrset({{"v=STSv1; id=1"}}).value.id == "1";

    policy_finder finder("example.com");
    finder.begin(trigger::mail, {});
    finder.receive(txt_rrset{{"v=STSv1; id=1"}}, {});
    finder.receive({200, "text/plain", usable}, {});
    auto const rua = parse_tlsrpt_record("v=TLSRPTv1; rua=mailto:a%40example.com").value.rua;
    bool const sending = finder.in_force({}) != nullptr && mailto_address(rua[0]) == "a@example.com";
    return policies && others && sending ? 0 : 1;
}
