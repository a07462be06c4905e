#include "clock.hpp"

#include <ctime>

namespace socketmap {
namespace {

class machine_clock : public clock {
  public:
    std::chrono::sys_seconds wall() const override {
        return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    }
    std::chrono::seconds boot() const override {
        timespec passed{};
        ::clock_gettime(CLOCK_BOOTTIME, &passed);
        return std::chrono::seconds(passed.tv_sec);
    }
};

}  // namespace

clock const& system_clock() {
    static machine_clock const machine;
    return machine;
}

}  // namespace socketmap
