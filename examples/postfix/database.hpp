// SPDX-License-Identifier: BSL-1.0
/// The database file: its permissions, its application id, and its schema version.
///
/// The schema version is SQLite's user_version. A database of an earlier release is migrated, one of a newer release is
/// refused.
#pragma once
#include <string>

#include "sqlite.hpp"

namespace socketmap {

/// Opens for writing: creates the file if there is none, migrates it, and makes it and the files SQLite puts beside it
/// private to their owner (0600), whatever the umask. Writes nothing if there is nothing to change.
/// Throws store_error.
connection open_database(std::string const& path);

/// Opens for reading what `open_database` has migrated. Throws store_error, also for another schema version.
connection open_for_reading(std::string const& path);

/// A migrated in-memory copy, made without writing to disk; empty if there is no database. Throws store_error if there
/// is one that cannot be read.
connection open_copy(std::string const& path);

/// Whether the error may go away by itself, such as a disk that is full or mounted read-only.
bool is_temporary(store_error const& error);

}  // namespace socketmap
