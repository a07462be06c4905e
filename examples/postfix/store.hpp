/// Policies on disk: what was fetched is not forgotten, whatever becomes of the process or the machine.
///
/// SQLite in WAL mode: one connection reads, in the thread that answers; one writes, in a thread of its own, many
/// changes in one transaction. `synchronous = FULL` makes a committed policy survive a loss of power; a policy is
/// answered only after its commit.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <mtasts/decide/known_policy.hpp>

#include "sqlite.hpp"

namespace socketmap {

struct stored_policy {
    std::string domain;
    mtasts::known_policy known;
    /// The policy as it was served.
    std::string text;
    std::chrono::sys_seconds refresh_at{};
    /// The day on which mail last asked for it.
    std::chrono::sys_seconds used_at{};
};

class store {
  public:
    /// Opens or makes the database. `changed` is called, in the writing thread, after another process changed it.
    /// Throws store_error, also for a file that is damaged or not ours.
    store(std::string const& path, std::function<void()> changed);
    ~store();
    store(store const&) = delete;
    store& operator=(store const&) = delete;

    /// Throws store_error: a policy that cannot be read is not one that is not there.
    std::optional<stored_policy> find(std::string_view domain);
    /// Domains to refresh: due, unexpired, used since `used_since`; the one that is due longest first.
    std::vector<std::string> due(std::chrono::sys_seconds now, std::chrono::sys_seconds used_since, std::size_t limit);
    std::int64_t size();

    /// Called in the writing thread when the change is on disk, or with why it is not.
    using done = std::function<void(std::optional<std::string> const& error)>;
    void put(stored_policy policy, done then);
    void set_refresh(std::string domain, std::chrono::sys_seconds at, done then);
    void set_used(std::string domain, std::chrono::sys_seconds at, done then);
    void drop_expired(std::chrono::sys_seconds now, done then);
    /// A change to a table that others own.
    void write(std::function<void(connection&)> apply, done then);

  private:
    struct change {
        std::function<void(connection&)> apply;
        done then;
    };

    void enqueue(change given);
    void write_changes();
    void commit(std::vector<change>& changes);
    void notice_others();

    connection writing_;
    connection reading_;
    statement find_;
    statement due_;
    std::function<void()> changed_;
    std::int64_t version_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::vector<change> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

/// For the commands that work beside a running daemon. All throw store_error.
std::vector<stored_policy> all_policies(std::string const& path);
/// Removes one policy, or all where the domain is empty, and has a running daemon look everything up anew.
/// Returns how many there were.
std::int64_t purge_policies(std::string const& path, std::string_view domain);

}  // namespace socketmap
