// SPDX-License-Identifier: BSL-1.0
#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "input.hpp"

namespace {

usage_error failed() { return usage_error(fmt::format("cannot write the standard output: {}", std::strerror(errno))); }

}  // namespace

void write_output(std::string_view text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) throw failed();
}

void finish_output() {
    // Some file systems report a full disk only on close.
    if (std::fclose(stdout) != 0) throw failed();
}
