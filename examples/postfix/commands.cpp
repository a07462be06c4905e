// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <mtasts/render/escape.hpp>
#include <mtasts/text/ascii.hpp>

#include "answer.hpp"
#include "descriptor.hpp"
#include "netstring.hpp"
#include "policy_domain.hpp"
#include "shell_word.hpp"
#include "store.hpp"

namespace socketmap {
namespace {

constexpr int exit_found = 0, exit_not_found = 1, exit_failed = 2;

std::string instant_text(std::chrono::sys_seconds instant) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(instant.time_since_epoch().count()));
}

/// Seen time as wall clock time, by the wall clock as it was when the policy was fetched.
std::string wall_text(stored_policy const& policy, std::chrono::seconds seen) {
    auto const& fetched = policy.known.fetched_at;
    return seen == never ? "never" : instant_text(fetched.wall + (seen - fetched.seen));
}

/// SQLite's own message says less.
void must_exist(std::string const& database) {
    std::error_code unknown;
    if (std::filesystem::status(database, unknown).type() == std::filesystem::file_type::not_found)
        throw settings_error(fmt::format("{} does not exist; the daemon creates it when it starts", database));
}

/// A socket connected to the daemon.
int connected(settings const& given, std::chrono::seconds limit) {
    auto const where = parse_socket_address(given.socket);
    sockaddr_storage name{};
    socklen_t size = sizeof(sockaddr_un);
    if (where.path.empty()) {
        addrinfo hints{};
        hints.ai_flags = AI_NUMERICHOST;
        addrinfo* found = nullptr;
        if (::getaddrinfo(where.host.c_str(), std::to_string(where.port).c_str(), &hints, &found) != 0)
            throw settings_error(fmt::format("\"{}\" is not an IP address", where.host));
        std::memcpy(&name, found->ai_addr, found->ai_addrlen);
        size = found->ai_addrlen;
        ::freeaddrinfo(found);
    } else {
        auto& local = reinterpret_cast<sockaddr_un&>(name);
        local.sun_family = AF_UNIX;
        where.path.copy(local.sun_path, where.path.size());
    }
    int const socket = ::socket(name.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const patience{limit.count(), 0};
    for (int const direction : {SO_RCVTIMEO, SO_SNDTIMEO})
        ::setsockopt(socket, SOL_SOCKET, direction, &patience, sizeof patience);
    if (socket < 0 || ::connect(socket, reinterpret_cast<sockaddr const*>(&name), size) != 0) {
        int const error = errno;
        if (socket >= 0) ::close(socket);
        throw no_daemon(std::strerror(error), error);
    }
    return socket;
}

}  // namespace

int exit_status_of(std::string_view answer) {
    if (answer.starts_with("OK ")) return exit_found;
    return answer.starts_with("NOTFOUND") ? exit_not_found : exit_failed;
}

std::string ask_daemon(settings const& given, std::string_view map, std::string_view key, std::chrono::seconds limit) {
    std::string request;
    append_netstring(request, fmt::format("{} {}", map, key));
    descriptor const socket(connected(given, limit));
    netstring_reader reader(longest_answer);
    auto answer = reader.next();
    bool reachable =
        ::send(socket.get(), request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size());
    while (reachable && answer.state == netstring_reader::state::incomplete) {
        auto const room = reader.room();
        auto const count = ::recv(socket.get(), room.data(), room.size(), 0);
        reachable = count > 0;
        if (reachable) reader.received(static_cast<std::size_t>(count));
        answer = reader.next();
    }
    if (answer.state != netstring_reader::state::complete) throw no_daemon("it did not answer in time", ETIMEDOUT);
    return std::string(answer.text);
}

std::string remedy_for_no_daemon(int error, std::string const& command, std::string const& destination) {
    if (error == EACCES || error == EPERM)
        return fmt::format("ask as root: sudo {} query {}", command, shell_word(destination));
    if (error != ENOENT && error != ECONNREFUSED) return "see what is wrong: " + command + " doctor";
    return fmt::format("start it: systemctl enable --now mtasts-socketmap.socket, or without systemd: {}", command);
}

int query(settings const& given, std::string const& destination, std::string const& command) {
    // As long as Postfix waits.
    constexpr std::chrono::seconds patience{100};
    try {
        auto const answer = ask_daemon(given, "query", destination, patience);
        fmt::print("{}\n", mtasts::visible(answer));
        return exit_status_of(answer);
    } catch (no_daemon const& none) {
        throw settings_error(fmt::format("no daemon answers at {}: {}; {}", given.socket, none.what(),
                                         remedy_for_no_daemon(none.error, command, destination)));
    }
}

int dump(settings const& given, bool texts) {
    must_exist(given.database);
    auto const policies = all_policies(given.database);
    // On standard error: other programs may read the policies.
    if (policies.empty()) fmt::print(stderr, "mtasts-socketmap: no policies in {}\n", mtasts::visible(given.database));
    for (auto const& policy : policies) {
        auto const& known = policy.known;
        fmt::print("domain={} mode={} id={} max_age={} fetched={} holds-until={} refresh={} used={}\n",
                   mtasts::visible(policy.domain), mtasts::to_text(known.mode), mtasts::visible(known.id.view()),
                   known.max_age.count(), instant_text(known.fetched_at.wall),
                   instant_text(known.fetched_at.wall + known.lifetime()), wall_text(policy, policy.refresh_at),
                   wall_text(policy, policy.used_at));
        if (!texts) continue;
        mtasts::text::for_each_piece(policy.text, '\n', [](std::string_view line) {
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (!line.empty()) fmt::print("    {}\n", mtasts::visible(line));
        });
    }
    return exit_found;
}

std::string purge_text(std::int64_t removed, std::string const& domain, settings const& given) {
    auto text = fmt::format("{} {} forgotten\n", removed, removed == 1 ? "policy" : "policies");
    auto const found = given.overrides.find(domain);
    if (found == given.overrides.end()) return text;
    using kind = domain_override::kind;
    auto const what = found->second.what;
    return text + fmt::format("{} has an override, {}\n", domain,
                              what == kind::off      ? "off: no policy is looked up"
                              : what == kind::strict ? "strict: the mode testing of a policy counts as enforce"
                                                     : "mx: its patterns hold, and no policy is looked up");
}

int purge(settings const& given, std::string const& domain) {
    std::string canonical;
    if (!domain.empty()) {
        auto const known = policy_domain_of(domain, given.idna2003_compatibility);
        if (!known) throw settings_error(fmt::format("\"{}\" is not a policy domain", mtasts::visible(domain)));
        canonical = *known;
    }
    must_exist(given.database);
    fmt::print("{}", purge_text(purge_policies(given.database, canonical), canonical, given));
    return exit_found;
}

}  // namespace socketmap
