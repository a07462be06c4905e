// SPDX-License-Identifier: BSL-1.0
/// RFC 7672 2.1.2: what DNSSEC proved about a domain is on disk, bounded, and forgotten on demand.
#include <string>

#include "dane_memory.hpp"
#include "database.hpp"
#include "kept.hpp"

namespace {

using namespace socketmap;
using mtasts::dane_memory;
using std::chrono::seconds;

struct memory {
    connection database = open_copy("/no/such/database");
    void put(std::string const& domain, dane_memory::proof what, int at) {
        put_dane_memory(database, domain, {what, seconds(at)});
    }
    std::optional<dane_memory> find(std::string_view domain) { return find_dane_memory(database, domain); }
};

}  // namespace

TEST_CASE("RFC 7672 2.1.2: each proof is read as it was written, and a newer one replaces it") {
    memory kept;
    CHECK_FALSE(kept.find("a.example"));
    for (auto const what : {dane_memory::proof::insecure, dane_memory::proof::absent, dane_memory::proof::present}) {
        kept.put("a.example", what, 17);
        CHECK(kept.find("a.example") == dane_memory{what, seconds(17)});
    }
    CHECK_FALSE(kept.find("b.example"));
}

TEST_CASE("RFC 7672 2.1.2: an unreadable proof counts as one of DANE") {
    memory kept;
    kept.database.run("INSERT INTO dane VALUES ('a.example', 'insecur', 17)");
    CHECK(kept.find("a.example")->what == dane_memory::proof::present);
}

TEST_CASE("RFC 7672 2.1.2: of too many domains, the oldest without DANE are removed first") {
    memory kept;
    kept.put("dane-old.example", dane_memory::proof::present, 1);
    kept.put("old.example", dane_memory::proof::insecure, 2);
    kept.put("older.example", dane_memory::proof::absent, 1);
    kept.put("new.example", dane_memory::proof::insecure, 3);
    kept.put("dane-new.example", dane_memory::proof::present, 4);
    bound_dane_memory(kept.database, 5);
    CHECK(kept.find("older.example"));
    bound_dane_memory(kept.database, 3);
    CHECK_FALSE(kept.find("older.example"));
    CHECK_FALSE(kept.find("old.example"));
    CHECK(kept.find("new.example"));
    bound_dane_memory(kept.database, 1);
    CHECK(kept.find("dane-new.example"));
    CHECK_FALSE(kept.find("dane-old.example"));
}

TEST_CASE("RFC 7672 2.1.2: a proof outlives the daemon, until it is purged") {
    scratch const place;
    set_clock by;
    for (std::string const domain : {"a.example", "b.example"}) {
        store kept(place.file(), by, much, [] {});
        auto const put = [&](connection& database) {
            put_dane_memory(database, domain, {dane_memory::proof::present, seconds(5)});
        };
        written then;
        kept.write(put, then.done());
        REQUIRE(then.wait());
    }
    auto reading = open_for_reading(place.file());
    CHECK(find_dane_memory(reading, "a.example") == dane_memory{dane_memory::proof::present, seconds(5)});
    CHECK(purge_policies(place.file(), "a.example") == 0);
    CHECK_FALSE(find_dane_memory(reading, "a.example"));
    CHECK(find_dane_memory(reading, "b.example"));
    purge_policies(place.file(), "");
    CHECK_FALSE(find_dane_memory(reading, "b.example"));
}
