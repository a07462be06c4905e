// SPDX-License-Identifier: BSL-1.0
#include "postfix_reach.hpp"

#include <cerrno>

#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace socketmap {
namespace {

/// For a child process: returns the errno of the connection, 0 for success, or `not_tried` if it cannot become
/// Postfix's user in Postfix's directory.
constexpr int not_tried = 255;
int reach(passwd const& user, std::string const& queue, bool chrooted, sockaddr_un const& name) {
    if (::chdir(queue.c_str()) != 0 || (chrooted && ::chroot(".") != 0)) return not_tried;
    if (::setgroups(0, nullptr) != 0 || ::setgid(user.pw_gid) != 0 || ::setuid(user.pw_uid) != 0) return not_tried;
    int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    return ::connect(socket, reinterpret_cast<sockaddr const*>(&name), sizeof name) == 0 ? 0 : errno;
}

}  // namespace

void look_at_reach(doctor_facts& facts) {
    auto& postfix = facts.postfix;
    auto path = parse_socket_address(facts.given.socket).path;
    if (path.empty()) {
        // A port has no permissions.
        postfix.reach_error = 0;
        return;
    }
    auto const queue = postfix.parameters["queue_directory"];
    if (path.starts_with(queue + "/")) path.erase(0, queue.size() + 1);
    auto const* const user = ::getpwnam(postfix.parameters["mail_owner"].c_str());
    if (::geteuid() != 0 || user == nullptr || postfix.chrooted == tristate::unknown) {
        postfix.reach_untried = user == nullptr    ? "Postfix's user is not known"
                                : ::geteuid() != 0 ? "only root can try it"
                                                   : "master.cf does not tell whether smtp is chrooted";
        return;
    }
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    path.copy(name.sun_path, sizeof name.sun_path - 1);
    auto const child = ::fork();
    if (child == 0) ::_exit(reach(*user, queue, postfix.chrooted == tristate::yes, name));
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        postfix.reach_untried = "no process could be started to try it";
        return;
    }
    int const error = WEXITSTATUS(status);
    if (error == not_tried) postfix.reach_untried = "no process could become Postfix's user in its directory";
    else postfix.reach_error = error;
}

}  // namespace socketmap
