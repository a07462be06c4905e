// SPDX-License-Identifier: BSL-1.0
#include "database.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "registrable.hpp"

namespace socketmap {
namespace {

/// "MTAS" in ASCII: SQLite's application_id.
constexpr std::int64_t application_id = 0x4D544153;

/// The schema of the first release, whose user_version is 0.
constexpr char const* first_schema = R"(
CREATE TABLE policy (domain TEXT PRIMARY KEY, id TEXT NOT NULL, mode TEXT NOT NULL, max_age INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL, text TEXT NOT NULL, refresh_at INTEGER NOT NULL, used_at INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE INDEX policy_refresh ON policy (refresh_at);
CREATE TABLE purge (count INTEGER NOT NULL);
INSERT INTO purge VALUES (0);
PRAGMA application_id = 1297367379;
)";

/// Migrates from each schema to the next.
constexpr char const* steps[] = {
    // Wall clock times become seen time. Policies that are there already were fetched at 0, before an unseen gap, so
    // that only the wall clock knows their age. The most recent use is taken for now.
    R"(
ALTER TABLE policy RENAME TO former;
DROP INDEX policy_refresh;
CREATE TABLE policy (domain TEXT PRIMARY KEY, owner TEXT NOT NULL, id TEXT NOT NULL, mode TEXT NOT NULL,
    max_age INTEGER NOT NULL, fetched_wall INTEGER NOT NULL, fetched_seen INTEGER NOT NULL, future_since INTEGER,
    past_since INTEGER, text TEXT NOT NULL, refresh_seen INTEGER NOT NULL, used_seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX policy_refresh ON policy (refresh_seen);
CREATE INDEX policy_use ON policy (used_seen);
CREATE INDEX policy_owner ON policy (owner, used_seen);
CREATE INDEX policy_end ON policy (fetched_seen + max_age);
CREATE TABLE total (policies INTEGER NOT NULL, octets INTEGER NOT NULL);
INSERT INTO total VALUES (0, 0);
CREATE TRIGGER policy_added AFTER INSERT ON policy BEGIN
    UPDATE total SET policies = policies + 1, octets = octets + length(CAST(new.text AS BLOB)); END;
CREATE TRIGGER policy_removed AFTER DELETE ON policy BEGIN
    UPDATE total SET policies = policies - 1, octets = octets - length(CAST(old.text AS BLOB)); END;
CREATE TRIGGER policy_changed AFTER UPDATE OF text ON policy BEGIN
    UPDATE total SET octets = octets + length(CAST(new.text AS BLOB)) - length(CAST(old.text AS BLOB)); END;
CREATE TABLE seen_time (seen INTEGER NOT NULL, unbroken_since INTEGER NOT NULL, steady INTEGER NOT NULL,
    boot_id TEXT NOT NULL);
INSERT INTO seen_time VALUES (1, 1, 0, '');
CREATE TABLE dane (domain TEXT PRIMARY KEY, proof TEXT NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO policy SELECT domain, registrable_domain(domain), id, mode, max_age, fetched_at, 0, NULL, NULL, text,
    abs(random() % 86400), used_at - (SELECT max(used_at) FROM former) FROM former;
DROP TABLE former;
)",
};
constexpr std::int64_t schema = std::size(steps);

void registrable_of_sqlite(sqlite3_context* context, int, sqlite3_value** values) {
    auto const* const octets = reinterpret_cast<char const*>(sqlite3_value_text(values[0]));
    auto const owner = registrable_domain(octets == nullptr ? "" : octets);
    sqlite3_result_text(context, owner.data(), static_cast<int>(owner.size()), SQLITE_TRANSIENT);
}

std::int64_t schema_of(connection& database) { return database.number("PRAGMA user_version"); }

bool is_new(connection& database, std::string const& path) {
    auto const owner = database.number("PRAGMA application_id");
    bool const empty = owner == 0 && database.number("SELECT count(*) FROM sqlite_master") == 0;
    if (!empty && owner != application_id) throw store_error(path + ": a database of another program");
    return empty;
}

void refuse_newer(connection& database, std::string const& path) {
    if (auto const found = schema_of(database); found > schema)
        throw store_error(fmt::format("{}: of a newer release: schema {}, and this one knows {}", path, found, schema));
}

/// Throws store_error for a database that is damaged, another program's, or of a newer release.
void judge(connection& database, std::string const& path) {
    is_new(database, path);
    refuse_newer(database, path);
    if (auto const fault = database.text("PRAGMA quick_check(1)"); fault != "ok")
        throw store_error(path + ": damaged: " + fault);
}

/// Migrates in one transaction.
void migrate(connection& database, std::string const& path) {
    if (!is_new(database, path) && schema_of(database) == schema) return;
    sqlite3_create_function(database.handle(), "registrable_domain", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                            registrable_of_sqlite, nullptr, nullptr);
    database.run("BEGIN IMMEDIATE");
    if (is_new(database, path)) database.run(first_schema);
    for (auto i = schema_of(database); i < schema; ++i) {
        database.run(steps[i]);
        database.run(fmt::format("PRAGMA user_version = {}", i + 1));
    }
    database.run("COMMIT");
}

/// Creates the file as private before SQLite would by the umask; SQLite gives the files beside it the same permissions.
/// Removes the permissions of others from files that are there already.
void keep_private(std::string const& path) {
    constexpr mode_t owner_alone = S_IRUSR | S_IWUSR;
    int const made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, owner_alone);
    if (made >= 0) {
        ::fchmod(made, owner_alone);
        ::close(made);
        return;
    }
    if (errno != EEXIST) {
        bool const full = errno == ENOSPC || errno == EDQUOT || errno == EROFS;
        throw store_error(fmt::format("{}: {}", path, std::strerror(errno)), full ? SQLITE_FULL : SQLITE_PERM);
    }
    if (std::error_code unknown; !std::filesystem::is_regular_file(path, unknown))
        throw store_error(path + ": not a regular file", SQLITE_PERM);
    for (auto const* const beside : {"", "-wal", "-shm", "-journal"}) {
        auto const file = path + beside;
        struct stat found {};
        if (::stat(file.c_str(), &found) != 0 || !S_ISREG(found.st_mode) || (found.st_mode & 07777 & ~owner_alone) == 0)
            continue;
        if (::chmod(file.c_str(), found.st_mode & owner_alone) != 0 && errno != EROFS)
            throw store_error(fmt::format("{}: others can read it, and chmod failed: {}", file, std::strerror(errno)));
    }
}

/// Whether the file exists and is not empty.
bool has_octets(std::string const& path) {
    std::error_code failed;
    auto const size = std::filesystem::file_size(path, failed);
    if (failed && failed != std::errc::no_such_file_or_directory)
        throw store_error(fmt::format("{}: {}", path, failed.message()), SQLITE_PERM);
    return !failed && size != 0;
}

/// Opens a database for reading without writing to disk: with the WAL index in memory or, on a read-only disk, with the
/// WAL index that is there, or without the WAL, which must then be empty.
connection open_without_writing(std::string const& path) {
    try {
        connection result(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
        result.run("PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_master");
        return result;
    } catch (store_error const&) {
        if (has_octets(path + "-wal")) {
            // On a read-only disk it can be read as long as its index is there, too.
            connection result(path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX);
            result.number("SELECT count(*) FROM sqlite_master");
            return result;
        }
    }
    std::string escaped;
    for (char const octet : path)
        if (octet == '%' || octet == '?' || octet == '#') escaped += fmt::format("%{:02X}", static_cast<int>(octet));
        else escaped += octet;
    return {"file:" + escaped + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI};
}

}  // namespace

connection open_database(std::string const& path) {
    keep_private(path);
    connection result(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX);
    judge(result, path);
    // SQLite opens a file that it may not write as read-only, and it stays so in this process, for all connections to
    // it, even when it may be written again.
    if (result.read_only()) throw store_error(path + ": cannot be written", SQLITE_READONLY);
    result.run(
        "PRAGMA journal_mode = WAL;\n"
        "PRAGMA synchronous = FULL;"
        "PRAGMA cache_size = -256;");
    migrate(result, path);
    return result;
}

connection open_for_reading(std::string const& path) {
    connection result(path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX);
    is_new(result, path);
    refuse_newer(result, path);
    if (schema_of(result) < schema)
        throw store_error(path + ": of an earlier release; the daemon migrates it when it starts");
    result.run("PRAGMA cache_size = -256");
    return result;
}

connection open_copy(std::string const& path) {
    connection result(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX);
    if (has_octets(path)) {
        auto const from = open_without_writing(path);
        auto* const copying = sqlite3_backup_init(result.handle(), "main", from.handle(), "main");
        int status = copying == nullptr ? SQLITE_ERROR : sqlite3_backup_step(copying, -1);
        if (copying != nullptr) sqlite3_backup_finish(copying);
        if (status != SQLITE_DONE)
            throw store_error(fmt::format("{}: {}", path, sqlite3_errmsg(from.handle())), status);
        judge(result, path);
    }
    migrate(result, path);
    return result;
}

bool is_temporary(store_error const& error) {
    constexpr int primary = 0xFF;
    switch (error.code & primary) {
        case SQLITE_CANTOPEN:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY: return true;
        default: return false;
    }
}

}  // namespace socketmap
