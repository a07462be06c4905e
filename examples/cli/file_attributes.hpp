/// What a file has besides its octets, brought over to another.
#pragma once
#include <string>

#include <sys/stat.h>

/// Gives the file `to` the owner, group, ACL, extended attributes and, in the end, the permissions of the file `from`,
/// both open. Returns what could not be kept; nothing where all is well.
///
/// Not carried over, as a write by anybody else would take them away, too: the set-user-ID, set-group-ID and sticky bits
/// and file capabilities, with which new octets would run as somebody else. Nor signatures of the old octets.
std::string carry_attributes(int from, struct stat const& old, int to);
