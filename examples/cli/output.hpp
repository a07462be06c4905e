/// The standard output. Whatever is not written to it ends the program with exit status 2.
#pragma once
#include <string_view>

/// Writes to the standard output. Throws usage_error.
void write_output(std::string_view text);

/// Ends the standard output; only now is it known whether all was written. Throws usage_error.
void finish_output();
