// SPDX-License-Identifier: BSL-1.0
/// Notifies systemd (sd_notify(3)).
#pragma once
#include <string_view>

namespace socketmap {

/// The daemon is up. Does nothing without a service manager.
void notify_ready();
/// The text that `systemctl status` shows.
void notify_status(std::string_view text);

}  // namespace socketmap
