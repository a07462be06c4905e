// SPDX-License-Identifier: BSL-1.0
#include "good_settings.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include "descriptor.hpp"

namespace socketmap {
namespace {

std::string failed(std::string_view what, std::string const& path) {
    return fmt::format("cannot {} {}: {}", what, path, std::strerror(errno));
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        auto const count = ::write(file, text.data(), text.size());
        if (count < 0 && errno != EINTR) return false;
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
    }
    return ::fsync(file) == 0;
}

bool holds(std::string const& path, std::string_view text) {
    std::ifstream file(path, std::ios::binary);
    return file && std::string(std::istreambuf_iterator<char>(file), {}) == text;
}

}  // namespace

std::string good_settings_path(std::string const& database, std::string_view state_directory) {
    // systemd.exec(5): several directories are separated by colons.
    auto const first = state_directory.substr(0, state_directory.find(':'));
    return first.empty() ? database + ".settings" : std::string(first) + "/policies.sqlite.settings";
}

std::string keep_good_settings(std::string const& path, std::string_view text) {
    struct stat present {};
    if (::lstat(path.c_str(), &present) == 0) {
        if (!S_ISREG(present.st_mode)) return path + " is not a regular file, and is left alone";
        if (holds(path, text)) return {};
    }
    // mkostemp: a unique name, and mode 0600.
    auto temporary = path + ".XXXXXX";
    descriptor const file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0) return failed("write beside", path);
    if (!write_all(file.get(), text) || ::rename(temporary.c_str(), path.c_str()) != 0) {
        auto why = failed("write", path);
        ::unlink(temporary.c_str());
        return why;
    }
    auto const parent = std::filesystem::path(path).parent_path();
    descriptor const folder(::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed("write the folder of", path);
    return {};
}

}  // namespace socketmap
