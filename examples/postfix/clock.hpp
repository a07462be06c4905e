// SPDX-License-Identifier: BSL-1.0
/// The clocks of the daemon behind one interface, so that a test can set them.
#pragma once
#include <chrono>
#include <memory>
#include <string>

namespace socketmap {

/// Thread-safe.
class clock {
  public:
    virtual ~clock() = default;

    /// The wall clock, which may be wrong and may be set.
    virtual std::chrono::sys_seconds wall() const = 0;
    /// CLOCK_BOOTTIME: time since boot, including suspend. Never goes back within a boot.
    virtual std::chrono::seconds boot() const = 0;
    /// Differs for each boot; empty if unknown.
    virtual std::string boot_id() const = 0;
};

/// The machine's own clocks.
clock const& system_clock();

/// For tests: the machine's clocks with offsets in seconds, and a boot id, from a file that is read each time, "WALL
/// BOOT [BOOT_ID]". Without a name, the machine's own clocks.
std::unique_ptr<clock const> clock_by(std::string const& file);

}  // namespace socketmap
