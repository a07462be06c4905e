// SPDX-License-Identifier: BSL-1.0
/// Which files at the path of the socket are replaced.
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "listening.hpp"
#include "scratch.hpp"

namespace {

using socketmap::file_kind;
using socketmap::judge_place;
using socketmap::listen_at;
using socketmap::settings_error;
using socketmap::socket_place;
namespace fs = std::filesystem;

constexpr int errors[] = {0,     ECONNREFUSED, ENOENT,   EACCES, EAGAIN, EPROTOTYPE,
                          EPERM, ETIMEDOUT,    ENOTSOCK, EINTR,  ENOMEM, ELOOP};
constexpr file_kind kinds[] = {file_kind::absent, file_kind::socket, file_kind::other, file_kind::unknown};

/// What may be done at such a path, written a second way.
constexpr socket_place expected(file_kind kind, int error) {
    switch (kind) {
        case file_kind::absent: return socket_place::free;
        case file_kind::other: return socket_place::no_socket;
        case file_kind::unknown: return socket_place::unclear;
        case file_kind::socket: break;
    }
    switch (error) {
        case ECONNREFUSED: return socket_place::left_behind;
        case 0:
        case EAGAIN: return socket_place::in_use;
        default: return socket_place::unclear;
    }
}
constexpr bool all_as_expected() {
    for (auto const kind : kinds)
        for (int const error : errors)
            if (judge_place(kind, error) != expected(kind, error)) return false;
    return true;
}
static_assert(all_as_expected());

TEST_CASE("Only a socket that nobody listens on may be removed") {
    for (auto const kind : kinds)
        for (int const error : errors) {
            CAPTURE(static_cast<int>(kind), error);
            CHECK(judge_place(kind, error) == expected(kind, error));
        }
}

TEST_CASE("Listening removes only a socket that was left behind") {
    scratch const place;
    auto const& folder = place.path;
    std::ofstream(folder / "file") << "precious";
    fs::create_directory(folder / "directory");
    fs::create_symlink(folder / "file", folder / "link");
    fs::create_symlink(folder / "nowhere", folder / "dangling");
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    auto const listen = [&](char const* file) { return listen_at("unix:" + (folder / file).string(), "0600"); };
    auto const refusal = [&](char const* file) {
        try {
            ::close(listen(file));
            return std::string();
        } catch (settings_error const& error) {
            return std::string(error.what());
        }
    };
    for (auto const* const file : {"file", "directory", "link", "dangling", "fifo"}) {
        CAPTURE(file);
        CHECK(refusal(file).find("not a socket") != std::string::npos);
        CHECK(fs::symlink_status(folder / file).type() != fs::file_type::not_found);
    }
    CHECK(fs::file_size(folder / "file") == 8);

    int const first = listen("socket");
    CHECK(fs::status(folder / "socket").permissions() == static_cast<fs::perms>(0600));
    CHECK(refusal("socket").find("another process answers there") != std::string::npos);
    ::close(first);
    int const second = listen("socket");
    CHECK(second >= 0);
    ::close(second);
}

TEST_CASE("A start does not wait if the listen queue of another process is full") {
    scratch const place;
    auto const path = (place.path / "full").string();
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    path.copy(name.sun_path, sizeof name.sun_path - 1);
    auto const* const address = reinterpret_cast<sockaddr const*>(&name);
    int const listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::bind(listener, address, sizeof name) == 0);
    REQUIRE(::listen(listener, 0) == 0);
    std::vector<int> clients;
    int error = 0;
    while (error == 0 && clients.size() < 100) {
        clients.push_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        error = ::connect(clients.back(), address, sizeof name) == 0 ? 0 : errno;
    }
    REQUIRE(error == EAGAIN);
    auto refusal = std::async(std::launch::async, [&] {
        try {
            ::close(listen_at("unix:" + path, "0600"));
            return std::string();
        } catch (settings_error const& refused) {
            return std::string(refused.what());
        }
    });
    bool const at_once = refusal.wait_for(std::chrono::seconds(5)) == std::future_status::ready;
    // A connect that waits for the queue is woken.
    ::shutdown(listener, SHUT_RDWR);
    ::close(listener);
    for (int const client : clients) ::close(client);
    CHECK(at_once);
    CHECK(refusal.get() == path + ": another process answers there");
}

}  // namespace
