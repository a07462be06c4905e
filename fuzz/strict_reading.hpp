// SPDX-License-Identifier: BSL-1.0
/// What a strict consumer may use, from the grammar's events alone: the simplest implementation of RFC 8461 3.1 and 3.2 and
/// of RFC 8460 3 in which known names are reserved.
#pragma once
#include <string_view>

#include <mtasts/grammar/reading/match.hpp>
#include <mtasts/grammar/sts_policy.hpp>

#include "promises.hpp"

/// The fields of one name: whether the first, and whether all, match the rule of the name.
struct named_fields {
    std::string_view name;
    std::string_view first = {};
    bool first_obeys = false;
    bool all_obey = true;

    template <class Event>
    void operator()(Event, std::string_view field) {
        if (field.substr(0, field.find_first_of(":=")) != name) return;
        bool const obeys = !Event::production.ends_with("-extension");
        if (first.empty()) first = field, first_obeys = obeys;
        all_obey = all_obey && obeys;
    }
};

/// Some texts are too long to be read (RFC 8461 3.3).
constexpr std::size_t longest_text = 65536;

template <class Grammar>
bool is_strictly_usable_record(Grammar const& by, std::string_view text, std::string_view key) {
    named_fields fields{key};
    return text.size() <= longest_text && mtasts::grammar::match(by, text, fields) && fields.first_obeys;
}

inline bool is_strictly_usable_policy(std::string_view text) {
    named_fields version{"version"}, mode{"mode"}, max_age{"max_age"}, mx{"mx"};
    auto const each = [&](auto event, std::string_view field) {
        version(event, field), mode(event, field), max_age(event, field), mx(event, field);
    };
    if (text.size() > longest_text || !mtasts::grammar::match(mtasts::grammar::sts_policy_record, text, each))
        return false;
    return version.first_obeys && mode.first_obeys && max_age.first_obeys && mx.all_obey &&
           (mode.first.ends_with("none") || !mx.first.empty());
}
