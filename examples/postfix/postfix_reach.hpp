// SPDX-License-Identifier: BSL-1.0
/// Whether Postfix reaches the socket.
#pragma once
#include "doctor.hpp"

namespace socketmap {

/// Connects as Postfix's user, from its queue directory or in its chroot; only root can do that.
void look_at_reach(doctor_facts& facts);

}  // namespace socketmap
