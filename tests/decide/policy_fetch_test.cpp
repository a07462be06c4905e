// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.2, 3.3: which responses hold a policy.
#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/policy_fetch.hpp>

namespace {

struct row {
    int status;
    std::string_view content_type;
    bool holds;
};

constexpr auto rows = std::to_array<row>({
    {200, "text/plain", true},
    // RFC 8461 3.2: parameters do not matter.
    {200, "text/plain; charset=utf-8", true},
    {200, "text/plain;charset=US-ASCII", true},
    {200, "text/plain; charset=iso-8859-1", true},
    {200, "Text/PLAIN ; x", true},
    {200, " text/plain\t", true},
    // RFC 8461 3.2: another media type, or none.
    {200, "", false},
    {200, ";", false},
    {200, "text/html", false},
    {200, "text/plainly", false},
    {200, "text", false},
    {200, "application/octet-stream", false},
    {200, "text/html; text/plain", false},
    // RFC 8461 3.3: 200 and nothing else.
    {0, "text/plain", false},
    {100, "text/plain", false},
    {201, "text/plain", false},
    {203, "text/plain", false},
    {204, "text/plain", false},
    {206, "text/plain", false},
    {301, "text/plain", false},
    {302, "text/plain", false},
    {304, "text/plain", false},
    {307, "text/plain", false},
    {404, "text/plain", false},
    {410, "text/plain", false},
    {429, "text/plain", false},
    {503, "text/plain", false},
    {-200, "text/plain", false},
});

constexpr bool all_hold() {
    for (auto const& [status, type, holds] : rows)
        if (mtasts::holds_policy({status, type, "body"}) != holds) return false;
    return true;
}
static_assert(all_hold());

}  // namespace

TEST_CASE("RFC 8461 3.2, 3.3: a response holds a policy if it has status 200 and type text/plain") {
    for (auto const& [status, type, holds] : rows) {
        INFO(status << ' ' << type);
        CHECK(mtasts::holds_policy({status, type, "body"}) == holds);
    }
}

TEST_CASE("RFC 8461 3.2: the media type is a SHOULD, and an option ignores it") {
    CHECK(mtasts::holds_policy({200, "text/html", "body"}, {.text_plain_only = false}));
    CHECK(mtasts::holds_policy({200, "", "body"}, {.text_plain_only = false}));
    CHECK_FALSE(mtasts::holds_policy({301, "text/plain", "body"}, {.text_plain_only = false}));
}

TEST_CASE("RFC 8461 3.3: a body of 64 KiB is a policy, a longer one is not") {
    CHECK(mtasts::holds_policy({200, "text/plain", std::string(65536, 'a')}));
    CHECK_FALSE(mtasts::holds_policy({200, "text/plain", std::string(65537, 'a')}));
}

TEST_CASE("RFC 8461 3.3: the time limit of a fetch is one minute") {
    CHECK(mtasts::policy_fetch::time_limit == std::chrono::minutes(1));
}
