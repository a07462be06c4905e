// SPDX-License-Identifier: BSL-1.0
/// Mutations of texts that consist of lines, fields or members.
#pragma once
#include <cstddef>
#include <cstdint>

/// Mutates a text in its place and gives its new size, at most `max_size`; the same text and seed give the same text.
///
/// A line, a field of a record or a member of a JSON text is doubled, swapped with another or dropped; letters change
/// their case; LF becomes CRLF or back; a name, a number, a label or a domain becomes as long as it may be, or one octet
/// longer; a "*" moves.
std::size_t mutate_text(std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed);
