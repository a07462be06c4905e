// SPDX-License-Identifier: BSL-1.0
/// Files, read and written as a whole.
#pragma once
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace seeds {

struct closes {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using open_file = std::unique_ptr<std::FILE, closes>;

inline std::string contents_of(std::string const& name) {
    open_file const file(std::fopen(name.c_str(), "rb"));
    if (!file) throw std::runtime_error("cannot read " + name);
    std::string all;
    std::array<char, 4096> some{};
    while (auto const size = std::fread(some.data(), 1, some.size(), file.get())) all.append(some.data(), size);
    return all;
}

inline void write_file(std::string const& name, std::string_view octets) {
    open_file const file(std::fopen(name.c_str(), "wb"));
    if (!file || std::fwrite(octets.data(), 1, octets.size(), file.get()) != octets.size() ||
        std::fflush(file.get()) != 0)
        throw std::runtime_error("cannot write " + name);
}

}  // namespace seeds
