// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 3.3: policies are fetched for waiting mail, even if other policy hosts are silent.
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "address.hpp"
#include "fetch_queue.hpp"

namespace {

using socketmap::claim_of, socketmap::fetch_claim, socketmap::fetch_shares, socketmap::next_fetch,
    socketmap::network_of;

/// "domain/network" for a fetch that mail is waiting for, "domain/network-" for a refresh; "N*" is N of them.
std::vector<fetch_claim> claims(std::vector<std::string> const& texts) {
    std::vector<fetch_claim> all;
    for (auto const& text : texts) {
        auto const star = text.find('*');
        std::size_t const count = star == text.npos ? 1 : std::stoul(text.substr(0, star));
        auto claim = text.substr(star == text.npos ? 0 : star + 1);
        bool const awaited = !claim.ends_with('-');
        if (!awaited) claim.pop_back();
        auto const slash = claim.find('/');
        all.insert(all.end(), count, {claim.substr(0, slash), {claim.substr(slash + 1)}, awaited});
    }
    return all;
}

std::vector<fetch_claim const*> pointers(std::vector<fetch_claim> const& all) {
    std::vector<fetch_claim const*> each;
    for (auto const& claim : all) each.push_back(&claim);
    return each;
}

struct row {
    std::string_view about;
    std::vector<std::string> running, waiting;
    /// -1: none starts.
    int begins;
};

// Of 64: 8 for a domain, 16 to a network, 32 that no mail is waiting for.
std::vector<row> const rows{
    {"none waits", {"a/1"}, {}, -1},
    {"the first to arrive", {}, {"a/1", "b/2"}, 0},
    {"no more than the limit", {"64*a/1"}, {"b/2"}, -1},
    {"a domain has its share", {"7*a/1"}, {"a/2"}, 0},
    {"a domain has no more than its share", {"8*a/1"}, {"a/2"}, -1},
    {"other domains overtake one that has its share", {"8*a/1"}, {"1000*a/2", "b/3"}, 1000},
    {"a network has its share", {"8*a/1", "7*b/1"}, {"c/1"}, 0},
    {"a network has no more than its share", {"8*a/1", "8*b/1"}, {"c/1"}, -1},
    {"other networks overtake one that has its share", {"8*a/1", "8*b/1"}, {"500*c/1", "d/2"}, 500},
    {"of two domains, the one with fewer fetches", {"a/1"}, {"9*a/1", "b/1"}, 9},
    {"of equal domains, the first to arrive", {"a/1", "b/1"}, {"b/1", "a/1"}, 0},
    {"mail before refreshes", {}, {"3*a/1-", "b/2"}, 3},
    {"mail before refreshes, even if its domain has more fetches", {"7*b/1"}, {"a/1-", "b/1"}, 1},
    {"a refresh, if mail has to wait for the share of its domain", {"8*a/1"}, {"a/1", "b/2-"}, 1},
    {"refreshes have their share", {"8*a/1-", "8*b/2-", "8*c/3-", "7*d/4-"}, {"e/5-"}, 0},
    {"refreshes leave room for mail", {"8*a/1-", "8*b/2-", "8*c/3-", "8*d/4-"}, {"e/5-"}, -1},
    {"mail uses the room that refreshes leave", {"8*a/1-", "8*b/2-", "8*c/3-", "8*d/4-"}, {"e/5-", "f/6"}, 1},
};

TEST_CASE("The next fetch is for mail before refreshes, and no domain or network exceeds its share") {
    for (auto const& row : rows) {
        CAPTURE(row.about);
        auto const running = claims(row.running), waiting = claims(row.waiting);
        auto const next = next_fetch(pointers(running), pointers(waiting), fetch_shares{64});
        CHECK((next ? static_cast<int>(*next) : -1) == row.begins);
    }
}

TEST_CASE("With few fetches at a time, each share is at least one") {
    auto const waiting = claims({"a/1-"}), running = claims({"b/2"});
    for (std::size_t const at_once : {1U, 2U, 3U}) {
        CAPTURE(at_once);
        CHECK(next_fetch({}, pointers(waiting), fetch_shares{at_once}) == 0U);
        CHECK(next_fetch(pointers(running), pointers(waiting), fetch_shares{at_once}).has_value() == (at_once > 1));
    }
}

TEST_CASE("A fetch starts at once beside 1000 silent names of another domain, which all get their turn") {
    auto waiting = claims({"1000*silent/1"});
    std::vector<fetch_claim> running;
    auto const begin = [&] {
        auto const next = next_fetch(pointers(running), pointers(waiting), fetch_shares{64});
        if (!next) return false;
        auto const place = waiting.begin() + static_cast<std::ptrdiff_t>(*next);
        running.push_back(*place);
        waiting.erase(place);
        return true;
    };
    for (int round = 0; round != 125; ++round) {
        while (begin()) {}
        REQUIRE(running.size() == 8);
        waiting.push_back({"good", {"2"}});
        REQUIRE(begin());
        REQUIRE(running.back().registered == "good");
        running.clear();
    }
    CHECK(waiting.empty());
}

TEST_CASE("RFC 4291 2.5.1: an IPv6 subnet counts as one network") {
    CHECK(network_of("192.0.2.1") != network_of("192.0.2.2"));
    CHECK(network_of("2001:db8::1") == network_of("2001:db8::ffff:0:0:2"));
    CHECK(network_of("2001:db8:0:1::1") != network_of("2001:db8::1"));
}

TEST_CASE("RFC 4291 2.5.1: eight addresses of one subnet count once, and those of others once each") {
    std::vector<std::string> addresses;
    for (int i = 1; i <= 8; ++i) addresses.push_back("2001:db8::" + std::to_string(i));
    CHECK(claim_of("a.example", addresses).networks.size() == 1);
    std::vector<fetch_claim> const running(7, claim_of("b.example", addresses));
    auto const waiting = std::vector{claim_of("a.example", addresses)};
    CHECK(next_fetch(pointers(running), pointers(waiting), fetch_shares{64}) == 0U);
    addresses.insert(addresses.end(), {"2001:db8:0:1::1", "192.0.2.1", "192.0.2.2"});
    auto const several = claim_of("a.example", addresses);
    CHECK(several.networks.size() == 4);
    CHECK(several.registered == "a.example");
    CHECK(several.awaited);
}

}  // namespace
