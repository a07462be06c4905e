/// What systemd is told (sd_notify(3)).
#pragma once
#include <string_view>

namespace socketmap {

/// Tells the service manager that the daemon is up; without one, nothing happens.
void notify_ready();
/// What `systemctl status` shows.
void notify_status(std::string_view text);

}  // namespace socketmap
