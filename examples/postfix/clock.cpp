// SPDX-License-Identifier: BSL-1.0
#include "clock.hpp"

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <utility>

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
    std::string boot_id() const override {
        std::ifstream file("/proc/sys/kernel/random/boot_id");
        std::string id;
        // Our systemd unit hides that file (ProcSubset=pid) and passes the id without hyphens.
        if (!(file >> id))
            if (auto const* const passed = std::getenv("MTASTS_BOOT_ID")) id = passed;
        std::erase(id, '-');
        return id;
    }
};

class clock_of_file : public machine_clock {
  public:
    explicit clock_of_file(std::string file) : file_(std::move(file)) {}

    std::chrono::sys_seconds wall() const override { return machine_clock::wall() + read().wall; }
    std::chrono::seconds boot() const override { return machine_clock::boot() + read().boot; }
    std::string boot_id() const override {
        auto const id = read().boot_id;
        return id.empty() ? machine_clock::boot_id() : id;
    }

  private:
    struct offsets {
        std::chrono::seconds wall{0};
        std::chrono::seconds boot{0};
        std::string boot_id = {};
    };
    offsets read() const {
        std::ifstream file(file_);
        std::int64_t wall = 0, boot = 0;
        std::string id;
        file >> wall >> boot >> id;
        return {std::chrono::seconds(wall), std::chrono::seconds(boot), id};
    }
    std::string file_;
};

}  // namespace

clock const& system_clock() {
    static machine_clock const machine;
    return machine;
}

std::unique_ptr<clock const> clock_by(std::string const& file) {
    if (file.empty()) return std::make_unique<machine_clock const>();
    return std::make_unique<clock_of_file const>(file);
}

}  // namespace socketmap
