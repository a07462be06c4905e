// SPDX-License-Identifier: BSL-1.0
/// The only way the program writes files: completely, beside the old ones, and then renamed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "file_state.hpp"

/// The new contents of a file.
struct replacement {
    std::string name;
    /// The state of the file when it was read; nothing if it must not exist.
    std::optional<file_state> replaces;
    std::string octets;
};

/// The rules, for --help.
inline constexpr std::string_view replacement_rules =
    "How files are replaced: A new file is written beside the old one, synced to\n"
    "disk and renamed. It gets the old one's owner, group, permissions, ACL and\n"
    "extended attributes; if one of them cannot be kept, nothing is written.\n"
    "Set-user-ID, set-group-ID and sticky bits, file capabilities and signatures\n"
    "(IMA, EVM) are not kept. A symbolic link stays, and its target is replaced.\n"
    "Refused: a dangling link; a file with several hard links; a file that is a\n"
    "mount point; anything but a regular file, such as a FIFO, a device or a\n"
    "directory; the file that is the standard output or error; a file without write\n"
    "permission; a file that has changed since it was read. Runs of this program\n"
    "take turns, by a lock on the directory: of two that read the same file and\n"
    "would replace it, the second is refused.\n\n"
    "With several files, all new ones are written before the first is renamed. If a\n"
    "rename fails even then, the files renamed before it stay replaced, and the\n"
    "message says which. If the program is killed before it has renamed a file, the\n"
    "old one is intact, and there may be a file .mtasts-* beside it.";

/// The state of a file, following links; nothing if there is none. Throws usage_error for anything but a regular file,
/// so that nobody tries to read, say, a FIFO that blocks.
std::optional<file_state> replaceable_file(std::string const& name);

/// Replaces all files or none. Throws usage_error on failure; if some are replaced nevertheless, because a later rename
/// or the directory's fsync failed, the error names them. Terminating signals are blocked until it is done. Runs of this
/// program take turns; what another program writes in the microseconds between the last check of a file and its rename
/// is lost.
void replace_files(std::vector<replacement> const& files);
