#include "input.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

std::string read_input(std::string const& name, std::size_t limit) {
    std::unique_ptr<std::FILE, close_file> opened;
    std::FILE* file = stdin;
    if (name != "-") {
        opened.reset(std::fopen(name.c_str(), "rb"));
        if (!opened) throw failed("cannot open", name);
        file = opened.get();
    }
    std::string octets;
    char buffer[16384];
    while (octets.size() <= limit) {
        auto const wanted = std::min(sizeof buffer, limit + 1 - octets.size());
        auto const got = std::fread(buffer, 1, wanted, file);
        octets.append(buffer, got);
        if (got != wanted) break;
    }
    if (std::ferror(file)) throw failed("cannot read", name);
    return octets;
}

void replace_file(std::string const& name, std::string const& octets) {
    std::error_code unknown;
    // A link stays a link: what it leads to is replaced.
    auto const target = std::filesystem::canonical(name, unknown);
    if (unknown) throw usage_error(fmt::format("cannot write {}: {}", mtasts::visible(name), unknown.message()));
    struct stat status {};
    if (::stat(target.c_str(), &status) != 0) throw failed("cannot write", name);
    // A device or a pipe would be gone.
    if (!S_ISREG(status.st_mode))
        throw usage_error(fmt::format("cannot write {}: not a regular file", mtasts::visible(name)));
    // mkstemp fills in the six letters.
    std::string beside = target.string() + "." + std::string(6, 'X');
    int const descriptor = ::mkstemp(beside.data());
    if (descriptor < 0) throw failed("cannot write beside", name);
    bool written = ::fchmod(descriptor, status.st_mode & 07777) == 0;
    for (std::size_t done = 0; written && done != octets.size();) {
        auto const count = ::write(descriptor, octets.data() + done, octets.size() - done);
        written = count > 0;
        if (written) done += static_cast<std::size_t>(count);
    }
    written = written && ::fsync(descriptor) == 0;
    written = ::close(descriptor) == 0 && written;
    if (written && ::rename(beside.c_str(), target.c_str()) == 0) return;
    auto const error = failed("cannot write", name);
    ::unlink(beside.c_str());
    throw error;
}
