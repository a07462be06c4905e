/// Sockets that listen: made here, or passed by systemd.
#pragma once
#include "settings.hpp"

namespace socketmap {

/// A descriptor that listens at `unix:PATH`, with the permissions of `mode`, or at `inet:ADDRESS:PORT`. A socket that
/// a former process left behind is replaced; one at which another process still answers is not. Throws settings_error.
int listen_at(std::string_view address, std::string_view mode);
/// sd_listen_fds(3): the descriptor that systemd passed, or -1.
int socket_from_systemd();

}  // namespace socketmap
