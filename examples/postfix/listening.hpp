/// Sockets that listen: made here, or passed by systemd.
#pragma once
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
socket_place judge_place(file_kind kind, int connect_error);

/// A descriptor that listens at `unix:PATH`, with the permissions `mode`, or at `inet:ADDRESS:PORT`. A socket left
/// behind by a previous process is replaced; one in use and any other file are not. Throws settings_error.
int listen_at(std::string_view address, std::string_view mode);
/// sd_listen_fds(3): the descriptor that systemd passed, or -1.
int socket_from_systemd();

}  // namespace socketmap
