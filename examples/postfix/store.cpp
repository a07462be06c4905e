// SPDX-License-Identifier: BSL-1.0
#include "store.hpp"

#include <algorithm>
#include <utility>

#include "dane_memory.hpp"
#include "database.hpp"
#include "policy_rows.hpp"
#include "registrable.hpp"

namespace socketmap {
namespace {

using std::chrono::seconds;

/// How often an idle store notes the time, and tries to open what could not be written.
constexpr seconds note_interval{50}, open_interval{5};
/// A policy in force that mail has used within this time is not evicted.
constexpr seconds used_lately{30 * 86400};
/// Candidates for eviction: usually one is enough, for a long text it may take many.
constexpr std::int64_t usual_candidates = 8, most_candidates = 1024;

/// Least recently used first. ?1 is the seen time, ?2 since when use counts, ?4 the limit.
std::string select_uses(std::string_view where) {
    return "SELECT domain, length(CAST(text AS BLOB)), used_seen, fetched_seen + max_age >= ?1 FROM policy WHERE " +
           std::string(where) + " ORDER BY used_seen LIMIT ?4";
}

}  // namespace

store::reader::reader(connection opened)
    : database(std::move(opened)),
      find(database, select_policies("WHERE domain = ?")),
      due(database,
          "SELECT domain FROM policy WHERE refresh_seen <= ?1 AND fetched_seen + max_age >= ?1 AND used_seen >= ?2"
          " AND (past_since IS NULL OR past_since + " +
              std::to_string(mtasts::policy_life::grace.count()) +
              " >= ?1 OR fetched_wall + max_age >= ?3)"
              " ORDER BY refresh_seen LIMIT ?4") {}

store::store(std::string const& path, clock const& machine, kept_amount const& most, std::function<void()> changed)
    : path_(path), clock_(machine), most_(most), changed_(std::move(changed)) {
    try {
        writing_.emplace(open_database(path));
        version_ = writing_->number("PRAGMA data_version");
        resume(*writing_);
        reading_ = std::make_unique<reader>(open_for_reading(path));
    } catch (store_error const& error) {
        if (!is_temporary(error)) throw;
        writing_.reset();
        writable_ = false;
        auto copy = open_copy(path);
        resume(copy);
        reading_ = std::make_unique<reader>(std::move(copy));
    }
    thread_ = std::thread([this] { write_changes(); });
}

store::~store() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

/// Continues from the stored seen time.
void store::resume(connection& database) {
    statement row(database, "SELECT seen, unbroken_since, steady, boot_id FROM seen_time");
    mtasts::seen_time noted;
    boot_id_ = clock_.boot_id();
    bool same_boot = false;
    if (row.step()) {
        noted = {seconds_of(row.number(0)), seconds_of(row.number(1)), seconds_of(row.number(2))};
        same_boot = !boot_id_.empty() && row.text(3) == boot_id_;
    }
    began_ = noted.resumed(clock_.boot(), same_boot);
}

mtasts::seen_time store::seen() const { return began_.resumed(std::max(clock_.boot(), began_.steady), true); }

mtasts::moment store::now() const { return {clock_.wall(), seen().seen}; }

store::reader& store::reading() {
    if (reopen_.exchange(false)) {
        try {
            reading_ = std::make_unique<reader>(open_for_reading(path_));
        } catch (store_error const&) {
            reopen_ = true;
            throw;
        }
    }
    return *reading_;
}

std::optional<stored_policy> store::find(std::string_view domain) {
    auto& row = reading().find.reset().bind(0, domain);
    std::optional<stored_policy> result;
    if (row.step()) {
        result = read_policy(row);
        result->known.time_missed = result->known.fetched_at.seen < began_.unbroken_since;
    }
    // An open read transaction would keep the log from being folded into the database.
    row.reset();
    return result;
}

std::vector<std::string> store::due(std::chrono::seconds used_since, std::size_t limit) {
    auto const at = now();
    auto& rows = reading().due.reset();
    rows.bind(0, at.seen.count()).bind(1, used_since.count()).bind(2, at.wall.time_since_epoch().count());
    rows.bind(3, static_cast<std::int64_t>(limit));
    std::vector<std::string> domains;
    while (rows.step()) domains.emplace_back(rows.text(0));
    rows.reset();
    return domains;
}

std::int64_t store::size() { return reading().database.number("SELECT policies FROM total"); }

/// The domains to evict for a new policy, considering so many candidates; nothing if there is no room.
std::optional<std::vector<std::string>> store::evictions_for(connection& database, stored_policy const& policy,
                                                             std::string const& owner, std::int64_t candidates) const {
    auto const at = seen().seen;
    statement total(database, "SELECT policies, octets, (SELECT count(*) FROM policy WHERE owner = ?) FROM total");
    total.bind(0, owner).step();
    room_wanted wanted{most_, {total.number(0), total.number(1), total.number(2)}, {}, at - used_lately, {}, {}};
    wanted.octets = static_cast<std::int64_t>(policy.text.size());
    auto const add = [&](std::string_view where, std::vector<kept_use>& uses) {
        statement rows(database, select_uses(where));
        rows.bind(0, at.count()).bind(1, wanted.used_since.count()).bind(2, owner).bind(3, candidates);
        while (rows.step())
            uses.push_back(
                {std::string(rows.text(0)), rows.number(1), seconds_of(rows.number(2)), rows.number(3) != 0});
    };
    if (wanted.kept.names >= most_.names)
        add("owner = ?3 AND (used_seen < ?2 OR fetched_seen + max_age < ?1)", wanted.of_owner);
    if (wanted.kept.policies >= most_.policies || wanted.kept.octets > most_.octets - wanted.octets) {
        add("used_seen < ?2", wanted.of_all);
        add("fetched_seen + max_age < ?1 AND used_seen >= ?2", wanted.of_all);
    }
    return room_for(wanted);
}

bool store::make_room(connection& database, stored_policy const& policy, std::string const& owner) const {
    auto evicted = evictions_for(database, policy, owner, usual_candidates);
    if (!evicted) evicted = evictions_for(database, policy, owner, most_candidates);
    if (!evicted) return false;
    for (auto const& domain : *evicted)
        statement(database, "DELETE FROM policy WHERE domain = ?").bind(0, domain).step();
    return true;
}

void store::insert(connection& database, stored_policy const& policy, bool& kept) const {
    auto const owner = registrable_domain(policy.domain);
    statement present(database, "SELECT 1 FROM policy WHERE domain = ?");
    // An update always has room: to keep the old policy would be worse than a little more space.
    kept = present.bind(0, policy.domain).step() || make_room(database, policy, owner);
    present.reset();
    if (!kept) return;
    statement row(database, "INSERT INTO policy (" + std::string(policy_columns) +
                                ", owner) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (domain) DO UPDATE SET"
                                " id = excluded.id, mode = excluded.mode, max_age = excluded.max_age,"
                                " fetched_wall = excluded.fetched_wall, fetched_seen = excluded.fetched_seen,"
                                " future_since = excluded.future_since, past_since = excluded.past_since,"
                                " text = excluded.text, refresh_seen = excluded.refresh_seen,"
                                " used_seen = excluded.used_seen, owner = excluded.owner");
    row.bind(0, policy.domain).bind(1, policy.known.id.view()).bind(2, to_text(policy.known.mode));
    row.bind(3, policy.known.max_age.count()).bind(4, policy.known.fetched_at.wall.time_since_epoch().count());
    row.bind(5, policy.known.fetched_at.seen.count()).bind(6, number_of(policy.known.future_since));
    row.bind(7, number_of(policy.known.past_since)).bind(8, policy.text).bind(9, policy.refresh_at.count());
    row.bind(10, policy.used_at.count()).bind(11, owner).step();
}

void store::put(stored_policy policy, put_done then) {
    auto const kept = std::make_shared<bool>(false);
    auto const apply = [this, policy = std::move(policy), kept](connection& database) {
        insert(database, policy, *kept);
    };
    enqueue({apply, [kept, then = std::move(then)](auto const& error) { then(error, *kept); }});
}

void store::set_life(std::string domain, mtasts::known_policy const& known, done then) {
    auto const apply = [domain = std::move(domain), known](connection& database) {
        statement row(database,
                      "UPDATE policy SET fetched_wall = ?, future_since = ?, past_since = ?"
                      " WHERE domain = ? AND fetched_seen = ?");
        row.bind(0, known.fetched_at.wall.time_since_epoch().count()).bind(1, number_of(known.future_since));
        row.bind(2, number_of(known.past_since)).bind(3, domain).bind(4, known.fetched_at.seen.count()).step();
    };
    enqueue({apply, std::move(then)});
}

void store::set_refresh(std::string domain, std::chrono::seconds at, done then) {
    auto const apply = [domain = std::move(domain), at](connection& database) {
        statement(database, "UPDATE policy SET refresh_seen = ? WHERE domain = ?")
            .bind(0, at.count())
            .bind(1, domain)
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::set_used(std::string domain, done then) {
    auto const apply = [domain = std::move(domain), at = now().seen](connection& database) {
        // If it was no longer refreshed, it is due now.
        statement(database,
                  "UPDATE policy SET used_seen = ?1, refresh_seen = CASE refresh_seen WHEN ?3 THEN ?1"
                  " ELSE refresh_seen END WHERE domain = ?2")
            .bind(0, at.count())
            .bind(1, domain)
            .bind(2, never.count())
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::sweep(std::chrono::seconds ended_for, std::chrono::seconds used_since, done then) {
    auto const apply = [at = now(), ended_for, used_since](connection& database) {
        statement(database, "DELETE FROM policy WHERE fetched_seen + max_age < ?")
            .bind(0, (at.seen - ended_for).count())
            .step();
        statement(database,
                  "UPDATE policy SET refresh_seen = ?1 WHERE refresh_seen <= ?2 AND"
                  " (fetched_seen + max_age < ?2 OR used_seen < ?3"
                  " OR (past_since + ?5 < ?2 AND fetched_wall + max_age < ?4))")
            .bind(0, never.count())
            .bind(1, at.seen.count())
            .bind(2, used_since.count())
            .bind(3, at.wall.time_since_epoch().count())
            .bind(4, mtasts::policy_life::grace.count())
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::apply_wall_clock(std::chrono::seconds refresh, done then) {
    auto const apply = [at = now(), refresh, unbroken = began_.unbroken_since](connection& database) {
        auto const wall = at.wall.time_since_epoch().count(), seen = std::int64_t{at.seen.count()};
        // As in policy_life::note.
        statement(database,
                  "UPDATE policy SET fetched_wall = ?1 - (?2 - fetched_seen)"
                  " WHERE fetched_seen BETWEEN ?3 AND ?2 AND fetched_wall < ?1 - (?2 - fetched_seen)")
            .bind(0, wall)
            .bind(1, seen)
            .bind(2, unbroken.count())
            .step();
        statement(database,
                  "UPDATE policy SET refresh_seen = ?2 WHERE refresh_seen > ?2 AND (refresh_seen = ?5"
                  " OR fetched_wall > ?1 OR (fetched_seen < ?3 AND fetched_wall + min(?4, max_age / 2) < ?1))")
            .bind(0, wall)
            .bind(1, seen)
            .bind(2, unbroken.count())
            .bind(3, refresh.count())
            .bind(4, never.count())
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::write(std::function<void(connection&)> apply, done then) { enqueue({std::move(apply), std::move(then)}); }

void store::enqueue(change given) {
    {
        std::lock_guard const lock(mutex_);
        waiting_.push_back(std::move(given));
    }
    wake_.notify_one();
}

void store::write_changes() {
    auto opened_at = clock_.boot();
    std::optional<std::string> fault = "the database could not be written at the start";
    for (;;) {
        std::vector<change> changes;
        bool stopping = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, seconds(1), [&] { return stopping_ || !waiting_.empty(); });
            stopping = stopping_;
            changes.swap(waiting_);
        }
        auto const at = clock_.boot();
        if (!writing_ && !stopping && at - opened_at >= open_interval) {
            fault = try_to_open();
            opened_at = at;
        }
        bool const note = writing_ && (stopping || at - noted_at_ >= note_interval);
        if (writing_ && (note || !changes.empty())) commit(changes);
        if (!writing_)
            for (auto const& each : changes) each.then(fault);
        if (stopping && changes.empty()) return;
        if (writing_) notice_others();
    }
}

/// Why the database still cannot be opened.
std::optional<std::string> store::try_to_open() {
    try {
        writing_.emplace(open_database(path_));
        // Not the file of the start: its policies are of another time, which only a restart takes up.
        if (writing_->number("SELECT seen FROM seen_time") > seen().seen.count())
            throw store_error(path_ + ": another database than at the start; a restart is needed");
        version_ = writing_->number("PRAGMA data_version");
        reopen_ = true;
        return std::nullopt;
    } catch (store_error const& failed) {
        writing_.reset();
        return failed.what();
    }
}

void store::commit(std::vector<change>& changes) {
    std::optional<std::string> error;
    try {
        writing_->run("BEGIN IMMEDIATE");
        for (auto const& each : changes) each.apply(*writing_);
        note_time();
        writing_->run("COMMIT");
    } catch (store_error const& failed) {
        error = failed.what();
        if (sqlite3_get_autocommit(writing_->handle()) == 0)
            sqlite3_exec(writing_->handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    writable_ = !error;
    noted_at_ = clock_.boot();
    for (auto const& each : changes) each.then(error);
}

void store::note_time() {
    auto const at = seen();
    statement(*writing_, "UPDATE seen_time SET seen = ?, unbroken_since = ?, steady = ?, boot_id = ?")
        .bind(0, at.seen.count())
        .bind(1, at.unbroken_since.count())
        .bind(2, at.steady.count())
        .bind(3, boot_id_)
        .step();
}

/// SQLite's data_version changes with what other connections write.
void store::notice_others() {
    try {
        if (auto const now = writing_->number("PRAGMA data_version"); std::exchange(version_, now) != now) changed_();
    } catch (store_error const&) {
        // The next read or write says what is wrong with the database.
    }
}

std::vector<stored_policy> all_policies(std::string const& path) {
    auto database = open_for_reading(path);
    statement rows(database, select_policies("ORDER BY domain"));
    std::vector<stored_policy> result;
    while (rows.step()) result.push_back(read_policy(rows));
    return result;
}

std::int64_t purge_policies(std::string const& path, std::string_view domain) {
    open_for_reading(path);
    connection database(path, SQLITE_OPEN_READWRITE);
    database.run("BEGIN IMMEDIATE");
    statement(database, "DELETE FROM policy WHERE ?1 = '' OR domain = ?1").bind(0, domain).step();
    auto const removed = database.changes();
    forget_dane_memory(database, domain);
    database.run("UPDATE purge SET count = count + 1; COMMIT");
    return removed;
}

}  // namespace socketmap
