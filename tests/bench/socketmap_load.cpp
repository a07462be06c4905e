// SPDX-License-Identifier: BSL-1.0
/// A load of socketmap queries on many connections, each with one request at a time, like Postfix.
///
///     socketmap-load SOCKET CONNECTIONS SECONDS DOMAINS
///
/// asks for d0.mass.example, d1.mass.example, ... in random order and prints: queries a second, the 50th and the 99th
/// percentile of the waits in microseconds, and how many answers were not "OK secure".
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/format.h>

namespace {

using std::chrono::steady_clock;

[[noreturn]] void fail(char const* what) {
    std::perror(what);
    std::exit(1);
}

struct connection {
    int socket = -1;
    steady_clock::time_point asked_at{};
    std::string input;
};

int connected(char const* path) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::strncpy(name.sun_path, path, sizeof name.sun_path - 1);
    int const made = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (made < 0 || ::connect(made, reinterpret_cast<sockaddr*>(&name), sizeof name) != 0) fail("connect");
    return made;
}

class load {
  public:
    explicit load(unsigned domains) : domain_(0, domains - 1) {}

    void ask(connection& from) {
        auto const request = fmt::format("postfix d{}.mass.example", domain_(chance_));
        auto const netstring = fmt::format("{}:{},", request.size(), request);
        from.asked_at = steady_clock::now();
        if (::send(from.socket, netstring.data(), netstring.size(), MSG_NOSIGNAL) < 0) fail("send");
    }

    /// Reads what has arrived; returns whether the answer is complete.
    bool take(connection& from) {
        std::array<char, 4096> buffer;
        auto const count = ::recv(from.socket, buffer.data(), buffer.size(), 0);
        if (count <= 0) fail("recv");
        from.input.append(buffer.data(), static_cast<std::size_t>(count));
        auto const colon = from.input.find(':');
        if (colon == from.input.npos) return false;
        auto const length = std::strtoul(from.input.c_str(), nullptr, 10);
        if (from.input.size() < colon + 1 + length + 1) return false;
        waits.push_back(steady_clock::now() - from.asked_at);
        others += from.input.compare(colon + 1, 9, "OK secure") == 0 ? 0 : 1;
        from.input.clear();
        return true;
    }

    std::vector<steady_clock::duration> waits;
    std::uint64_t others = 0;

  private:
    std::minstd_rand chance_{8461};
    std::uniform_int_distribution<unsigned> domain_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return std::fputs("socketmap-load SOCKET CONNECTIONS SECONDS DOMAINS\n", stderr), 2;
    std::vector<connection> connections(static_cast<std::size_t>(std::atoi(argv[2])));
    load running(static_cast<unsigned>(std::atoi(argv[4])));
    int const waiting = ::epoll_create1(0);
    for (auto& each : connections) {
        each.socket = connected(argv[1]);
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.ptr = &each;
        ::epoll_ctl(waiting, EPOLL_CTL_ADD, each.socket, &wanted);
        running.ask(each);
    }
    auto const begin = steady_clock::now();
    auto const end = begin + std::chrono::milliseconds(static_cast<long>(std::atof(argv[3]) * 1000));
    while (steady_clock::now() < end) {
        std::array<epoll_event, 64> ready;
        int const count = ::epoll_wait(waiting, ready.data(), static_cast<int>(ready.size()), 1000);
        for (int i = 0; i < count; ++i) {
            auto& from = *static_cast<connection*>(ready[static_cast<std::size_t>(i)].data.ptr);
            if (running.take(from)) running.ask(from);
        }
    }
    std::chrono::duration<double> const took = steady_clock::now() - begin;
    auto& waits = running.waits;
    std::sort(waits.begin(), waits.end());
    auto const percentile = [&](std::size_t hundredth) {
        return waits.empty() ? 0.0
                             : std::chrono::duration<double, std::micro>(waits[waits.size() * hundredth / 100]).count();
    };
    fmt::print("{:.0f} {:.0f} {:.0f} {}\n", static_cast<double>(waits.size()) / took.count(), percentile(50),
               percentile(99), running.others);
}
