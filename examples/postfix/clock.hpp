/// The clocks of the daemon behind one interface, so that a test can bring a time of its own making.
#pragma once
#include <chrono>

namespace socketmap {

class clock {
  public:
    virtual ~clock() = default;

    /// The wall clock, which may be wrong and may be set.
    virtual std::chrono::sys_seconds wall() const = 0;
    /// CLOCK_BOOTTIME: time that passed since the machine started, asleep or awake. Never goes back while it runs.
    virtual std::chrono::seconds boot() const = 0;
};

/// The machine's own clocks.
clock const& system_clock();

}  // namespace socketmap
