/// Sockets that listen: made here, or passed by systemd.
#pragma once
#include "settings.hpp"

namespace socketmap {

enum class file_kind { absent, socket, other, unknown };
/// What stands at a path, without following a symbolic link.
file_kind kind_of_file(std::string const& path);

/// What can be done with the path of a socket.
enum class socket_place {
    free,
    /// A former process left its socket behind: it may be removed. Nothing else ever is.
    left_behind,
    /// Another process answers there.
    in_use,
    /// Something else stands there, such as a file of somebody's.
    no_socket,
    /// Whether anybody answers cannot be told: it is left alone.
    unclear,
};
/// `connect_error` is the errno of connect(2) to it, 0 for success.
/// Example: `judge_place(file_kind::other, ECONNREFUSED) == socket_place::no_socket`
socket_place judge_place(file_kind kind, int connect_error);

/// A descriptor that listens at `unix:PATH`, with the permissions of `mode`, or at `inet:ADDRESS:PORT`. A socket that
/// a former process left behind is replaced; one at which another process still answers is not, and no other file.
/// Throws settings_error.
int listen_at(std::string_view address, std::string_view mode);
/// sd_listen_fds(3): the descriptor that systemd passed, or -1.
int socket_from_systemd();

}  // namespace socketmap
