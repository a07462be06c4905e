// SPDX-License-Identifier: BSL-1.0
/// Which settings the daemon runs on, and how the last good ones are kept.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "good_settings.hpp"
#include "scratch.hpp"
#include "settings.hpp"
#include "settings_choice.hpp"

namespace {

using socketmap::settings_source;
using source = settings_source;

struct choice {
    source now;
    bool file_works, last_good_works;
    source wanted;
    /// Settings that are not used are not tried, as trying them starts the service.
    bool last_good_tried;
};
constexpr choice choices[] = {
    // A start.
    {source::none, true, true, source::file, false},
    {source::none, true, false, source::file, false},
    {source::none, false, true, source::last_good, true},
    {source::none, false, false, source::none, true},
    // A reload.
    {source::file, true, true, source::file, false},
    {source::file, false, true, source::file, false},
    {source::file, false, false, source::file, false},
    {source::last_good, true, false, source::file, false},
    {source::last_good, false, true, source::last_good, false},
    {source::last_good, false, false, source::last_good, false},
};

constexpr bool holds(choice const& row) {
    bool tried = false;
    auto const file = [&] { return row.file_works; };
    auto const last_good = [&] {
        tried = true;
        return row.last_good_works;
    };
    return socketmap::settings_to_run(row.now, file, last_good) == row.wanted && tried == row.last_good_tried;
}

constexpr bool all_hold() {
    for (auto const& row : choices)
        if (!holds(row)) return false;
    return true;
}
static_assert(all_hold());

TEST_CASE("A start with bad settings uses the last good ones, and a reload keeps the current ones") {
    for (auto const& row : choices) CHECK(holds(row));
}

static_assert(socketmap::settings_kept(source::file) == "the previous settings");
static_assert(socketmap::settings_kept(source::last_good) == "the last good settings");

TEST_CASE("The last good settings are in systemd's state directory, or else beside the database") {
    CHECK(socketmap::good_settings_path("/a/b.sqlite", "") == "/a/b.sqlite.settings");
    CHECK(socketmap::good_settings_path("/a/b.sqlite", "/var/lib/x") == "/var/lib/x/policies.sqlite.settings");
    CHECK(socketmap::good_settings_path("/a/b.sqlite", "/var/lib/x:/y") == "/var/lib/x/policies.sqlite.settings");
}

std::string content(std::filesystem::path const& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_CASE("Good settings replace the previous ones atomically, and only a regular file") {
    scratch const place;
    auto const& folder = place.path;
    auto const path = folder / "policies.sqlite.settings";
    auto const umask_before = ::umask(0);
    CHECK(socketmap::keep_good_settings(path, "a = 1\n").empty());
    ::umask(umask_before);
    CHECK(content(path) == "a = 1\n");
    CHECK(std::filesystem::status(path).permissions() ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(socketmap::keep_good_settings(path, "").empty());
    CHECK(content(path).empty());
    // No temporary file is left.
    CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 1);

    CHECK_FALSE(socketmap::keep_good_settings(folder / "no" / "folder", "a").empty());
    std::filesystem::create_directory(folder / "directory");
    CHECK_FALSE(socketmap::keep_good_settings(folder / "directory", "a").empty());
    std::ofstream(folder / "target") << "precious";
    std::filesystem::create_symlink(folder / "target", folder / "link");
    CHECK_FALSE(socketmap::keep_good_settings(folder / "link", "a").empty());
    CHECK(content(folder / "target") == "precious");
    CHECK(std::filesystem::is_symlink(folder / "link"));
}

TEST_CASE("Settings that need a restart are listed by name") {
    socketmap::settings running, wanted;
    CHECK(socketmap::restart_needed_for(running, wanted).empty());
    wanted.recheck = std::chrono::seconds(1);
    wanted.overrides["a.example"] = {};
    CHECK(socketmap::restart_needed_for(running, wanted).empty());
    wanted.database = "/elsewhere";
    wanted.resolvers = {"127.0.0.1"};
    CHECK(socketmap::restart_needed_for(running, wanted) == std::vector<std::string>{"database", "resolver"});
    CHECK(socketmap::needs_restart("database"));
    CHECK_FALSE(socketmap::needs_restart("dane"));
}

}  // namespace
