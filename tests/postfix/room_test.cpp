// SPDX-License-Identifier: BSL-1.0
/// Which policies are evicted to make room for a new one.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "registrable.hpp"
#include "room.hpp"

namespace {

using namespace socketmap;
using std::chrono::seconds;

using names = std::optional<std::vector<std::string>>;

/// Use counts from second 100 on.
struct row {
    std::string_view what;
    kept_amount most;
    kept_amount kept;
    std::int64_t octets;
    std::vector<kept_use> of_owner;
    std::vector<kept_use> of_all;
    names evicted;
};

kept_use unused(std::string domain, int at = 0, std::int64_t octets = 10) {
    return {std::move(domain), octets, seconds(at), true};
}
kept_use used(std::string domain) { return {std::move(domain), 10, seconds(100), true}; }
kept_use ended(std::string domain) { return {std::move(domain), 10, seconds(500), false}; }

}  // namespace

TEST_CASE("The least recently used policy is evicted, but none in force that mail still uses") {
    std::vector<row> const rows{
        {"there is room", {3, 100, 2}, {2, 90, 1}, 10, {}, {unused("a")}, names::value_type()},
        {"one too many", {3, 100, 2}, {3, 30, 0}, 10, {}, {unused("a"), unused("b")}, {{"a"}}},
        {"too large together", {9, 100, 2}, {3, 95, 0}, 10, {}, {unused("a"), unused("b")}, {{"a"}}},
        {"too large by two policies",
         {9, 100, 2},
         {3, 95, 0},
         16,
         {},
         {unused("a"), unused("b"), unused("c")},
         {{"a", "b"}}},
        {"larger than everything", {9, 100, 2}, {3, 30, 0}, 101, {}, {unused("a")}, std::nullopt},
        {"the limit was lowered",
         {1, 100, 2},
         {3, 30, 0},
         10,
         {},
         {unused("a"), unused("b"), unused("c")},
         {{"a", "b", "c"}}},
        {"all are in use", {3, 100, 2}, {3, 30, 0}, 10, {}, {used("a"), used("b")}, std::nullopt},
        {"one in use stays", {3, 100, 2}, {3, 30, 0}, 10, {}, {used("a"), unused("b", 99)}, {{"b"}}},
        {"an expired one is not in use", {3, 100, 2}, {3, 30, 0}, 10, {}, {used("a"), ended("b")}, {{"b"}}},
        {"not enough may be evicted", {3, 100, 2}, {3, 100, 0}, 20, {}, {unused("a"), used("b")}, std::nullopt},
        {"one name too many", {9, 100, 2}, {3, 30, 2}, 10, {unused("x"), unused("y")}, {unused("a")}, {{"x"}}},
        {"all names in use", {9, 100, 2}, {3, 30, 2}, 10, {used("x"), used("y")}, {unused("a")}, std::nullopt},
        {"one of the same domain makes room for everything",
         {3, 100, 2},
         {3, 30, 2},
         10,
         {unused("x")},
         {unused("a")},
         {{"x"}}},
        {"nobody leaves twice", {3, 100, 2}, {4, 40, 2}, 10, {unused("x")}, {unused("x"), unused("a")}, {{"x", "a"}}},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(room_for({row.most, row.kept, row.octets, seconds(100), row.of_owner, row.of_all}) == row.evicted);
    }
}

TEST_CASE("A registrable domain is that of the public suffix list, or else the last two labels") {
    CHECK(registrable_domain("example.com") == "example.com");
    CHECK(registrable_domain("a.b.example.com") == "example.com");
    CHECK(registrable_domain("a.b.example.co.uk") == "example.co.uk");
    CHECK(registrable_domain("co.uk") == "co.uk");
    CHECK(registrable_domain("a.b.unlisted-suffix") == "b.unlisted-suffix");
    CHECK(registrable_domain("one") == "one");
    CHECK(registrable_domain("") == "");
    CHECK(registrable_domain("a.xn--bcher-kva.example") == "xn--bcher-kva.example");
}
