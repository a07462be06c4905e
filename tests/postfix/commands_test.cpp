// SPDX-License-Identifier: BSL-1.0
/// What the commands print, with a running daemon or without one.
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include <catch2/catch.hpp>

#include "commands.hpp"

namespace {

TEST_CASE("If no daemon answers, the command that helps is named") {
    struct row {
        int error;
        std::string_view remedy;
    };
    constexpr std::string_view start =
        "start it: systemctl enable --now mtasts-socketmap.socket, or without systemd: /a/b --config /c";
    constexpr row rows[] = {
        {ENOENT, start},
        {ECONNREFUSED, start},
        {EACCES, "ask as root: sudo /a/b --config /c query '[192.0.2.1]:25'"},
        {EPERM, "ask as root: sudo /a/b --config /c query '[192.0.2.1]:25'"},
        {ETIMEDOUT, "see what is wrong: /a/b --config /c doctor"},
    };
    for (auto const& [error, remedy] : rows) {
        CAPTURE(error);
        CHECK(socketmap::remedy_for_no_daemon(error, "/a/b --config /c", "[192.0.2.1]:25") == remedy);
    }
}

TEST_CASE("Purge says how much is forgotten, and which override still decides") {
    struct row {
        std::int64_t removed;
        std::string_view domain, said;
    };
    constexpr row rows[] = {
        {0, "a.example", "0 policies forgotten\n"},
        {1, "a.example", "1 policy forgotten\n"},
        {7, "", "7 policies forgotten\n"},
        {0, "off.example", "0 policies forgotten\noff.example has an override, off: no policy is looked up\n"},
        {1, "strict.example",
         "1 policy forgotten\nstrict.example has an override, strict: the mode testing of a policy counts as "
         "enforce\n"},
        {0, "mx.example",
         "0 policies forgotten\nmx.example has an override, mx: its patterns hold, and no policy is looked up\n"},
    };
    socketmap::settings given;
    for (auto const* const each : {"off.example off", "strict.example strict", "mx.example mx a.example"})
        given.overrides.insert(socketmap::parse_override(each));
    for (auto const& [removed, domain, said] : rows) {
        CAPTURE(domain);
        CHECK(socketmap::purge_text(removed, std::string(domain), given) == said);
    }
}

}  // namespace
