// SPDX-License-Identifier: BSL-1.0
#include "process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <mtasts/text/ascii.hpp>

#include "descriptor.hpp"

extern char** environ;

namespace socketmap {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t longest_output = 256 * 1024;

/// The path of a program; its name if it is not found.
std::string path_of(std::string const& name) {
    auto const* const given = std::getenv("PATH");
    auto const folders = std::string(given == nullptr ? "/usr/bin:/bin" : given) + ":/usr/sbin:/sbin:/usr/local/sbin";
    std::string result = name;
    mtasts::text::for_each_piece(folders, ':', [&](std::string_view folder) {
        auto path = fmt::format("{}/{}", folder, name);
        if (result == name && !folder.empty() && ::access(path.c_str(), X_OK) == 0) result = std::move(path);
    });
    return result;
}

/// The process id, or -1 with errno.
pid_t spawn(std::vector<std::string>& words, int output) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    // Boost.Asio does not mark every descriptor as close-on-exec.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    pid_t child = -1;
    errno = ::posix_spawn(&child, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    return errno == 0 ? child : -1;
}

/// Reads to the end; false if that takes too long or there is too much.
bool read_all(int input, steady_clock::time_point end, std::string& text) {
    for (;;) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(end - steady_clock::now()).count();
        pollfd waiting{input, POLLIN, 0};
        if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) == 0) return false;
        char buffer[4096];
        auto const count = ::read(input, buffer, sizeof buffer);
        if (count == 0) return true;
        if (count < 0 && errno != EINTR) return false;
        if (count > 0) text.append(buffer, static_cast<std::size_t>(count));
        if (text.size() > longest_output) return false;
    }
}

}  // namespace

program_result run_program(std::vector<std::string> words, std::chrono::seconds limit) {
    auto const name = words.front();
    words.front() = path_of(name);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {fmt::format("{}: {}", name, std::strerror(errno))};
    descriptor const reading(ends[0]);
    descriptor writing(ends[1]);
    auto const child = spawn(words, writing.get());
    if (child < 0) return {fmt::format("{}: {}", name, std::strerror(errno))};
    ::close(writing.release());
    program_result result;
    bool const ended = read_all(reading.get(), steady_clock::now() + limit, result.output);
    if (!ended) ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (!ended) result.trouble = fmt::format("{}: its output did not end", name);
    else if (!WIFEXITED(status)) result.trouble = fmt::format("{}: ended by signal {}", name, WTERMSIG(status));
    else result.status = WEXITSTATUS(status);
    return result;
}

}  // namespace socketmap
