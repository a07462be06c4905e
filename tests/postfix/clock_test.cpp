// SPDX-License-Identifier: BSL-1.0
/// The clocks of the machine.
#include <chrono>
#include <ctime>

#include <catch2/catch.hpp>

#include "clock.hpp"

namespace {

std::chrono::seconds since_boot() {
    timespec passed{};
    REQUIRE(::clock_gettime(CLOCK_BOOTTIME, &passed) == 0);
    return std::chrono::seconds(passed.tv_sec);
}

TEST_CASE("CLOCK_BOOTTIME: seen time includes the time while the machine is suspended") {
    auto const before = since_boot();
    auto const read = socketmap::system_clock().boot();
    auto const after = since_boot();
    CHECK(before <= read);
    CHECK(read <= after);
}

}  // namespace
