/// Reading and replacing files.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>

/// What makes a program end with exit status 2 and one line on the standard error.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The octets of a file, or of the standard input for "-"; of a file longer than `limit` only one octet more than that.
std::string read_input(std::string const& name, std::size_t limit);

/// Puts octets in the place of a file's, all or nothing: a new file is written beside it and renamed.
void replace_file(std::string const& name, std::string const& octets);
