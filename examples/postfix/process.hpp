// SPDX-License-Identifier: BSL-1.0
/// Other programs: run without a shell, for a bounded time.
#pragma once
#include <chrono>
#include <string>
#include <vector>

namespace socketmap {

struct program_result {
    /// Why it failed to run or was killed; empty if it exited.
    std::string trouble = {};
    int status = -1;
    /// Its standard output and standard error, 256 KiB at most.
    std::string output = {};
};

/// Runs a program with its arguments; looks for it in $PATH and the sbin directories.
program_result run_program(std::vector<std::string> words, std::chrono::seconds limit);

}  // namespace socketmap
