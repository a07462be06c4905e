/// What the tests of the store have in common: a directory, clocks to be set, policies, and a wait for the disk.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "clock.hpp"
#include "store.hpp"

/// A directory for one test.
struct scratch {
    scratch() {
        auto pattern = (std::filesystem::temp_directory_path() / "mtasts-store.").string() + std::string(6, 'X');
        path = ::mkdtemp(pattern.data());
    }
    ~scratch() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
    std::string file() const { return path / "policies.sqlite"; }
};

inline constexpr std::chrono::sys_seconds start{std::chrono::seconds(1'800'000'000)};

/// A machine's clocks; the store asks them in two threads.
struct set_clock : socketmap::clock {
    std::chrono::sys_seconds wall() const override { return start + std::chrono::seconds(wall_after); }
    std::chrono::seconds boot() const override { return std::chrono::seconds(booted); }
    std::string boot_id() const override { return id; }

    void pass(std::chrono::seconds time) {
        wall_after += time.count();
        booted += time.count();
    }
    void reboot(std::chrono::seconds down) {
        wall_after += down.count();
        booted = 5;
        id += '+';
    }

    std::atomic<std::int64_t> wall_after{0};
    std::atomic<std::int64_t> booted{1000};
    std::string id = "a";
};

inline constexpr socketmap::kept_amount much{100'000, 1 << 28, 1000};

/// A store by such clocks.
struct kept_policies : socketmap::store {
    kept_policies(scratch const& place, set_clock const& by, socketmap::kept_amount const& most = much)
        : store(place.file(), by, most, [] {}) {}
};

inline socketmap::stored_policy policy(std::string domain, mtasts::moment now,
                                       std::chrono::seconds max_age = std::chrono::seconds(1000)) {
    return {std::move(domain),
            {mtasts::policy_id("7"), mtasts::policy_mode::enforce, max_age, now},
            "text",
            now.seen + std::chrono::seconds(100),
            now.seen};
}

/// Waits until a change is on disk.
struct written {
    socketmap::store::done done() {
        return [this](std::optional<std::string> const& error) { happen(error, true); };
    }
    socketmap::store::put_done put_done() {
        return [this](std::optional<std::string> const& error, bool there) { happen(error, there); };
    }
    /// Whether nothing went wrong.
    bool wait() {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return happened; });
        happened = false;
        return !failed;
    }
    void happen(std::optional<std::string> const& error, bool there) {
        std::lock_guard const lock(mutex);
        failed = error.has_value();
        kept = there;
        happened = true;
        wake.notify_one();
    }
    std::mutex mutex;
    std::condition_variable wake;
    bool happened = false;
    bool failed = false;
    bool kept = false;
};

/// Whether there was room.
inline bool put(socketmap::store& kept, socketmap::stored_policy what) {
    written then;
    kept.put(std::move(what), then.put_done());
    REQUIRE(then.wait());
    return then.kept;
}
