// SPDX-License-Identifier: BSL-1.0
#include "notify.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>

#include <sys/socket.h>
#include <sys/un.h>

#include <mtasts/render/escape.hpp>

#include "descriptor.hpp"
#include "log.hpp"

namespace socketmap {
namespace {

/// sd_notify(3): one datagram to the socket $NOTIFY_SOCKET; a leading "@" is the abstract namespace.
void notify(std::string const& state) {
    auto const* const path = std::getenv("NOTIFY_SOCKET");
    if (path == nullptr) return;
    std::string_view const given(path);
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    if (given.empty() || given.size() >= sizeof name.sun_path) return;
    std::copy(given.begin(), given.end(), name.sun_path);
    if (given.front() == '@') name.sun_path[0] = '\0';
    auto const size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + given.size());
    descriptor const socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    auto const sent = ::sendto(socket.get(), state.data(), state.size(), MSG_NOSIGNAL,
                               reinterpret_cast<sockaddr const*>(&name), size);
    if (sent < 0) log(level::warning, "systemd-not-told", {{"socket", given}});
}

}  // namespace

void notify_ready() { notify("READY=1"); }
void notify_status(std::string_view text) { notify("STATUS=" + mtasts::visible(text)); }

}  // namespace socketmap
