// SPDX-License-Identifier: BSL-1.0
#include "input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>

namespace {

usage_error failed(std::string const& what, std::string const& name) {
    return usage_error(fmt::format("{} {}: {}", what, mtasts::visible(name), std::strerror(errno)));
}

struct close_file {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

input_text read_text(std::string const& name, std::size_t limit) {
    std::unique_ptr<std::FILE, close_file> opened;
    std::FILE* file = stdin;
    if (name != "-") {
        opened.reset(std::fopen(name.c_str(), "rb"));
        if (!opened) throw failed("cannot open", name);
        file = opened.get();
    }
    struct stat status {};
    if (::fstat(::fileno(file), &status) != 0) throw failed("cannot read", name);
    std::string octets;
    char buffer[16384];
    while (octets.size() <= limit) {
        auto const wanted = std::min(sizeof buffer, limit + 1 - octets.size());
        auto const got = std::fread(buffer, 1, wanted, file);
        octets.append(buffer, got);
        if (got != wanted) break;
    }
    if (std::ferror(file)) throw failed("cannot read", name);
    return {std::move(octets), file_state(status)};
}

std::string read_input(std::string const& name, std::size_t limit) { return read_text(name, limit).octets; }
