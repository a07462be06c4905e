// SPDX-License-Identifier: BSL-1.0
/// SQLite's handles, closed on destruction, with its errors as exceptions.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace socketmap {

struct store_error : std::runtime_error {
    /// `status` is SQLite's extended result code.
    explicit store_error(std::string const& why, int status = SQLITE_ERROR) : std::runtime_error(why), code(status) {}
    int code;
};

class connection {
  public:
    /// `flags` are those of sqlite3_open_v2.
    connection(std::string const& path, int flags);
    void run(std::string const& statements);
    /// The first column of the first row.
    std::int64_t number(std::string const& query);
    std::string text(std::string const& query);
    /// Whether the file could not be opened for writing.
    bool read_only() const { return sqlite3_db_readonly(handle_.get(), "main") == 1; }
    sqlite3* handle() const { return handle_.get(); }
    /// Rows changed by the last statement.
    std::int64_t changes() const { return sqlite3_changes64(handle_.get()); }

  private:
    struct close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, close> handle_;
};

/// A prepared statement; parameters and columns count from 0. Bound texts must outlive the step.
class statement {
  public:
    statement(connection const& owner, std::string_view text);

    statement& bind(int parameter, std::string_view text);
    statement& bind(int parameter, std::int64_t number);
    /// NULL for nothing.
    statement& bind(int parameter, std::optional<std::int64_t> number);
    /// Whether there is a row; false at the end.
    bool step();
    std::string_view text(int column) const;
    std::int64_t number(int column) const { return sqlite3_column_int64(handle_.get(), column); }
    bool null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
    /// Ready for another run.
    statement& reset();

  private:
    struct finalize {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    std::unique_ptr<sqlite3_stmt, finalize> handle_;
    sqlite3* owner_;
};

}  // namespace socketmap
