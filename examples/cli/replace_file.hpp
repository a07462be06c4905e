/// The one way in which the program writes files: whole, beside the old ones, and renamed.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "file_state.hpp"

/// What to put in the place of a file.
struct replacement {
    std::string name;
    /// The file as it was when it was read; nothing where there must be none.
    std::optional<file_state> replaces;
    std::string octets;
};

/// The rules, as --help tells them.
inline constexpr std::string_view replacement_rules =
    "How files are replaced: A new file is written beside the old one, brought to\n"
    "the disk and renamed. It gets the old one's owner, group, permissions, ACL and\n"
    "extended attributes; where one of them cannot be kept, nothing is written.\n"
    "Set-user-ID, set-group-ID and sticky bits, file capabilities and signatures\n"
    "(IMA, EVM) are not carried over. A symbolic link stays, and the file it leads\n"
    "to is replaced. Refused are: a link that leads nowhere; a file with several\n"
    "hard links; whatever is no regular file, such as a FIFO, a device or a folder;\n"
    "the file that is the standard output or error; a file that may not be written\n"
    "to; a file that has changed since it was read.\n\n"
    "Of several files, all are written beside before the first is renamed. Should a\n"
    "rename fail even then, the files renamed before it stay replaced, and the\n"
    "message says which. Whatever kills the program before it has renamed a file\n"
    "leaves the old one whole, and perhaps a file .mtasts-* beside it.";

/// The file at a name, links followed; nothing where there is none. Throws usage_error for what is never replaced because
/// it is no regular file, before anybody waits for it to say something.
std::optional<file_state> replaceable_file(std::string const& name);

/// Replaces files, all or none. Throws usage_error where it could not; what is replaced all the same, because a later
/// rename or the folder's fsync failed, is named by the error. Signals that ask the program to end wait until it is done.
/// What somebody else writes between the last look at a file and its rename, some microseconds, is lost.
void replace_files(std::vector<replacement> const& files);
