// SPDX-License-Identifier: BSL-1.0
/// Which policies are left after a power cut at any step of the store's writes to the disk.
#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "kept.hpp"
#include "recording_disk.hpp"

namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::seconds;

/// All states of the disk are tried for the first steps, where the database is created or migrated; of the later ones,
/// about this many are sampled, with a fixed seed.
constexpr std::size_t first_places = 120, later_states = 300;

/// The text of a version of a policy; each has another length.
std::string text_of(int version) {
    return std::to_string(version) + std::string(static_cast<std::size_t>(version) * 977 % 60'000, 'x');
}

/// What the store was asked or reported, at a position in the events of the disk.
struct word {
    std::size_t position;
    enum class kind { asked, told, purge } what;
    std::string domain;
    int version;
    /// Seen time of the fetch.
    seconds seen;
};

struct session {
    session(scratch const& place, set_clock& time, recording_disk const& recorded, std::vector<word>& all)
        : kept(place, time), by(time), disk(recorded), words(all) {}

    void put(std::string const& domain, int version, seconds max_age = days(7)) {
        auto what = policy(domain, kept.now(), max_age);
        what.text = text_of(version);
        what.known.id = mtasts::policy_id(std::to_string(version));
        note(word::kind::asked, domain, version);
        kept.put(what, [this, domain, version, seen = what.known.fetched_at.seen](auto const& error, bool there) {
            if (!error && there) words.push_back({disk.position(), word::kind::told, domain, version, seen});
            then.happen(error, there);
        });
        REQUIRE(then.wait());
        by.pass(7s);
    }
    void note(word::kind what, std::string const& domain, int version) {
        words.push_back({disk.position(), what, domain, version, seconds::min()});
    }
    void rest() {
        kept.set_refresh("a.example", kept.now().seen + 50s, then.done());
        REQUIRE(then.wait());
        kept.set_used("b.example", then.done());
        REQUIRE(then.wait());
        kept.apply_wall_clock(days(1), then.done());
        REQUIRE(then.wait());
    }
    void purge() {
        note(word::kind::purge, "short.example", 0);
        kept.sweep(0s, kept.now().seen - days(30), then.done());
        REQUIRE(then.wait());
    }

    kept_policies kept;
    set_clock& by;
    recording_disk const& disk;
    std::vector<word>& words;
    written then;
};

/// Policies are added, updated and purged; the process restarts, and the WAL grows until a checkpoint.
void work(scratch const& place, recording_disk const& disk, std::vector<word>& words) {
    set_clock by;
    {
        session first(place, by, disk, words);
        for (auto const* const domain : {"a.example", "b.example", "c.example"}) first.put(domain, 1);
        first.put("short.example", 1, 20s);
        first.rest();
        for (int version = 2; version != 5; ++version) first.put("a.example", version);
    }
    by.reboot(60s);
    session second(place, by, disk, words);
    by.pass(60s);
    second.purge();
    by.wall_after += 5'000'000;
    second.rest();
    for (int version = 5; version != 60; ++version)
        second.put(std::string(1, static_cast<char>('a' + version % 5)) + ".example", version);
}

void write_files(scratch const& place, disk_image const& image) {
    for (auto const& [name, octets] : image) std::ofstream(place.path / name, std::ios::binary) << octets;
}

disk_image read_files(scratch const& place) {
    disk_image image;
    for (auto const& entry : std::filesystem::directory_iterator(place.path)) {
        std::ifstream file(entry.path(), std::ios::binary);
        image[entry.path().filename()] = {std::istreambuf_iterator<char>(file), {}};
    }
    return image;
}

/// What is wrong with a state of the disk; empty if nothing is.
std::string broken(disk_image const& image, std::vector<word> const& words, std::size_t position) {
    struct expected {
        int told = -1, asked = -1;
    };
    std::map<std::string, expected> versions;
    bool purged = false;
    auto least_seen = seconds::min();
    for (auto const& word : words) {
        if (word.position > position) continue;
        auto& [told, asked] = versions[word.domain];
        purged |= word.what == word::kind::purge;
        if (word.what == word::kind::told) told = word.version;
        if (word.what != word::kind::purge) asked = word.version;
        least_seen = std::max(least_seen, word.seen);
    }
    scratch const place;
    write_files(place, image);
    set_clock by;
    by.id = "after the cut";
    try {
        kept_policies kept(place, by);
        if (kept.now().seen < least_seen) return "time that was seen is forgotten";
        for (auto const& [domain, expected] : versions) {
            auto const [told, asked] = expected;
            auto const found = kept.find(domain);
            if (!found && told >= 0 && !(purged && domain == "short.example")) return domain + " is forgotten";
            if (!found) continue;
            bool fits = false;
            for (int version = std::max(told, 0); version <= asked; ++version)
                fits |= found->text == text_of(version) && found->known.id.view() == std::to_string(version) &&
                        found->known.mode == mtasts::policy_mode::enforce;
            if (!fits) return domain + " is altered";
        }
        // It must be usable more than once.
        if (!put(kept, policy("new.example", kept.now()))) return "nothing can be written";
    } catch (socketmap::store_error const& error) {
        return std::string("it does not open: ") + error.what();
    }
    return "";
}

struct outcome {
    std::size_t places = 0, states = 0;
    /// The first fault, which stops the search.
    std::string first = {};
};

outcome cut_everywhere(disk_image const& before, std::vector<disk_event> const& events, std::vector<word> const& words,
                       bool lying) {
    constexpr auto losses = std::to_array({loss::everything, loss::nothing, loss::some, loss::torn});
    std::minstd_rand chance(8461);
    std::bernoulli_distribution drawn(
        std::min(1.0, static_cast<double>(later_states) / static_cast<double>((events.size() + 1) * losses.size())));
    power_cut disk(before, lying);
    outcome all{events.size() + 1};
    for (std::size_t i = 0; i <= events.size(); ++i) {
        for (auto const how : losses) {
            // Always including the last step, after which most was promised.
            if (i >= first_places && i != events.size() && !drawn(chance)) continue;
            ++all.states;
            auto const fault = broken(disk.left(how, chance), words, i);
            if (fault.empty()) continue;
            all.first = "before event " + std::to_string(i) + ": " + fault;
            return all;
        }
        if (i != events.size()) disk.play(events[i]);
    }
    return all;
}

/// `words`: what is stored already.
void try_workload(char const* name, disk_image const& before, std::vector<word> words) {
    scratch const place;
    write_files(place, before);
    std::vector<disk_event> events;
    {
        recording_disk const disk;
        work(place, disk, words);
        events = disk.events();
    }
    // The store creates its file before SQLite sees it.
    auto known = before;
    known.emplace("policies.sqlite", "");
    auto const honest = cut_everywhere(known, events, words, false);
    std::printf("%s: %zu states of the disk tried, of %zu places to cut\n", name, honest.states, honest.places);
    CHECK(honest.first == "");
    CHECK(honest.states >= first_places * 4 + later_states / 2);
    // The test would notice a store that does not sync.
    CHECK(cut_everywhere(known, events, words, true).first != "");
}

TEST_CASE("RFC 8461 3.3: a power cut at any step loses or alters no policy that was reported as stored") {
    try_workload("a new database", {}, {});
}

TEST_CASE("A power cut while the first release's database is migrated loses no policy") {
    scratch const former;
    write_first_release(former.file(), 0,
                        "('a.example', '0', 'enforce', 1000, 1799999500, '0', 1799999600, 1799999900)");
    std::vector<word> const kept{{0, word::kind::told, "a.example", 0, seconds::min()}};
    try_workload("a database of the first release", read_files(former), kept);
}

}  // namespace
