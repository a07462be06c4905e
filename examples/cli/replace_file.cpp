// SPDX-License-Identifier: BSL-1.0
#include "replace_file.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include <fmt/format.h>
#include <mtasts/render/escape.hpp>

#include "file_attributes.hpp"
#include "input.hpp"

namespace {

usage_error refused(std::string const& name, std::string_view why) {
    return usage_error(fmt::format("cannot write {}: {}", mtasts::visible(name), why));
}
usage_error failed(std::string const& name) { return refused(name, std::strerror(errno)); }

/// Closes a file on destruction.
class descriptor {
  public:
    explicit descriptor(int number = -1) : number_(number) {}
    ~descriptor() { close(); }
    descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    int number() const { return number_; }
    bool open() const { return number_ >= 0; }
    bool close() { return number_ < 0 || ::close(std::exchange(number_, -1)) == 0; }

  private:
    int number_;
};

/// Blocks signals that would terminate the program, as they would leave temporary files behind.
class uninterrupted {
  public:
    uninterrupted() {
        sigset_t ending;
        sigemptyset(&ending);
        for (int const signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE}) sigaddset(&ending, signal);
        ::sigprocmask(SIG_BLOCK, &ending, &before_);
        // Ignored, so that a write beyond the file size limit fails instead.
        limit_before_ = std::signal(SIGXFSZ, SIG_IGN);
    }
    ~uninterrupted() {
        std::signal(SIGXFSZ, limit_before_);
        ::sigprocmask(SIG_SETMASK, &before_, nullptr);
    }
    uninterrupted(uninterrupted const&) = delete;
    uninterrupted& operator=(uninterrupted const&) = delete;

  private:
    sigset_t before_;
    void (*limit_before_)(int);
};

/// Keeps other runs of this program from renaming files in a directory, until destruction. Without it, two runs that
/// both found the old file unchanged would both replace it, and what the first wrote would be lost.
class folder_lock {
  public:
    folder_lock(descriptor const& folder, std::string const& name) : folder_(folder.number()) {
        using namespace std::chrono_literals;
        // The other run takes as long as a rename; signals are blocked meanwhile, so the wait must end.
        constexpr std::chrono::milliseconds patience = 2s, pause = 10ms;
        for (auto left = patience / pause; ::flock(folder_, LOCK_EX | LOCK_NB) != 0; --left) {
            // Some network file systems have no locks on directories; there the check alone must do.
            if (errno != EWOULDBLOCK && errno != EINTR) return;
            if (left == 0) throw refused(name, "another program is replacing files in its directory");
            std::this_thread::sleep_for(pause);
        }
    }
    ~folder_lock() { ::flock(folder_, LOCK_UN); }
    folder_lock(folder_lock const&) = delete;
    folder_lock& operator=(folder_lock const&) = delete;

  private:
    int folder_;
};

/// Whether something is mounted at a file, over which nothing can be renamed.
bool is_mount_point(descriptor const& file) {
    struct statx status {};
    return ::statx(file.number(), "", AT_EMPTY_PATH, 0, &status) == 0 &&
           (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

/// The file that a name resolves to, as its directory and its name there.
struct located {
    std::string folder, base;
};

located locate(std::string const& name, bool is_new) {
    std::error_code problem;
    std::filesystem::path const given(name);
    auto const folder = given.has_parent_path() ? given.parent_path() : std::filesystem::path(".");
    // A link stays a link: its target is replaced.
    auto const path = is_new ? std::filesystem::canonical(folder, problem) / given.filename()
                             : std::filesystem::canonical(given, problem);
    if (problem) throw refused(name, problem.message());
    if (!path.has_filename()) throw refused(name, "not the name of a file");
    return {path.parent_path().string(), path.filename().string()};
}

/// A new file beside the old one, complete and synced; removed on destruction unless it was renamed.
class prepared {
  public:
    explicit prepared(replacement const& wanted) : name_(wanted.name), replaces_(wanted.replaces) {
        auto const [folder, base] = locate(name_, !replaces_);
        base_ = base;
        folder_ = descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder_.open()) throw failed(name_);
        require_unchanged();
        descriptor old;
        struct stat status {};
        if (replaces_) {
            // Opened for writing as well: only a user who may write to a file may replace it.
            old = descriptor(
                ::openat(folder_.number(), base_.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
            if (!old.open() || ::fstat(old.number(), &status) != 0) throw failed(name_);
            if (file_state(status) != *replaces_) throw changed();
            if (status.st_nlink != 1)
                throw refused(name_, fmt::format("it has {} hard links, which would be separated", status.st_nlink));
            if (is_mount_point(old)) throw refused(name_, "it is a mount point");
        }
        create();
        try {
            fill(wanted.octets, old, status);
        } catch (...) {
            remove();
            throw;
        }
    }
    ~prepared() { remove(); }
    prepared(prepared const&) = delete;
    prepared& operator=(prepared const&) = delete;

    std::string const& name() const { return name_; }
    bool same_file(prepared const& other) const {
        return replaces_ && other.replaces_ ? replaces_->same_file(*other.replaces_) : name_ == other.name_;
    }
    /// Throws unless the file is unchanged, or still absent.
    void require_unchanged() const {
        struct stat status {};
        bool const there = ::fstatat(folder_.number(), base_.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
        if (!there && errno != ENOENT) throw failed(name_);
        if (there != replaces_.has_value() || (there && file_state(status) != *replaces_)) throw changed();
    }
    void rename() {
        folder_lock const lock(folder_, name_);
        require_unchanged();
        if (!rename_as(replaces_ ? 0 : RENAME_NOREPLACE)) throw errno == EEXIST ? changed() : failed(name_);
        beside_.clear();
    }
    void sync_folder() const {
        // Some file systems cannot sync a directory.
        if (::fsync(folder_.number()) != 0 && errno != EINVAL && errno != ENOTSUP)
            throw usage_error(fmt::format("{} is replaced, but may not be on the disk yet: {}", mtasts::visible(name_),
                                          std::strerror(errno)));
    }

  private:
    bool rename_as(unsigned flags) const {
        auto const folder = folder_.number();
        // Not every file system, and no Linux before 3.15, can rename without replacing.
        if (flags != 0) {
            if (::renameat2(folder, beside_.c_str(), folder, base_.c_str(), flags) == 0) return true;
            if (errno != EINVAL && errno != ENOSYS) return false;
        }
        return ::renameat(folder, beside_.c_str(), folder, base_.c_str()) == 0;
    }
    usage_error changed() const { return refused(name_, "it has changed since it was read"); }

    void create() {
        constexpr int patience = 16;
        for (int attempt = 0; attempt != patience && !file_.open(); ++attempt) {
            std::uint64_t number = 0;
            if (::getrandom(&number, sizeof number, 0) != sizeof number) throw failed(name_);
            beside_ = fmt::format(".mtasts-{:016x}", number);
            // A new file gets the usual permissions; one that replaces another is private until it has that one's.
            mode_t const mode = replaces_ ? 0600 : 0666;
            file_ = descriptor(::openat(folder_.number(), beside_.c_str(),
                                        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
            if (!file_.open() && errno != EEXIST) break;
        }
        if (file_.open()) return;
        beside_.clear();
        throw failed(name_);
    }
    void fill(std::string_view octets, descriptor const& old, struct stat const& status) {
        while (!octets.empty()) {
            auto const count = ::write(file_.number(), octets.data(), octets.size());
            if (count < 0 && errno != EINTR) throw failed(name_);
            if (count > 0) octets.remove_prefix(static_cast<std::size_t>(count));
        }
        if (old.open())
            if (auto const lost = carry_attributes(old.number(), status, file_.number()); !lost.empty())
                throw refused(name_, lost);
        if (::fsync(file_.number()) != 0 || !file_.close()) throw failed(name_);
    }
    void remove() {
        if (!beside_.empty()) ::unlinkat(folder_.number(), beside_.c_str(), 0);
        beside_.clear();
    }

    std::string name_;
    std::optional<file_state> replaces_;
    std::string base_;
    descriptor folder_, file_;
    /// The name of the new file; empty if there is none.
    std::string beside_;
};

/// Whether a file is the standard output or error: what is written there would go to the old file and be lost.
bool is_output(file_state const& file) {
    for (int const number : {STDOUT_FILENO, STDERR_FILENO}) {
        struct stat status {};
        if (::fstat(number, &status) == 0 && file.same_file(file_state(status))) return true;
    }
    return false;
}

using prepared_files = std::vector<std::unique_ptr<prepared>>;

/// The message when the file at `failed` could not be renamed.
std::string half_way(prepared_files const& files, std::size_t failed, std::string_view why) {
    if (failed == 0) return std::string(why);
    std::string done, left;
    for (std::size_t i = 0; i != files.size(); ++i) {
        auto& names = i < failed ? done : left;
        names += (names.empty() ? "" : ", ") + files[i]->name();
    }
    return fmt::format("{}; already replaced: {}; not replaced: {}", why, done, left);
}

}  // namespace

std::optional<file_state> replaceable_file(std::string const& name) {
    struct stat status {};
    if (::stat(name.c_str(), &status) != 0) {
        if (errno != ENOENT) throw failed(name);
        if (::lstat(name.c_str(), &status) == 0) throw refused(name, "a symbolic link that leads nowhere");
        return std::nullopt;
    }
    if (!S_ISREG(status.st_mode)) throw refused(name, "not a regular file");
    file_state const file(status);
    if (is_output(file)) throw refused(name, "it is the standard output or error");
    return file;
}

void replace_files(std::vector<replacement> const& files) {
    uninterrupted const signals;
    prepared_files all;
    for (auto const& file : files) {
        replaceable_file(file.name);
        all.push_back(std::make_unique<prepared>(file));
        for (std::size_t i = 0; i + 1 != all.size(); ++i)
            if (all[i]->same_file(*all.back()))
                throw refused(file.name, fmt::format("it is the same file as {}", mtasts::visible(all[i]->name())));
    }
    for (auto const& file : all) file->require_unchanged();
    std::string first_error;
    std::size_t renamed = 0;
    try {
        for (; renamed != all.size(); ++renamed) all[renamed]->rename();
    } catch (usage_error const& error) {
        first_error = half_way(all, renamed, error.what());
    }
    // Whatever failed, what was renamed is brought to the disk.
    for (std::size_t i = 0; i != renamed; ++i) {
        try {
            all[i]->sync_folder();
        } catch (usage_error const& error) {
            if (first_error.empty()) first_error = error.what();
        }
    }
    if (!first_error.empty()) throw usage_error(first_error);
}
