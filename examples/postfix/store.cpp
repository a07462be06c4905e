#include "store.hpp"

#include <array>
#include <utility>

#include "dane_memory.hpp"

namespace socketmap {
namespace {

/// "MTAS" in ASCII, by which SQLite's file tells whose it is.
constexpr std::int64_t application_id = 0x4D544153;

connection opened(std::string const& path) {
    connection result(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
    auto const owner = result.number("PRAGMA application_id");
    bool const is_new = owner == 0 && result.number("SELECT count(*) FROM sqlite_master") == 0;
    if (!is_new && owner != application_id) throw store_error(path + ": a database of another program");
    if (auto const fault = result.text("PRAGMA quick_check(1)"); fault != "ok")
        throw store_error(path + ": damaged: " + fault);
    result.run(
        "PRAGMA journal_mode = WAL;\n"
        "PRAGMA synchronous = FULL;"
        "PRAGMA cache_size = -256;"
        "PRAGMA application_id = 1297367379;"
        "CREATE TABLE IF NOT EXISTS policy (domain TEXT PRIMARY KEY, id TEXT NOT NULL, mode TEXT NOT NULL,"
        " max_age INTEGER NOT NULL, fetched_at INTEGER NOT NULL, text TEXT NOT NULL, refresh_at INTEGER NOT NULL,"
        " used_at INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE INDEX IF NOT EXISTS policy_refresh ON policy (refresh_at);"
        // Written by each purge, so that a daemon notices even where nothing was there to be removed.
        "CREATE TABLE IF NOT EXISTS purge (count INTEGER NOT NULL);"
        "INSERT INTO purge SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM purge);");
    make_dane_table(result);
    return result;
}

connection opened_for_reading(std::string const& path) {
    connection result(path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX);
    result.run("PRAGMA cache_size = -256");
    return result;
}

std::int64_t count_of(std::chrono::sys_seconds instant) { return instant.time_since_epoch().count(); }
std::chrono::sys_seconds instant_of(std::int64_t count) {
    return std::chrono::sys_seconds(std::chrono::seconds(count));
}

constexpr std::string_view columns = "domain, id, mode, max_age, fetched_at, text, refresh_at, used_at";

stored_policy read_row(statement const& row) {
    auto const mode = row.text(2);
    stored_policy result;
    result.domain = row.text(0);
    result.known.id = mtasts::policy_id(row.text(1));
    // What is not legible asks for the most.
    result.known.mode = mode == "none"      ? mtasts::policy_mode::none
                        : mode == "testing" ? mtasts::policy_mode::testing
                                            : mtasts::policy_mode::enforce;
    result.known.max_age = std::chrono::seconds(row.number(3));
    result.known.fetched_at = instant_of(row.number(4));
    result.text = row.text(5);
    result.refresh_at = instant_of(row.number(6));
    result.used_at = instant_of(row.number(7));
    return result;
}

std::string select(std::string_view rest) {
    return "SELECT " + std::string(columns) + " FROM policy " + std::string(rest);
}

}  // namespace

store::store(std::string const& path, std::function<void()> changed)
    : writing_(opened(path)),
      reading_(opened_for_reading(path)),
      find_(reading_, select("WHERE domain = ?")),
      due_(reading_,
           "SELECT domain FROM policy WHERE refresh_at <= ?1 AND fetched_at + max_age >= ?1 AND used_at >= ?2"
           " ORDER BY refresh_at LIMIT ?3"),
      changed_(std::move(changed)),
      version_(writing_.number("PRAGMA data_version")),
      thread_([this] { write_changes(); }) {}

store::~store() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

std::optional<stored_policy> store::find(std::string_view domain) {
    find_.reset().bind(0, domain);
    std::optional<stored_policy> result;
    if (find_.step()) result = read_row(find_);
    // An open read transaction would keep the log from being folded into the database.
    find_.reset();
    return result;
}

std::vector<std::string> store::due(std::chrono::sys_seconds now, std::chrono::sys_seconds used_since,
                                    std::size_t limit) {
    due_.reset().bind(0, count_of(now)).bind(1, count_of(used_since)).bind(2, static_cast<std::int64_t>(limit));
    std::vector<std::string> domains;
    while (due_.step()) domains.emplace_back(due_.text(0));
    due_.reset();
    return domains;
}

std::int64_t store::size() { return reading_.number("SELECT count(*) FROM policy"); }

void store::put(stored_policy policy, done then) {
    auto const apply = [policy = std::move(policy)](connection& database) {
        statement(database, "INSERT OR REPLACE INTO policy (" + std::string(columns) + ") VALUES (?,?,?,?,?,?,?,?)")
            .bind(0, policy.domain)
            .bind(1, policy.known.id.view())
            .bind(2, to_text(policy.known.mode))
            .bind(3, policy.known.max_age.count())
            .bind(4, count_of(policy.known.fetched_at))
            .bind(5, policy.text)
            .bind(6, count_of(policy.refresh_at))
            .bind(7, count_of(policy.used_at))
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::set_refresh(std::string domain, std::chrono::sys_seconds at, done then) {
    auto const apply = [domain = std::move(domain), at](connection& database) {
        statement(database, "UPDATE policy SET refresh_at = ? WHERE domain = ?")
            .bind(0, count_of(at))
            .bind(1, domain)
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::set_used(std::string domain, std::chrono::sys_seconds at, done then) {
    auto const apply = [domain = std::move(domain), at](connection& database) {
        statement(database, "UPDATE policy SET used_at = ? WHERE domain = ?")
            .bind(0, count_of(at))
            .bind(1, domain)
            .step();
    };
    enqueue({apply, std::move(then)});
}

void store::drop_expired(std::chrono::sys_seconds now, done then) {
    auto const apply = [now](connection& database) {
        statement(database, "DELETE FROM policy WHERE fetched_at + max_age < ?").bind(0, count_of(now)).step();
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
    for (;;) {
        std::vector<change> changes;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, std::chrono::seconds(1), [&] { return stopping_ || !waiting_.empty(); });
            if (stopping_ && waiting_.empty()) return;
            changes.swap(waiting_);
        }
        if (!changes.empty()) commit(changes);
        notice_others();
    }
}

void store::commit(std::vector<change>& changes) {
    std::optional<std::string> error;
    try {
        writing_.run("BEGIN IMMEDIATE");
        for (auto const& each : changes) each.apply(writing_);
        writing_.run("COMMIT");
    } catch (store_error const& failed) {
        error = failed.what();
        if (sqlite3_get_autocommit(writing_.handle()) == 0)
            sqlite3_exec(writing_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    for (auto const& each : changes) each.then(error);
}

/// SQLite's data_version changes with what other connections write.
void store::notice_others() {
    try {
        if (auto const now = writing_.number("PRAGMA data_version"); std::exchange(version_, now) != now) changed_();
    } catch (store_error const&) {
        // The next read or write says what is wrong with the database.
    }
}

std::vector<stored_policy> all_policies(std::string const& path) {
    connection database(path, SQLITE_OPEN_READONLY);
    statement rows(database, select("ORDER BY domain"));
    std::vector<stored_policy> result;
    while (rows.step()) result.push_back(read_row(rows));
    return result;
}

std::int64_t purge_policies(std::string const& path, std::string_view domain) {
    connection database(path, SQLITE_OPEN_READWRITE);
    database.run("BEGIN IMMEDIATE");
    statement(database, "DELETE FROM policy WHERE ?1 = '' OR domain = ?1").bind(0, domain).step();
    auto const removed = database.changes();
    forget_dane_memory(database, domain);
    database.run("UPDATE purge SET count = count + 1; COMMIT");
    return removed;
}

}  // namespace socketmap
