// SPDX-License-Identifier: BSL-1.0
/// Reading files.
#pragma once
#include <cstddef>
#include <stdexcept>
#include <string>

#include "file_state.hpp"

/// An error that ends the program with exit status 2 and one line on standard error.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A text, and the state of its file before it was read.
struct input_text {
    std::string octets;
    file_state file;
};

/// The octets of a file, or of standard input for "-"; of a file longer than `limit`, only one octet more than that.
input_text read_text(std::string const& name, std::size_t limit);

/// Only the text.
std::string read_input(std::string const& name, std::size_t limit);
