// SPDX-License-Identifier: BSL-1.0
// Inputs of harnesses that play sequences of events.
#include <algorithm>
#include <array>

#include "recipes.hpp"

namespace seeds {
namespace {

constexpr std::string_view enforce = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 86400\n";
constexpr std::string_view testing = "version: STSv1\nmode: testing\nmx: *.example.com\nmax_age: 864000\n";

}  // namespace

void dane(supply& from, inputs& out) {
    for (int i = 0; i != 60; ++i) out.push_back(from.chance.octets(16 + from.below(240)));
}

void outcome(supply& from, inputs& out) {
    for (int i = 0; i != 400; ++i) out.push_back(from.chance.octets(9));
}

void discovery(supply& from, inputs& out) {
    // Letters for the events of ../../tests/decide/player.hpp, in their order: 3 beginnings, 6 answers of DNS, 4 policies,
    // 3 fetches that fail, 3 times that pass, 3 steps of the clock, 3 times that the program or the machine is down.
    constexpr std::string_view letters = "mwrab-2ifETNZFUXsqd><=RcC";
    auto const input = [&](std::string_view events) {
        std::string octets;
        for (char const event : events) octets += static_cast<char>(letters.find(event));
        return octets;
    };
    for (std::string_view const events : {
             // found, then expired, removed, replaced, or not found again
             "maE",
             "maEdmaF",
             "maEqm-",
             "maEqm2",
             "maEqmf",
             "maEqmbF",
             "maEqmbN",
             "maEqr-Edm",
             "maZsmaE",
             // failures, and lookups within five minutes of one
             "mfmsm",
             "maFqmbFmaEqmbE",
             "maFwaswbUwa",
             "maEwbEwaX",
             "maEqmbUsmb",
             // answers that were not asked for
             "EamEaaEEF",
             // clocks that are wrong, and corrected
             "maE>=",
             "maE>maEdd",
             ">maE=m",
             "<maE=mcmd",
             "maEcdd<",
             "maECmdm",
         })
        out.push_back(input(events));
    for (int i = 0; i != 60; ++i) {
        // The usual sequence, and any events after it.
        auto octets = from.once_in(4) ? std::string() : input("maE");
        for (auto count = from.below(120); count != 0; --count)
            octets += from.once_in(3)   ? input(from.pick({"ma", "mb", "rb", "wa"}))
                      : from.once_in(2) ? input(from.pick({"E", "T", "N", "F", "U", "q", "d"}))
                                        : from.octet();
        out.push_back(octets);
    }
    // Every host, after a policy was found.
    auto hosts = input("maE");
    for (int octet = 0; octet != 256; ++octet) hosts += static_cast<char>(octet);
    out.push_back(hosts);
}

void policy_finder(supply& from, inputs& out) {
    auto const event = [](char what, char choice, std::string_view text = {}) {
        return (std::string{what, choice}).append(text);
    };
    auto const time = [&](char minutes) { return event(0, minutes); };
    auto const begin = [&](char why = 0) { return event(1, why); };
    auto const record = [&](std::string_view text) { return event(4, 0, text); };
    auto const response = [&](std::string_view text, char how = 0) { return event(3, how, text); };
    auto const untrusted = event(2, 0), one = record("v=STSv1; id=1;"), two = record("v=STSv1; id=2;");
    std::vector<std::vector<std::string>> const rows = {
        {begin(), record(""), begin(), event(0, 2), begin(), record("v=spf1 -all"), begin(1)},
        {begin(), one, response(enforce), time(1), begin(), record("v=spf1 -all\nv=STSv1; id=1;")},
        {time(100), begin(), one, response(enforce), time(2)},
        {begin(), one, response(enforce, 1), time(3), begin(), two, response(testing), time(40), begin(), record("")},
        {begin(), one, response(enforce), begin(2), record("v=STSv1;"), response("version: STSv1\nmode: enforce\n")},
        {begin(), one, response(enforce, 2), time(3), begin(), one, response(enforce, 60), time(3), begin(), one,
         response("<html>")},
        {response(enforce), begin(), response(enforce), one, two, untrusted, time(2), begin(),
         record("v=STSv1; id=1;\nv=STSv1; id=2;")},
        {begin(), one, response(enforce), response(testing), time(1)},
    };
    for (auto const& events : rows) out.push_back(joined(events, '\x1F'));
    for (int i = 0; i != 80; ++i) {
        std::vector<std::string> events;
        for (auto count = 3 + from.below(16); count != 0; --count) {
            auto const what = from.below(8);
            if (what < 2) events.push_back(begin(static_cast<char>(from.below(3))));
            else if (what == 2) events.push_back(time(from.chance.octet()));
            else if (what < 5) events.push_back(from.once_in(4) ? record(from.text(kind::sts_record)) : one);
            else if (what == 5) events.push_back(from.once_in(2) ? two : untrusted);
            else {
                auto const how = from.once_in(3) ? from.chance.octet() : '\0';
                events.push_back(response(from.once_in(3) ? from.text(kind::policy) : std::string(enforce), how));
            }
        }
        out.push_back(joined(events, '\x1F'));
    }
}

void tally(supply& from, inputs& out) {
    auto const session = [&] {
        // Hours that pass, what failed, what failed in discovery, the type of the policy.
        auto line = from.once_in(3) ? from.octet(32) : std::string(1, '\0');
        line += from.once_in(3) ? std::string(1, '\0') : from.octet(13);
        line += from.once_in(2) ? std::string(1, '\0') : from.octet(12);
        line += from.octet(5);
        return line +=
               joined({from.pick({"example.com", "EXAMPLE.com.", "example.org", "b\u00FCcher.example", "1.example",
                                  "2.example", "3.example", "4.example", "5.example", "6.example", "7.example",
                                  "8.example", ""}),
                       from.pick({"", "mx.example.net"}), from.pick({"", "version: STSv1", "3 1 1 00", "1", "2", "3"}),
                       from.pick({"", "*.example.net"}),
                       from.pick({"", "mx1.example.net", "MX1.example.net.", "mx2.example.net", "mx3.example.net"}),
                       from.pick({"", "mx", "a-very-long-helo.example", "\xFFmx", "b\u00FCcher"}),
                       from.pick({"", "mx-not-in-policy", "\uFFFF\xE2"})},
                      '\x1F');
    };
    auto long_text = std::string("\xFF\7\7\0\2\0\2", 7) + "example.com||||mx.example.com|";
    for (int i = 0; i != 130; ++i) long_text += "\u00FC";
    out.push_back(with_separators(long_text));
    for (int i = 0; i != 100; ++i) {
        auto input = from.once_in(3) ? std::string(1, '\0') : from.octet();
        input += from.octet(8);
        input += from.octet(8);
        std::vector<std::string> lines;
        for (auto count = 1 + from.below(14); count != 0; --count) lines.push_back(session());
        out.push_back(input += joined(lines, '\n'));
    }
}

}  // namespace seeds
