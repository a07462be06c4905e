// SPDX-License-Identifier: BSL-1.0
/// Copies the attributes of a file to another.
#pragma once
#include <string>

#include <sys/stat.h>

/// Copies owner, group, ACL, extended attributes and finally permissions from `from` to `to`, both open descriptors.
/// Returns what could not be copied; nothing on success.
///
/// Not copied, just as a write by an ordinary user clears them: the set-user-ID, set-group-ID and sticky bits and file
/// capabilities, with which the new contents could run as somebody else. Nor are signatures of the old contents.
std::string carry_attributes(int from, struct stat const& old, int to);
