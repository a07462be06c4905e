// SPDX-License-Identifier: BSL-1.0
/// The values that settings may have.
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "answer_cache.hpp"
#include "policy_domain.hpp"
#include "settings.hpp"

namespace {

using socketmap::domain_override;
using socketmap::parse_override;
using socketmap::parse_socket_address;
using socketmap::settings_error;

TEST_CASE("An override names a policy domain and off, strict or mx patterns, or is refused") {
    using kind = domain_override::kind;
    CHECK(parse_override("Example.com off").first == "example.com");
    CHECK(parse_override("example.com off").second.what == kind::off);
    CHECK(parse_override("  example.com   strict ").second.what == kind::strict);
    CHECK(parse_override("fa\u00DF.example off").first == "xn--fa-hia.example");
    CHECK(parse_override("fa\u00DF.example off", true).first == socketmap::policy_domain_of("fa\u00DF.example", true));
    CHECK(parse_override("[relay] off").first == "relay");
    auto const fixed = parse_override("example.com mx mail.example.com *.example.net").second;
    CHECK(fixed.what == kind::mx);
    CHECK(fixed.patterns == std::vector<std::string>{"mail.example.com", "*.example.net"});
    for (auto const* const bad :
         {"", "example.com", "example.com maybe", "example.com off off", "example.com mx", "example.com mx a..b",
          "example.com mx *", "example.com mx a:b", "192.0.2.1 off", "example.com mx {a}", "a b c"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(parse_override(bad), settings_error);
    }
}

TEST_CASE("A socket address is unix:PATH or inet:ADDRESS:PORT, or is refused") {
    CHECK(parse_socket_address("unix:/run/a/socket").path == "/run/a/socket");
    CHECK(parse_socket_address("inet:127.0.0.1:8461").port == 8461);
    CHECK(parse_socket_address("inet:[::1]:8461").host == "::1");
    for (auto const* const bad : {"", "unix:", "/run/socket", "inet:8461", "inet::8461", "inet:127.0.0.1:", "tcp:a:1",
                                  "inet:127.0.0.1:0", "inet:127.0.0.1:65536", "inet:127.0.0.1:8461x"}) {
        CAPTURE(bad);
        CHECK_THROWS_AS(parse_socket_address(bad), settings_error);
    }
    CHECK_THROWS_AS(parse_socket_address("unix:" + std::string(108, 'x')), settings_error);
}

TEST_CASE("A missing file is reported with the command that creates it, one of another kind without") {
    using socketmap::settings;
    struct row {
        std::string_view setting;
        std::string settings::*member;
        std::string_view value, why;
    };
    constexpr row rows[] = {
        {"database", &settings::database, "/nowhere/at all/a",
         "/nowhere/at all does not exist; create it: mkdir -p '/nowhere/at all'"},
        {"database", &settings::database, "/dev/null/a", "/dev/null is not a directory"},
        {"socket", &settings::socket, "unix:/nowhere/socket", "/nowhere does not exist; create it: mkdir -p /nowhere"},
        {"trust-anchor", &settings::trust_anchor, "/nowhere/key",
         "/nowhere/key does not exist; create it: unbound-anchor -a /nowhere/key"},
        {"ca-file", &settings::ca_file, "/nowhere/ca.pem",
         "/nowhere/ca.pem does not exist; create it: certificates in PEM"},
        {"unbound-config", &settings::unbound_config, "/nowhere/u.conf",
         "/nowhere/u.conf does not exist; create it: options as in unbound.conf(5)"},
    };
    for (auto const& row : rows) {
        CAPTURE(row.value);
        settings given;
        given.socket = "inet:127.0.0.1:8461";
        given.database = "/tmp/a";
        given.trust_anchor = "";
        given.*row.member = row.value;
        auto const problems = socketmap::problems_of(given);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].setting == row.setting);
        CHECK(problems[0].why == row.why);
    }
}

TEST_CASE("The least recently used answer is evicted first") {
    socketmap::answer_cache cache(2);
    cache.put("a", {"A"});
    cache.put("b", {"B"});
    CHECK(cache.find("a")->text == "A");
    cache.put("c", {"C"});
    CHECK(cache.size() == 2);
    CHECK(cache.find("b") == nullptr);
    CHECK(cache.find("a")->text == "A");
    cache.put("a", {"A2"});
    CHECK(cache.find("a")->text == "A2");
    CHECK(cache.size() == 2);
    cache.clear();
    CHECK(cache.find("a") == nullptr);
}

TEST_CASE("Long answers leave room for fewer, and the latest is always kept") {
    socketmap::answer_cache cache(100);
    for (int i = 0; i != 100; ++i) cache.put("d" + std::to_string(i), {std::string(100'000, 'x')});
    CHECK(cache.size() == 1);
    CHECK(cache.find("d99") != nullptr);
    for (int i = 0; i != 200; ++i) cache.put("e" + std::to_string(i), {"NOTFOUND "});
    CHECK(cache.size() == 100);
    for (int i = 0; i != 100; ++i) cache.put("e199", {std::string(200, 'x')});
    CHECK(cache.size() == 100);
}

}  // namespace
