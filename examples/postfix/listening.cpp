// SPDX-License-Identifier: BSL-1.0
#include "listening.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/format.h>

#include "descriptor.hpp"

namespace socketmap {
namespace {

settings_error failed(std::string_view what, std::string_view address) {
    return settings_error(fmt::format("cannot {} {}: {}", what, address, std::strerror(errno)));
}

void listen(descriptor const& socket, std::string_view address) {
    if (::listen(socket.get(), SOMAXCONN) != 0) throw failed("listen at", address);
}

int listen_at_path(std::string const& path, std::string_view mode) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), name.sun_path);
    auto const* const address = reinterpret_cast<sockaddr const*>(&name);
    // A full queue is an answer, not a reason to wait.
    descriptor former(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    int const error = ::connect(former.get(), address, sizeof name) == 0 ? 0 : errno;
    switch (judge_place(kind_of_file(path), error)) {
        case socket_place::free: break;
        case socket_place::left_behind: ::unlink(path.c_str()); break;
        case socket_place::in_use: throw settings_error(fmt::format("{}: another process answers there", path));
        case socket_place::no_socket: throw settings_error(fmt::format("{} is not a socket, and is left alone", path));
        case socket_place::unclear:
            throw settings_error(fmt::format("{}: cannot find out whether another process is listening there: {}", path,
                                             std::strerror(error)));
    }
    descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::bind(socket.get(), address, sizeof name) != 0) throw failed("bind", path);
    unsigned permissions = 0;
    std::from_chars(mode.data(), mode.data() + mode.size(), permissions, 8);
    if (::chmod(path.c_str(), permissions) != 0) throw failed("change the mode of", path);
    listen(socket, path);
    return socket.release();
}

int listen_at_port(std::string const& host, std::uint16_t port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0)
        throw settings_error(fmt::format("\"{}\" is not an IP address", host));
    std::unique_ptr<addrinfo, void (*)(addrinfo*)> const owned(found, ::freeaddrinfo);
    descriptor socket(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    int const on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(socket.get(), found->ai_addr, found->ai_addrlen) != 0) throw failed("bind", host);
    listen(socket, host);
    return socket.release();
}

}  // namespace

file_kind kind_of_file(std::string const& path) {
    struct stat present {};
    if (::lstat(path.c_str(), &present) != 0)
        return errno == ENOENT || errno == ENOTDIR ? file_kind::absent : file_kind::unknown;
    return S_ISSOCK(present.st_mode) ? file_kind::socket : file_kind::other;
}

int listen_at(std::string_view address, std::string_view mode) {
    auto const where = parse_socket_address(address);
    return where.path.empty() ? listen_at_port(where.host, where.port) : listen_at_path(where.path, mode);
}

int socket_from_systemd() {
    constexpr int first_passed = 3;
    auto const* const pid = std::getenv("LISTEN_PID");
    auto const* const count = std::getenv("LISTEN_FDS");
    if (pid == nullptr || count == nullptr || std::to_string(::getpid()) != pid || std::string_view(count) != "1")
        return -1;
    // Not inherited by programs that this one starts.
    ::fcntl(first_passed, F_SETFD, FD_CLOEXEC);
    ::unsetenv("LISTEN_PID");
    ::unsetenv("LISTEN_FDS");
    return first_passed;
}

}  // namespace socketmap
