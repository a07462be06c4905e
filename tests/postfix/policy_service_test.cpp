// SPDX-License-Identifier: BSL-1.0
/// RFC 8461 5.1: a kept policy is answered at once, whatever the background lookup does.
#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/steady_timer.hpp>

#include <catch2/catch.hpp>
#include "asio.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "policy_service.hpp"
#include "scratch.hpp"

namespace {

using namespace std::string_view_literals;
using namespace std::chrono_literals;
namespace asio = boost::asio;

/// A name server on loopback: a record with an id other than the kept policy's, and a policy host without a server.
class name_server {
  public:
    name_server() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof name;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&name), size) == 0);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&name), &size);
        port = ntohs(name.sin_port);
        thread_ = std::thread([this] { run(); });
    }
    ~name_server() {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    name_server(name_server const&) = delete;
    name_server& operator=(name_server const&) = delete;

    std::uint16_t port = 0;

  private:
    void run() {
        std::array<char, 512> octets{};
        sockaddr_in from{};
        for (;;) {
            socklen_t size = sizeof from;
            auto const count =
                ::recvfrom(socket_, octets.data(), octets.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
            if (count <= 0) return;
            auto const text = reply({octets.data(), static_cast<std::size_t>(count)});
            ::sendto(socket_, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
        }
    }

    /// RFC 1035 4.1: the header, the original question, and at most one record.
    static std::string reply(std::string_view asked) {
        auto const name_end = asked.find('\0', 12);
        auto const question = asked.substr(12, name_end + 5 - 12);
        char const type = question[question.size() - 3];
        constexpr char a = 1, txt = 16;
        auto data = std::string_view();
        if (type == txt) data = "\0\x0F\x0Ev=STSv1; id=2;"sv;
        if (type == a) data = "\0\x04\x7F\xFF\xFF\xFE"sv;
        std::string text(asked.substr(0, 2));
        text += "\x81\x80"sv;
        text += data.empty() ? "\0\1\0\0\0\0\0\0"sv : "\0\1\0\1\0\0\0\0"sv;
        text += question;
        if (data.empty()) return text;
        text += "\xC0\x0C\0"sv;
        text += type;
        return (text += "\0\1\0\0\0\0"sv) += data;
    }

    int socket_;
    std::thread thread_;
};

TEST_CASE("RFC 8461 5.1: an answer from memory survives an immediate update of the cache") {
    name_server server;
    scratch const place;
    auto const directory = place.path.string();
    auto given = std::make_shared<socketmap::settings>();
    given->database = place.file();
    given->unbound_config = directory + "/unbound.conf";
    std::ofstream(given->unbound_config) << "server:\n  do-not-query-localhost: no\n  cache-max-ttl: 0\n";
    given->resolvers = {"127.0.0.1@" + std::to_string(server.port)};
    given->trust_anchor = "";
    given->test_clock = directory + "/clock";
    given->dane = socketmap::dane_answer::ignore;
    given->allow_private_addresses = true;
    given->recheck = 1s;
    {
        socketmap::store kept(given->database, socketmap::system_clock(), {100, 100000, 100}, [] {});
        auto const now = kept.now();
        socketmap::stored_policy policy;
        policy.domain = "good.example";
        policy.known = {mtasts::policy_id("1"), mtasts::policy_mode::enforce, 86400s, now};
        policy.text = "version: STSv1\nmode: enforce\nmx: mx.good.example\nmax_age: 86400\n";
        policy.refresh_at = now.seen + 86400s;
        policy.used_at = now.seen;
        kept.put(policy, [](auto const&, bool) {});
    }
    constexpr auto secure = "OK secure match=mx.good.example servername=hostname"sv;
    asio::io_context context{1};
    socketmap::metrics counted;
    socketmap::policy_service service(context, given, counted);
    auto const ask = [&]() -> asio::awaitable<void> {
        asio::steady_timer pause(context);
        auto answer = co_await service.answer("good.example");
        CHECK(answer == secure);
        // The record has another id, and nobody serves its policy: there is no retry within five minutes. With seen
        // time standing still, DNS is not queried again either, so that the background lookup finishes at once.
        pause.expires_after(1500ms);
        co_await pause.async_wait(asio::use_awaitable);
        std::ofstream(given->test_clock) << "0 -3600";
        auto const ready = service.ready_answer("good.example");
        CHECK(ready == secure);
        context.stop();
    };
    asio::co_spawn(context, ask, asio::detached);
    context.run();
}

}  // namespace
