// SPDX-License-Identifier: BSL-1.0
/// What the tests of the store share: clocks that can be set, policies, and a wait for the disk.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

#include "clock.hpp"
#include "scratch.hpp"
#include "store.hpp"

inline constexpr std::chrono::sys_seconds start{std::chrono::seconds(1'800'000'000)};

/// The clocks of a machine; the store reads them in two threads.
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

/// A store with such clocks.
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
    /// Whether it succeeded.
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

/// Makes a database of the first release, with this in its table of purges and these policies.
inline void write_first_release(std::string const& file, int purges, std::string const& policies) {
    socketmap::connection(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        .run(
            "PRAGMA journal_mode = WAL;PRAGMA application_id = 1297367379;"
            "CREATE TABLE policy (domain TEXT PRIMARY KEY, id TEXT NOT NULL, mode TEXT NOT NULL,"
            " max_age INTEGER NOT NULL, fetched_at INTEGER NOT NULL, text TEXT NOT NULL, refresh_at INTEGER NOT NULL,"
            " used_at INTEGER NOT NULL) WITHOUT ROWID;"
            "CREATE INDEX policy_refresh ON policy (refresh_at);"
            "CREATE TABLE purge (count INTEGER NOT NULL); INSERT INTO purge VALUES (" +
            std::to_string(purges) + ");INSERT INTO policy VALUES " + policies + ";");
}
