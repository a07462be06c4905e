/// Policies on disk.
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>

#include <catch2/catch.hpp>

#include "store.hpp"

namespace {

using namespace std::chrono_literals;
using socketmap::store;
using socketmap::stored_policy;

/// A directory for one test.
struct scratch {
    scratch() {
        auto pattern = (std::filesystem::temp_directory_path() / "mtasts-store.").string() + std::string(6, 'X');
        path = ::mkdtemp(pattern.data());
    }
    ~scratch() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
    std::string file() const { return path / "policies.sqlite"; }
};

constexpr std::chrono::sys_seconds start{1'800'000'000s};

stored_policy policy(std::string domain, std::chrono::seconds max_age = 1000s) {
    return {std::move(domain),
            {mtasts::policy_id("7"), mtasts::policy_mode::enforce, max_age, start},
            "text",
            start + 100s,
            start};
}

/// Waits until a change is on disk.
struct written {
    store::done done() {
        return [this](std::optional<std::string> const& error) {
            std::lock_guard const lock(mutex);
            failed = error.has_value();
            happened = true;
            wake.notify_one();
        };
    }
    bool wait() {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return happened; });
        happened = false;
        return !failed;
    }
    std::mutex mutex;
    std::condition_variable wake;
    bool happened = false;
    bool failed = false;
};

void put(store& kept, stored_policy what) {
    written then;
    kept.put(std::move(what), then.done());
    REQUIRE(then.wait());
}

TEST_CASE("what was written is found, also after the end of the process") {
    scratch const place;
    {
        store kept(place.file(), [] {});
        CHECK(!kept.find("example.com"));
        put(kept, policy("example.com"));
        CHECK(kept.find("example.com")->text == "text");
    }
    store kept(place.file(), [] {});
    auto const found = kept.find("example.com");
    REQUIRE(found);
    CHECK(found->known == policy("example.com").known);
    CHECK(found->refresh_at == start + 100s);
    CHECK(!kept.find("example.net"));
    CHECK(kept.size() == 1);
    auto newer = policy("example.com");
    newer.known.id = mtasts::policy_id("8");
    newer.known.fetched_at = start - 5s;  // a clock that went back
    put(kept, newer);
    CHECK(kept.find("example.com")->known == newer.known);
}

TEST_CASE("RFC 8461 3.3, 10.2: what is due is refreshed, unless it expired or nobody uses it") {
    scratch const place;
    store kept(place.file(), [] {});
    for (auto const* const domain : {"a.example", "b.example"}) put(kept, policy(domain));
    auto later = policy("later.example");
    later.refresh_at = start + 500s;
    put(kept, later);
    put(kept, policy("expired.example", 50s));
    auto unused = policy("unused.example");
    unused.used_at = start - 1s;
    put(kept, unused);
    CHECK(kept.due(start + 99s, start, 10).empty());
    CHECK(kept.due(start + 100s, start, 10) == std::vector<std::string>{"a.example", "b.example"});
    CHECK(kept.due(start + 100s, start, 1).size() == 1);
    written then;
    kept.set_refresh("a.example", start + 300s, then.done());
    REQUIRE(then.wait());
    kept.set_used("unused.example", start + 5s, then.done());
    REQUIRE(then.wait());
    CHECK(kept.due(start + 100s, start, 10) == std::vector<std::string>{"b.example", "unused.example"});
    // max_age has not been exceeded in its last second (RFC 8461 5.1).
    kept.drop_expired(start + 50s, then.done());
    REQUIRE(then.wait());
    CHECK(kept.find("expired.example"));
    kept.drop_expired(start + 51s, then.done());
    REQUIRE(then.wait());
    CHECK(!kept.find("expired.example"));
    CHECK(kept.size() == 4);
}

TEST_CASE("another process purges, and the daemon notices") {
    scratch const place;
    written noticed;
    store kept(place.file(), [then = noticed.done()] { then({}); });
    put(kept, policy("a.example"));
    put(kept, policy("b.example"));
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

TEST_CASE("a damaged file, or another program's, is refused and not replaced") {
    scratch const place;
    {
        std::ofstream file(place.file());
        file << std::string(10000, 'x');
    }
    CHECK_THROWS_AS(store(place.file(), [] {}), socketmap::store_error);
    std::filesystem::remove(place.file());
    socketmap::connection(place.file(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).run("CREATE TABLE other (a)");
    CHECK_THROWS_AS(store(place.file(), [] {}), socketmap::store_error);
    CHECK_THROWS_AS(store("/nowhere/at/all", [] {}), socketmap::store_error);
    CHECK_THROWS_AS(socketmap::all_policies("/nowhere/at/all"), socketmap::store_error);
}

}  // namespace
