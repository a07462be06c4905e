// SPDX-License-Identifier: BSL-1.0
/// RFC 7672 2.1.2: what DNSSEC proved about a domain counts, on disk or not, also if it was proved during the lookup.
#include <chrono>
#include <fstream>
#include <string>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "asio.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "dane.hpp"
#include "dane_memory.hpp"
#include "kept.hpp"

namespace {

using namespace socketmap;
using namespace std::chrono_literals;
using mtasts::dane_hosts;
using mtasts::dane_memory;

/// A resolver on loopback that never answers.
struct silent_resolver {
    silent_resolver() : socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof name;
        REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&name), size) == 0);
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &size);
        port = ntohs(name.sin_port);
    }
    ~silent_resolver() { ::close(socket); }
    silent_resolver(silent_resolver const&) = delete;
    silent_resolver& operator=(silent_resolver const&) = delete;

    int socket;
    std::uint16_t port = 0;
};

struct judging {
    settings given() const {
        settings result;
        result.unbound_config = place.path / "unbound.conf";
        std::ofstream(result.unbound_config) << "server:\n  do-not-query-localhost: no\n";
        result.resolvers = {"127.0.0.1@" + std::to_string(server.port)};
        result.trust_anchor = "";
        result.dns_time_limit = 1s;
        return result;
    }
    void write(dane_memory const& proof) {
        written then;
        kept.write([&](connection& database) { put_dane_memory(database, "a.example", proof); }, then.done());
        REQUIRE(then.wait());
    }

    silent_resolver server;
    scratch place;
    set_clock by;
    kept_policies kept{place, by};
    asio::io_context context{1};
    dns resolver{context, given()};
    dane_judge judge{resolver, kept};
};

}  // namespace

TEST_CASE("RFC 7672 2.1.2: a proof that could not be written replaces the one on disk") {
    judging it;
    auto const seen = it.kept.now().seen;
    dane_memory const on_disk{dane_memory::proof::insecure, seen}, newer{dane_memory::proof::present, seen};
    it.write(on_disk);
    CHECK(it.judge.remembered("a.example") == on_disk);
    it.judge.note("a.example", newer, false);
    CHECK(it.judge.remembered("a.example") == newer);
    CHECK_FALSE(it.judge.remembered("b.example"));
    it.write(newer);
    it.judge.note("a.example", newer, true);
    it.write(on_disk);
    CHECK(it.judge.remembered("a.example") == on_disk);
}

TEST_CASE("RFC 7672 2.1.2: of too many proofs that could not be written, those of DANE are forgotten last") {
    judging it;
    auto const seen = it.kept.now().seen;
    constexpr int many = 10'000;
    for (int i = 0; i != many; ++i)
        it.judge.note(std::to_string(i) + ".example", {dane_memory::proof::insecure, seen}, false);
    dane_memory const proof{dane_memory::proof::present, seen};
    it.judge.note("a.example", proof, false);
    for (int i = 0; i != many; ++i)
        it.judge.note(std::to_string(i) + ".test", {dane_memory::proof::insecure, seen}, false);
    CHECK(it.judge.remembered("a.example") == proof);
}

TEST_CASE("RFC 7672 2.1.2: a proof that another lookup made while DNS did not answer counts") {
    judging it;
    dane_judgement found;
    bool ended = false;
    asio::co_spawn(
        it.context,
        [&]() -> asio::awaitable<void> {
            found = co_await it.judge.judge("a.example");
            ended = true;
            it.context.stop();
        },
        asio::detached);
    asio::co_spawn(
        it.context,
        [&]() -> asio::awaitable<void> {
            asio::steady_timer pause(it.context);
            pause.expires_after(100ms);
            co_await pause.async_wait(asio::use_awaitable);
            CHECK_FALSE(ended);
            it.by.pass(5s);
            it.judge.note("a.example", {dane_memory::proof::insecure, it.kept.now().seen}, false);
        },
        asio::detached);
    it.context.run();
    REQUIRE(ended);
    CHECK_FALSE(found.looked_up);
    CHECK(found.hosts == dane_hosts::none);
    // It is written once there is room.
    REQUIRE(found.proof);
    CHECK(found.proof->what == dane_memory::proof::insecure);
}
