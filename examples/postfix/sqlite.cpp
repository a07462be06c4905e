// SPDX-License-Identifier: BSL-1.0
#include "sqlite.hpp"

#include <fmt/format.h>

namespace socketmap {
namespace {

/// Octets of a statement in an error.
constexpr std::size_t shown_octets = 60;

[[noreturn]] void fail(sqlite3* handle, std::string_view what) {
    if (handle == nullptr) throw store_error(fmt::format("{}: no memory", what), SQLITE_NOMEM);
    throw store_error(fmt::format("{}: {}", what, sqlite3_errmsg(handle)), sqlite3_extended_errcode(handle));
}

}  // namespace

connection::connection(std::string const& path, int flags) {
    sqlite3* opened = nullptr;
    int const status = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    if (status != SQLITE_OK) fail(opened, path);
    // Another process, such as `purge`, may be writing.
    constexpr int patience_ms = 10000;
    sqlite3_busy_timeout(opened, patience_ms);
}

void connection::run(std::string const& statements) {
    if (sqlite3_exec(handle(), statements.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(handle(), statements.substr(0, statements.find('\n')));
}

std::int64_t connection::number(std::string const& query) {
    statement asked(*this, query);
    return asked.step() ? asked.number(0) : 0;
}

std::string connection::text(std::string const& query) {
    statement asked(*this, query);
    return asked.step() ? std::string(asked.text(0)) : std::string();
}

statement::statement(connection const& owner, std::string_view text) : owner_(owner.handle()) {
    sqlite3_stmt* prepared = nullptr;
    auto const size = static_cast<int>(text.size());
    if (sqlite3_prepare_v2(owner_, text.data(), size, &prepared, nullptr) != SQLITE_OK)
        fail(owner_, text.substr(0, shown_octets));
    handle_.reset(prepared);
}

statement& statement::bind(int parameter, std::string_view text) {
    auto const size = static_cast<int>(text.size());
    if (sqlite3_bind_text(handle_.get(), parameter + 1, text.data(), size, SQLITE_STATIC) != SQLITE_OK)
        fail(owner_, "bind");
    return *this;
}

statement& statement::bind(int parameter, std::int64_t number) {
    if (sqlite3_bind_int64(handle_.get(), parameter + 1, number) != SQLITE_OK) fail(owner_, "bind");
    return *this;
}

statement& statement::bind(int parameter, std::optional<std::int64_t> number) {
    if (number) return bind(parameter, *number);
    if (sqlite3_bind_null(handle_.get(), parameter + 1) != SQLITE_OK) fail(owner_, "bind");
    return *this;
}

bool statement::step() {
    int const status = sqlite3_step(handle_.get());
    if (status != SQLITE_ROW && status != SQLITE_DONE)
        fail(owner_, std::string_view(sqlite3_sql(handle_.get())).substr(0, shown_octets));
    return status == SQLITE_ROW;
}

std::string_view statement::text(int column) const {
    auto const* octets = reinterpret_cast<char const*>(sqlite3_column_text(handle_.get(), column));
    return {octets == nullptr ? "" : octets, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

statement& statement::reset() {
    sqlite3_reset(handle_.get());
    return *this;
}

}  // namespace socketmap
