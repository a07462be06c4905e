// SPDX-License-Identifier: BSL-1.0
/// RFC 5321 5.1, RFC 7505 3, RFC 8461 8.4: the hosts that are tried, and their order.
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>
#include <mtasts/decide/mx_plan.hpp>

namespace {

struct row {
    std::vector<mtasts::mx_record> records;
    std::vector<std::string_view> hosts;
    bool implicit = false;
};

constexpr bool all_hold() {
    // RFC 5321 5.1: without MX records the domain is its own host.
    row const rows[] = {
        {{}, {"example.com"}, true},
        // RFC 5321 5.1: lower preference first, whatever the order of the answer; equal ones in the order of the answer.
        {{{20, "b.example"}, {10, "a.example"}}, {"a.example", "b.example"}},
        {{{10, "b.example"}, {10, "a.example"}, {0, "c.example"}}, {"c.example", "b.example", "a.example"}},
        {{{65535, "last.example"}, {0, "first.example"}}, {"first.example", "last.example"}},
        // RFC 7505 3: null MX, and with others beside it.
        {{{0, "."}}, {}},
        {{{0, ""}}, {}},
        {{{0, "."}, {0, "."}}, {}},
        {{{0, "."}, {10, "a.example"}}, {"a.example"}},
        // RFC 8461 8.4: no host is left out, not even one that cannot be a name.
        {{{10, "a..example"}, {10, "a.example."}, {10, "192.0.2.1"}}, {"a..example", "a.example.", "192.0.2.1"}},
    };
    for (auto const& [records, hosts, implicit] : rows) {
        auto const plan = mtasts::plan_mx("example.com", records);
        if (plan.hosts != hosts || plan.implicit != implicit || plan.refuses_mail() != hosts.empty()) return false;
    }
    return true;
}
static_assert(all_hold());

}  // namespace

TEST_CASE("RFC 5321 5.1, RFC 7505 3, RFC 8461 8.4: MX hosts are tried by preference, and only a null MX is left out") {
    CHECK(all_hold());
}
