// SPDX-License-Identifier: BSL-1.0
/// Sockets that listen: made here, or passed by systemd.
#pragma once
#include <cerrno>
#include <string>
#include <string_view>

#include "settings.hpp"

namespace socketmap {

enum class file_kind { absent, socket, other, unknown };
/// The kind of file at a path; symbolic links are not followed.
file_kind kind_of_file(std::string const& path);

/// The state of the path where the socket should be.
enum class socket_place {
    free,
    /// A previous process left its socket behind. Only this is ever removed.
    left_behind,
    /// Another process is listening there.
    in_use,
    /// There is something else, such as a regular file.
    no_socket,
    /// It is unknown whether a process is listening: it is left alone.
    unclear,
};
/// `connect_error` is the errno of connect(2) to it, 0 for success.
/// Example: `judge_place(file_kind::other, ECONNREFUSED) == socket_place::no_socket`
constexpr socket_place judge_place(file_kind kind, int connect_error) {
    if (kind == file_kind::absent) return socket_place::free;
    if (kind == file_kind::other) return socket_place::no_socket;
    if (kind == file_kind::unknown) return socket_place::unclear;
    // EAGAIN: the backlog of the listening process is full.
    if (connect_error == 0 || connect_error == EAGAIN) return socket_place::in_use;
    return connect_error == ECONNREFUSED ? socket_place::left_behind : socket_place::unclear;
}

/// A descriptor that listens at `unix:PATH`, with the permissions `mode`, or at `inet:ADDRESS:PORT`. A socket left
/// behind by a previous process is replaced; one in use and any other file are not. Throws settings_error.
int listen_at(std::string_view address, std::string_view mode);
/// sd_listen_fds(3): the descriptor that systemd passed, or -1.
int socket_from_systemd();

}  // namespace socketmap
