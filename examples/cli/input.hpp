/// Reading files.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>

#include "file_state.hpp"

/// What makes a program end with exit status 2 and one line on the standard error.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// What was read, and the file it was read from as it was before.
struct input_text {
    std::string octets;
    file_state file;
};

/// The octets of a file, or of the standard input for "-"; of a file longer than `limit` only one octet more than that.
input_text read_text(std::string const& name, std::size_t limit);

/// The same, where nobody asks which file it was.
std::string read_input(std::string const& name, std::size_t limit);
