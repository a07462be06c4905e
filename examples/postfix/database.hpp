/// The file with the policies: who may read it, whose it is, and which release it is of.
///
/// Each step from one schema to the next is numbered; SQLite's user_version has the number. A database of a former
/// release is brought up to date, one of a newer release is refused.
#pragma once
#include <string>

#include "sqlite.hpp"

namespace socketmap {

/// For writing: made where there is none, brought up to date, and for its owner alone (0600), whatever the umask is;
/// so are the files that SQLite puts beside it. Writes nothing where there is nothing to be changed.
/// Throws store_error.
connection open_database(std::string const& path);

/// For reading what `open_database` has opened before. Throws store_error, also for another release's.
connection open_for_reading(std::string const& path);

/// Everything that can be read, in memory and up to date, without writing; empty where there is no database.
/// Throws store_error where there is one that cannot be read.
connection open_copy(std::string const& path);

/// Whether this may be over in a while, as with a disk that is full, or that is mounted for reading alone.
bool may_be_over(store_error const& error);

}  // namespace socketmap
