// SPDX-License-Identifier: BSL-1.0
/// The policies on disk.
#include <fstream>
#include <string>
#include <vector>

#include <sys/stat.h>

#include "database.hpp"
#include "kept.hpp"

namespace {

using namespace std::chrono_literals;
using socketmap::store;
using socketmap::store_error;
using std::chrono::days;
using std::chrono::seconds;

/// Permissions, in octal.
mode_t mode_of(std::string const& file) {
    struct stat found {};
    REQUIRE(::stat(file.c_str(), &found) == 0);
    return found.st_mode & 07777;
}

/// The policies due, of those that mail has used recently.
std::vector<std::string> due(store& kept, std::size_t limit = 10) {
    return kept.due(kept.now().seen - days(30), limit);
}

void heed(store& kept) {
    written then;
    kept.apply_wall_clock(days(1), then.done());
    REQUIRE(then.wait());
}

TEST_CASE("RFC 8461 3.3: a policy that was written is found, also after a restart") {
    scratch const place;
    set_clock by;
    mtasts::moment then;
    {
        kept_policies kept(place, by);
        then = kept.now();
        CHECK(!kept.find("example.com"));
        CHECK(put(kept, policy("example.com", then)));
        CHECK(kept.find("example.com")->text == "text");
    }
    kept_policies kept(place, by);
    auto const found = kept.find("example.com");
    REQUIRE(found);
    CHECK(found->known == policy("example.com", then).known);
    CHECK(found->refresh_at == then.seen + 100s);
    CHECK(!kept.find("example.net"));
    CHECK(kept.size() == 1);
    auto newer = policy("example.com", then);
    newer.known.id = mtasts::policy_id("8");
    newer.known.fetched_at.wall -= 5s;  // a clock that went back
    CHECK(put(kept, newer));
    CHECK(kept.find("example.com")->known == newer.known);
    CHECK(kept.size() == 1);
}

TEST_CASE("RFC 8461 3.3, 10.2: a policy that is due is refreshed, unless it has expired or is unused") {
    scratch const place;
    set_clock by;
    kept_policies kept(place, by);
    auto const then = kept.now();
    for (auto const* const domain : {"a.example", "b.example"}) put(kept, policy(domain, then, days(90)));
    auto later = policy("later.example", then, days(90));
    later.refresh_at = then.seen + 500s;
    put(kept, later);
    put(kept, policy("ended.example", then, 50s));
    auto unused = policy("unused.example", then, days(90));
    unused.used_at = then.seen - days(30);
    put(kept, unused);
    by.pass(99s);
    CHECK(due(kept).empty());
    by.pass(1s);
    CHECK(due(kept) == std::vector<std::string>{"a.example", "b.example"});
    CHECK(due(kept, 1).size() == 1);
    written done;
    kept.set_refresh("a.example", then.seen + 300s, done.done());
    REQUIRE(done.wait());
    // An unused policy is no longer refreshed, until it is used again.
    kept.sweep(days(7), kept.now().seen - days(30), done.done());
    REQUIRE(done.wait());
    CHECK(kept.find("unused.example")->refresh_at == socketmap::never);
    kept.set_used("unused.example", done.done());
    REQUIRE(done.wait());
    CHECK(due(kept) == std::vector<std::string>{"b.example", "unused.example"});
}

TEST_CASE("RFC 8461 5.1: no policy is removed because of the wall clock, or in its last second") {
    scratch const place;
    set_clock by;
    kept_policies kept(place, by);
    put(kept, policy("example.com", kept.now(), 1000s));
    written then;
    auto const sweep = [&] {
        kept.sweep(0s, 0s, then.done());
        REQUIRE(then.wait());
        return kept.find("example.com").has_value();
    };
    by.wall_after += seconds(days(30)).count();
    CHECK(sweep());
    by.wall_after -= seconds(days(60)).count();
    CHECK(sweep());
    by.pass(1000s);
    CHECK(sweep());
    by.pass(1s);
    CHECK(!sweep());
    CHECK(kept.size() == 0);
}

TEST_CASE("CLOCK_BOOTTIME: time while the process is down is seen time, time while the machine is down is not") {
    scratch const place;
    set_clock by;
    seconds first{};
    {
        kept_policies kept(place, by);
        first = kept.now().seen;
        put(kept, policy("example.com", kept.now()));
        by.pass(100s);
        CHECK(kept.now().seen == first + 100s);
    }
    by.pass(400s);
    {
        kept_policies kept(place, by);
        CHECK(kept.now().seen == first + 500s);
        CHECK_FALSE(kept.find("example.com")->known.time_missed);
    }
    by.reboot(days(3));
    kept_policies kept(place, by);
    CHECK(kept.now().seen == first + 501s);
    CHECK(kept.find("example.com")->known.time_missed);
    put(kept, policy("example.net", kept.now()));
    CHECK_FALSE(kept.find("example.net")->known.time_missed);
}

TEST_CASE(
    "RFC 8461 3.3: after a clock step, fetch times without an unseen gap are corrected, and doubtful policies are "
    "due") {
    scratch const place;
    set_clock by;
    {
        kept_policies kept(place, by);
        put(kept, policy("behind.example", kept.now(), days(7)));
        by.wall_after += seconds(days(20000)).count();
        heed(kept);
        // As if the clock had been right when the policy was fetched.
        CHECK(kept.find("behind.example")->known.fetched_at.wall == start + days(20000));
        put(kept, policy("ahead.example", kept.now(), days(7)));
        CHECK(due(kept).empty());
        by.wall_after -= seconds(days(1)).count();
        heed(kept);
        CHECK(due(kept).size() == 2);
        by.wall_after += seconds(days(1)).count();
    }
    by.reboot(60s);
    kept_policies kept(place, by);
    written then;
    for (auto const* const domain : {"ahead.example", "behind.example"}) {
        kept.set_refresh(domain, kept.now().seen + days(1), then.done());
        REQUIRE(then.wait());
    }
    heed(kept);
    CHECK(due(kept).empty());
    by.wall_after += seconds(days(2)).count();
    heed(kept);
    CHECK(due(kept).size() == 2);
    CHECK(kept.find("ahead.example")->known.fetched_at.wall == start + days(20000));
    auto known = kept.find("ahead.example")->known;
    known.past_since = kept.now().seen;
    kept.set_life("ahead.example", known, then.done());
    REQUIRE(then.wait());
    CHECK(kept.find("ahead.example")->known.past_since == known.past_since);
}

TEST_CASE("The daemon notices that another process purges") {
    scratch const place;
    set_clock by;
    written noticed;
    store kept(place.file(), by, much, [then = noticed.done()] { then({}); });
    put(kept, policy("a.example", kept.now()));
    put(kept, policy("b.example", kept.now()));
    CHECK(socketmap::all_policies(place.file()).size() == 2);
    CHECK(socketmap::purge_policies(place.file(), "a.example") == 1);
    CHECK(noticed.wait());
    CHECK(!kept.find("a.example"));
    // Noticed also where there was nothing to remove: an answer in memory may be meant.
    CHECK(socketmap::purge_policies(place.file(), "absent.example") == 0);
    CHECK(noticed.wait());
    CHECK(socketmap::purge_policies(place.file(), "") == 1);
    CHECK(noticed.wait());
    CHECK(kept.size() == 0);
}

TEST_CASE("A file that is damaged, or of another program or a newer release, is refused and not replaced") {
    scratch const place;
    set_clock by;
    auto const refused = [&](std::string const& path) { CHECK_THROWS_AS(store(path, by, much, [] {}), store_error); };
    {
        std::ofstream file(place.file());
        file << std::string(10000, 'x');
    }
    refused(place.file());
    std::filesystem::remove(place.file());
    socketmap::connection(place.file(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).run("CREATE TABLE other (a)");
    refused(place.file());
    refused("/nowhere/at/all");
    refused(place.path);
    CHECK_THROWS_AS(socketmap::all_policies("/nowhere/at/all"), store_error);
    std::filesystem::remove(place.file());
    { kept_policies const made(place, by); }
    socketmap::connection(place.file(), SQLITE_OPEN_READWRITE).run("PRAGMA user_version = 99");
    CHECK_THROWS_WITH(kept_policies(place, by), Catch::Contains("of a newer release: schema 99"));
    CHECK_THROWS_WITH(socketmap::all_policies(place.file()), Catch::Contains("of a newer release"));
}

TEST_CASE("A database of the first release is migrated, and its policies apply") {
    scratch const place;
    set_clock by;
    write_first_release(place.file(), 3,
                        "('a.example.co.uk', '7', 'enforce', 1000, 1799999500, 'text', 1799999600, 1799999900),"
                        " ('old.example', '8', 'testing', 1000, 1700000000, 'other', 1700000500, 1700000000)");
    CHECK_THROWS_WITH(socketmap::all_policies(place.file()), Catch::Contains("of an earlier release"));
    kept_policies kept(place, by);
    CHECK(kept.size() == 2);
    auto const found = kept.find("a.example.co.uk");
    REQUIRE(found);
    CHECK(found->text == "text");
    CHECK(found->known.id == mtasts::policy_id("7"));
    CHECK(found->known.fetched_at.wall == start - 500s);
    CHECK(found->known.life().age(kept.now()) == mtasts::policy_age::within);
    CHECK(found->known.holds_until(kept.now()) == kept.now().after(500s));
    CHECK(found->refresh_at <= kept.now().seen + days(1));
    // By the wall clock this one expired long ago; only its host can confirm that.
    auto const old = kept.find("old.example");
    REQUIRE(old);
    CHECK(old->known.mode == mtasts::policy_mode::testing);
    CHECK(old->known.life().age(kept.now()) == mtasts::policy_age::past_unseen);
    CHECK(old->used_at < found->used_at);
    socketmap::connection database(place.file(), SQLITE_OPEN_READONLY);
    CHECK(database.text("SELECT owner FROM policy WHERE domain = 'a.example.co.uk'") == "example.co.uk");
    CHECK(database.number("SELECT octets FROM total") == 9);
    CHECK(database.number("SELECT count FROM purge") == 3);
}

TEST_CASE("The database and the files beside it are private to their owner, whatever the umask") {
    scratch const place;
    set_clock by;
    auto const former = ::umask(0);
    {
        kept_policies kept(place, by);
        put(kept, policy("example.com", kept.now()));
        for (auto const* const beside : {"", "-wal", "-shm"}) CHECK(mode_of(place.file() + beside) == 0600);
    }
    // In an earlier release the umask decided.
    std::filesystem::permissions(place.file(), std::filesystem::perms(0644));
    std::ofstream(place.file() + "-journal").flush();
    {
        kept_policies kept(place, by);
        CHECK(kept.find("example.com"));
        for (auto const* const beside : {"", "-wal", "-shm"}) CHECK(mode_of(place.file() + beside) == 0600);
    }
    ::umask(former);
}

TEST_CASE("The least recently used policies are evicted, but none in force that mail has used in the last 30 days") {
    scratch const place;
    set_clock by;
    kept_policies kept(place, by, {3, 1 << 20, 2});
    for (auto const* const domain : {"a.example", "b.example", "c.example"}) {
        put(kept, policy(domain, kept.now(), days(90)));
        by.pass(1s);
    }
    // All three are in use.
    CHECK_FALSE(put(kept, policy("d.example", kept.now(), days(90))));
    CHECK(kept.size() == 3);
    // Updating a stored policy needs no room.
    CHECK(put(kept, policy("b.example", kept.now(), days(90))));
    by.pass(days(30));
    CHECK(put(kept, policy("d.example", kept.now(), days(90))));
    CHECK(!kept.find("a.example"));
    CHECK(kept.size() == 3);
    // A registrable domain at its limit evicts its own.
    for (auto const* const name : {"d", "x.d", "y.d"}) {
        bool const first_two = std::string(name) != "y.d";
        CHECK(put(kept, policy(std::string(name) + ".example", kept.now(), days(90))) == first_two);
    }
    CHECK(kept.find("x.d.example"));
    CHECK(!kept.find("c.example"));
}

}  // namespace
