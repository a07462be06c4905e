// SPDX-License-Identifier: BSL-1.0
/// Policies on disk: what was fetched survives a crash of the process or the machine.
///
/// SQLite in WAL mode: one connection reads, in the thread that answers; one writes, in a thread of its own, many
/// changes in one transaction. `synchronous = FULL` makes a committed policy survive a loss of power; a policy is
/// answered only after its commit. Times are seen time (`mtasts::seen_time`), which is stored with each transaction,
/// and every minute when idle.
///
/// If the database cannot be written for now, for instance on a full disk, the store starts with a copy of what can be
/// read, rejects changes, and keeps trying.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <mtasts/decide/known_policy.hpp>

#include "clock.hpp"
#include "room.hpp"
#include "sqlite.hpp"

namespace socketmap {

struct stored_policy {
    std::string domain;
    mtasts::known_policy known;
    /// The policy as it was served.
    std::string text;
    std::chrono::seconds refresh_at{};
    /// The day on which mail last asked for it.
    std::chrono::seconds used_at{};
};

/// `stored_policy::refresh_at` of a policy that is not refreshed.
inline constexpr std::chrono::seconds never{std::int64_t{1} << 60};

class store {
  public:
    /// Opens or creates the database. `changed` is called, in the writing thread, after another process changed it.
    /// Throws store_error, also for a file that is damaged, another program's or of a newer release.
    store(std::string const& path, clock const& machine, kept_amount const& most, std::function<void()> changed);
    ~store();
    store(store const&) = delete;
    store& operator=(store const&) = delete;

    /// By both clocks. Thread-safe.
    mtasts::moment now() const;

    /// Throws store_error: a policy that cannot be read is not the same as none.
    std::optional<stored_policy> find(std::string_view domain);
    /// Domains to refresh: due, in force, and used since `used_since`; longest overdue first.
    std::vector<std::string> due(std::chrono::seconds used_since, std::size_t limit);
    std::int64_t size();
    /// Whether the last change could be written.
    bool writable() const { return writable_; }

    /// Called in the writing thread once the change is on disk, or with the reason why it is not.
    using done = std::function<void(std::optional<std::string> const& error)>;
    /// The same for a policy; not `kept` without an error means that there was no room.
    using put_done = std::function<void(std::optional<std::string> const& error, bool kept)>;
    void put(stored_policy policy, put_done then);
    /// Updates the life of a policy, unless it has been fetched again since.
    void set_life(std::string domain, mtasts::known_policy const& known, done then);
    void set_refresh(std::string domain, std::chrono::seconds at, done then);
    void set_used(std::string domain, done then);
    /// Removes policies that expired more than `ended_for` ago, and stops refreshing those that need none.
    void sweep(std::chrono::seconds ended_for, std::chrono::seconds used_since, done then);
    /// To be called when the wall clock may have been set: `policy_life::note` for all policies without an unseen gap.
    /// Those that seem to be fetched in the future, or to be older than `refresh`, become due at once.
    void apply_wall_clock(std::chrono::seconds refresh, done then);
    /// For other tables: makes a change to one, and gives the connection to read it. Throws store_error.
    void write(std::function<void(connection&)> apply, done then);
    connection& read() { return reading().database; }

  private:
    struct reader {
        explicit reader(connection opened);
        connection database;
        statement find;
        statement due;
    };
    struct change {
        std::function<void(connection&)> apply;
        done then;
    };

    reader& reading();
    std::optional<std::string> try_to_open();
    void resume(connection& database);
    mtasts::seen_time seen() const;
    void insert(connection& database, stored_policy const& policy, bool& kept) const;
    std::optional<std::vector<std::string>> evictions_for(connection& database, stored_policy const& policy,
                                                          std::string const& owner, std::int64_t candidates) const;
    bool make_room(connection& database, stored_policy const& policy, std::string const& owner) const;
    void enqueue(change given);
    void write_changes();
    void commit(std::vector<change>& changes);
    void note_time();
    void notice_others();

    std::string path_;
    clock const& clock_;
    kept_amount most_;
    std::function<void()> changed_;
    /// Seen time at the start of this run, and the boot it is in.
    mtasts::seen_time began_;
    std::string boot_id_;

    std::unique_ptr<reader> reading_;
    std::optional<connection> writing_;
    /// The database has become available; until now a copy was read.
    std::atomic<bool> reopen_{false};
    std::atomic<bool> writable_{true};
    std::int64_t version_ = 0;
    std::chrono::seconds noted_at_{0};

    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<change> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

/// For the commands that work beside a running daemon. All throw store_error.
std::vector<stored_policy> all_policies(std::string const& path);
/// Removes one policy, or all if the domain is empty, and makes a running daemon drop its cached answers.
/// Returns how many there were.
std::int64_t purge_policies(std::string const& path, std::string_view domain);

}  // namespace socketmap
