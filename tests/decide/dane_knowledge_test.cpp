// SPDX-License-Identifier: BSL-1.0
/// RFC 7672 2.1.2, RFC 8461 2: what is believed about DANE while DNS fails, and without DNSSEC.
#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include <catch2/catch.hpp>
#include <mtasts/decide/dane_knowledge.hpp>

namespace {

using namespace mtasts;
using namespace std::chrono_literals;

constexpr auto now = 1'000'000s;
constexpr std::optional<dane_memory> never;
constexpr std::optional<dane_memory> kept(dane_memory::proof what, std::chrono::seconds age) {
    return dane_memory{what, now - age};
}

constexpr dane_findings nothing_known{}, signed_but_unknown{dane_hosts::unknown, true},
    insecure{dane_hosts::none, false}, signed_without{dane_hosts::none, true}, all{dane_hosts::all, true},
    some{dane_hosts::some, true};

struct row {
    std::string_view sentence;
    dane_findings found;
    std::optional<dane_memory> before;
    /// What is assumed while DNSSEC works, and while it is missing.
    dane_hosts working;
    dane_hosts missing;
};

constexpr auto none = dane_hosts::none, unknown = dane_hosts::unknown;

constexpr auto rows = std::to_array<row>({
    {"what was found counts, not what is remembered", all, kept(dane_memory::proof::insecure, 1s), dane_hosts::all,
     dane_hosts::all},
    {"some", some, kept(dane_memory::proof::absent, 1s), dane_hosts::some, dane_hosts::some},
    {"DANE is now proved absent", signed_without, kept(dane_memory::proof::present, 1s), none, none},
    {"the zone is now proved insecure", insecure, kept(dane_memory::proof::present, 1s), none, none},
    {"nothing remembered", nothing_known, never, unknown, none},
    {"nothing remembered, but signed", signed_but_unknown, never, unknown, unknown},
    {"proved insecure", nothing_known, kept(dane_memory::proof::insecure, 1s), none, none},
    {"proved insecure a day ago", nothing_known, kept(dane_memory::proof::insecure, 24h), none, none},
    {"proved insecure longer ago", nothing_known, kept(dane_memory::proof::insecure, 24h + 1s), unknown, none},
    {"proved insecure at a time in the future", nothing_known, kept(dane_memory::proof::insecure, -1s), unknown, none},
    {"proved insecure, but signed now", signed_but_unknown, kept(dane_memory::proof::insecure, 1s), unknown, unknown},
    {"proved without TLSA records", nothing_known, kept(dane_memory::proof::absent, 1s), none, none},
    {"proved without TLSA records, and still signed", signed_but_unknown, kept(dane_memory::proof::absent, 1s), none,
     none},
    {"proved without TLSA records too long ago", nothing_known, kept(dane_memory::proof::absent, 24h + 1s), unknown,
     unknown},
    {"proved without TLSA records at a time in the future", nothing_known, kept(dane_memory::proof::absent, -1s),
     unknown, unknown},
    {"proved to have DANE", nothing_known, kept(dane_memory::proof::present, 1s), unknown, unknown},
    {"proved to have DANE, long ago", nothing_known, kept(dane_memory::proof::present, 11 * 24h), unknown, unknown},
    {"proved to have DANE, at a time in the future", nothing_known, kept(dane_memory::proof::present, -1s), unknown,
     unknown},
});

constexpr bool all_hold() {
    for (auto const& each : rows) {
        auto const by = [&](dnssec_state state) { return believed_dane(each.found, each.before, now, state); };
        if (by(dnssec_state::working) != each.working || by(dnssec_state::undecided) != each.working ||
            by(dnssec_state::missing) != each.missing || by(dnssec_state::off) != none)
            return false;
    }
    return true;
}
static_assert(all_hold());

constexpr auto working = dnssec_state::working;

static_assert(newer_proof(insecure, never, now, working) == dane_memory{dane_memory::proof::insecure, now});
static_assert(newer_proof(signed_without, never, now, working) == dane_memory{dane_memory::proof::absent, now});
static_assert(newer_proof(some, never, now, working) == dane_memory{dane_memory::proof::present, now});
static_assert(newer_proof(all, kept(dane_memory::proof::insecure, 1s), now, working) ==
              dane_memory{dane_memory::proof::present, now});
// The same proof is written again once an hour, or if the old one is from the future.
static_assert(!newer_proof(insecure, kept(dane_memory::proof::insecure, 1h - 1s), now, working));
static_assert(newer_proof(insecure, kept(dane_memory::proof::insecure, 1h), now, working));
static_assert(newer_proof(insecure, kept(dane_memory::proof::insecure, -1s), now, working));
// An unknown or unvalidated result replaces nothing.
static_assert(!newer_proof(nothing_known, kept(dane_memory::proof::present, 1h), now, working));
static_assert(!newer_proof(signed_but_unknown, never, now, working));
static_assert(!newer_proof(insecure, kept(dane_memory::proof::present, 1h), now, dnssec_state::missing));
static_assert(!newer_proof(insecure, kept(dane_memory::proof::present, 1h), now, dnssec_state::off));

constexpr dnssec_state after(std::initializer_list<dnssec_probe> probes) {
    dnssec_watch watch;
    for (auto const each : probes) watch.probed(each);
    return watch.state();
}

constexpr auto yes = dnssec_probe::validated, no = dnssec_probe::unvalidated, lost = dnssec_probe::no_answer;

static_assert(after({}) == dnssec_state::undecided);
static_assert(after({yes}) == dnssec_state::working);
static_assert(after({no, no}) == dnssec_state::undecided);
static_assert(after({no, no, no}) == dnssec_state::missing);
// Only consecutive unvalidated answers count; an outage resets them.
static_assert(after({lost, lost, lost, lost}) == dnssec_state::undecided);
static_assert(after({no, no, lost, no, no}) == dnssec_state::undecided);
static_assert(after({no, no, no, lost}) == dnssec_state::missing);
// One validated answer settles it for good, before or after.
static_assert(after({no, no, no, yes}) == dnssec_state::working);
static_assert(after({yes, no, no, no, no}) == dnssec_state::working);
static_assert(after({no, no, no, yes, no, no, no}) == dnssec_state::working);

}  // namespace

TEST_CASE("RFC 8461 2: a proof found now decides which hosts have DANE, and otherwise a remembered one") {
    for (auto const& each : rows) {
        INFO(each.sentence);
        CHECK(believed_dane(each.found, each.before, now, dnssec_state::working) == each.working);
        CHECK(believed_dane(each.found, each.before, now, dnssec_state::undecided) == each.working);
        CHECK(believed_dane(each.found, each.before, now, dnssec_state::missing) == each.missing);
        CHECK(believed_dane(each.found, each.before, now, dnssec_state::off) == none);
    }
}

TEST_CASE("RFC 7672 2.1.2: only a proof replaces a proof of DANE, whatever DNS or the clock does") {
    auto const before = kept(dane_memory::proof::present, 48h);
    for (auto const at : {0s, now - 49h, now, now + 1000h})
        for (auto const state : {dnssec_state::undecided, dnssec_state::working, dnssec_state::missing})
            for (auto const& found : {nothing_known, signed_but_unknown}) {
                CHECK(believed_dane(found, before, at, state) == unknown);
                CHECK_FALSE(newer_proof(found, before, at, state));
            }
}
