// SPDX-License-Identifier: BSL-1.0
/// Standard output. A failure to write to it ends the program with exit status 2.
#pragma once
#include <string_view>

/// Writes to standard output. Throws usage_error.
void write_output(std::string_view text);

/// Closes standard output; only then is it known whether everything was written. Throws usage_error.
void finish_output();
