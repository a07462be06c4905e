/// The clocks of the daemon behind one interface, so that a test can bring a time of its own making.
#pragma once
#include <chrono>
#include <memory>
#include <string>

namespace socketmap {

/// Any thread may ask.
class clock {
  public:
    virtual ~clock() = default;

    /// The wall clock, which may be wrong and may be set.
    virtual std::chrono::sys_seconds wall() const = 0;
    /// CLOCK_BOOTTIME: time that passed since the machine started, asleep or awake. Never goes back while it runs.
    virtual std::chrono::seconds boot() const = 0;
    /// Another one each time the machine starts; empty where that cannot be told.
    virtual std::string boot_id() const = 0;
};

/// The machine's own clocks.
clock const& system_clock();

/// For tests: the machine's clocks with what a file says at the time, "WALL BOOT [BOOT_ID]": seconds that are added to
/// both, and another id. The machine's own where the name is empty.
std::unique_ptr<clock const> clock_by(std::string const& file);

}  // namespace socketmap
