// SPDX-License-Identifier: BSL-1.0
/// Lookups of one registrable domain take turns, and those of others do not wait for them.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <catch2/catch.hpp>

#include "turnstile.hpp"

namespace {

namespace asio = boost::asio;
using socketmap::event, socketmap::turnstile;

/// The names admitted, in order; each stays until it is released.
struct scene {
    asio::io_context context{1};
    turnstile gate{context.get_executor(), 2};
    std::vector<std::string> inside = {};
    std::vector<std::shared_ptr<event>> goes = {};

    void comes(std::string name) {
        goes.push_back(std::make_shared<event>(context.get_executor()));
        auto const go = goes.back();
        asio::co_spawn(context, visit(std::move(name), go), asio::detached);
        context.restart();
        context.poll();
    }
    void leaves(std::size_t which) {
        goes[which]->happen();
        context.restart();
        context.poll();
    }
    asio::awaitable<void> visit(std::string name, std::shared_ptr<event> go) {
        auto const place = co_await gate.enter(name);
        inside.push_back(name + std::to_string(inside.size()));
        co_await go->wait();
    }
};

TEST_CASE("Lookups of one domain take turns in order of arrival, and those of another start at once") {
    scene all;
    for (auto const* const name : {"a", "a", "a", "a", "b", "a"}) all.comes(name);
    CHECK(all.inside == std::vector<std::string>{"a0", "a1", "b2"});
    all.leaves(1);
    CHECK(all.inside.size() == 4);
    // A lookup that is released before it was admitted leaves once it is, and admits the next.
    all.leaves(3);
    CHECK(all.inside.size() == 4);
    all.leaves(0);
    CHECK(all.inside.size() == 6);
    for (std::size_t const each : {2U, 4U, 5U}) all.leaves(each);
    all.comes("a");
    CHECK(all.inside.back() == "a6");
    all.leaves(6);
}

}  // namespace
