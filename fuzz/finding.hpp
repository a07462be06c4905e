// SPDX-License-Identifier: BSL-1.0
/// A policy finder, and a discovery that gets the same answers, already parsed.
#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include <mtasts/decide/policy_finder.hpp>

#include "promises.hpp"

inline constexpr std::string_view types[] = {"text/plain", "Text/PLAIN ; charset=utf-8", "text/html", "",
                                             "text/plainer"};

struct finding {
    mtasts::policy_finder finder{"example.com."};
    mtasts::discovery plain{"example.com."};
    std::chrono::sys_seconds now{};
    std::string text = {};

    template <class Told, class Answer>
    void tell(Told const& told, Answer const& answer) {
        finder.receive(told, now);
        plain.receive(answer, now);
    }
    void told_response(std::size_t choice, std::string_view body) {
        auto const type = choice % 5;
        int const status = choice < 40 ? 200 : static_cast<int>(choice) * 5 - 100;
        bool const holds = status == 200 && type < 2 && body.size() <= 65536;
        auto const policy = mtasts::parse_sts_policy(body);
        if (holds && policy.usable() && finder.pending() == mtasts::lookup::policy) text = body;
        tell(mtasts::policy_response{status, types[type], body},
             holds ? mtasts::detail::answer_of(policy) : mtasts::fetch_answer());
    }
    void play(std::string_view octets) {
        auto const what = take_choice(octets, 6), choice = take_choice(octets, 256);
        mtasts::txt_rrset records;
        using kind = mtasts::fetch_answer::kind;
        if (what == 0) now += std::chrono::minutes(choice * choice);
        if (what == 1) finder.begin(mtasts::trigger(choice % 3), now), plain.begin(mtasts::trigger(choice % 3), now);
        if (what == 2) tell(mtasts::no_response::untrusted, mtasts::fetch_answer{kind::untrusted});
        if (what == 3) told_response(choice, octets);
        if (what < 4) return;
        for (auto const record : parts_of(octets, '\n')) records.add({&record, 1});
        tell(records, mtasts::detail::answer_of(mtasts::parse_sts_rrset(records)));
    }
};
